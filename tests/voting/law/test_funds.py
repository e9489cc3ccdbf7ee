"""Every fen is borne by somebody, in proportion to area; what is paid ahead, and when to refill."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.laws import rules
from voting.errors import Malformed
from voting.law.funds import advance, balance_shares, needs_audit, needs_refill, shares

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
    "a cupboard beside a mall": (10**12, {"a": 1, "b": 10**7}, (100_000, 999_999_900_000)),
    "one fen between a cupboard and a mall": (1, {"a": 1, "b": 10**7}, (0, 1)),
    "areas that are primes": (1_000, {"a": 7_919, "b": 7_907, "c": 7_901}, (334, 333, 333)),
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


RULES = rules()


@given(BUDGETS, AREAS)
def test_the_order_of_parts_matters_only_between_equal_areas(
    budget: int, areas: dict[int, int]
) -> None:
    """Equal remainders are served in the order given; a different area never changes places."""
    turned = shares(budget, dict(reversed(areas.items())))
    borne = shares(budget, areas)
    whole = sum(areas.values())
    remainders = [budget * area % whole for area in areas.values()]
    for key, area in areas.items():
        if remainders.count(budget * area % whole) == 1:
            assert borne[key] == turned[key]
        assert abs(borne[key] - turned[key]) <= 1


@st.composite
def settlements(draw: st.DrawFn) -> tuple[int, dict[int, int], dict[int, int]]:
    """Draw a settled cost, areas, and an advance that was divided among the same parts."""
    areas = draw(AREAS)
    return draw(BUDGETS), shares(draw(BUDGETS), areas), areas


@given(settlements())
def test_advance_and_balance_together_are_the_share_of_the_cost(
    drawn: tuple[int, dict[int, int], dict[int, int]],
) -> None:
    settled, advanced, areas = drawn
    balance = balance_shares(settled, advanced, areas)
    assert sum(balance.values()) == settled - sum(advanced.values())
    assert list(balance) == list(areas)
    assert {key: advanced[key] + balance[key] for key in areas} == shares(settled, areas)


BALANCES = {
    "the rest": (1_000, {"a": 350, "b": 350}, {"a": 1, "b": 1}, {"a": 150, "b": 150}),
    "less was spent than advanced": (
        100,
        {"a": 60, "b": 60},
        {"a": 1, "b": 1},
        {"a": -10, "b": -10},
    ),
    "a part that paid nothing ahead": (101, {"a": 30}, {"a": 1, "b": 1}, {"a": 21, "b": 50}),
    "nothing was advanced": (3, {}, {"a": 1, "b": 1}, {"a": 2, "b": 1}),
    "nothing left to pay": (10, {"a": 5, "b": 5}, {"a": 1, "b": 1}, {"a": 0, "b": 0}),
    "rounding of the advance is made good": (
        3,
        {"a": 1, "b": 0},
        {"a": 1, "b": 1},
        {"a": 1, "b": 1},
    ),
}


@pytest.mark.parametrize(
    ("settled", "advanced", "areas", "balance"), BALANCES.values(), ids=BALANCES
)
def test_balances(
    settled: int, advanced: dict[str, int], areas: dict[str, int], balance: dict[str, int]
) -> None:
    assert balance_shares(settled, advanced, areas) == balance


@pytest.mark.parametrize(
    ("settled", "advanced", "areas"),
    [(100, {"x": 1}, {"a": 1}), (100, {}, {}), (-1, {}, {"a": 1})],
    ids=["a stranger's advance", "no parts", "a negative cost"],
)
def test_a_balance_that_cannot_be_divided_is_refused(
    settled: int, advanced: dict[str, int], areas: dict[str, int]
) -> None:
    with pytest.raises(Malformed):
        balance_shares(settled, advanced, areas)


ADVANCES = {0: 0, 1: 0, 2: 1, 9: 6, 10: 7, 11: 7, 100: 70, 101: 70, 10**12: 7 * 10**11}


@pytest.mark.parametrize(("budget", "most"), ADVANCES.items())
def test_an_advance_is_cut_to_the_fen_and_never_above_the_share(budget: int, most: int) -> None:
    assert advance(budget, RULES) == most
    assert 10 * most <= 7 * budget < 10 * (most + 1)


def test_an_advance_on_a_negative_budget_is_refused() -> None:
    with pytest.raises(Malformed):
        advance(-1, RULES)


AUDITS = {
    "a tenth over, less a fen": (1_000, 1_099, False),
    "exactly a tenth over": (1_000, 1_100, False),
    "a fen more": (1_000, 1_101, True),
    "a tenth that is no whole fen": (1_005, 1_105, False),
    "the next fen": (1_005, 1_106, True),
    "within the budget": (1_000, 1_000, False),
    "under the budget": (1_000, 1, False),
    "nothing planned, nothing spent": (0, 0, False),
    "nothing planned, a fen spent": (0, 1, True),
}


@pytest.mark.parametrize(("budget", "settled", "asked"), AUDITS.values(), ids=AUDITS)
def test_more_than_a_tenth_over_asks_for_an_audit(budget: int, settled: int, asked: bool) -> None:
    assert needs_audit(budget, settled, RULES) is asked


REFILLS = {
    "one fen under": (2_999, 10_000, True),
    "exactly thirty in a hundred": (3_000, 10_000, False),
    "one fen over": (3_001, 10_000, False),
    "a limit that is no whole fen": (3_001, 10_005, True),
    "the next fen": (3_002, 10_005, False),
    "empty": (0, 10_000, True),
    "overdrawn": (-1, 10_000, True),
    "nothing was ever paid": (0, 0, False),
}


@pytest.mark.parametrize("pack", ["national", "shandong", "zibo", "weifang", "liaocheng"])
@pytest.mark.parametrize(("balance", "first", "asked"), REFILLS.values(), ids=REFILLS)
def test_under_thirty_in_a_hundred_is_refilled(
    pack: str, balance: int, first: int, asked: bool
) -> None:
    assert needs_refill(balance, first, rules(pack)) is asked
