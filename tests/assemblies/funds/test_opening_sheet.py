"""Sheets of balances as they come: what is read, what is asked, what is refused with its row."""

from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest

from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.sheets.refusals import UnreadableSheet
from assemblies.funds.opening.preview import Opening, read
from assemblies.funds.spreadsheets import blank_template
from assemblies.records.register import PartLine, Register
from tests.support.fund_sheets import (
    HEADING,
    PLACES,
    TIDY,
    TOTAL,
    Cell,
    tidy,
    tidy_rows,
    workbook,
)

Rows = list[list[Cell]]
NOBODY: frozenset[str] = frozenset()
REGISTER = Register(
    tuple(
        PartLine(
            uuid4(),
            building,
            entrance,
            room,
            "dwelling",
            100_00,
            with_developer=False,
            owners=NOBODY,
        )
        for building, entrance, room in PLACES
    )
)


def opened(rows: Sequence[Sequence[Cell]], **layout: object) -> Opening:
    return read(workbook(rows, **layout), "余额.xlsx", REGISTER)  # type: ignore[arg-type]


def by_label(found: Opening) -> dict[str, tuple[int | None, int]]:
    return {line.part.label: (line.first, line.balance) for line in found.lines}


def test_a_tidy_sheet_is_read_to_the_fen() -> None:
    found = read(tidy(), "余额.xlsx", REGISTER)
    assert by_label(found) == TIDY
    assert (found.refused, found.questions) == ((), ())
    assert found.whole.balance == TOTAL == sum(one.balance for one in found.buildings)
    assert [one.name for one in found.buildings] == ["1号楼", "2号楼", "地下车库"]
    assert all(claim.agrees for claim in found.claimed)


def changed(at: int, column: int, value: Cell) -> Rows:
    rows = tidy_rows()
    rows[at][column] = value
    return rows


