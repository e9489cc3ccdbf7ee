"""The tally: which ballot counts, how much it weighs on each item, and what that decides.

The numbered steps are those of SPEC 7.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from voting.agenda import Agenda, Item, ItemKind
from voting.ballot import Bound, Channel, Choice
from voting.law.majorities import NOBODY, Count
from voting.law.participation import consent_carries, participation
from voting.law.rules import Rules
from voting.result import Aside, ItemResult, Line, Outcome, Result, SetAside
from voting.roll import Roll

AGREE, AGAINST, ABSTAIN, NONE = "agree", "against", "abstain", "none"
WORDS = frozenset({AGREE, AGAINST, ABSTAIN})
MOTION = "motion"


@dataclass(frozen=True, slots=True)
class Cast:
    """One ballot of the log, opened. Where `aside` is set, `choices` are empty."""

    index: int
    voter: UUID
    channel: Channel
    choices: Mapping[UUID, Choice]
    aside: Aside | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """One voter's weight and choice on one item."""

    weight: Count
    choice: Choice


def tally(agenda: Agenda, roll: Roll, rules: Rules, bound: Bound, casts: Iterable[Cast]) -> Result:
    """Count all ballots of an assembly.

    Law: civil-code art. 278 para. 2 -- participation and consent, by area and by heads.
    """
    standing, aside = choose_standing(casts, rules.house.revote)
    items = tuple(tally_item(item, roll, rules, standing.values()) for item in agenda.items)
    counted = {
        channel: sum(1 for cast in standing.values() if cast.channel is channel)
        for channel in Channel
    }
    return Result(bound, counted, aside, items)


def choose_standing(
    casts: Iterable[Cast], revote: str
) -> tuple[dict[UUID, Cast], tuple[SetAside, ...]]:
    """Step 7.1: return the ballot that stands for each voter, and all others with their reason.

    The order is that of the log, never that of anybody's clock. Under `first` the first valid
    ballot stands, under `last` the last; under `paper` a paper ballot stands before any other,
    and among equals the last.
    """
    standing: dict[UUID, Cast] = {}
    aside: list[SetAside] = []
    outranks = _OUTRANKS[revote]
    for cast in sorted(casts, key=lambda one: one.index):
        if cast.aside is not None:
            aside.append(SetAside(cast.index, cast.channel, cast.aside))
            continue
        held = standing.get(cast.voter)
        if held is None or outranks(cast, held):
            standing[cast.voter] = cast
        loser = cast if standing[cast.voter] is not cast else held
        if loser is not None:
            aside.append(SetAside(loser.index, loser.channel, Aside.SUPERSEDED))
    return standing, tuple(sorted(aside, key=lambda one: one.index))


def _paper_outranks(newer: Cast, held: Cast) -> bool:
    return newer.channel is Channel.PAPER or held.channel is not Channel.PAPER


_OUTRANKS: dict[str, Callable[[Cast, Cast], bool]] = {
    "first": lambda newer, held: False,
    "last": lambda newer, held: True,
    "paper": _paper_outranks,
}


def tally_item(item: Item, roll: Roll, rules: Rules, casts: Iterable[Cast]) -> ItemResult:
    """Step 7.2: count one item among the standing ballots.

    A voter without a part in the item's scope weighs nothing there. A choice that is none of
    the item's own is void for this item and does not take part.
    """
    votes: list[Vote] = []
    void = NOBODY
    for cast in casts:
        weight = roll.voter(cast.voter).weight(item.scope)
        if not weight.heads or item.id not in cast.choices:
            continue
        choice = cast.choices[item.id]
        if _is_valid(item, choice):
            votes.append(Vote(weight, choice))
        else:
            void += weight
    return _judge(item, roll.entitled(item.scope), votes, void, rules)


def _is_valid(item: Item, choice: Choice) -> bool:
    """Step 7.3: say whether a choice is one that the item offers."""
    options = {option.id for option in item.options}
    if item.kind is not ItemKind.ELECTION:
        offered: Collection[str] = (
            WORDS if item.kind is ItemKind.DECISION else options | {NONE, ABSTAIN}
        )
        return isinstance(choice, str) and choice in offered
    if isinstance(choice, str):
        return False
    approved = sum(1 for word in choice.values() if word == AGREE)
    return set(choice) == options and set(choice.values()) <= WORDS and approved <= item.seats


