"""The golden cases of DESIGN 8 that the core decides, each under its number."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.broken_bundles.forging import replaced
from tests.support.simulation import (
    CLOSES,
    HOUSE,
    OPENS,
    Simulation,
    decision,
    election,
    part,
    read_ballot,
    simulate,
    some_voters,
    uid,
)
from voting.ballot import Channel, Choice
from voting.bundle import Edition
from voting.law.heads import Holder, Holding, heads
from voting.law.house import Revote
from voting.law.majorities import Count
from voting.law.matters import Matter
from voting.log import kinds
from voting.result import Aside, ItemResult, Outcome
from voting.roll import Roll, RollPart, Voter
from voting.scope import Scope
from voting.tally import AGAINST, AGREE, Cast, tally
from voting.verify.audit import verify


def roll_from(holdings: Mapping[RollPart, tuple[Iterable[str], bool]]) -> Roll:
    """Make a roll of a register: for each part its owners, and whether it is undelivered."""
    grouped = heads(
        Holding(part, frozenset(owners), undelivered)
        for part, (owners, undelivered) in holdings.items()
    )
    return Roll(
        tuple(
            Voter(uid("head", number), tuple(parts), developer=head is Holder.DEVELOPER)
            for number, (head, parts) in enumerate(grouped.items())
        )
    )


def flat(name: str, area: int = 10_000) -> RollPart:
    return part("golden", name, area=area)


def decided(
    voters: Iterable[Voter], agreed: int, came: int, matter: Matter = Matter.MANAGER
) -> ItemResult:
    """Let the first voters come, and the first of these agree."""
    simulation = Simulation([decision(matter=matter)], tuple(voters))
    casts = [
        Cast(
            number,
            voter.id,
            Channel.PHONE,
            {simulation.items[0].id: AGREE if number < agreed else AGAINST},
        )
        for number, voter in enumerate(simulation.voters[:came])
    ]
    return tallied(simulation, casts)[0]


def tallied(simulation: Simulation, casts: Iterable[Cast]) -> tuple[ItemResult, ...]:
    return tally(
        simulation.agenda, simulation.roll, simulation.rules, simulation.bound, casts
    ).items


def equal(count: int, area: int = 10_000) -> tuple[Voter, ...]:
    return tuple(Voter(uid("equal", at), (flat(str(at), area),)) for at in range(count))


# --- 1: exact shares --------------------------------------------------------------------------


def test_golden_01_two_thirds_of_nine_heads_is_six() -> None:
    six, five = decided(equal(9), 6, 6), decided(equal(9), 5, 5)
    assert (six.participation.holds, six.outcome) == (True, Outcome.PASSED)
    assert (five.participation.holds, five.outcome) == (False, Outcome.NO_DECISION)
    assert five.participation.by_heads.missing == 1


@pytest.mark.parametrize(("area", "enough"), [(5_000, True), (4_999, False)])
def test_golden_01_exactly_two_thirds_of_the_area_is_enough(area: int, enough: bool) -> None:
    """Six of nine heads come, with 10,000 of 15,000 dm², or with one dm² less."""
    areas = (*[1_000] * 5, area, 1_000, 1_000, 8_000 - area)
    voters = [Voter(uid("head", at), (flat(str(at), size),)) for at, size in enumerate(areas)]
    item = decided(voters, 6, 6)
    assert item.entitled == Count(heads=9, area=15_000)
    assert item.participation.by_heads.holds
    assert item.participation.by_area.holds is enough
    assert item.outcome is (Outcome.PASSED if enough else Outcome.NO_DECISION)


def test_golden_01_exactly_half_is_not_enough_and_one_more_is() -> None:
    assert decided(equal(6), 3, 6).outcome is Outcome.REJECTED
    assert decided(equal(6), 4, 6).outcome is Outcome.PASSED


def test_golden_01_exactly_three_quarters_is_enough_for_a_grave_matter() -> None:
    assert decided(equal(8), 6, 8, Matter.REBUILDING).outcome is Outcome.PASSED
    assert decided(equal(8), 5, 8, Matter.REBUILDING).outcome is Outcome.REJECTED


# --- 2 to 5: heads ----------------------------------------------------------------------------


def test_golden_02_one_owner_of_three_flats_is_one_head_with_three_areas() -> None:
    flats = [flat("101", 9_000), flat("102", 8_000), flat("103", 7_000)]
    roll = roll_from({one: (["甲"], False) for one in flats})
    assert roll.entitled(Scope()) == Count(heads=1, area=24_000)


def test_golden_03_one_flat_alone_and_one_with_another_are_two_heads() -> None:
    roll = roll_from({flat("A", 9_000): (["甲"], False), flat("B", 8_000): (["甲", "乙"], False)})
    assert roll.entitled(Scope()) == Count(heads=2, area=17_000)


def test_golden_04_fifteen_flats_of_one_company_are_one_head() -> None:
    roll = roll_from({flat(str(number)): (["某公司"], False) for number in range(15)})
    assert roll.entitled(Scope()) == Count(heads=1, area=150_000)


def test_golden_05_undelivered_flats_are_one_head_with_all_their_area() -> None:
    undelivered = {flat(f"u{number}"): ([f"买受人{number}"], True) for number in range(170)}
    roll = roll_from({**undelivered, flat("101"): (["甲"], False)})
    developer = next(voter for voter in roll if voter.developer)
    assert developer.weight(Scope()) == Count(heads=1, area=1_700_000)
    assert roll.entitled(Scope()) == Count(heads=2, area=1_710_000)
    item = decided(roll, 2, 2)
    assert item.outcome is Outcome.PASSED


# --- 7: the freeze ----------------------------------------------------------------------------


@pytest.mark.parametrize("edition", Edition)
def test_golden_07_a_weight_edited_after_the_freeze_changes_nothing_and_shows(
    edition: Edition,
) -> None:
    simulation = simulate(voters=7, seed="golden 7")
    assert simulation.result is not None
    before = simulation.result.encode()
    area = simulation.roll.voters[0].parts[0].area
    edited = replaced(
        simulation.bundle(edition), "roll.jsonl", b'"area":%d' % area, b'"area":%d' % (area * 9)
    )
    report = verify(edited)
    assert report.steps[3].holds is False
    assert "roll.jsonl" in report.steps[3].said_zh[-1]
    assert simulation.count().encode() == before


# --- 8: a flat sold during the vote -----------------------------------------------------------

SOLD = {
    "first: the old owner's ballot stands": (Revote.FIRST, Outcome.PASSED),
    "last: the new owner's ballot stands": (Revote.LAST, Outcome.REJECTED),
}


@pytest.mark.parametrize(("revote", "outcome"), SOLD.values(), ids=SOLD)
def test_golden_08_a_flat_sold_after_the_old_owner_s_ballot(
    revote: Revote, outcome: Outcome
) -> None:
    """The head stays on the frozen roll; letter and credential are the new owner's."""
    running = Simulation([decision()], some_voters(1), replace(HOUSE, revote=revote))
    voter, item = running.voters[0].id, running.items[0].id
    running.prepare()
    running.letter(voter)
    running.cast(voter, {item: AGREE})
    running.letter(voter, 2, "房屋已转让，向新业主补发")
    running.enrol(voter)
    running.cast(voter, {item: AGAINST})
    running.finish()
    assert running.result is not None
    assert running.result.items[0].outcome is outcome
    assert running.result.items[0].took_part.heads == 1
    assert len(running.result.aside) == 1
    assert verify(running.bundle()).holds


