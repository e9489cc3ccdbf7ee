"""Which months of an office were submitted, when and by whom, and which table is due now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.console.months import Month
from assemblies.console.queries.ground import table_day
from assemblies.console.queries.tree import COMMUNITY, OFFICES, Estate, Node, Tree, estates
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import GRANTED, Need, Staff
from assemblies.records.oversight import MonthRecord

MOST = 12


@dataclass(frozen=True, slots=True)
class Filed:
    """One month of an office: until when its table was due, and whether it went out."""

    node: UUID
    office: str
    month: Month
    due_on: date
    keyed: int
    submitted_at: datetime | None
    submitted_by: str
    # A community keeps no table of its own unless its street does so for it.
    asked: bool = True

    def late(self, now: datetime) -> bool:
        """Say whether it went out after its last day, or has not by then."""
        return in_china(self.submitted_at or now).date() > self.due_on

    def state(self, now: datetime) -> tuple[str, str]:
        """Return the kind of tag and the words for where it stands."""
        if self.submitted_at is not None:
            return ("waiting", "迟交") if self.late(now) else ("passed", "按时提交")
        if not self.month.over(now):
            return "note", "本月进行中"
        if not self.asked:
            return "note", "不单独上报"
        return ("failed", "逾期未交") if self.late(now) else ("waiting", "待提交")

    def left(self, now: datetime) -> int:
        """Return how many days are left, or negative how many it is late."""
        return (self.due_on - in_china(now).date()).days


def offices(grown: Tree, person: Staff) -> tuple[Node, ...]:
    """Return the offices whose tables a person may look at, from the top of the tree."""
    within = person.nodes(Need.SEE_CONSOLE)
    found = [one for one in grown.nodes.values() if one.id in within and one.kind in OFFICES]
    return tuple(sorted(found, key=lambda one: (OFFICES.index(one.kind), grown.path(one.id))))


def last_tables(
    session: Session, grown: Tree, person: Staff, *, now: datetime
) -> tuple[tuple[str, Filed], ...]:
    """Return last month's table of each office within reach, with the office's path in words."""
    month, found = Month.of(now).before, offices(grown, person)
    records = {one.node_id: one for one in _records(session, [one.id for one in found], month)}
    places = estates(session, grown, person.nodes(Need.SEE_CONSOLE))
    day, _ = table_day(grown, places, month.last)
    return tuple(
        (grown.path(one.id), _filed(one, month, day, records.get(one.id))) for one in found
    )


def history(session: Session, grown: Tree, node: UUID, *, now: datetime) -> tuple[Filed, ...]:
    """Return the last months of an office, newest first; raises `NotFound` for no office."""
    office = grown.office(node)
    places = estates(session, grown, grown.below(node))
    records = {one.month: one for one in _records(session, [node])}
    day, _ = table_day(grown, places, in_china(now).date())
    since = min([Month.of(one.created_at) for one in places], default=Month.of(now))
    return tuple(_filed(office, month, day, records.get(month.key)) for month in _back(now, since))


def due(session: Session, grown: Tree, person: Staff, *, now: datetime) -> tuple[Filed, ...]:
    """Return last month's tables that a person's own offices have still to send out."""
    month = Month.of(now).before
    own = [grown.nodes[one] for one in _own(person) if one in grown.nodes]
    held = {one.node_id for one in _records(session, [one.id for one in own], month) if _out(one)}
    asked = [one for one in own if one.kind in OFFICES and one.id not in held]
    everything = estates(session, grown, frozenset(grown.nodes)) if asked else ()
    found = []
    for office in asked:
        places = _below(grown, office, everything)
        if any(one.created_at <= month.ends for one in places):
            day, _ = table_day(grown, places, month.last)
            found.append(_filed(office, month, day, None))
    return tuple(found)


def _below(grown: Tree, office: Node, places: Iterable[Estate]) -> list[Estate]:
    within = grown.below(office.id)
    return [one for one in places if one.node in within]


def _own(person: Staff) -> Iterator[UUID]:
    """Yield the offices a person works for: the nodes on which the role itself is held."""
    for grant in person.grants:
        if Need.KEEP_MONTH in GRANTED[grant.role]:
            yield grant.node


def _out(record: MonthRecord) -> bool:
    return record.submitted_at is not None


def _records(
    session: Session, nodes: Iterable[UUID], month: Month | None = None
) -> list[MonthRecord]:
    wanted = select(MonthRecord).where(MonthRecord.node_id.in_(list(nodes)))
    if month is not None:
        wanted = wanted.where(MonthRecord.month == month.key)
    return list(session.execute(wanted).scalars())


def _filed(office: Node, month: Month, day: int, record: MonthRecord | None) -> Filed:
    return Filed(
        office.id,
        office.name,
        month,
        month.due(day),
        0 if record is None else len(record.keyed),
        None if record is None else record.submitted_at,
        "" if record is None else record.submitted_by,
        office.kind != COMMUNITY,
    )


def _back(now: datetime, since: Month) -> Iterator[Month]:
    month = Month.of(now)
    for _ in range(MOST):
        yield month
        month = month.before
        if month < since:
            return
