"""The opening: what each ballot of the log turns out to say, or why it does not count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from voting.agenda import Agenda
from voting.ballot import Ballot, open_choices
from voting.errors import CannotOpen, Malformed, NotCanonical, WrongAssembly
from voting.result import Aside
from voting.tally import Cast


@dataclass(frozen=True, slots=True)
class Logged:
    """A ballot whose signature was checked: its place in the log and the time it was logged."""

    index: int
    time: datetime
    ballot: Ballot


def cast_of(
    logged: Logged, key: EllipticCurvePrivateKey, agenda: Agenda, ruled_void: Collection[int] = ()
) -> Cast:
    """Step 7.1: open one ballot with the opening key.

    The log's time decides whether it is late, never the device's. A ballot that is late or ruled
    void stays closed. `ruled_void` are the indices that a ruling names.
    """
    if logged.time >= agenda.closes:
        return _set_aside(logged, Aside.LATE)
    if logged.index in ruled_void:
        return _set_aside(logged, Aside.RULED_VOID)
    ballot = logged.ballot
    try:
        choices = open_choices(ballot.sealed, key, assembly=agenda.assembly, voter=ballot.voter)
    except WrongAssembly:
        return _set_aside(logged, Aside.FOREIGN)
    except (CannotOpen, Malformed, NotCanonical):
        return _set_aside(logged, Aside.UNREADABLE)
    return Cast(logged.index, ballot.voter, ballot.channel, choices)


def _set_aside(logged: Logged, reason: Aside) -> Cast:
    return Cast(logged.index, logged.ballot.voter, logged.ballot.channel, {}, reason)
