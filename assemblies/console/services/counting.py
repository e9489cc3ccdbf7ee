"""Fresh turnout for the console: counted at most once a minute, a few assemblies at a time."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records import turnout


def refresh(session: Session, assemblies: Iterable[UUID], *, now: datetime) -> None:
    """Count the turnout of assemblies anew, unless somebody else just did."""
    for one in assemblies:
        if turnout.stale(session, one, now=now):
            turnout.recount(session, one, now=now)