def test_golden_08_a_flat_sold_before_the_old_owner_voted() -> None:
    running = Simulation([decision()], some_voters(1))
    voter, item = running.voters[0].id, running.items[0].id
    running.prepare()
    running.letter(voter)
    running.letter(voter, 2, "房屋已转让，向新业主补发")
    running.cast(voter, {item: AGREE})
    running.finish()
    assert running.result is not None
    assert running.result.items[0].entitled.heads == 1
    assert running.result.items[0].outcome is Outcome.PASSED
    assert verify(running.bundle()).holds


# --- 9: two ballots of one voter --------------------------------------------------------------

TWICE = {
    "first stands": (Revote.FIRST, 0),
    "last stands": (Revote.LAST, 1),
    "paper stands, and there is none": (Revote.PAPER, 1),
}


@pytest.mark.parametrize(("revote", "stands"), TWICE.values(), ids=TWICE)
@pytest.mark.parametrize("apart", [0, 3_600], ids=["in the same second", "an hour apart"])
def test_golden_09_two_ballots_from_the_phone(revote: Revote, stands: int, apart: int) -> None:
    running = Simulation([decision()], some_voters(2), replace(HOUSE, revote=revote))
    voter, item = running.voters[0].id, running.items[0].id
    running.prepare()
    running.enrol(voter)
    at = OPENS + timedelta(hours=1)
    both = [
        running.cast(voter, {item: AGREE}, at=at),
        running.cast(voter, {item: AGAINST}, at=at + timedelta(seconds=apart)),
    ]
    running.finish()
    assert running.result is not None
    assert [one.index for one in running.result.aside] == [both[1 - stands]]
    assert running.result.aside[0].reason is Aside.SUPERSEDED
    line = running.result.items[0].lines[0]
    assert (line.agreed.heads, line.against.heads) == ((1, 0), (0, 1))[stands]
    assert verify(running.bundle()).holds


