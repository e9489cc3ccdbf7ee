"""What the console knows of one estate."""

from dataclasses import dataclass

from assemblies.console.queries.bodies import Body, Reports
from assemblies.console.queries.calendar import Calendar
from assemblies.console.queries.cases import Inquiry, Order, Waiting
from assemblies.console.queries.tree import Estate
from assemblies.console.queries.votings import Voting
from assemblies.records.seal_gaps import Gap


@dataclass(frozen=True, slots=True)
class Line:
    """One estate on the console."""

    estate: Estate
    votings: tuple[Voting, ...]
    calendar: Calendar
    gaps: tuple[Gap, ...]
    reports: Reports
    body: Body | None
    unreviewed: int
    repairs: tuple[Waiting, ...]
    orders: tuple[Order, ...]
    inquiries: tuple[Inquiry, ...]

    @property
    def late(self) -> bool:
        """Say whether a day has passed for anything here."""
        return bool(self.calendar.late or self.reports.late or self.gaps)
