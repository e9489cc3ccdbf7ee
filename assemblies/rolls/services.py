"""Verbs of the rolls room: object, answer, freeze, ask for letters, reprint one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import jobs, logs
from assemblies.records.assemblies import (
    AssemblyRecord,
    DocumentRecord,
    LetterRecord,
    ObjectionRecord,
    VoterPersonRecord,
    VoterRecord,
)
from assemblies.records.premises import EstateRecord, PersonRecord
from assemblies.rolls import queries
from assemblies.rolls.queries import DraftRoll
from voting.agenda import Agenda
from voting.canonical import Plain, encode, sha256_hex
from voting.errors import Malformed
from voting.law.rules import Rules
from voting.signing import PublicKey

LONGEST_OBJECTION = 2_000
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody finds wrong with the roll, and how to reach them."""

    text: str
    contact: str


@dataclass(frozen=True, slots=True)
class OpeningKey:
    """What the keeper's browser made: the public half, and the private half wrapped."""

    public: PublicKey
    wrapped: str
    keeper: str


def object_to_roll(
    session: Session, assembly: UUID, raised: Objection, keys: Keys, *, now: datetime
) -> UUID:
    """Record an objection to the posted roll; raises `WrongStep` once it is frozen."""
    record = _assembly(session, assembly)
    if record.phase != "posted" or record.log_id is None:
        raise WrongStep("名册不在公示期内，现在不能对名册提出异议。")
    text, contact = raised.text.strip(), raised.contact.strip()
    if not text or len(text) > LONGEST_OBJECTION:
        raise Incomplete(f"请写明异议内容，不超过 {LONGEST_OBJECTION} 字。")
    objection = ObjectionRecord(
        id=uuid4(),
        assembly_id=assembly,
        stage="roll",
        text=text,
        contact_sealed=keys.sealed(contact) if contact else None,
        raised_at=now,
    )
    session.add(objection)
    body = {"stage": "roll", "sha256": sha256_hex(objection.text.encode())}
    logs.append(session, record.log_id, "objection", body, keys, now=now)
    return objection.id


def answer(
    session: Session, assembly: UUID, objection: UUID, text: str, keys: Keys, *, now: datetime
) -> None:
    """Answer an objection to the roll, once; raises `NotFound`, `WrongStep` or `Incomplete`."""
    record = session.get(ObjectionRecord, objection)
    if record is None or record.assembly_id != assembly or record.stage != "roll":
        raise NotFound
    if record.answered_at is not None:
        raise WrongStep("这条异议已经答复过。")
    if not text.strip():
        raise Incomplete("请写明复核结果。")
    record.answer, record.answered_at = text.strip(), now
    log = _assembly(session, assembly).log_id
    if log is not None:
        body = {
            "objection": sha256_hex(record.text.encode()),
            "answer": sha256_hex(record.answer.encode()),
        }
        logs.append(session, log, "answered", body, keys, now=now)


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
    draft = queries.draft(session, record.estate_id, rules.house.uses)
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


def ask_for_letters(session: Session, assembly: UUID, asked_by: UUID, *, now: datetime) -> UUID:
    """Ask for the whole set of letters and return the job; voters without one get their first."""
    record = _assembly(session, assembly)
    _require_votable(record, now)
    return jobs.ask(
        session,
        "letters",
        {"assembly": str(assembly)},
        assembly=assembly,
        asked_by=asked_by,
        now=now,
    )


def issue_letters(session: Session, assembly: UUID, keys: Keys, *, now: datetime) -> int:
    """Give every voter without a letter the first one, log it, and return how many there were."""
    record = _assembly(session, assembly)
    have = select(LetterRecord.voter_id).where(LetterRecord.assembly_id == assembly)
    found = select(VoterRecord.id).where(
        VoterRecord.assembly_id == assembly, VoterRecord.id.not_in(have)
    )
    voters = list(session.execute(found).scalars())
    session.add_all(_letter(assembly, voter, 1, keys, now) for voter in voters)
    if voters and record.log_id is not None:
        logs.append(session, record.log_id, "letters", {"issued": len(voters)}, keys, now=now)
    return len(voters)


def reprint_letter(
    session: Session, assembly: UUID, voter: UUID, reason: str, keys: Keys, *, now: datetime
) -> int:
    """Make a voter's code void, give the next one, log it, and return the new serial."""
    record = _assembly(session, assembly)
    _require_votable(record, now)
    person = session.get(VoterRecord, voter)
    if person is None or person.assembly_id != assembly:
        raise NotFound
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Incomplete("请写明补发原因，例如“信件遗失”。")
    last = session.execute(
        select(func.max(LetterRecord.serial)).where(LetterRecord.voter_id == voter)
    ).scalar_one()
    for old in session.execute(
        select(LetterRecord).where(LetterRecord.voter_id == voter, LetterRecord.voided_at.is_(None))
    ).scalars():
        old.voided_at, old.void_reason = now, reason.strip()
    serial = (last or 0) + 1
    session.add(_letter(assembly, voter, serial, keys, now))
    body: dict[str, Plain] = {"voter": str(voter), "serial": serial, "reason": reason.strip()}
    if record.log_id is not None:
        about = logs.About(subject=voter)
        logs.append(session, record.log_id, "letter", body, keys, about, now=now)
    return serial


def _letter(assembly: UUID, voter: UUID, serial: int, keys: Keys, now: datetime) -> LetterRecord:
    code = keys.letter_code(str(voter), serial)
    return LetterRecord(
        id=uuid4(),
        assembly_id=assembly,
        voter_id=voter,
        serial=serial,
        code_index=keys.index_of(code),
        issued_at=now,
    )


def _assembly(session: Session, assembly: UUID) -> AssemblyRecord:
    record = session.get(AssemblyRecord, assembly)
    if record is None:
        raise NotFound
    return record


def _rules(record: AssemblyRecord) -> Rules:
    rules = queries.rules_of(record)
    if rules is None:
        raise WrongStep("会议公告尚未发布，还不能锁定名册。")
    return rules


def _require_time(record: AssemblyRecord, rules: Rules, now: datetime) -> None:
    if record.phase != "posted" or record.closes_at is None:
        raise WrongStep("只有公告期内的会议可以锁定名册；锁定之后不能再改。")
    earliest = queries.freeze_from(record, rules)
    if earliest is not None and now < earliest:
        law = "、".join(citation.text for citation in rules.citations("draft_roll_days"))
        raise WrongStep(f"名册公示期还没有满，现在不能锁定（{law}）。")
    if now >= record.closes_at:
        raise WrongStep("投票时间已经过去，不能再锁定名册，请重新召集会议。")


def _require_answered(session: Session, assembly: UUID) -> None:
    open_ones = [one for one in queries.objections(session, assembly) if one.answered_at is None]
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
    known = queries.owners_of_developer(session, estate.id)
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


def _require_votable(record: AssemblyRecord, now: datetime) -> None:
    if record.phase != "frozen" or record.closes_at is None or now >= record.closes_at:
        raise WrongStep("名册锁定之后、投票截止之前才能打印投票信。")


def opening_key(public: object, wrapped: str, keeper: str) -> OpeningKey:
    """Read what the keeper's browser sent; raises `Malformed` or `Incomplete`."""
    if not keeper.strip():
        raise Incomplete("请填写开票钥匙保管人的姓名。")
    if not isinstance(public, dict) or wrapped.count(".") != 4:  # noqa: PLR2004 -- compact JWE
        raise Malformed("not an opening key")
    return OpeningKey(PublicKey.from_jwk(public), wrapped, keeper.strip())
