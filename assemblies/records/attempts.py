"""Counting attempts within a window: sign-ins, letters, addresses; shared by all workers."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assemblies.foundation.database import UtcDateTime
from assemblies.records.people import AttemptRecord


def hit(session: Session, key: str, *, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one attempt under `key` and say whether it is still within `limit` per `window`.

    One statement counts and answers, so that a burst of attempts at the same moment is counted
    one by one, the first of all included. Count before looking at what was typed.
    """
    over = AttemptRecord.since <= now - window
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    attempt = dialect.insert(AttemptRecord).values(key=key, since=now, count=1)
    counted = attempt.on_conflict_do_update(
        index_elements=[AttemptRecord.key],
        set_={
            "since": case((over, literal(now, UtcDateTime)), else_=AttemptRecord.since),
            "count": case((over, 1), else_=AttemptRecord.count + 1),
        },
    )
    count: int = session.execute(counted.returning(AttemptRecord.count)).scalar_one()
    return count <= limit


def give_back(session: Session, key: str) -> None:
    """Take one attempt off a count that many share, after a success."""
    session.execute(
        update(AttemptRecord)
        .where(AttemptRecord.key == key, AttemptRecord.count > 0)
        .values(count=AttemptRecord.count - 1)
        .execution_options(synchronize_session=False)
    )


def forget(session: Session, key: str) -> None:
    """Drop the count under `key`, after a success."""
    session.execute(
        delete(AttemptRecord)
        .where(AttemptRecord.key == key)
        .execution_options(synchronize_session=False)
    )
