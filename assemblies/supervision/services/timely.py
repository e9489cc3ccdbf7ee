"""What the clock does for supervision: reports begin, and what owners decided is carried out."""

from datetime import datetime

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.supervision.services.removals import any_decided, conclude_decided
from assemblies.supervision.services.reports import any_owed, open_due_reports


def anything_due(session: Session, *, now: datetime) -> bool:
    """Say whether `keep_up` would do anything: a look that takes no lock."""
    return any_decided(session) or any_owed(session, now=now)


def keep_up(session: Session, keys: Keys, *, now: datetime) -> None:
    """Begin the reports that are due, and end the inquiries that owners decided."""
    conclude_decided(session, keys, now=now)
    open_due_reports(session, keys, now=now)
