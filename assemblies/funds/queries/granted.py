"""Standing authorisations as the page shows them: limits, the year's rest, whether valid."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.records.authorities import CARRYING, in_force, standing_room
from assemblies.records.repairs import AuthorityRecord
from assemblies.records.resolutions import ResolutionRecord


@dataclass(frozen=True, slots=True)
class Authority:
    """One authorisation with the resolution it rests on; `room` is what this year still holds."""

    id: UUID
    number: str
    title: str
    each: int
    yearly: int
    room: int
    covers: str
    since: date
    until: date | None
    granted_by: str
    valid: bool
    why_not: str


def authorities(session: Session, estate: UUID, *, now: datetime) -> tuple[Authority, ...]:
    """Return every authorisation of an estate, newest first."""
    today = in_china(now).date()
    valid = {one.id for one in in_force(session, estate, today)}
    rows = session.execute(
        select(AuthorityRecord, ResolutionRecord)
        .join(ResolutionRecord, ResolutionRecord.id == AuthorityRecord.resolution_id)
        .where(AuthorityRecord.estate_id == estate)
        .order_by(AuthorityRecord.since.desc(), AuthorityRecord.id)
    )
    return tuple(
        Authority(
            id=one.id,
            number=basis.number,
            title=basis.title,
            each=one.each_fen,
            yearly=one.yearly_fen,
            room=standing_room(session, one.id, today.year),
            covers=one.covers,
            since=one.since,
            until=one.until,
            granted_by=one.granted_by,
            valid=one.id in valid,
            why_not="" if one.id in valid else _why_not(one, basis, today),
        )
        for one, basis in rows
    )


def _why_not(record: AuthorityRecord, basis: ResolutionRecord, today: date) -> str:
    if basis.state not in CARRYING:
        return "依据的决定已经不再有效"
    if record.since > today:
        return "还没有开始"
    return "已经到期"
