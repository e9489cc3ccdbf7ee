"""Counting attempts within a window: sign-ins, letters, addresses; shared by all workers."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.people import AttemptRecord


def hit(session: Session, key: str, *, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one attempt under `key` and say whether it is still within `limit` per `window`."""
    attempt = session.execute(
        select(AttemptRecord).where(AttemptRecord.key == key).with_for_update()
    ).scalar_one_or_none()
    if attempt is None:
        session.add(AttemptRecord(key=key, since=now, count=1))
        return limit >= 1
    if now - attempt.since >= window:
        attempt.since, attempt.count = now, 0
    attempt.count += 1
    return attempt.count <= limit


def forget(session: Session, key: str) -> None:
    """Drop the count under `key`, after a success."""
    attempt = session.get(AttemptRecord, key)
    if attempt is not None:
        session.delete(attempt)
