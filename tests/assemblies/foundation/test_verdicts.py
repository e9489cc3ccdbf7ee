"""A result as pages draw it: every outcome has its words, a tie for all seats too."""

import pytest

from assemblies.foundation.verdicts import OUTCOMES, summary, verdict
from tests.support.simulation import Simulation, election, part, uid
from voting.ballot import Channel, Choice
from voting.result import ItemResult, Outcome
from voting.roll import Voter
from voting.tally import AGAINST, AGREE, Cast, tally


def elected(*approvals: str, seats: int) -> ItemResult:
    """Let each voter approve some of the candidates a, b, c."""
    voters = [Voter(uid("v", at), (part("v", str(at)),)) for at in range(len(approvals))]
    running = Simulation([election(1, seats=seats)], voters)
    casts = [
        Cast(at, voter.id, Channel.PHONE, {running.items[0].id: approve(approved)})
        for at, (voter, approved) in enumerate(zip(running.voters, approvals, strict=True))
    ]
    return tally(running.agenda, running.roll, running.rules, running.bound, casts).items[0]


def approve(approved: str) -> Choice:
    return {name: AGREE if name in approved else AGAINST for name in "abc"}


def test_every_outcome_is_drawn() -> None:
    assert {*OUTCOMES} == {*Outcome}


@pytest.mark.parametrize(
    ("approvals", "seats", "outcome", "said"),
    {
        "elected": (("ab", "ab", "ac"), 2, "passed", "当选：A公司、B公司。"),
        "nobody": (("a", "b", "c"), 1, "rejected", "未通过"),
    }.values(),
)
def test_an_election_is_said(
    approvals: tuple[str, ...], seats: int, outcome: str, said: str
) -> None:
    drawn = verdict(elected(*approvals, seats=seats))
    assert drawn.outcome == outcome
    assert said in drawn.summary


def test_a_tie_for_all_seats_elects_nobody_and_says_so() -> None:
    item = elected("ab", "bc", "ca", seats=2)
    assert verdict(item).outcome == "tied"
    assert "A公司、B公司、C公司得票相同，名额都暂空，不抽签。" in summary(item)