WRITTEN = {
    "with thousands": "12,345.60",
    "in full width": "１２３４５．６０",
    "with 元 behind": "12345.60元",
    "with ￥ before": "￥12,345.6",
    "with ¥ and blanks": " ¥ 12 345.60 ",
    "as a number": 12345.6,
    "as a number a hair beside it": 12345.600000000001,
    "with zeros": "012345.600",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_an_amount_is_understood_however_it_is_written(text: Cell) -> None:
    found = opened(changed(0, 4, text))
    assert found.refused == ()
    assert by_label(found)["1号楼1单元101"][1] == 12_345_60
    assert found.questions == ()


@pytest.mark.parametrize("number", [100 / 3, 12345.678, 0.005])
def test_a_number_that_is_not_whole_fen_is_asked_about(number: float) -> None:
    (asked,) = opened(changed(2, 4, number)).questions
    assert asked.id == "rounded"
    assert "第 4 行" in asked.note


REFUSALS: dict[str, tuple[Callable[[], Rows], int, str]] = {
    "a negative balance": (lambda: changed(0, 4, "-1.00"), 2, "负数"),
    "a negative number": (lambda: changed(0, 4, -1), 2, "负数"),
    "a negative in brackets": (lambda: changed(1, 4, "(1,200.00)"), 3, "负数"),
    "words for a balance": (lambda: changed(1, 4, "待查"), 3, "不是金额"),
    "a text with three decimals": (lambda: changed(1, 4, "1.005"), 3, "多于两位"),
    "commas in the wrong place": (lambda: changed(1, 4, "1,23.00"), 3, "不是金额"),
    "an amount beyond all funds": (lambda: changed(1, 4, "99999999999999"), 3, "大得不可能"),
    "a formula without a result": (lambda: changed(1, 4, "=D3*2"), 3, "公式"),
    "no balance": (lambda: changed(1, 4, None), 3, "没有填"),
    "a negative first payment": (lambda: changed(1, 3, "-5"), 3, "负数"),
    "a home that is not in the register": (lambda: changed(1, 2, "999"), 3, "名册里没有"),
    "a building that is not in the register": (lambda: changed(1, 0, "9号楼"), 3, "名册里没有"),
    "no room": (lambda: changed(1, 2, None), 3, "没有填房号"),
    "a home twice": (lambda: [*tidy_rows(), tidy_rows()[3]], 5, "只留一行"),
}


@pytest.mark.parametrize(("rows", "at", "said"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_taken_is_refused_with_its_row(
    rows: Callable[[], Rows], at: int, said: str
) -> None:
    found = opened(rows())
    assert found.refused
    assert found.refused[0].row.number == at
    assert said in found.refused[0].said


PLACED: dict[str, list[Cell]] = {
    "numbers alone": [1, 1, 101],
    "a number with all in it": [None, None, "01-01-0101"],
    "another word for building": ["1幢", "一单元", "101室"],
    "all in one cell": ["", "", "1号楼1单元101室"],
    "entrance and room in one": ["1号楼", "", "1-101"],
    "entrance left out, room alone of its kind": ["1号楼", "", "101"],
}


@pytest.mark.parametrize("place", PLACED.values(), ids=PLACED)
def test_a_home_is_found_however_its_number_is_written(place: list[Cell]) -> None:
    rows = tidy_rows()
    rows[0][:3] = place
    found = opened(rows)
    assert found.refused == ()
    assert by_label(found) == TIDY


def test_two_entrances_with_the_same_room_have_to_be_told_apart() -> None:
    twins = Register(
        tuple(
            PartLine(
                uuid4(),
                "1号楼",
                entrance,
                "101",
                "dwelling",
                1,
                with_developer=False,
                owners=NOBODY,
            )
            for entrance in ("1单元", "2单元")
        )
    )
    found = read(workbook([["1号楼", "", "101", "1", "1"]]), "余额.xlsx", twins)
    assert "写明楼栋和单元" in found.refused[0].said


@pytest.mark.parametrize("above", [0, 1, 5, 18])
def test_the_heading_is_found_below_titles(above: int) -> None:
    assert by_label(opened(tidy_rows(), above=above)) == TIDY


HEADINGS: dict[str, Sequence[Cell]] = {
    "without 元": ("楼栋", "单元", "房号", "首次交存", "余额"),
    "other words": ("楼号", "单元号", "房屋编号", "首期交存金额(元)", "分户账余额（元）"),
    "blanks inside": ("楼 栋", "单 元", "房 号", "首次交存额", "账户余额"),
}


@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS)
def test_headings_may_use_other_words(heading: Sequence[Cell]) -> None:
    assert by_label(opened(tidy_rows(), heading=heading)) == TIDY


def test_columns_may_stand_in_any_order_between_others() -> None:
    rows: Rows = [
        [5, row[4], "李某", row[2], row[1], row[0], "98.2", row[3]] for row in tidy_rows()
    ]
    heading = ("序号", "余额（元）", "业主", "房号", "单元", "楼栋", "面积", "首次交存（元）")
    assert by_label(opened(rows, heading=heading)) == TIDY


def test_a_building_named_once_holds_for_the_rows_below() -> None:
    rows = tidy_rows()
    for at in (1, 2, 3, 5, 6, 8):
        rows[at][0] = None
    assert by_label(opened(rows)) == TIDY


def test_a_missing_home_is_asked_about_by_name() -> None:
    (asked,) = opened(tidy_rows()[:-1]).questions
    assert asked.id == "missing"
    assert "地下车库S01" in asked.text


def test_a_missing_first_payment_is_asked_about() -> None:
    found = opened(changed(0, 3, None))
    assert [one.id for one in found.questions] == ["first"]
    assert by_label(found)["1号楼1单元101"] == (None, 9_100_12)


SUMS = {"one fen less": -1, "one fen more": 1, "a thousand more": 1000_00}


@pytest.mark.parametrize("beside", SUMS.values(), ids=SUMS)
def test_a_sum_that_does_not_fit_is_asked_about(beside: int) -> None:
    wrong = TOTAL + beside
    rows: Rows = [*tidy_rows(), ["合计", "", "", "", f"{wrong // 100}.{wrong % 100:02d}"]]
    (asked,) = opened(rows).questions
    assert "第 11 行" in asked.text
    assert f"{abs(beside) // 100:,}.{abs(beside) % 100:02d} 元" in asked.text


def test_sums_between_the_rows_are_held_against_their_own() -> None:
    rows = tidy_rows()
    first = sum(TIDY["".join(place)][1] for place in PLACES[:4])
    rows.insert(4, ["1号楼小计", "", "", "", f"{first / 100:.2f}"])
    rows.append(["总计", "", "", "", f"{TOTAL / 100:.2f}"])
    found = opened(rows)
    assert (found.refused, found.questions) == ((), ())
    assert len(found.claimed) == 2


def test_a_remark_under_the_table_is_no_home() -> None:
    rows: Rows = [*tidy_rows(), ["制表人：示例", None, None, None, None]]
    assert by_label(opened(rows)) == TIDY


def test_a_sheet_without_its_columns_says_which_is_missing() -> None:
    with pytest.raises(Incomplete, match="余额"):
        opened(tidy_rows(), heading=(*HEADING[:4], "金额"))
    with pytest.raises(Incomplete, match="没有找到表头"):
        opened([], heading=("一", "二"))
    with pytest.raises(Incomplete, match="几列"):
        opened([], heading=("房号", "本金余额", "利息余额"))


def test_a_file_that_is_no_table_is_refused_in_words() -> None:
    with pytest.raises(UnreadableSheet, match="PDF"):
        read(b"%PDF-1.7 ...", "余额.xlsx", REGISTER)


def test_the_blank_template_reads_back_with_every_home() -> None:
    found = read(blank_template(REGISTER.parts), "模板.xlsx", REGISTER)
    assert found.lines == ()
    assert {one.row.number for one in found.refused} == set(range(2, 2 + len(PLACES)))
    assert all("没有填" in one.said for one in found.refused)