PHONE_THEN_PAPER = {
    (Revote.FIRST, "phone"): 0,
    (Revote.FIRST, "paper"): 0,
    (Revote.LAST, "phone"): 1,
    (Revote.LAST, "paper"): 1,
    (Revote.PAPER, "phone"): 1,
    (Revote.PAPER, "paper"): 0,
}


@pytest.mark.parametrize(("case", "stands"), PHONE_THEN_PAPER.items(), ids=str)
def test_golden_09_phone_then_paper_and_paper_then_phone(
    case: tuple[Revote, str], stands: int
) -> None:
    revote, begins = case
    running = Simulation([decision()], some_voters(2), replace(HOUSE, revote=revote))
    voter, item = running.voters[0].id, running.items[0].id
    running.prepare()
    running.enrol(voter)
    at = OPENS + timedelta(hours=1)
    ways = {
        "phone": lambda choices: running.cast(voter, choices, at=at),
        "paper": lambda choices: running.paper(voter, choices, at=at),
    }
    other = "paper" if begins == "phone" else "phone"
    both = [ways[begins]({item: AGREE}), ways[other]({item: AGAINST})]
    running.finish()
    assert running.result is not None
    assert [one.index for one in running.result.aside] == [both[1 - stands]]
    assert verify(running.bundle()).holds


# --- 13: an election --------------------------------------------------------------------------

ELEVEN = "abcdefghijk"


def elected(*approvals: str, areas: tuple[int, ...] = ()) -> ItemResult:
    """Let each voter approve some of eleven candidates for seven seats."""
    item = election(1, candidates=11, seats=7)
    sizes = areas or (10_000,) * len(approvals)
    voters = tuple(
        Voter(uid("elector", at), (flat(f"e{at}", size),)) for at, size in enumerate(sizes)
    )
    simulation = Simulation([item], voters)
    casts = [
        Cast(at, voter.id, Channel.PHONE, {item.id: approve(approved)})
        for at, (voter, approved) in enumerate(zip(voters, approvals, strict=True))
    ]
    return tallied(simulation, casts)[0]


def approve(approved: str) -> Choice:
    return {name: AGREE if name in approved else AGAINST for name in ELEVEN}


