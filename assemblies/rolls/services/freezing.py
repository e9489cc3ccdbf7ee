"""The freeze: roll, agenda and rules are hashed into the log and never change again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import (
    AssemblyRecord,
    DocumentRecord,
    VoterPersonRecord,
    VoterRecord,
)
from assemblies.records.premises import EstateRecord, PersonRecord
from assemblies.records.supervision import tell_of_assembly
from assemblies.rolls.queries import draft as drafts
from assemblies.rolls.queries import meetings
from assemblies.rolls.queries.draft import DraftRoll
from voting.agenda import Agenda
from voting.canonical import Plain, encode, sha256_hex
from voting.errors import Malformed
from voting.law.rules import Rules
from voting.signing import PublicKey


@dataclass(frozen=True, slots=True)
class OpeningKey:
    """What the keeper's browser made: the public half, and the private half wrapped."""

    public: PublicKey
    wrapped: str
    keeper: str


def opening_key(public: object, wrapped: str, keeper: str) -> OpeningKey:
    """Read what the keeper's browser sent; raises `Malformed` or `Incomplete`."""
    if not keeper.strip():
        raise Incomplete("请填写开票钥匙保管人的姓名。")
    if not isinstance(public, dict) or wrapped.count(".") != 4:  # noqa: PLR2004 -- compact JWE
        raise Malformed("not an opening key")
    return OpeningKey(PublicKey.from_jwk(public), wrapped, keeper.strip())


def freeze(
    session: Session, assembly: UUID, opening: OpeningKey, keys: Keys, *, now: datetime
) -> None:
    """Freeze roll, agenda and rules: hash them into the log; nothing about them changes after.

    Raises `WrongStep` before the roll was posted long enough, with an objection unanswered, or
    after the vote should have closed; `Incomplete` while the register has parts without owners.
    """
    record = session.execute(
        select(AssemblyRecord).where(AssemblyRecord.id == assembly).with_for_update()
    ).scalar_one()
    rules = _rules(record)
    _require_time(record, rules, now)
    _require_answered(session, assembly)
    draft = drafts.draft(session, record.estate_id, rules.house.uses)
    _require_whole(draft)
    estate = session.get_one(EstateRecord, record.estate_id)
    agenda = _agenda(record, estate.name, opening.public, keys)
    roll, rules_json = draft.roll.encode(), encode(rules.to_json())
    documents = {"roll.jsonl": roll, "agenda.json": agenda.encode(), "rules.json": rules_json}
    for name, content in documents.items():
        session.add(
            DocumentRecord(
                assembly_id=assembly,
                name=name,
                content=content,
                sha256=sha256_hex(content),
                made_at=now,
            )
        )
    _add_voters(session, record, draft, _developer(session, estate))
    record.opening_public, record.opening_wrapped = opening.public.jwk(), opening.wrapped
    record.keeper_name, record.phase, record.frozen_at = opening.keeper, "frozen", now
    digests = {name.partition(".")[0]: sha256_hex(data) for name, data in documents.items()}
    body: dict[str, Plain] = {**digests, "keeper": opening.keeper, "opening": opening.public.jwk()}
    if record.log_id is None:
        raise WrongStep("会议公告尚未发布。")
    logs.append(session, record.log_id, "frozen", body, keys, logs.About(token="frozen"), now=now)  # noqa: S106
    tell_of_assembly(
        session, record, "frozen", record.convener_name, digests["roll"], keys, now=now
    )


def _rules(record: AssemblyRecord) -> Rules:
    rules = meetings.rules_of(record)
    if rules is None:
        raise WrongStep("会议公告尚未发布，还不能锁定名册。")
    return rules


def _require_time(record: AssemblyRecord, rules: Rules, now: datetime) -> None:
    if record.phase != "posted" or record.closes_at is None:
        raise WrongStep("只有公告期内的会议可以锁定名册；锁定之后不能再改。")
    earliest = meetings.freeze_from(record, rules)
    if earliest is not None and now < earliest:
        law = "、".join(citation.text for citation in rules.citations("draft_roll_days"))
        raise WrongStep(f"名册公示期还没有满，现在不能锁定（{law}）。")
    if now >= record.closes_at:
        raise WrongStep("投票时间已经过去，不能再锁定名册，请重新召集会议。")


def _require_answered(session: Session, assembly: UUID) -> None:
    open_ones = [one for one in meetings.objections(session, assembly) if one.answered_at is None]
    if open_ones:
        raise WrongStep(f"还有 {len(open_ones)} 条对名册的异议没有答复，答复后才能锁定。")


def _require_whole(draft: DraftRoll) -> None:
    if draft.ownerless:
        named = "、".join(draft.ownerless[:5])
        raise Incomplete(
            f"有 {len(draft.ownerless)} 处已售房屋没有登记业主：{named}。请先补全名册。"
        )
    if not draft.voters:
        raise Incomplete("名册里还没有可以表决的房屋，请先导入名册。")


def _agenda(record: AssemblyRecord, estate: str, opening: PublicKey, keys: Keys) -> Agenda:
    if record.opens_at is None or record.closes_at is None:
        raise WrongStep("投票时间尚未确定。")
    return Agenda(
        assembly=record.id,
        estate=estate,
        title=record.title,
        convener=record.convener_name,
        opens=record.opens_at,
        closes=record.closes_at,
        opening=opening,
        registrar=PublicKey.of(keys.registrar),
        items=tuple(item.value() for item in record.items),
    )


def _developer(session: Session, estate: EstateRecord) -> frozenset[UUID]:
    """Return the developer's persons on record; without any, one is made of the estate's data."""
    known = drafts.owners_of_developer(session, estate.id)
    if known:
        return known
    person = PersonRecord(
        id=uuid4(), estate_id=estate.id, kind="company", name=estate.developer or "建设单位"
    )
    session.add(person)
    session.flush()
    return frozenset({person.id})


def _add_voters(
    session: Session, record: AssemblyRecord, draft: DraftRoll, developer: frozenset[UUID]
) -> None:
    for position, one in enumerate(draft.voters, start=1):
        session.add(
            VoterRecord(
                id=one.voter.id,
                assembly_id=record.id,
                position=position,
                label=one.label,
                area_dm2=one.voter.area,
                developer=one.voter.developer,
                line=one.voter.line(),
            )
        )
    session.flush()
    for one in draft.voters:
        persons = developer if one.voter.developer else one.persons
        session.add_all(
            VoterPersonRecord(voter_id=one.voter.id, person_id=person) for person in persons
        )
