"""What `serve` prints: the address, who signs in how, and one owner's letter to vote with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.cli.demo_estate import NAME
from assemblies.cli.demo_staff import KEEPER, Team
from assemblies.foundation.site import Site
from assemblies.foundation.wording import moment_text
from assemblies.owners.queries import known_facts
from assemblies.records.assemblies import AssemblyRecord, LetterRecord, VoterRecord
from assemblies.records.logs import LogEntryRecord
from assemblies.records.premises import EstateRecord
from voting.log import kinds

RULE = "─" * 64
RESET = ".venv/bin/python -m assemblies.cli password 账号名"


@dataclass(frozen=True, slots=True)
class Made:
    """What the first start made and can be said only once."""

    team: Team
    passphrase: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A letter that nobody has voted with yet: its code, its home, and the fact to type."""

    code: str
    home: str
    asked: str
    fact: str


def greeting(site: Site, made: Made | None) -> str:
    """Return the text for the person at the keyboard; `made` on the first start only."""
    with site.database.reading() as session:
        lines = list(_lines(session, site, made))
    return "\n".join(("", RULE, *lines, RULE))


def _lines(session: Session, site: Site, made: Made | None) -> Iterator[str]:
    url, now = site.config.public_url, site.clock.now()
    yield f"众决已经启动，请用浏览器打开：{url}"
    yield "按 Ctrl+C 停止。数据留在本机，下次启动接着用。"
    yield ""
    yield f"工作人员登录：{url}/staff/sign-in"
    yield from (
        _sign_ins(made) if made else (f"  账号和密码在第一次启动时显示过。忘了可以重设：{RESET}",)
    )
    for record in demonstrations(session):
        yield ""
        yield from _assembly(session, site, record, now)


def _sign_ins(made: Made) -> Iterator[str]:
    yield "  密码是这次启动时随机生成的，只显示这一次，请记下来："
    for one in made.team.sign_ins:
        role, name = one.post.roles_zh, one.post.display_name
        yield f"    {one.post.username:<14} {one.password}   {role}　{name}"
    yield f"    开票口令       {made.passphrase}   由监票人{KEEPER}保管，开票时输入"


def _assembly(session: Session, site: Site, record: AssemblyRecord, now: datetime) -> Iterator[str]:
    url = site.config.public_url
    if record.phase == "published":
        yield f"已经办完的“{record.title}”，结果、公告和存证包都在：{url}/board/{record.id}"
    elif record.phase == "frozen" and record.closes_at is not None and now < record.closes_at:
        yield f"正在投票的“{record.title}”，{moment_text(record.closes_at)}截止："
        yield f"  公示页　　　　{url}/board/{record.id}"
        invitation = letter_to_vote_with(session, site, record)
        if invitation is not None:
            yield f"  马上投一票　　{url}/v/{invitation.code}"
            yield (
                f"  　　　　　　　{invitation.home}的投票信，"
                f"核对身份请输入{invitation.asked}：{invitation.fact}"
            )
    else:
        yield f"“{record.title}”：{url}/board/{record.id}"


def demonstrations(session: Session) -> tuple[AssemblyRecord, ...]:
    """Return the assemblies of the demonstration estate, newest first; none of any other."""
    found = (
        select(AssemblyRecord)
        .join(EstateRecord, AssemblyRecord.estate_id == EstateRecord.id)
        .where(EstateRecord.name == NAME)
        .order_by(AssemblyRecord.number.desc())
    )
    return tuple(session.execute(found).scalars())


def letter_to_vote_with(session: Session, site: Site, record: AssemblyRecord) -> Invitation | None:
    """Return the first letter on the roll with which nobody has voted, if there is one left."""
    voted = select(LogEntryRecord.subject).where(
        LogEntryRecord.log_id == record.log_id, LogEntryRecord.kind == kinds.BALLOT
    )
    found = (
        select(VoterRecord.id, VoterRecord.label, LetterRecord.serial)
        .join(LetterRecord, LetterRecord.voter_id == VoterRecord.id)
        .where(VoterRecord.assembly_id == record.id, LetterRecord.voided_at.is_(None))
        .where(VoterRecord.id.not_in(voted))
        .order_by(VoterRecord.position)
    )
    row = session.execute(found.limit(1)).one_or_none()
    if row is None:
        return None
    voter: UUID = row.id
    fact = known_facts(session, voter, site.keys).facts[0]
    code = site.keys.letter_code(str(voter), row.serial)
    return Invitation(code, row.label, fact.kind.words, fact.text)
