"""Ranking: by heads, then by area, and a tie stays a tie (golden case 13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.laws import rules
from voting.errors import NoSuchRule
from voting.law.elections import rank
from voting.law.majorities import Count

RULES = rules()


def test_heads_come_first() -> None:
    assert rank(Count(50, 40_000), RULES) > rank(Count(49, 90_000), RULES)


def test_of_equal_heads_the_larger_area() -> None:
    assert rank(Count(50, 40_001), RULES) > rank(Count(50, 40_000), RULES)


def test_golden_13_equal_in_both_is_a_tie() -> None:
    assert rank(Count(50, 40_000), RULES) == rank(Count(50, 40_000), RULES)


def test_the_estate_may_rank_by_area_first() -> None:
    clause = "面积多者优先。"
    by_area = rules(
        moves=[
            {"name": "election_rank", "unit": "text", "value": ["area", "heads"], "clause": clause}
        ]
    )
    assert rank(Count(49, 90_000), by_area) > rank(Count(50, 40_000), by_area)


def test_nobody_is_ranked_by_lot() -> None:
    clause = "抽签。"
    by_lot = rules(
        moves=[{"name": "election_rank", "unit": "text", "value": ["lot"], "clause": clause}]
    )
    with pytest.raises(NoSuchRule):
        rank(Count(1, 1), by_lot)


@given(st.integers(0, 999), st.integers(0, 10**6), st.integers(1, 10**4))
def test_one_more_yes_never_ranks_lower(heads: int, area: int, more: int) -> None:
    assert rank(Count(heads + 1, area + more), RULES) > rank(Count(heads, area), RULES)
