"""Members in office: their posts and accounts, and how a membership rests or ends."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import PartyBranch, Post, Resignation
from assemblies.committees.queries.choices import next_alternates
from assemblies.committees.queries.found import member_in
from assemblies.committees.queries.owners import not_an_owner
from assemblies.committees.services.telling import Event, kept, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotAllowed, NotFound, WrongStep
from assemblies.foundation.uploads import Upload
from assemblies.foundation.wording import day_text
from assemblies.records import committees, filings, vacancies
from assemblies.records.committees import MemberRecord, TermRecord
from assemblies.records.oversight import suspended_by_inquiry
from assemblies.records.people import AccountRecord
from assemblies.records.resolutions import ResolutionRecord
from voting.law.matters import Matter

PASSED = "passed"
# What the title of a decision says that ends a membership.
ENDING = ("罢免", "终止", "免去", "撤换")


def appoint(
    session: Session, acting: Acting, posts: Mapping[UUID, Post], basis: UUID, *, now: datetime
) -> None:
    """Give the posts that the committee's meeting chose: one chair, any vice-chairs (SD 30).

    `basis` is the committee's own passed decision. Raises `Incomplete` for another, for no chair
    or two, `WrongStep` without a committee in office.
    """
    term = _term(session, acting.estate)
    decision = _resolution(session, acting.estate, basis, body="committee")
    seated = committees.members_in_office(session, acting.estate)
    if set(posts) - {member.id for member in seated}:
        raise NotFound
    given = {member.id: posts.get(member.id, Post.MEMBER) for member in seated}
    if sum(post is Post.CHAIR for post in given.values()) != 1:
        raise Incomplete("请确定一位主任，只能一位。")
    for member in seated:
        member.post = given[member.id].value
    term.posts_basis = decision.number
    said = "，".join(
        f"{member.name}任{given[member.id].words}"
        for member in sorted(seated, key=lambda one: list(Post).index(given[one.id]))
        if given[member.id] is not Post.MEMBER
    )
    tell_change(session, acting, term, f"职务分工：{said}", now=now)
    event = Event("member.appointed", f"{said}（{decision.number}）。", f"term:{term.id}",
                  {"basis": decision.number, "posts": said})  # fmt: skip
    told(session, acting, event, now=now)


def connect(
    session: Session, acting: Acting, member: UUID, account: UUID | None, *, now: datetime
) -> None:
    """Say with which account a member signs; None takes the account away.

    Raises `Incomplete` where the account already signs for another member in office, or is in
    somebody else's name: passed from seat to seat, one sign-in would give everybody's word.
    """
    record = member_in(session, acting.estate, member)
    _require_serving(record)
    if account is not None:
        _require_own(session, record, account)
    for other in committees.members_in_office(session, acting.estate):
        if account is not None and other.account_id == account and other.id != member:
            raise Incomplete(f"这个账号已经由{other.name}使用，一个账号只能代表一位委员。")
    record.account_id = account
    said = f"{record.name}{'的签字账号已经关联' if account else '的签字账号已经取消'}。"
    told(session, acting, _event("member.appointed", said, record, {}), now=now)


def resign(
    session: Session, acting: Acting, member: UUID, resignation: Resignation, *, now: datetime
) -> None:
    """End a membership by the member's own will: their letter, handed in by the right hands.

    Raises `NotAllowed` unless the member's own sign-in hands it in, or community or street do who
    took it: a colleague's word would be a removal, which only owners decide (SD 34). Raises
    `Incomplete` without the letter.
    """
    record, on = member_in(session, acting.estate, member), resignation.on
    if not resignation.witnessed and resignation.account != record.account_id:
        raise NotAllowed("辞职要由本人登录办理；交了书面辞职书的，由社区或者街道登记。")
    _require_day(record, on, now)
    paper = kept(session, acting, resignation.letter, now=now)
    if paper is None:
        raise Incomplete("请附上本人签字的辞职书。")
    committees.remove_member(session, member, on, "本人辞职", now=now)
    said = f"{record.name}于{day_text(on)}辞去委员职务。"
    event = Event("member.left", said, f"member:{record.id}", paper.sha256)
    told(session, acting, event, now=now)


def lose_ownership(
    session: Session, acting: Acting, member: UUID, on: date, *, now: datetime
) -> None:
    """End a membership that ended by itself: the member no longer owns there (QD 40).

    Raises `Incomplete` while the register still knows the member as an owner of the part.
    """
    record = member_in(session, acting.estate, member)
    _require_day(record, on, now)
    if not not_an_owner(session, acting.estate, record.name, record.room):
        raise Incomplete(
            f"业主名册上{record.name}还是{record.room}的业主。请先更正名册，再办离任。"
        )
    committees.remove_member(session, member, on, "不再是本小区业主", now=now)
    said = f"{record.name}于{day_text(on)}不再是本小区业主，委员资格自行终止。"
    facts = {"on": on.isoformat(), "room": record.room}
    told(session, acting, _event("member.left", said, record, facts), now=now)


def suspend(
    session: Session, acting: Acting, member: UUID, why: str, posting: Upload | None, *,
    now: datetime,
) -> None:  # fmt: skip
    """Let a member's duties rest until the owners decide (QD 40, WF 36, LC 27).

    Raises `Incomplete` without the reason or the proof of its posting.
    """
    record = member_in(session, acting.estate, member)
    if not why.strip():
        raise Incomplete("请写明暂停履职的原因。")
    paper = kept(session, acting, posting, now=now)
    if paper is None:
        raise Incomplete("请附上已经在小区公示的照片。")
    today = in_china(now).date()
    committees.suspend_member(session, member, today, why.strip(), proof=paper.id)
    said = f"{record.name}自{day_text(today)}起暂停履行委员职责：{why.strip()}。"
    event = Event("member.suspended", said, f"member:{record.id}", paper.sha256)
    told(session, acting, event, now=now)


def restore(session: Session, acting: Acting, member: UUID, *, now: datetime) -> None:
    """Let a suspended member serve again; raises `WrongStep` while an inquiry holds it so."""
    record = member_in(session, acting.estate, member)
    if suspended_by_inquiry(session, member):
        raise WrongStep("接受调查期间暂停履职的，等调查办结或者业主大会决定后恢复。")
    committees.restore_member(session, member)
    said = f"{record.name}恢复履行委员职责。"
    told(session, acting, _event("member.restored", said, record, {}), now=now)


def remove(session: Session, acting: Acting, member: UUID, basis: UUID, *, now: datetime) -> None:
    """End a membership by the owners' passed resolution, and by nothing less (SD 34, CC 278).

    Raises `Incomplete` for a resolution of the committee, one that failed, another matter or
    another member: the election that gave the seat does not take it away.
    """
    record = member_in(session, acting.estate, member)
    decision = _resolution(session, acting.estate, basis, body="assembly")
    ending = any(word in decision.title for word in ENDING)
    named = _is_named(record, decision.title)
    if decision.matter != Matter.COMMITTEE.value or not ending or not named:
        raise Incomplete(f"罢免委员要有业主大会就罢免{record.name}作出的决议，决议标题要写明姓名。")
    if in_china(decision.published_at).date() < record.joined_on:
        raise Incomplete(f"{decision.number}早于{record.name}这次到任，不能凭它罢免。")
    today = in_china(now).date()
    committees.remove_member(session, member, today, f"业主大会罢免，{decision.number}", now=now)
    said = f"业主大会决定终止{record.name}的委员资格（{decision.number}）。"
    facts = {"basis": decision.number}
    told(session, acting, _event("member.removed", said, record, facts), now=now)


def substitute(
    session: Session, acting: Acting, chosen: UUID | None = None, *, now: datetime
) -> UUID:
    """Let the alternate with the most votes take an empty seat; return the member.

    QD 41: in the order of votes. Raises `WrongStep` without an empty seat or an alternate,
    `Incomplete` where equals stand first and none of them is chosen.
    """
    term = _term(session, acting.estate)
    seats = committees.seats_of(term)
    if seats.left >= seats.seats:
        raise WrongStep("委员没有缺额，不用递补。")
    first = next_alternates(term)
    if not first:
        raise WrongStep("没有候补委员可以递补，要由业主大会补选。")
    taken = next((one for one in first if chosen in (None, one.id)), None)
    if taken is None or (chosen is None and len(first) > 1):
        names = "、".join(one.name for one in first)
        said = "得票相同，请选择其中一位，并写进业委会会议纪要" if len(first) > 1 else "得票最多"
        raise Incomplete(f"按得票先后递补：{names}{said}。")
    today = in_china(now).date()
    taken.seat, taken.post, taken.joined_on = "member", Post.MEMBER.value, today
    session.flush()
    vacancies.settle(session, acting.estate, committees.seats_of(term), on=today, now=now)
    tell_change(session, acting, term, f"候补委员{taken.name}递补为委员", now=now)
    said = f"候补委员{taken.name}按得票先后递补为委员。"
    told(session, acting, _event("member.substituted", said, taken, {}), now=now)
    return taken.id


def set_party(
    session: Session, acting: Acting, branch: PartyBranch, name: str, *, now: datetime
) -> None:
    """Record the committee's organisation of the party; raises `Incomplete` without its name."""
    if branch is not PartyBranch.NONE and not name.strip():
        raise Incomplete("请写明党组织的名称。")
    record = committees.committee_of(session, acting.estate, now=now)
    record.party_branch = branch.value
    record.party_branch_name = "" if branch is PartyBranch.NONE else name.strip()
    said = f"业委会党组织：{branch.words}{record.party_branch_name}。"
    facts = {"branch": branch.value, "name": record.party_branch_name}
    event = Event("committee.party", said, f"committee:{record.id}", facts)
    told(session, acting, event, now=now)


