"""The console: a line for each estate within reach, read in a dozen statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from assemblies.console.queries import bodies, cases, votings
from assemblies.console.queries.calendar import Calendar, calendars
from assemblies.console.queries.candidates import unreviewed
from assemblies.console.queries.line import Line
from assemblies.console.queries.tree import Estate, Tree, estates
from assemblies.console.queries.urgent import Matter, first, matters
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need, Staff
from assemblies.records.seal_gaps import gaps_of
from voting.law.citations import Citation
from voting.law.rules import compose


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with what it needs, the most urgent first."""

    line: Line
    matters: tuple[Matter, ...]

    @property
    def late(self) -> bool:
        """Say whether anything of it is late."""
        return self.line.late or any(one.level.late for one in self.matters)

    @property
    def order(self) -> tuple[tuple[int, int, str], ...]:
        """Return by what lines are put in order: what is most urgent in each."""
        return tuple(one.order for one in self.matters) or ((9, 0, self.line.estate.name),)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person at the screen wants to see."""

    text: str = ""
    late_only: bool = False
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Console:
    """The console: what to look at first, and the estates, gathered by community where asked."""

    first: tuple[Matter, ...]
    groups: tuple[tuple[str, tuple[Shown, ...]], ...]
    estates: int
    late: int
    voting: int
    rules: tuple[str, ...]


def console(session: Session, grown: Tree, person: Staff, wish: Wish, *, now: datetime) -> Console:
    """Return the console of a person: every estate within reach, the most urgent first."""
    places = estates(session, grown, person.nodes(Need.SEE_CONSOLE))
    shown = sorted(_shown(session, places, person, now), key=lambda one: one.order)
    wanted = [one for one in shown if _wanted(one, wish)]
    return Console(
        first(one for line in shown for one in line.matters),
        _groups(wanted, grouped=wish.grouped),
        len(shown),
        sum(one.late for one in shown),
        sum(vote.open for one in shown for vote in one.line.votings),
        _rules(places, in_china(now).date()),
    )


def _shown(session: Session, places: Sequence[Estate], person: Staff, now: datetime) -> list[Shown]:
    ids = [one.id for one in places]
    under_way = votings.votings(session, places, now=now)
    duties, reports = calendars(session, ids, now=now), bodies.reports(session, ids, now=now)
    held = bodies.bodies(session, places, now=now)
    lacking = unreviewed(session, places, now=now)
    repairs = cases.waiting(session, places, person)
    orders, inquiries = cases.orders(session, ids), cases.inquiries(session, ids)
    gaps = cases.by_estate(gaps_of(session, ids, logs=False, now=now), lambda one: one.estate)
    lines = [
        Line(
            place,
            under_way.get(place.id, ()),
            duties.get(place.id, Calendar()),
            gaps.get(place.id, ()),
            reports.get(place.id, bodies.Reports()),
            held.get(place.id),
            lacking.get(place.id, 0),
            repairs.get(place.id, ()),
            orders.get(place.id, ()),
            inquiries.get(place.id, ()),
        )
        for place in places
    ]
    return [Shown(line, matters(line, person, now=now)) for line in lines]


def _wanted(one: Shown, wish: Wish) -> bool:
    named = wish.text in one.line.estate.name or wish.text in one.line.estate.community
    return named and (one.late or not wish.late_only)


def _groups(wanted: Sequence[Shown], *, grouped: bool) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
    """Gather lines by community, the community with the most urgent line first."""
    if not grouped:
        return (("", tuple(wanted)),) if wanted else ()
    names = dict.fromkeys(one.line.estate.community for one in wanted)
    return tuple(
        (name or "没有归到社区", tuple(one for one in wanted if one.line.estate.community == name))
        for name in names
    )


def _rules(places: Sequence[Estate], on: date) -> tuple[str, ...]:
    """Return the rules behind the flags in words, each once, with its source."""
    asked = [
        compose(pack, on=on).parameter(name)
        for name in ("quorum_heads", "reelection_start_days", "party_share")
        for pack in sorted({one.pack for one in places})
        if compose(pack, on=on).has(name)
    ]
    said = [f"{one.said_zh}（{Citation.shortly(one.law)}）" for one in asked]
    return tuple(dict.fromkeys(said))
