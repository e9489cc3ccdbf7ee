"""The most urgent duties of an estate, for its own page."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records import calendar
from assemblies.records.calendar import Entry

MOST = 3


def urgent(session: Session, estate: UUID, *, now: datetime) -> tuple[Entry, ...]:
    """Return the three duties of an estate that fall due first; the late stand on top."""
    return calendar.urgent(session, estate, MOST, now=now)