def test_golden_13_nobody_passes() -> None:
    item = elected("ab", "cd", "ef", "gh")
    assert (item.outcome, item.winners, item.tied, item.vacant) == (Outcome.REJECTED, (), (), 7)


def carried(item: ItemResult) -> str:
    return "".join(sorted(line.id for line in item.lines if line.consent.holds))


def test_golden_13_nine_pass_for_seven_seats_and_the_most_heads_get_them() -> None:
    """Of nine voters d to g have eight, a to c seven, h and i five."""
    item = elected(*["abcdefg"] * 4, "cdefghi", "abefghi", "abcdghi", "bcdefhi", "adefghi")
    assert carried(item) == "abcdefghi"
    assert set(item.winners) == set("abcdefg")
    assert (item.tied, item.vacant, item.outcome) == ((), 0, Outcome.PASSED)


def test_golden_13_nine_equal_ones_for_seven_seats_leave_all_open() -> None:
    """Nine voters approve seven of nine each, every one another seven."""
    item = elected(*[("abcdefghi" * 2)[at : at + 7] for at in range(9)])
    assert carried(item) == "abcdefghi"
    assert item.tied == tuple("abcdefghi")
    assert (item.winners, item.vacant, item.outcome) == ((), 7, Outcome.TIED)


def test_golden_13_a_tie_for_the_last_seat_leaves_it_open() -> None:
    """Of five voters a to f have four, g and h three: the seventh seat waits."""
    item = elected("abcdefg", "abcdefg", "abcdefh", "abcdefh", "gh")
    assert carried(item) == "abcdefgh"
    assert item.winners == tuple("abcdef")
    assert item.tied == ("g", "h")
    assert (item.vacant, item.outcome) == (1, Outcome.PASSED)


def test_golden_13_equal_heads_are_ranked_by_area() -> None:
    """The same votes, and one dm² more behind g than behind h."""
    item = elected("abcdefg", "abcdefg", "abcdefh", "abcdefh", "gh", areas=(10_001, *[10_000] * 4))
    assert carried(item) == "abcdefgh"
    assert item.winners == tuple("abcdefg")
    assert item.tied == ()


# --- 15: a retry ------------------------------------------------------------------------------


def test_golden_15_a_ballot_sent_twice_is_one_statement_and_cannot_stand_twice() -> None:
    """The nonce is what a retry is recognised by; a second entry of one ballot is found."""
    running = Simulation([decision()], some_voters(3))
    voter, item = running.voters[0].id, running.items[0].id
    running.prepare()
    running.enrol(voter)
    device = running.devices[voter][0]
    token = running.ballot(voter, {item: AGREE})
    index = running.cast(voter, {item: AGREE}, device=device)
    assert running.logged[0].ballot.nonce == read_ballot(token, device).nonce
    running.append(kinds.BALLOT, token=str(running.entries[index].body["token"]))
    running.finish()
    report = verify(running.bundle())
    assert report.steps[5].holds is False
    assert f"第 {index + 1} 号记录" in report.steps[5].said_zh[-1]


def test_golden_15_a_changed_body_under_the_same_nonce_is_found() -> None:
    running = Simulation([decision()], some_voters(3))
    voter, item = running.voters[0].id, running.items[0].id
    running.prepare()
    running.cast(voter, {item: AGREE})
    running.enrol(voter)
    old, new = running.devices[voter]
    running.cast(voter, {item: AGAINST}, device=new, nonce_of=old)
    running.finish()
    report = verify(running.bundle())
    assert report.steps[5].holds is False
    assert "同一张选票" in report.steps[5].said_zh[-1]


def test_golden_late_ballots_are_kept_and_shown() -> None:
    simulation = simulate(voters=4, late=2, seed="late")
    assert simulation.result is not None
    late = [one for one in simulation.result.aside if one.reason is Aside.LATE]
    assert [one.index for one in late] == [one.index for one in simulation.logged[-2:]]
    assert all(one.time >= CLOSES for one in simulation.logged[-2:])
