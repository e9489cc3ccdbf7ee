"""The board's one verb: keep the turnout's number fresh, at most once a minute."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.board.queries import pages as queries
from assemblies.records import turnout


def refresh(session: Session, assembly: UUID, *, now: datetime) -> None:
    """Count the turnout anew, unless somebody else just did."""
    if queries.needs_recount(session, assembly, now=now):
        turnout.recount(session, assembly, now=now)
