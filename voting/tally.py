"""The tally: which ballot counts, how much it weighs on each item, and what that decides.

The numbered steps are those of SPEC 7.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from voting.agenda import Agenda, Item, ItemKind
from voting.ballot import Bound, Channel, Choice
from voting.law.elections import rank
from voting.law.findings import Finding
from voting.law.house import Revote
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
class OptionCounts:
    """What the valid choices on one item say about one option."""

    agreed: Count
    against: Count
    abstained: Count


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """All that is counted on one item; everything else about it follows from the rules."""

    entitled: Count
    took_part: Count
    void: Count
    none: Count
    abstained: Count
    options: tuple[OptionCounts, ...]

    @staticmethod
    def of(item: ItemResult) -> "ItemCounts":
        """Return the bare counts that a result states."""
        return ItemCounts(
            entitled=item.entitled,
            took_part=item.took_part,
            void=item.void,
            none=item.none,
            abstained=item.abstained,
            options=tuple(
                OptionCounts(line.agreed, line.against, line.abstained) for line in item.lines
            ),
        )


def tally(agenda: Agenda, roll: Roll, rules: Rules, bound: Bound, casts: Iterable[Cast]) -> Result:
    """Count all ballots of an assembly; raises `RuleNotRecorded` without a rule on re-voting.

    Law: civil-code art. 278 para. 2 -- participation and consent, by area and by heads.
    """
    standing, aside = choose_standing(casts, rules.house.revote)
    areas = {scope: roll.areas(scope) for scope in {item.scope for item in agenda.items}}
    items = tuple(
        judge(item, count_item(item, areas[item.scope], standing.values()), rules)
        for item in agenda.items
    )
    counted = {
        channel: sum(1 for cast in standing.values() if cast.channel is channel)
        for channel in Channel
    }
    return Result(bound, counted, aside, items)


def choose_standing(
    casts: Iterable[Cast], revote: Revote
) -> tuple[dict[UUID, Cast], tuple[SetAside, ...]]:
    """Step 7.2: return the ballot that stands for each voter, and all others with their reason.

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
        loser = held = standing.get(cast.voter)
        if held is None or outranks(cast, held):
            standing[cast.voter] = cast
        else:
            loser = cast
        if loser is not None:
            aside.append(SetAside(loser.index, loser.channel, Aside.SUPERSEDED))
    return standing, tuple(sorted(aside, key=lambda one: one.index))


def _paper_outranks(newer: Cast, held: Cast) -> bool:
    return newer.channel is Channel.PAPER or held.channel is not Channel.PAPER


_OUTRANKS: dict[Revote, Callable[[Cast, Cast], bool]] = {
    Revote.FIRST: lambda newer, held: False,
    Revote.LAST: lambda newer, held: True,
    Revote.PAPER: _paper_outranks,
}


def count_item(item: Item, areas: Mapping[UUID, int], casts: Iterable[Cast]) -> ItemCounts:
    """Step 7.3: add up one item among the standing ballots.

    `areas` are the voters with a part in the item's scope, one head each; others weigh nothing
    there. A choice that is none of the item's own is void for it and does not take part.
    """
    votes, void = [], NOBODY
    for choice, weight in _weigh(item.id, areas, casts):
        if _is_valid(item, choice):
            votes.append((choice, weight))
        else:
            void += weight
    single = item.kind is not ItemKind.ELECTION
    return ItemCounts(
        entitled=Count(heads=len(areas), area=sum(areas.values())),
        took_part=_sum(weight for _, weight in votes),
        void=void,
        none=_sum(weight for choice, weight in votes if choice == NONE),
        abstained=_sum(weight for choice, weight in votes if single and choice == ABSTAIN),
        options=tuple(_count_option(item, option, votes) for option, _ in offered(item)),
    )


def _weigh(
    item: UUID, areas: Mapping[UUID, int], casts: Iterable[Cast]
) -> Iterable[tuple[Choice, Count]]:
    """Return each different choice on an item once, with all who made it."""
    choices: dict[object, Choice] = {}
    weights: dict[object, list[int]] = {}
    for cast in casts:
        area, choice = areas.get(cast.voter), cast.choices.get(item)
        if area is None or choice is None:
            continue
        same = choice if isinstance(choice, str) else frozenset(choice.items())
        choices.setdefault(same, choice)
        weights.setdefault(same, []).append(area)
    return [
        (choices[same], Count(heads=len(parts), area=sum(parts))) for same, parts in weights.items()
    ]


