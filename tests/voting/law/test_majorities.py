"""Thresholds: each tried below, at and above, in whole numbers only."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.canonical import JSON
from voting.errors import Malformed
from voting.law.majorities import ENTITLED, NOBODY, PARTICIPANTS, Count, Threshold

TWO_THIRDS = Threshold(Fraction(2, 3), strict=False, base=ENTITLED)
THREE_QUARTERS = Threshold(Fraction(3, 4), strict=False, base=PARTICIPANTS)
MORE_THAN_HALF = Threshold(Fraction(1, 2), strict=True, base=PARTICIPANTS)
ALL = Threshold(Fraction(1), strict=False, base=ENTITLED)
THRESHOLDS = [TWO_THIRDS, THREE_QUARTERS, MORE_THAN_HALF, ALL]

CASES = {
    "two thirds of 9 heads: 5 is not": (TWO_THIRDS, 5, 9, 6),
    "two thirds of 9 heads: 6 is": (TWO_THIRDS, 6, 9, 6),
    "two thirds of 9 heads: 7 is": (TWO_THIRDS, 7, 9, 6),
    "two thirds of 10 heads: 6 is not": (TWO_THIRDS, 6, 10, 7),
    "two thirds of 10 heads: 7 is": (TWO_THIRDS, 7, 10, 7),
    "two thirds: one dm² short": (TWO_THIRDS, 5_999, 9_000, 6_000),
    "two thirds: exactly": (TWO_THIRDS, 6_000, 9_000, 6_000),
    "two thirds: 66.66 of 100.00 is not": (TWO_THIRDS, 6_666, 10_000, 6_667),
    "two thirds: 66.67 of 100.00 is": (TWO_THIRDS, 6_667, 10_000, 6_667),
    "half: one below": (MORE_THAN_HALF, 499, 1_000, 501),
    "half: exactly is not more": (MORE_THAN_HALF, 500, 1_000, 501),
    "half: one above": (MORE_THAN_HALF, 501, 1_000, 501),
    "half of 9 heads: 4 is not": (MORE_THAN_HALF, 4, 9, 5),
    "half of 9 heads: 5 is": (MORE_THAN_HALF, 5, 9, 5),
    "three quarters: one below": (THREE_QUARTERS, 749, 1_000, 750),
    "three quarters: exactly": (THREE_QUARTERS, 750, 1_000, 750),
    "three quarters: one above": (THREE_QUARTERS, 751, 1_000, 750),
    "three quarters of 6 heads: 4 is not": (THREE_QUARTERS, 4, 6, 5),
    "three quarters of 6 heads: 5 is": (THREE_QUARTERS, 5, 6, 5),
    "all: one missing": (ALL, 8, 9, 9),
    "all: nobody missing": (ALL, 9, 9, 9),
    "of nothing, nothing is enough": (TWO_THIRDS, 0, 0, 1),
    "of nobody, half is not enough": (MORE_THAN_HALF, 0, 0, 1),
}


@pytest.mark.parametrize(("threshold", "part", "whole", "least"), CASES.values(), ids=CASES)
def test_threshold(threshold: Threshold, part: int, whole: int, least: int) -> None:
    assert threshold.least(whole) == least
    assert threshold.reached(part, whole) is (part >= least)
    assert threshold.missing(part, whole) == max(0, least - part)


@given(st.sampled_from(THRESHOLDS), st.integers(0, 10**9), st.integers(1, 10**9))
def test_reached_is_the_exact_fraction(threshold: Threshold, part: int, whole: int) -> None:
    exact = Fraction(part, whole)
    enough = exact > threshold.share if threshold.strict else exact >= threshold.share
    assert threshold.reached(part, whole) is enough


@given(st.sampled_from(THRESHOLDS), st.integers(0, 10**6), st.integers(1, 10**6))
def test_what_is_missing_is_exactly_enough(threshold: Threshold, part: int, whole: int) -> None:
    missing = threshold.missing(part, whole)
    assert threshold.reached(part + missing, whole)
    assert missing == 0 or not threshold.reached(part + missing - 1, whole)


WORDS = {
    "三分之二以上": TWO_THIRDS,
    "四分之三以上": THREE_QUARTERS,
    "过半数": MORE_THAN_HALF,
    "二分之一以上": Threshold(Fraction(1, 2), strict=False, base=ENTITLED),
    "五分之一以上": Threshold(Fraction(1, 5), strict=False, base=ENTITLED),
    "20分之3以上": Threshold(Fraction(3, 20), strict=False, base=ENTITLED),
    "超过三分之二": Threshold(Fraction(2, 3), strict=True, base=ENTITLED),
    "全部": ALL,
}


@pytest.mark.parametrize(("words", "threshold"), WORDS.items(), ids=WORDS)
def test_words(words: str, threshold: Threshold) -> None:
    assert threshold.words_zh == words


UNDER = {
    "a smaller share": (THREE_QUARTERS, MORE_THAN_HALF, True),
    "a larger share": (MORE_THAN_HALF, THREE_QUARTERS, False),
    "the number itself suffices": (
        MORE_THAN_HALF,
        Threshold(Fraction(1, 2), strict=False, base=PARTICIPANTS),
        True,
    ),
    "of participants instead of all": (
        TWO_THIRDS,
        Threshold(Fraction(3, 4), strict=False, base=PARTICIPANTS),
        True,
    ),
    "of all instead of participants": (
        MORE_THAN_HALF,
        Threshold(Fraction(1, 2), strict=True, base=ENTITLED),
        False,
    ),
    "the same": (TWO_THIRDS, TWO_THIRDS, False),
}


@pytest.mark.parametrize(("law", "clause", "under"), UNDER.values(), ids=UNDER)
def test_a_clause_asks_for_less_than_the_law(
    law: Threshold, clause: Threshold, under: bool
) -> None:
    assert clause.under(law) is under


@given(st.sampled_from(THRESHOLDS))
def test_a_threshold_survives_json(threshold: Threshold) -> None:
    assert Threshold.from_json(threshold.to_json()) == threshold


BROKEN: dict[str, JSON] = {
    "not in lowest terms": {"share": [2, 4], "strict": True, "base": ENTITLED},
    "more than all": {"share": [4, 3], "strict": False, "base": ENTITLED},
    "nothing": {"share": [0, 3], "strict": False, "base": ENTITLED},
    "a third number": {"share": [1, 2, 3], "strict": False, "base": ENTITLED},
    "true is no number": {"share": [True, 2], "strict": False, "base": ENTITLED},
    "true is no whole": {"share": [1, True], "strict": False, "base": ENTITLED},
    "an unknown base": {"share": [1, 2], "strict": False, "base": "everybody"},
    "more than everything": {"share": [1, 1], "strict": True, "base": ENTITLED},
    "a field too many": {"share": [1, 2], "strict": True, "base": ENTITLED, "x": 1},
    "a field too few": {"share": [1, 2], "strict": True},
    "no object": [1, 2],
}


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_a_broken_threshold_is_refused(value: JSON) -> None:
    with pytest.raises(Malformed):
        Threshold.from_json(value)


def test_counts_add_and_subtract() -> None:
    assert Count(2, 300) + Count(1, 50) == Count(3, 350)
    assert Count(3, 350) - Count(1, 50) == Count(2, 300)
    assert Count(3, 350) + NOBODY == Count(3, 350)


@given(st.integers(0, 10**6), st.integers(0, 10**9))
def test_a_count_survives_json(heads: int, area: int) -> None:
    assert Count.from_json(Count(heads, area).to_json()) == Count(heads, area)


@pytest.mark.parametrize(
    "value", [{"heads": -1, "area": 0}, {"heads": 1}, {"heads": True, "area": 0}]
)
def test_a_broken_count_is_refused(value: JSON) -> None:
    with pytest.raises(Malformed):
        Count.from_json(value)