def tell_change(
    session: Session, acting: Acting, term: TermRecord, what: str, *, now: datetime
) -> None:
    """Open a change filing, unless the term's own filing still waits to be handed in."""
    own = select(filings.FilingRecord).where(
        filings.FilingRecord.term_id == term.id,
        filings.FilingRecord.kind == "new",
        filings.FilingRecord.state.in_(("draft", "returned")),
    )
    if session.execute(own).first() is None:
        today = in_china(now).date()
        filings.open_change(session, acting.estate, term.id, what, on=today, now=now)


def _is_named(record: MemberRecord, title: str) -> bool:
    """Say whether a title names this member, and not one whose longer name begins the same."""
    longer = [
        one.name for one in record.term.members if record.name in one.name != record.name
    ]  # fmt: skip
    for name in sorted(longer, key=len, reverse=True):
        title = title.replace(name, "")
    return record.name in title


def _term(session: Session, estate: UUID) -> TermRecord:
    term = committees.term_in_office(session, estate)
    if term is None:
        raise WrongStep("这个小区还没有在任的业主委员会。")
    return term


def _resolution(session: Session, estate: UUID, basis: UUID, *, body: str) -> ResolutionRecord:
    record = session.get(ResolutionRecord, basis)
    if record is None or record.estate_id != estate:
        raise NotFound
    if record.body != body or record.outcome != PASSED or record.state == "revoked":
        whose = "业主大会" if body == "assembly" else "业委会会议"
        raise Incomplete(f"依据要是一项{whose}通过的、现在有效的决议。")
    return record


def _require_own(session: Session, record: MemberRecord, account: UUID) -> None:
    held = session.get(AccountRecord, account)
    if held is None:
        raise NotFound
    if "".join(held.display_name.split()) != "".join(record.name.split()):
        raise Incomplete(
            f"这个账号登记的姓名是{held.display_name}，不是{record.name}。委员只能用本人的账号签字，"
            "姓名写错了的，请系统管理员用本人姓名开账号。"
        )


def _require_serving(record: MemberRecord) -> None:
    if record.left_on is not None:
        raise WrongStep(f"{record.name}已经离任。")


def _require_day(record: MemberRecord, on: date, now: datetime) -> None:
    if not record.joined_on <= on <= in_china(now).date():
        raise Incomplete("离任日期要在到任之后、今天或今天之前。")


def _event(kind: str, said: str, record: MemberRecord, facts: Mapping[str, str]) -> Event:
    return Event(kind, said, f"member:{record.id}", facts or {"name": record.name})
