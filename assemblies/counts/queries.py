"""Reads of the counts room: what was cast, what waits to be opened, what the count says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord, VoterRecord
from assemblies.records.logs import LogEntryRecord, LogRecord
from assemblies.records.premises import EstateRecord
from voting.agenda import Agenda
from voting.ballot import Ballot, Bound, Channel, Credential
from voting.canonical import JSON, decode
from voting.errors import UntrustedKey
from voting.law.rules import Rules
from voting.log import kinds
from voting.log.entries import Entry
from voting.opening import Logged
from voting.result import Result
from voting.roll import Roll


@dataclass(frozen=True, slots=True)
class Meeting:
    """An assembly as the pages of this room show it."""

    id: UUID
    node: UUID
    estate: str
    title: str
    phase: str
    closes_at: datetime | None
    closed_at: datetime | None
    counted_at: datetime | None
    objections_until: datetime | None
    keeper: str
    wrapped: str
    ballots: int
    voters: int
    voted: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """The frozen documents as values, and what ballots must be bound to."""

    agenda: Agenda
    roll: Roll
    rules: Rules
    bound: Bound


def meeting(session: Session, assembly: UUID) -> Meeting:
    """Return an assembly with how much was cast; raises `NotFound`."""
    row = session.execute(
        select(AssemblyRecord, EstateRecord)
        .join(EstateRecord, AssemblyRecord.estate_id == EstateRecord.id)
        .where(AssemblyRecord.id == assembly)
    ).one_or_none()
    if row is None:
        raise NotFound
    record, estate = row
    cast, voted = _cast(session, record.log_id)
    voters = session.execute(
        select(func.count()).where(VoterRecord.assembly_id == assembly)
    ).scalar_one()
    return Meeting(
        id=record.id,
        node=estate.node_id,
        estate=estate.name,
        title=record.title,
        phase=record.phase,
        closes_at=record.closes_at,
        closed_at=record.closed_at,
        counted_at=record.counted_at,
        objections_until=record.objections_until,
        keeper=record.keeper_name,
        wrapped=record.opening_wrapped or "",
        ballots=cast,
        voters=voters,
        voted=voted,
    )


def _cast(session: Session, log: UUID | None) -> tuple[int, int]:
    if log is None:
        return 0, 0
    found = select(func.count(), func.count(LogEntryRecord.subject.distinct())).where(
        LogEntryRecord.log_id == log, LogEntryRecord.kind == kinds.BALLOT
    )
    number, voted = session.execute(found).one()
    return number, voted


def frozen(session: Session, assembly: UUID) -> Frozen:
    """Return the frozen documents; raises `NotFound` before the freeze."""
    found = select(DocumentRecord.name, DocumentRecord.content).where(
        DocumentRecord.assembly_id == assembly
    )
    files = {row.name: row.content for row in session.execute(found)}
    if "roll.jsonl" not in files:
        raise NotFound
    agenda, roll, rules = (files[name] for name in ("agenda.json", "roll.jsonl", "rules.json"))
    return Frozen(
        agenda=Agenda.decode(agenda),
        roll=Roll.decode(roll),
        rules=Rules.from_json(decode(rules)),
        bound=Bound.to(assembly, agenda=agenda, roll=roll, rules=rules),
    )


def entries(session: Session, log: UUID) -> tuple[tuple[int, Entry], ...]:
    """Return a log's entries with their places."""
    found = select(LogEntryRecord.index, LogEntryRecord.data).where(LogEntryRecord.log_id == log)
    rows = session.execute(found.order_by(LogEntryRecord.index))
    return tuple((index, Entry.parse(data)) for index, data in rows)


def logged(entries: Sequence[tuple[int, Entry]], agenda: Agenda) -> tuple[Logged, ...]:
    """Return the ballots of a log with every signature and credential checked again.

    Raises what `Credential.read` and `Ballot.read` raise: a log that fails here was tampered with.
    """
    allowed: dict[UUID, dict[str, Channel]] = {}
    known: set[str] = set()
    ballots = []
    for index, entry in entries:
        if entry.kind == kinds.CREDENTIAL:
            credential = Credential.read(_token(entry.body), registrar=agenda.registrar)
            allowed.setdefault(credential.voter, {})[credential.key] = credential.channel
            known.add(credential.key)
        elif entry.kind == kinds.BALLOT:
            ballot = Ballot.read(_token(entry.body), trusted=known)
            _require_own_key(ballot, allowed.get(ballot.voter, {}))
            ballots.append(Logged(index, entry.time, ballot))
    return tuple(ballots)


def _require_own_key(ballot: Ballot, own: Mapping[str, Channel]) -> None:
    """Refuse a ballot without a key of its voter and its channel."""
    if own.get(ballot.key) is not ballot.channel:
        raise UntrustedKey(f"key {ballot.key} does not speak for voter {ballot.voter}")


def _token(body: dict[str, JSON]) -> str:
    return str(body["token"])


def result(session: Session, assembly: UUID) -> Result | None:
    """Return the newest result, if it was counted."""
    document = session.get(DocumentRecord, (assembly, "result.json"))
    return None if document is None else Result.decode(document.content)


def log_head(session: Session, log: UUID) -> tuple[int, str]:
    """Return a log's size and its last checkpoint."""
    head = session.get_one(LogRecord, log)
    return head.size, head.checkpoint
