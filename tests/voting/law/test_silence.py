"""Silence: golden case 12, under each policy, with a tie, and with heads and area opposed."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.laws import TODAY, rules
from voting.errors import RuleNotRecorded
from voting.law.majorities import NOBODY, Count
from voting.law.matters import Matter
from voting.law.rules import compose
from voting.law.silence import Deemed, NotDeemed, deem

STRICT = rules()
DEEMED = rules(silence="deemed", silence_clause="已送达而不投票的，计入已表决的多数票。")
SILENT = Count(20, 20_000)


def votes(agree: Count, against: Count, abstain: Count = NOBODY) -> dict[str, Count]:
    return {"agree": agree, "against": against, "abstain": abstain}


AGREED = votes(Count(50, 50_000), Count(10, 10_000), Count(5, 5_000))

REFUSED = {
    "off: the silent did not take part": (STRICT, Matter.FUND_USE, AGREED, SILENT, "off"),
    "grave: nobody is deemed to agree": (DEEMED, Matter.FUND_RAISE, AGREED, SILENT, "grave"),
    "grave: rebuilding": (DEEMED, Matter.REBUILDING, AGREED, SILENT, "grave"),
    "grave: common parts": (DEEMED, Matter.COMMON_PARTS, AGREED, SILENT, "grave"),
    "nobody silent was provably reached": (DEEMED, Matter.FUND_USE, AGREED, NOBODY, "nobody"),
    "a tie by heads and area": (
        DEEMED,
        Matter.FUND_USE,
        votes(Count(5, 5_000), Count(5, 5_000)),
        SILENT,
        "tie",
    ),
    "a tie by heads alone": (
        DEEMED,
        Matter.FUND_USE,
        votes(Count(5, 5_001), Count(5, 5_000)),
        SILENT,
        "tie",
    ),
    "a tie by area alone": (
        DEEMED,
        Matter.FUND_USE,
        votes(Count(6, 5_000), Count(5, 5_000)),
        SILENT,
        "tie",
    ),
    "nobody voted at all": (DEEMED, Matter.FUND_USE, votes(NOBODY, NOBODY), SILENT, "tie"),
    "heads and area point different ways": (
        DEEMED,
        Matter.FUND_USE,
        votes(Count(6, 4_000), Count(5, 5_000)),
        SILENT,
        "opposed",
    ),
    "most abstained": (
        DEEMED,
        Matter.FUND_USE,
        votes(Count(3, 3_000), Count(1, 1_000), Count(9, 9_000)),
        SILENT,
        "abstain",
    ),
}


@pytest.mark.parametrize(
    ("law", "matter", "counts", "silent", "reason"), REFUSED.values(), ids=REFUSED
)
def test_golden_12_silence_is_not_deemed(
    law: object, matter: Matter, counts: Mapping[str, Count], silent: Count, reason: str
) -> None:
    outcome = deem(counts, silent, matter=matter, rules=STRICT if law == STRICT else DEEMED)
    assert isinstance(outcome, NotDeemed)
    assert outcome.reason == reason
    assert outcome.said_zh.endswith("。")
    assert outcome.law[0].id == "civil-code:278.2"


FOLLOWED = {
    "the silent follow those who agree": (AGREED, "agree"),
    "the silent follow those who are against": (
        votes(Count(10, 10_000), Count(11, 10_001)),
        "against",
    ),
    "of two bidders, the leading one": (
        {"first": Count(6, 6_000), "second": Count(5, 5_000), "abstain": Count(4, 4_000)},
        "first",
    ),
}


@pytest.mark.parametrize(("counts", "option"), FOLLOWED.values(), ids=FOLLOWED)
def test_golden_12_the_silent_follow_the_majority(counts: Mapping[str, Count], option: str) -> None:
    outcome = deem(counts, SILENT, matter=Matter.MANAGER, rules=DEEMED)
    assert isinstance(outcome, Deemed)
    assert outcome.option == option
    assert outcome.counts == {**counts, option: counts[option] + SILENT}
    assert "20 人" in outcome.said_zh
    assert [citation.act for citation in outcome.law] == ["r274", "house"]
    assert outcome.law[1].said_zh == "已送达而不投票的，计入已表决的多数票。"


def test_without_a_recorded_rule_there_is_no_answer() -> None:
    with pytest.raises(RuleNotRecorded):
        deem(AGREED, SILENT, matter=Matter.FUND_USE, rules=compose("national", on=TODAY))


COUNT = st.builds(Count, st.integers(0, 30), st.integers(0, 30))


@given(st.fixed_dictionaries({"agree": COUNT, "against": COUNT, "abstain": COUNT}), COUNT)
def test_deeming_only_ever_adds_the_silent_to_a_leader_by_both_counts(
    counts: dict[str, Count], silent: Count
) -> None:
    outcome = deem(counts, silent, matter=Matter.FUND_USE, rules=DEEMED)
    if isinstance(outcome, Deemed):
        chosen = counts[outcome.option]
        others = [count for option, count in counts.items() if option != outcome.option]
        assert all(chosen.heads > o.heads and chosen.area > o.area for o in others)
        assert sum(outcome.counts.values(), NOBODY) == sum(counts.values(), silent)