def _judge(
    item: Item, entitled: Count, votes: Sequence[Vote], void: Count, rules: Rules
) -> ItemResult:
    """Step 7.4: participation first; then consent for every line; then the outcome."""
    took_part = _sum(votes, lambda choice: True)
    took = participation(took_part, entitled, rules.quorum())
    lines = tuple(
        _line(item, option, label, votes, took_part, entitled, rules)
        for option, label in _offered(item)
    )
    winners, tied = _winners(item, lines) if took.holds else ((), ())
    single = item.kind is not ItemKind.ELECTION
    return ItemResult(
        item=item.id,
        number=item.number,
        title=item.title,
        scope=item.scope.words,
        entitled=entitled,
        took_part=took_part,
        void=void,
        none=_sum(votes, lambda choice: choice == NONE),
        abstained=_sum(votes, lambda choice: single and choice == ABSTAIN),
        participation=took,
        lines=lines,
        outcome=_outcome(winners, enough_took_part=took.holds),
        winners=winners,
        tied=tied,
        seats=item.seats,
    )


def _offered(item: Item) -> tuple[tuple[str, str], ...]:
    if item.kind is ItemKind.DECISION:
        return ((MOTION, item.title),)
    return tuple((option.id, option.label) for option in item.options)


def _line(  # noqa: PLR0913, PLR0917 -- the law asks for all of them
    item: Item,
    option: str,
    label: str,
    votes: Sequence[Vote],
    took_part: Count,
    entitled: Count,
    rules: Rules,
) -> Line:
    agreed = _sum(votes, lambda choice: _word(item, choice, option) == AGREE)
    return Line(
        id=option,
        label=label,
        agreed=agreed,
        against=_sum(votes, lambda choice: _word(item, choice, option) == AGAINST),
        abstained=_sum(votes, lambda choice: _word(item, choice, option) == ABSTAIN),
        consent=consent_carries(agreed, took_part, entitled, rules.majority(item.matter)),
    )


def _word(item: Item, choice: Choice, option: str) -> str:
    """Return what a choice says about one option; of a bidder not chosen it says nothing."""
    if not isinstance(choice, str):
        return choice[option]
    if item.kind is ItemKind.DECISION:
        return choice
    return AGREE if choice == option else ""


def _winners(item: Item, lines: Sequence[Line]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Step 7.5: return the options that carry, and those tied for the last seat.

    More candidates qualify than there are seats: by heads, then by area. Who stays equal to the
    first one left out is tied; no seat is drawn by lot.
    """
    carried = [line for line in lines if line.consent.holds]
    if item.kind is not ItemKind.ELECTION or len(carried) <= item.seats:
        return tuple(line.id for line in carried), ()
    ranked = sorted(carried, key=_rank, reverse=True)
    last_in, first_out = ranked[item.seats - 1], ranked[item.seats]
    if _rank(last_in) != _rank(first_out):
        return tuple(line.id for line in ranked[: item.seats]), ()
    tied = [line for line in ranked if _rank(line) == _rank(first_out)]
    ahead = [line for line in ranked if _rank(line) > _rank(first_out)]
    return tuple(line.id for line in ahead), tuple(line.id for line in tied)


def _rank(line: Line) -> tuple[int, int]:
    return line.agreed.heads, line.agreed.area


def _outcome(winners: Sequence[str], *, enough_took_part: bool) -> Outcome:
    if not enough_took_part:
        return Outcome.NO_DECISION
    return Outcome.PASSED if winners else Outcome.REJECTED


def _sum(votes: Iterable[Vote], counts: Callable[[Choice], bool]) -> Count:
    chosen = [vote.weight for vote in votes if counts(vote.choice)]
    return Count(
        heads=sum(weight.heads for weight in chosen), area=sum(weight.area for weight in chosen)
    )
