"""The little arithmetic of the pictures: marks, missing figures, and bars that never flatter."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.foundation.pictures import (
    BuildingGrid,
    Cell,
    FileLink,
    Floor,
    area_bar,
    heads_bar,
    missing_text,
    width_of,
)

HALF = Fraction(1, 2)

COMPARISONS = {
    "one head below two thirds": (5, 6, Fraction(2, 3), False, False, "5 × 3 = 15 ＜ 18 = 9 × 2"),
    "exactly two thirds": (6, 6, Fraction(2, 3), False, True, "6 × 3 = 18 ≥ 18 = 9 × 2"),
    "one head above two thirds": (7, 6, Fraction(2, 3), False, True, "7 × 3 = 21 ≥ 18 = 9 × 2"),
    "below half of nine": (4, 5, HALF, True, False, "4 × 2 = 8 ≤ 9 = 9 × 1"),
    "above half of nine": (5, 5, HALF, True, True, "5 × 2 = 10 ＞ 9 = 9 × 1"),
    "nobody": (0, 6, Fraction(2, 3), False, False, "0 × 3 = 0 ＜ 18 = 9 × 2"),
}


@pytest.mark.parametrize(
    ("part", "needed", "share", "strict", "enough", "comparison"),
    COMPARISONS.values(),
    ids=COMPARISONS,
)
def test_a_bar_says_its_comparison(
    part: int, needed: int, share: Fraction, strict: bool, enough: bool, comparison: str
) -> None:
    bar = heads_bar("参与户数", part, 9, needed=needed, share=share, strict=strict)
    assert (bar.enough, bar.comparison) == (enough, comparison)


def test_exactly_half_is_not_more_than_half() -> None:
    bar = heads_bar("同意户数", 5, 10, needed=6, share=HALF, strict=True)
    assert (bar.enough, bar.missing, bar.threshold) == (False, "还差 1 户", "超过半数")
    assert bar.comparison == "5 × 2 = 10 ≤ 10 = 10 × 1"


def test_what_is_missing_is_said_in_one_breath() -> None:
    heads = heads_bar("户数", 45, 123, needed=82)
    area = area_bar("面积", 372_569, 1_190_436, needed=793_624)
    assert missing_text(heads, area) == "还差 37 户 / 4,210.55 ㎡"


def test_only_what_is_missing_is_said() -> None:
    heads = heads_bar("户数", 82, 123, needed=82)
    area = area_bar("面积", 372_569, 1_190_436, needed=793_624)
    assert missing_text(heads, area) == "还差 4,210.55 ㎡"
    assert missing_text(heads, heads) == ""


WIDTHS = {
    "nothing": (0, 9, "0.0000%"),
    "two thirds": (6, 9, "66.6666%"),
    "everything": (9, 9, "100.0000%"),
    "more than everything is everything": (10, 9, "100.0000%"),
    "an empty roll": (0, 0, "0.0000%"),
}


@pytest.mark.parametrize(("part", "whole", "width"), WIDTHS.values(), ids=WIDTHS)
def test_width(part: int, whole: int, width: str) -> None:
    assert width_of(part, whole) == width


@given(st.integers(0, 100_000), st.integers(1, 100_000))
def test_a_bar_with_enough_reaches_its_mark(part: int, whole: int) -> None:
    needed = -(-whole * 2 // 3)
    bar = heads_bar("户数", min(part, whole), whole, needed=needed)
    fill, mark = float(bar.fill.rstrip("%")), float(bar.mark.rstrip("%"))
    assert fill >= mark or not bar.enough
    assert bar.enough is (bar.missing == "")


def test_a_grid_counts_its_cells() -> None:
    cells = (Cell("201", "took_part"), None, Cell("203", "not_yet"))
    grid = BuildingGrid("1 幢", (("1 单元", 3),), (Floor("2 层", cells), Floor("1 层", cells)))
    assert (grid.count("took_part"), grid.count("not_counted")) == (2, 0)


def test_a_file_says_its_size() -> None:
    assert FileLink.of("公告.pdf", "/f", 49_152).size == "48 KB"
