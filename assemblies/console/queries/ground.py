"""What a monthly table is counted over: an office, the estates below it, a month, a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.console.months import Month
from assemblies.console.queries.tree import (
    COMMUNITY,
    STREET,
    Estate,
    Node,
    Tree,
    estates,
    tree,
)
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotFound
from voting.law.citations import Citation
from voting.law.rules import Rules, compose

USUAL_PACK = "shandong"


@dataclass(frozen=True, slots=True)
class Ground:
    """An office and what lies below it, as of the month's last moment or now if it runs still."""

    office: Node
    path: str
    month: Month
    as_of: datetime
    streets: tuple[Node, ...]
    communities: tuple[Node, ...]
    estates: tuple[Estate, ...]

    @property
    def today(self) -> date:
        """Return the day as of which things are counted, in China."""
        return in_china(self.as_of).date()

    @property
    def ids(self) -> list[UUID]:
        """Return the ids of the estates."""
        return [one.id for one in self.estates]

    def rules(self, estate: UUID) -> Rules:
        """Return the rules of one of the estates as they stood on that day."""
        pack = next(one.pack for one in self.estates if one.id == estate)
        return compose(pack, on=self.today)

    def names(self, estates: Iterable[UUID]) -> tuple[str, ...]:
        """Return the names of estates in the order of the ground."""
        wanted = set(estates)
        return tuple(one.name for one in self.estates if one.id in wanted)


def ground(session: Session, node: UUID, month: Month, *, now: datetime) -> Ground:
    """Return what an office's table is counted over.

    Raises `NotFound` where it is no office and for a month that has not begun.
    An office below a street (a community) counts the street it belongs to.
    """
    if month.begins > now:
        raise NotFound(f"{month.words}还没有开始。")
    grown = tree(session)
    office, within, as_of = grown.office(node), grown.below(node), month.until(now)
    above = grown.above(node, STREET)
    streets = grown.of_kind(STREET, within) or ((above,) if above else ())
    places = estates(session, grown, within)
    return Ground(
        office,
        grown.path(node),
        month,
        as_of,
        streets,
        grown.of_kind(COMMUNITY, within),
        tuple(one for one in places if one.created_at <= as_of),
    )


def table_day(grown: Tree, places: Iterable[Estate], on: date) -> tuple[int, str]:
    """Return by which day of the next month the table goes out, and the words of the rule."""
    packs = sorted({one.pack for one in places}) or [USUAL_PACK]
    rules = [compose(pack, on=on) for pack in packs]
    asked = [one.parameter("monthly_table_day") for one in rules if one.has("monthly_table_day")]
    earliest = min(asked, key=lambda one: int(str(one.value)))
    return int(str(earliest.value)), f"{earliest.said_zh}（{Citation.shortly(earliest.law)}）"
