"""Duties that come round again: each round is a duty of its own, under a source of its own."""

from itertools import count
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from assemblies.records.duties import DutyRecord, duty_of


def rounds(session: Session, base: UUID, name: str) -> tuple[DutyRecord, ...]:
    """Return every round of a duty that was opened for a thing, the oldest first."""
    found: list[DutyRecord] = []
    for number in count(1):
        record = duty_of(session, _source(base, name, number), name)
        if record is None:
            return tuple(found)
        found.append(record)
    raise AssertionError  # counting has no end


def standing_round(session: Session, base: UUID, name: str) -> DutyRecord | None:
    """Return the round that is neither done nor void, None between two rounds."""
    found = rounds(session, base, name)
    last = found[-1] if found else None
    return last if last and last.done_at is None and last.void_at is None else None


def next_source(session: Session, base: UUID, name: str) -> UUID:
    """Return the source under which the next round is to be opened."""
    return _source(base, name, len(rounds(session, base, name)) + 1)


def _source(base: UUID, name: str, number: int) -> UUID:
    return uuid5(base, f"{name}/{number}")
