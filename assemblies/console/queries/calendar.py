"""The duties of many estates by colour: late, within seven days, later."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.records.duties import WHO, DutyRecord

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Open:
    """One duty that is not done, and its last day."""

    estate: UUID
    name: str
    title: str
    about: str
    who: str
    due_on: date
    href: str

    @property
    def words(self) -> str:
        """Return what is to be done and by whom."""
        return f"{self.title}（{WHO.get(self.who, self.who)}）"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The duties of one estate: those that are late or near by name, the others only counted."""

    late: tuple[Open, ...] = ()
    soon: tuple[Open, ...] = ()
    later: int = 0
    waiting: int = 0


def calendars(session: Session, estates: Iterable[UUID], *, now: datetime) -> dict[UUID, Calendar]:
    """Return the calendars of estates; `waiting` duties have no day until their event comes."""
    rows = session.execute(
        select(
            DutyRecord.estate_id,
            DutyRecord.name,
            DutyRecord.title,
            DutyRecord.about,
            DutyRecord.who,
            DutyRecord.due_on,
            DutyRecord.href,
        ).where(
            DutyRecord.estate_id.in_(list(estates)),
            DutyRecord.done_at.is_(None),
            DutyRecord.void_at.is_(None),
        )
    )
    held: dict[UUID, list[Open]] = defaultdict(list)
    undated: dict[UUID, int] = defaultdict(int)
    for estate, name, title, about, who, due_on, href in rows:
        if due_on is None:
            undated[estate] += 1
        else:
            held[estate].append(Open(estate, name, title, about, who, due_on, href))
    today = in_china(now).date()
    return {
        one: _calendar(held.get(one, []), undated.get(one, 0), today) for one in {*held, *undated}
    }


def _calendar(several: list[Open], undated: int, today: date) -> Calendar:
    ordered = sorted(several, key=lambda one: (one.due_on, one.title))
    late = tuple(one for one in ordered if one.due_on < today)
    soon = tuple(one for one in ordered if today <= one.due_on <= today + SOON)
    return Calendar(late, soon, len(ordered) - len(late) - len(soon), undated)
