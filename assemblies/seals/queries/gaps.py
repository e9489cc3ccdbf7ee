"""What is wrong with the seals of an estate, for the street."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records import seal_gaps, seal_log


def gaps(session: Session, estate: UUID, *, now: datetime) -> tuple[seal_gaps.Gap, ...]:
    """Return what is missing or late at an estate, the oldest first."""
    return tuple(seal_gaps.gaps_of(session, [estate], now=now))


def exported(session: Session, estate: UUID) -> bytes:
    """Return the seal log as the file that `python -m voting verify` reads; raises `NotFound`."""
    return seal_log.export(session, estate)
