"""How many took part so far: counted at most once a minute, cheap enough for a public page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.records.assemblies import AssemblyRecord, TurnoutRecord, VoterRecord
from assemblies.records.logs import LogEntryRecord, LogRecord
from voting.law.majorities import Count
from voting.log import kinds

FRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who took part and who might, in heads and dm², when it was counted, and the log's size."""

    took_part: Count
    entitled: Count
    counted_at: datetime
    log_size: int


def current(session: Session, assembly: UUID) -> Turnout | None:
    """Return the last count, however old; none before anything was counted."""
    held = session.get(TurnoutRecord, assembly)
    if held is None:
        return None
    took_part = Count(heads=held.heads, area=held.area_dm2)
    return Turnout(took_part, entitled(session, assembly), held.counted_at, held.log_size)


def stale(session: Session, assembly: UUID, *, now: datetime) -> bool:
    """Say whether the last count is older than a minute, or there is none."""
    held = session.get(TurnoutRecord, assembly)
    return held is None or now - held.counted_at >= FRESH


def recount(session: Session, assembly: UUID, *, now: datetime) -> None:
    """Count who took part before the closing, and keep the number for a minute."""
    record = session.get_one(AssemblyRecord, assembly)
    voted = select(LogEntryRecord.subject).where(
        LogEntryRecord.log_id == record.log_id,
        LogEntryRecord.kind == kinds.BALLOT,
        LogEntryRecord.at < record.closes_at,
    )
    heads, area = session.execute(
        select(func.count(), func.coalesce(func.sum(VoterRecord.area_dm2), 0)).where(
            VoterRecord.assembly_id == assembly, VoterRecord.id.in_(voted)
        )
    ).one()
    size = session.get_one(LogRecord, record.log_id).size
    held = session.get(TurnoutRecord, assembly)
    if held is None:
        held = TurnoutRecord(assembly_id=assembly)
        session.add(held)
    held.counted_at, held.heads, held.area_dm2, held.log_size = now, heads, area, size
    session.flush()


def entitled(session: Session, assembly: UUID) -> Count:
    """Return heads and area of everybody on the frozen roll."""
    heads, area = session.execute(
        select(func.count(), func.coalesce(func.sum(VoterRecord.area_dm2), 0)).where(
            VoterRecord.assembly_id == assembly
        )
    ).one()
    return Count(heads=heads, area=area)
