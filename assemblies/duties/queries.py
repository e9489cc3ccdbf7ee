"""Reads of the duties room: the calendar of an estate, by urgency and by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.records.calendar import RECENT, Entry, entries_of, of_estate
from assemblies.records.duties import WHO, DutyRecord
from assemblies.records.places import place_of

__all__ = ["WHO", "Calendar", "Entry", "Month", "calendar", "dated", "duty", "month", "place_of"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The duties of an estate: late first, then soon, later, waiting, and what was done lately."""

    place: Place
    late: tuple[Entry, ...]
    soon: tuple[Entry, ...]
    later: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    done: tuple[Entry, ...]

    @property
    def empty(self) -> bool:
        """Say whether there is nothing at all to show."""
        return not (self.late or self.soon or self.later or self.waiting or self.done)


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month on which something falls due."""

    year: int
    number: int
    days: tuple[tuple[date, tuple[Entry, ...]], ...]

    @property
    def name(self) -> str:
        """Say the month."""
        return f"{self.year}年{self.number}月"

    @property
    def before(self) -> str:
        """Return the month before, as an address writes it."""
        return _month(self.year * 12 + self.number - 2)

    @property
    def after(self) -> str:
        """Return the month after, as an address writes it."""
        return _month(self.year * 12 + self.number)


def calendar(session: Session, estate: UUID, who: str, *, now: datetime) -> Calendar:
    """Return the calendar of an estate, of one actor where asked; raises `NotFound`."""
    place = place_of(session, estate)
    found = _of(of_estate(session, estate, since=now - RECENT, now=now), who)
    return Calendar(
        place,
        late=tuple(one for one in found if one.when == "late"),
        soon=tuple(one for one in found if one.when == "soon"),
        later=tuple(one for one in found if one.when == "later"),
        waiting=tuple(one for one in found if one.when == "waiting"),
        done=tuple(one for one in found if one.when == "done"),
    )


def month(session: Session, estate: UUID, who: str, asked: str, *, now: datetime) -> Month:
    """Return what falls due in a month ("2026-03"), this month for anything else."""
    year, number = _asked(asked, in_china(now).date())
    by_day: dict[date, list[Entry]] = {}
    for one in _of(of_estate(session, estate, now=now), who):
        if one.due_on and (one.due_on.year, one.due_on.month) == (year, number):
            by_day.setdefault(one.due_on, []).append(one)
    days = tuple((day, tuple(by_day[day])) for day in sorted(by_day))
    return Month(year, number, days)


def dated(session: Session, estate: UUID, who: str, *, now: datetime) -> tuple[Entry, ...]:
    """Return the duties of an estate that have a last day, undone or done lately."""
    found = _of(of_estate(session, estate, since=now - RECENT, now=now), who)
    return tuple(one for one in found if one.due_on is not None)


def duty(session: Session, estate: UUID, duty: UUID, *, now: datetime) -> Entry:
    """Return one duty of an estate; raises `NotFound`."""
    record = session.get(DutyRecord, duty)
    if record is None or record.estate_id != estate:
        raise NotFound
    return entries_of(session, (record,), now=now)[0]


def _of(found: Iterable[Entry], who: str) -> tuple[Entry, ...]:
    return tuple(one for one in found if not who or one.who == who)


def _asked(text: str, today: date) -> tuple[int, int]:
    year, _, number = text.partition("-")
    plain = text.isascii() and year.isdecimal() and number.isdecimal()
    if plain and len(year) == 4 and 1 <= int(number[:2]) <= 12:  # noqa: PLR2004 -- a year, a month
        return max(int(year), 1), int(number[:2])
    return today.year, today.month


def _month(months: int) -> str:
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
