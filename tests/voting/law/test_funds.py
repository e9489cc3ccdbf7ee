"""Every fen of a budget is borne by somebody, in proportion to area."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import Malformed
from voting.law.funds import shares

CASES = {
    "equal areas, a budget that divides": (900, {"a": 1, "b": 1, "c": 1}, (300, 300, 300)),
    "one fen left over goes to the first of equals": (100, {"a": 7, "b": 7, "c": 7}, (34, 33, 33)),
    "two fen left over": (101, {"a": 7, "b": 7, "c": 7}, (34, 34, 33)),
    "the larger remainder is served first": (10, {"a": 9_833, "b": 12_167}, (4, 6)),
    "areas of a real building": (
        18_600_000,
        {"101": 8_923, "102": 12_055, "103": 8_923},
        (5_550_577, 7_498_846, 5_550_577),
    ),
    "one part bears all": (18_600_001, {"a": 8_923}, (18_600_001,)),
    "less than one fen each": (1, {"a": 100, "b": 100}, (1, 0)),
    "nothing to bear": (0, {"a": 100, "b": 200}, (0, 0)),
}


@pytest.mark.parametrize(("budget", "areas", "expected"), CASES.values(), ids=CASES)
def test_shares(budget: int, areas: dict[str, int], expected: tuple[int, ...]) -> None:
    assert tuple(shares(budget, areas).values()) == expected


AREAS = st.dictionaries(st.integers(), st.integers(1, 10**8), min_size=1, max_size=60)
BUDGETS = st.integers(0, 10**12)


@given(BUDGETS, AREAS)
def test_the_shares_sum_to_the_budget_and_none_is_a_whole_fen_off(
    budget: int, areas: dict[int, int]
) -> None:
    borne = shares(budget, areas)
    assert sum(borne.values()) == budget
    assert list(borne) == list(areas)
    whole = sum(areas.values())
    assert all(abs(borne[key] - Fraction(budget * areas[key], whole)) < 1 for key in areas)


@given(BUDGETS, AREAS)
def test_a_larger_part_never_bears_less(budget: int, areas: dict[int, int]) -> None:
    borne = shares(budget, areas)
    ordered = sorted(areas, key=lambda key: areas[key])
    assert all(
        borne[less] <= borne[more] for less, more in pairwise(ordered) if areas[less] < areas[more]
    )


@pytest.mark.parametrize(
    ("budget", "areas"),
    [(100, {}), (100, {"a": 0}), (100, {"a": 5, "b": -1}), (-1, {"a": 5})],
    ids=["no parts", "a part without area", "a negative area", "a negative budget"],
)
def test_what_cannot_be_divided_is_refused(budget: int, areas: dict[str, int]) -> None:
    with pytest.raises(Malformed):
        shares(budget, areas)
