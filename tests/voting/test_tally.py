"""The tally: which ballot stands, what it weighs on each item, and what that decides."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.simulation import (
    HOUSE,
    Simulation,
    choice,
    decision,
    election,
    part,
    simulate,
    some_casts,
    some_voters,
    uid,
)
from voting import canonical
from voting.agenda import Item
from voting.ballot import Channel, Choice
from voting.errors import Malformed, RuleNotRecorded
from voting.law.house import Revote
from voting.law.majorities import NOBODY, Count
from voting.law.matters import Matter
from voting.result import Aside, ItemResult, Outcome, Result, SetAside
from voting.roll import Voter
from voting.scope import Scope, ScopeKind
from voting.tally import ABSTAIN, AGAINST, AGREE, NONE, Cast, ItemCounts, choose_standing, tally

A, B, C = (uid("voter", letter) for letter in "abc")
WORDS = st.sampled_from([AGREE, AGAINST, ABSTAIN])


def cast(index: int, voter: UUID = A, channel: Channel = Channel.PHONE) -> Cast:
    return Cast(index, voter, channel, {})


PHONE_PAPER = (cast(1), cast(2, channel=Channel.PAPER))
PAPER_PHONE = (cast(1, channel=Channel.PAPER), cast(2))
STANDING = {
    "first: the first of two": (Revote.FIRST, (cast(1), cast(2)), 1),
    "last: the last of two": (Revote.LAST, (cast(1), cast(2)), 2),
    "paper: the last of two phones": (Revote.PAPER, (cast(1), cast(2)), 2),
    "first: phone then paper": (Revote.FIRST, PHONE_PAPER, 1),
    "last: phone then paper": (Revote.LAST, PHONE_PAPER, 2),
    "paper: phone then paper": (Revote.PAPER, PHONE_PAPER, 2),
    "first: paper then phone": (Revote.FIRST, PAPER_PHONE, 1),
    "last: paper then phone": (Revote.LAST, PAPER_PHONE, 2),
    "paper: paper then phone": (Revote.PAPER, PAPER_PHONE, 1),
    "paper: the last of two papers": (
        Revote.PAPER,
        (cast(1, channel=Channel.PAPER), cast(2), cast(3, channel=Channel.PAPER)),
        3,
    ),
}


@pytest.mark.parametrize(("revote", "casts", "stands"), STANDING.values(), ids=STANDING)
def test_which_ballot_of_one_voter_stands(
    revote: Revote, casts: tuple[Cast, ...], stands: int
) -> None:
    standing, aside = choose_standing(casts, revote)
    assert [one.index for one in standing.values()] == [stands]
    assert [one.index for one in aside] == [one.index for one in casts if one.index != stands]
    assert {one.reason for one in aside} == {Aside.SUPERSEDED}


@given(st.permutations([cast(1), cast(2), cast(3, B), cast(4, C), cast(5, B)]))
def test_only_the_order_of_the_log_counts(casts: list[Cast]) -> None:
    in_order = sorted(casts, key=lambda one: one.index)
    for revote in Revote:
        assert choose_standing(casts, revote) == choose_standing(in_order, revote)


def test_a_ballot_set_aside_neither_stands_nor_supersedes() -> None:
    late = replace(cast(2), aside=Aside.LATE)
    standing, aside = choose_standing([cast(1), late], Revote.LAST)
    assert standing == {A: cast(1)}
    assert aside == (SetAside(2, Channel.PHONE, Aside.LATE),)


# --- one item ---------------------------------------------------------------------------------


def counted(
    item: Item, choices: Mapping[Voter, Choice], voters: tuple[Voter, ...] = ()
) -> ItemResult:
    """Count one item; whoever is not among the choices stays silent."""
    simulation = Simulation([item], voters or tuple(choices))
    casts = [
        Cast(index, voter.id, Channel.PHONE, {item.id: chosen})
        for index, (voter, chosen) in enumerate(choices.items())
    ]
    return result_of(simulation, casts).items[0]


def result_of(simulation: Simulation, casts: list[Cast]) -> Result:
    return tally(simulation.agenda, simulation.roll, simulation.rules, simulation.bound, casts)


def flats(*areas: int) -> tuple[Voter, ...]:
    return tuple(
        Voter(uid("flat", number), (part("flat", number, str(number), area=area),))
        for number, area in enumerate(areas)
    )


def test_a_decision_counts_every_word() -> None:
    one, two, three, four = flats(100, 200, 300, 400)
    item = counted(decision(), {one: AGREE, two: AGAINST, three: ABSTAIN}, (one, two, three, four))
    line = item.lines[0]
    assert (line.id, line.label) == ("motion", "事项1")
    assert line.agreed == Count(heads=1, area=100)
    assert line.against == Count(heads=1, area=200)
    assert line.abstained == item.abstained == Count(heads=1, area=300)
    assert item.took_part == Count(heads=3, area=600)
    assert item.silent == Count(heads=1, area=400)
    assert (item.none, item.void) == (NOBODY, NOBODY)


def test_a_choice_counts_each_bidder_none_and_abstentions() -> None:
    one, two, three, four = flats(100, 200, 300, 400)
    item = counted(choice(1), {one: "a", two: "b", three: NONE, four: ABSTAIN})
    assert [line.agreed for line in item.lines] == [Count(1, 100), Count(1, 200)]
    assert {line.against for line in item.lines} == {NOBODY}
    assert (item.none, item.abstained) == (Count(1, 300), Count(1, 400))
    assert item.took_part == item.entitled


def test_an_election_counts_each_word_on_each_candidate() -> None:
    one, two = flats(100, 200)
    item = counted(
        election(1, candidates=2, seats=1),
        {one: {"a": AGREE, "b": AGAINST}, two: {"a": ABSTAIN, "b": AGREE}},
    )
    first, second = item.lines
    assert (first.agreed, first.abstained) == (Count(1, 100), Count(1, 200))
    assert (second.agreed, second.against) == (Count(1, 200), Count(1, 100))
    assert item.abstained == NOBODY
    assert item.label("b") == "B公司"


VOID: Mapping[str, tuple[Item, Choice]] = {
    "a word nobody offered": (decision(), "maybe"),
    "none of the above in a decision": (decision(), NONE),
    "a bidder in a decision": (decision(), "a"),
    "a word for each in a decision": (decision(), {"a": AGREE}),
    "a bidder who is not there": (choice(1), "z"),
    "the word of a decision in a choice": (choice(1), AGREE),
    "a word for each in a choice": (choice(1), {"a": AGREE, "b": AGAINST}),
    "one word in an election": (election(1), AGREE),
    "a candidate left out": (election(1), {"a": AGREE, "b": AGREE}),
    "a candidate too many": (election(1), dict.fromkeys("abcd", AGAINST)),
    "a word nobody offered on a candidate": (election(1), dict.fromkeys("abc", "maybe")),
    "more approved than there are seats": (election(1), dict.fromkeys("abc", AGREE)),
}


@pytest.mark.parametrize(("item", "chosen"), VOID.values(), ids=VOID)
def test_a_choice_that_is_not_offered_is_void(item: Item, chosen: Choice) -> None:
    one, two = flats(100, 200)
    good: Choice = "a" if item.options and not item.seats else AGREE
    good = dict.fromkeys("abc", AGAINST) if item.seats else good
    result = counted(item, {one: chosen, two: good})
    assert result.void == Count(heads=1, area=100)
    assert result.took_part == Count(heads=1, area=200)
    assert result.silent == NOBODY


def test_as_many_approved_as_there_are_seats_is_valid() -> None:
    (one,) = flats(100)
    chosen: Choice = {"a": AGREE, "b": AGREE, "c": AGAINST}
    assert counted(election(1, seats=2), {one: chosen}).void == NOBODY


def test_a_ballot_silent_on_an_item_did_not_take_part_in_it() -> None:
    one, two = flats(100, 200)
    simulation = Simulation([decision(1), decision(2)], (one, two))
    result = result_of(
        simulation,
        [
            Cast(0, one.id, Channel.PHONE, {simulation.items[0].id: AGREE, uid("x"): AGREE}),
            Cast(1, two.id, Channel.PAPER, {}),
        ],
    )
    assert [item.took_part.heads for item in result.items] == [1, 0]
    assert result.counted == {Channel.PHONE: 1, Channel.PAPER: 1}


def test_a_voter_weighs_nothing_outside_the_scope() -> None:
    inside, outside = flats(100)[0], Voter(uid("out"), (part("out", "9", building="2号楼"),))
    here = Scope(ScopeKind.BUILDINGS, buildings=("1号楼",))
    item = counted(decision(scope=here), {inside: AGREE, outside: AGAINST})
    assert item.entitled == item.took_part == Count(heads=1, area=100)
    assert item.scope == "1号楼的业主"


def test_without_a_rule_on_revoting_nothing_is_counted() -> None:
    simulation = Simulation([decision()], flats(100))
    rules = replace(simulation.rules, recorded=None)
    with pytest.raises(RuleNotRecorded):
        tally(simulation.agenda, simulation.roll, rules, simulation.bound, [])


# --- outcomes ---------------------------------------------------------------------------------

OUTCOMES = {
    "nobody came": (0, 0, Outcome.NO_DECISION),
    "one head short of two thirds": (5, 5, Outcome.NO_DECISION),
    "exactly two thirds, all agree": (6, 6, Outcome.PASSED),
    "exactly half agree": (6, 3, Outcome.REJECTED),
    "one more than half": (6, 4, Outcome.PASSED),
    "nobody agrees": (9, 0, Outcome.REJECTED),
}


@pytest.mark.parametrize(("came", "agreed", "outcome"), OUTCOMES.values(), ids=OUTCOMES)
def test_an_ordinary_decision(came: int, agreed: int, outcome: Outcome) -> None:
    voters = flats(*[1_000] * 9)
    choices = {
        voter: AGREE if number < agreed else AGAINST for number, voter in enumerate(voters[:came])
    }
    item = counted(decision(matter=Matter.MANAGER), choices, voters)
    assert item.outcome is outcome
    assert item.winners == (("motion",) if outcome is Outcome.PASSED else ())
    assert outcome.words


GRAVE = {"three of four": (3, Outcome.PASSED), "two of four": (2, Outcome.REJECTED)}


@pytest.mark.parametrize(("agreed", "outcome"), GRAVE.values(), ids=GRAVE)
def test_a_grave_decision_needs_three_quarters(agreed: int, outcome: Outcome) -> None:
    voters = flats(*[1_000] * 4)
    choices = {voter: AGREE if number < agreed else AGAINST for number, voter in enumerate(voters)}
    assert counted(decision(matter=Matter.COMMON_PARTS), choices).outcome is outcome


def test_enough_heads_without_enough_area_is_not_enough() -> None:
    one, two, big = flats(100, 100, 1_000)
    assert counted(decision(), {one: AGREE, two: AGREE, big: AGAINST}).outcome is Outcome.REJECTED
    alone = counted(decision(), {big: AGREE}, (one, two, big))
    assert alone.outcome is Outcome.NO_DECISION


def test_a_choice_without_a_majority_for_one_bidder_fails() -> None:
    one, two, three, four = flats(100, 100, 100, 100)
    split = counted(choice(1), {one: "a", two: "a", three: "b", four: "b"})
    assert (split.outcome, split.winners, split.vacant) == (Outcome.REJECTED, (), 0)
    clear = counted(choice(1), {one: "a", two: "a", three: "a", four: "b"})
    assert (clear.outcome, clear.winners) == (Outcome.PASSED, ("a",))


def test_a_tie_for_the_only_seat_elects_nobody() -> None:
    one, two, three = flats(100, 100, 100)
    both: Choice = {"a": AGREE, "b": AGREE, "c": AGAINST}
    item = election(1, seats=2)
    assert counted(item, {one: both, two: both, three: both}).winners == ("a", "b")
    single = replace(item, seats=1)
    agree_a: Choice = {"a": AGREE, "b": AGAINST, "c": AGAINST}
    assert counted(single, {one: agree_a, two: agree_a, three: agree_a}).winners == ("a",)


# --- properties -------------------------------------------------------------------------------


@st.composite
def votes(draw: st.DrawFn) -> tuple[tuple[Voter, ...], tuple[str | None, ...]]:
    """Draw voters, and for each a word or silence."""
    areas = draw(st.lists(st.integers(1, 20_000), min_size=1, max_size=9))
    words = [draw(st.none() | WORDS) for _ in areas]
    return flats(*areas), tuple(words)


def decided(item: Item, voters: tuple[Voter, ...], words: tuple[str | None, ...]) -> ItemResult:
    spoken = {voter: word for voter, word in zip(voters, words, strict=True) if word}
    return counted(item, spoken, voters)


@given(votes(), st.sampled_from(Matter), st.data())
def test_one_more_yes_never_loses(
    drawn: tuple[tuple[Voter, ...], tuple[str | None, ...]], matter: Matter, data: st.DataObject
) -> None:
    voters, words = drawn
    item = decision(matter=matter)
    place = data.draw(st.integers(0, len(voters) - 1))
    assume(words[place] is not None)
    more = (*words[:place], AGREE, *words[place + 1 :])
    if decided(item, voters, words).outcome is Outcome.PASSED:
        assert decided(item, voters, more).outcome is Outcome.PASSED


@given(votes(), st.sampled_from(Matter))
def test_one_more_voter_who_agrees_never_loses(
    drawn: tuple[tuple[Voter, ...], tuple[str | None, ...]], matter: Matter
) -> None:
    voters, words = drawn
    assume(None in words)
    place = words.index(None)
    more = (*words[:place], AGREE, *words[place + 1 :])
    if decided(decision(matter=matter), voters, words).outcome is Outcome.PASSED:
        assert decided(decision(matter=matter), voters, more).outcome is Outcome.PASSED


@given(votes(), st.data())
def test_the_order_of_independent_ballots_does_not_matter(
    drawn: tuple[tuple[Voter, ...], tuple[str | None, ...]], data: st.DataObject
) -> None:
    voters, words = drawn
    pairs = list(zip(voters, words, strict=True))
    spoken = {voter: word for voter, word in pairs if word}
    shuffled = {voter: word for voter, word in data.draw(st.permutations(pairs)) if word}
    assert counted(decision(), spoken, voters) == counted(decision(), shuffled, voters)


@given(votes())
def test_everybody_entitled_took_part_or_was_void_or_silent(
    drawn: tuple[tuple[Voter, ...], tuple[str | None, ...]],
) -> None:
    voters, words = drawn
    item = decided(decision(), voters, words)
    line = item.lines[0]
    assert line.agreed + line.against + line.abstained == item.took_part
    assert item.took_part + item.void + item.silent == item.entitled
    assert item.entitled == Count(len(voters), sum(voter.area for voter in voters))


# --- the result -------------------------------------------------------------------------------


@given(
    st.integers(1, 12),
    st.integers(0, 4),
    st.sampled_from(Revote),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(Aside)), max_size=3),
)
def test_a_result_reads_as_it_was_written(
    voters: int, silent: int, revote: Revote, aside: list[tuple[int, Aside]]
) -> None:
    house = replace(HOUSE, revote=revote)
    simulation = Simulation([decision(1), choice(2), election(3)], some_voters(voters), house)
    casts = some_casts(simulation)[: max(voters - silent, 0)]
    for at, reason in aside:
        voter = simulation.voters[at % voters].id
        casts.append(replace(cast(100 + len(casts), voter), aside=reason))
    result = result_of(simulation, casts)
    again = Result.decode(result.encode())
    assert again == result
    assert again.digest == result.digest
    assert [ItemCounts.of(item) for item in again.items] == [
        ItemCounts.of(item) for item in result.items
    ]


def test_what_was_set_aside_is_shown_and_never_dropped() -> None:
    simulation = simulate(voters=6, revotes=2, late=1, seed="aside")
    assert simulation.result is not None
    shown = [one.index for one in simulation.result.aside]
    stood = sum(simulation.result.counted.values())
    assert len(shown) + stood == len(simulation.logged)
    assert {one.reason for one in simulation.result.aside} == {Aside.SUPERSEDED, Aside.LATE}


@pytest.mark.parametrize("field", ["winners", "tied"])
def test_a_result_whose_winners_are_no_words_is_refused(field: str) -> None:
    simulation = simulate(voters=3, seed="winners")
    assert simulation.result is not None
    plain = canonical.decode(simulation.result.encode())
    assert isinstance(plain, dict)
    assert isinstance(plain["items"], list)
    assert isinstance(plain["items"][0], dict)
    plain["items"][0][field] = [1]
    with pytest.raises(Malformed):
        Result.decode(canonical.encode(plain))
