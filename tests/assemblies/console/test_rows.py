"""The 54 rows and the ratios drawn from them."""

from fractions import Fraction

import pytest

from assemblies.console.queries.lines import Share
from assemblies.console.queries.table import shares
from assemblies.console.rows import BY_NUMBER, RATIOS, ROWS, SECTIONS, Kind, Ratio
from assemblies.console.shown import share_shown


def test_there_are_54_rows_in_eight_sections_in_their_order() -> None:
    assert [row.number for row in ROWS] == list(range(1, 55))
    assert len(SECTIONS) == 8
    assert [row.section for row in ROWS] == sorted(
        (row.section for row in ROWS), key=SECTIONS.index
    )


def test_what_the_records_answer_is_marked() -> None:
    computed = {row.number for row in ROWS if row.computed}
    assert computed == {4, 5, 6, 7, 8, 9, 10, 11, 33, 34, 37, 38, 44, 45}


SAID = {
    "a number with its unit": (12, (1204,), "1,204 家"),
    "done": (10, (1,), "已落实"),
    "not done": (10, (0,), "未落实"),
    "response and closing apart": (34, (3, 2), "响应 3 件，办结 2 件"),
    "a log with its number": (31, (1,), "1 次"),
}


@pytest.mark.parametrize(("number", "value", "said"), SAID.values(), ids=SAID)
def test_a_value_is_said_as_people_say_it(number: int, value: tuple[int, ...], said: str) -> None:
    assert BY_NUMBER[number].said(value) == said


HALF = Ratio("组建率", 4, 3, Fraction(1, 2))
REACHED = {
    "one below": (4, 10, 1, "还差 1 个", "40.00%"),
    "exactly half": (5, 10, 0, "达标", "50.00%"),
    "one above": (6, 10, 0, "达标", "60.00%"),
    "half of an odd number is rounded up": (5, 11, 1, "还差 1 个", "45.45%"),
    "six of eleven": (6, 11, 0, "达标", "54.54%"),
}


@pytest.mark.parametrize(
    ("part", "whole", "missing", "state", "percent"), REACHED.values(), ids=REACHED
)
def test_a_share_is_held_against_its_target_exactly(
    part: int, whole: int, missing: int, state: str, percent: str
) -> None:
    share = Share(HALF, part, whole)
    shown = share_shown(share)
    assert share.missing == missing
    assert share.fraction == Fraction(part, whole)
    assert (shown.state, shown.percent, shown.enough) == (state, percent, missing == 0)


def test_a_share_of_nothing_is_not_spoken_of() -> None:
    assert not Share(HALF, 0, 0).known
    assert not Share(HALF, None, 5).known


def test_response_and_closing_are_two_shares_of_one_row() -> None:
    values = {row.number: (0,) * row.figures for row in ROWS} | {33: (4,), 34: (4, 3)}
    found = {one.ratio.name: one.fraction for one in shares(values) if one.known}
    assert found["呼叫事项响应率"] == 1
    assert found["呼叫事项办结率"] == Fraction(3, 4)


def test_every_share_has_the_rows_that_the_annex_names() -> None:
    pairs = {(ratio.part, ratio.whole) for ratio in RATIOS}
    assert pairs == {
        (4, 3), (7, 4), (6, 4), (13, 12), (20, 3), (23, 2), (26, 1), (28, 27), (29, 27), (34, 33),
        (45, 44),
    }  # fmt: skip
    assert all(BY_NUMBER[ratio.part].kind is Kind.COUNT for ratio in RATIOS)
