"""Standing authorisations (小额维修授权): which covers a repair, and what the year still holds."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import NotFound
from assemblies.records.repairs import AuthorityRecord, RepairRecord
from assemblies.records.resolutions import CORRECTED, STANDING, ResolutionRecord

PASSED, ASSEMBLY = "passed", "assembly"
# An order to correct leaves a decision in force; revoked and superseded ones carry nothing.
CARRYING = (STANDING, CORRECTED)
# What a repair under an authorisation takes from the year unless it came to nothing.
_CAME_TO_NOTHING = ("refused", "dropped")


def authority_for(
    session: Session, estate: UUID, fen: int, on: date, *, beside: UUID | None = None
) -> AuthorityRecord | None:
    """Return an authorisation in force that covers a repair of this cost, None if there is none.

    The newest comes first. One whose resolution was revoked or superseded covers nothing,
    nor does one whose year has too little left; the repair `beside` is not counted.
    """
    for record in in_force(session, estate, on):
        room = standing_room(session, record.id, on.year, beside=beside)
        if fen <= min(record.each_fen, room):
            return record
    return None


def in_force(session: Session, estate: UUID, on: date) -> tuple[AuthorityRecord, ...]:
    """Return the authorisations of an estate that are in force on a day, newest first."""
    found = (
        select(AuthorityRecord)
        .join(ResolutionRecord, ResolutionRecord.id == AuthorityRecord.resolution_id)
        .where(
            AuthorityRecord.estate_id == estate,
            AuthorityRecord.since <= on,
            AuthorityRecord.until.is_(None) | (AuthorityRecord.until >= on),
            ResolutionRecord.state.in_(CARRYING),
            ResolutionRecord.outcome == PASSED,
            ResolutionRecord.body == ASSEMBLY,
        )
        .order_by(AuthorityRecord.since.desc(), AuthorityRecord.id)
    )
    return tuple(session.execute(found).scalars())


def standing_room(
    session: Session, authority: UUID, year: int, *, beside: UUID | None = None
) -> int:
    """Return how much an authorisation still allows in a calendar year, in fen, never below none.

    The repair `beside` is left out. Raises `NotFound`.
    """
    record = session.get(AuthorityRecord, authority)
    if record is None:
        raise NotFound
    return max(0, record.yearly_fen - used_in(session, authority, year, beside=beside))


def used_in(session: Session, authority: UUID, year: int, *, beside: UUID | None = None) -> int:
    """Return what repairs draw on an authorisation in a calendar year, in fen.

    A repair counts in the year in China in which its plan was posted, with what it was settled
    at, or with its budget until then; the repair `beside` is left out.
    """
    begins = datetime(year, 1, 1, tzinfo=CHINA)
    ends = datetime(year + 1, 1, 1, tzinfo=CHINA) - timedelta(microseconds=1)
    rows = session.execute(
        select(RepairRecord.id, RepairRecord.budget_fen, RepairRecord.settled_fen).where(
            RepairRecord.authority_id == authority,
            RepairRecord.posted_at.between(begins, ends),
            RepairRecord.state.not_in(_CAME_TO_NOTHING),
        )
    )
    return sum(settled or budget for repair, budget, settled in rows if repair != beside)
