"""Letters are issued once for everybody, and one by one again."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import jobs, logs
from assemblies.records.assemblies import (
    AssemblyRecord,
    LetterRecord,
    VoterRecord,
)
from voting.canonical import Plain

LONGEST_REASON = 200


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


def _require_votable(record: AssemblyRecord, now: datetime) -> None:
    if record.phase != "frozen" or record.closes_at is None or now >= record.closes_at:
        raise WrongStep("名册锁定之后、投票截止之前才能打印投票信。")


def _assembly(session: Session, assembly: UUID) -> AssemblyRecord:
    record = session.get(AssemblyRecord, assembly)
    if record is None:
        raise NotFound
    return record