def _is_valid(item: Item, choice: Choice) -> bool:
    """Step 7.4: say whether a choice is one that the item offers."""
    options = {option.id for option in item.options}
    if item.kind is not ItemKind.ELECTION:
        offers: Collection[str] = (
            WORDS if item.kind is ItemKind.DECISION else options | {NONE, ABSTAIN}
        )
        return isinstance(choice, str) and choice in offers
    if isinstance(choice, str):
        return False
    approved = sum(1 for word in choice.values() if word == AGREE)
    return set(choice) == options and set(choice.values()) <= WORDS and approved <= item.seats


def offered(item: Item) -> tuple[tuple[str, str], ...]:
    """Return id and name of everything one can agree to: the motion, or each option."""
    if item.kind is ItemKind.DECISION:
        return ((MOTION, item.title),)
    return tuple((option.id, option.label) for option in item.options)


def _count_option(item: Item, option: str, votes: Sequence[tuple[Choice, Count]]) -> OptionCounts:
    by_word = {
        word: _sum(weight for choice, weight in votes if _word(item, choice, option) == word)
        for word in (AGREE, AGAINST, ABSTAIN)
    }
    return OptionCounts(by_word[AGREE], by_word[AGAINST], by_word[ABSTAIN])


def _word(item: Item, choice: Choice, option: str) -> str:
    """Return what a choice says about one option; of a bidder not chosen it says nothing."""
    if not isinstance(choice, str):
        return choice[option]
    if item.kind is ItemKind.DECISION:
        return choice
    return AGREE if choice == option else ""


def judge(item: Item, counts: ItemCounts, rules: Rules) -> ItemResult:
    """Step 7.5: participation first; then consent for every line; then the outcome."""
    took = participation(counts.took_part, counts.entitled, rules.quorum())
    needed = rules.majority(item.matter)
    lines = tuple(
        Line(
            id=option,
            label=label,
            agreed=sums.agreed,
            against=sums.against,
            abstained=sums.abstained,
            consent=consent_carries(sums.agreed, counts.took_part, counts.entitled, needed),
        )
        for (option, label), sums in zip(offered(item), counts.options, strict=True)
    )
    winners, tied = _winners(item, lines, rules) if took.holds else ((), ())
    return ItemResult(
        item=item.id,
        number=item.number,
        title=item.title,
        scope=item.scope.words,
        entitled=counts.entitled,
        took_part=counts.took_part,
        void=counts.void,
        none=counts.none,
        abstained=counts.abstained,
        participation=took,
        lines=lines,
        outcome=_outcome(took, winners, tied),
        winners=winners,
        tied=tied,
        seats=item.seats,
    )


def _winners(
    item: Item, lines: Sequence[Line], rules: Rules
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Step 7.6: return the options that carry, and those tied for the last seat.

    More candidates qualify than there are seats: ranked as the rule pack says. Who stays equal
    to the first one left out is tied; no seat is drawn by lot.
    """
    carried = [line for line in lines if line.consent.holds]
    if item.kind is not ItemKind.ELECTION or len(carried) <= item.seats:
        return tuple(line.id for line in carried), ()
    ranks = {line.id: rank(line.agreed, rules) for line in carried}
    ranked = sorted(ranks, key=lambda option: ranks[option], reverse=True)
    first_out = ranks[ranked[item.seats]]
    if ranks[ranked[item.seats - 1]] != first_out:
        return tuple(ranked[: item.seats]), ()
    ahead = tuple(option for option in ranked if ranks[option] > first_out)
    return ahead, tuple(option for option in ranked if ranks[option] == first_out)


def _outcome(took: Finding, winners: Sequence[str], tied: Sequence[str]) -> Outcome:
    if not took.holds:
        return Outcome.NO_DECISION
    if winners:
        return Outcome.PASSED
    return Outcome.TIED if tied else Outcome.REJECTED


def _sum(weights: Iterable[Count]) -> Count:
    return sum(weights, NOBODY)
