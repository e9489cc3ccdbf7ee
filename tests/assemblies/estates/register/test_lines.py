"""Totals, notes and other sheets: what is no part is left out and said, nothing vanishes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblies.estates.register.preview import Verdict, compare
from assemblies.estates.register.reading import read_sheets
from assemblies.estates.register.values import PartKey
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.grid import Sheet
from assemblies.foundation.sheets.refusals import UnreadableSheet
from tests.assemblies.estates.register.making import (
    HEADER,
    ONE,
    TWO,
    codes,
    register,
    row,
)

PAIR = (row("101"), row("102", number=2, name="李四"))


def total(area: str, count: str = "", label: str = "合计") -> tuple[str, ...]:
    return (label, "", "", count, area, *[""] * 7)


RIGHT_TOTALS = {
    "area and count": (total("196.70", "2"),),
    "area alone": (total("196.70"),),
    "with its unit": (total("196.70㎡", "2户"),),
    "subtotals and total": (total("196.70", label="1单元小计"), total("196.70", label="总计")),
    "blank inside": (total("196.70", label="合 计"),),
    "count in the label": (total("196.70", label="合计：2户"),),
}


@pytest.mark.parametrize("rows", RIGHT_TOTALS.values(), ids=RIGHT_TOTALS)
def test_right_totals_are_left_out_in_silence(rows: tuple[tuple[str, ...], ...]) -> None:
    reading = register(HEADER, *PAIR, *rows)
    assert len(reading.parts) == 2
    assert codes(reading) == set()


WRONG_TOTALS = {
    "area": (total("196.71", "2"), "total_area"),
    "count": (total("196.70", "3"), "total_count"),
}


@pytest.mark.parametrize(("last", "code"), WRONG_TOTALS.values(), ids=WRONG_TOTALS)
def test_wrong_totals_are_warned_of(last: tuple[str, ...], code: str) -> None:
    reading = register(HEADER, *PAIR, last)
    assert codes(reading) == {code}
    assert len(reading.parts) == 2


def test_a_total_that_counts_co_owners_twice_is_explained() -> None:
    rows = (row("101"), row("101", number=2, name="李四"))
    reading = register(HEADER, *rows, total("196.70"))
    assert [r.code for r in reading.remarks] == ["total_area"]
    assert "重复加了" in reading.remarks[0].said_zh


def test_subtotals_by_entrance() -> None:
    reading = register(
        HEADER,
        row("101"),
        total("98.35", label="1单元小计"),
        row("101", number=2, name="李四", 单元="2单元", area="100.00"),
        total("100.00", label="2单元小计"),
        total("198.35", "2"),
    )
    assert codes(reading) == set()


def test_notes_below_the_table_are_not_parts() -> None:
    reading = register(
        HEADER,
        row("101"),
        ("填表人：王某", "", "", "审核人：李某"),
        ("说明：本表一式两份",),
        ("", "", "", "注：面积以登记为准。"),
    )
    assert len(reading.parts) == 1
    assert codes(reading) == {"row_unread"}


def test_sheets_without_a_header_hidden_or_empty_are_left_out_and_said() -> None:
    good = Sheet("名册", (HEADER, row()))
    notes = Sheet("说明", (("本名册由物业公司提供",), ("如有错误请联系",)))
    other = Sheet("备忘", (("会议记录",), ("某年某月某日开会",)))
    hidden = Sheet("旧名册", (HEADER, row("102", number=2)), hidden=True)
    reading = read_sheets([notes, Sheet("空", ()), other, good, hidden])
    assert len(reading.parts) == 1
    assert codes(reading) == {"example_sheet", "no_header", "hidden_sheet"}


def test_a_sheet_without_areas_or_owners_is_left_out_and_said() -> None:
    good = Sheet("名册", (HEADER, row()))
    fees = Sheet("缴费", (("房号", "产权人", "金额"), ("101", "张三", "12")))
    sizes = Sheet("面积", (("房号", "建筑面积"), ("101", "98.35")))
    reading = read_sheets([good, fees, sizes])
    assert codes(reading) >= {"no_area_column", "no_owner_column"}
    assert len(reading.parts) == 1


def test_filtered_rows_are_read_and_said() -> None:
    reading = read_sheets([Sheet("名册", (HEADER, row()), hidden_rows=1)])
    assert codes(reading) == {"hidden_rows"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("会议记录",), ("张三发言",)), "没有找到名册的表头"),
        ((HEADER,), "还没有填内容"),
        ((("楼栋", "房号", "产权人"), ("1", "101", "张三")), "没有“建筑面积”一列"),
    ],
)
def test_a_file_without_a_register_says_what_is_missing(
    rows: tuple[tuple[str, ...], ...], said: str
) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        register(*rows)
    assert said in str(refused.value.said)


def test_unit_code_certificate_address_delivery_note() -> None:
    header = (*HEADER, "不动产单元号", "产权证号", "邮寄地址", "送达方式", "备注")
    code = "370102001001GB00001F00010001"
    reading = register(header, (*row(), code, "鲁2020第1号", "某某路1号", "邮寄", "常年在外"))
    part = reading.parts[0]
    assert (part.unit_code, part.address, part.delivery) == (code, "某某路1号", "邮寄")
    assert part.note == "常年在外；产权证号 鲁2020第1号"


def test_a_unit_code_twice_is_warned_of() -> None:
    header = (*HEADER, "不动产单元号")
    reading = register(header, (*row("101"), "A1"), (*row("102", number=2, name="李四"), "A1"))
    assert codes(reading) == {"unit_code_twice"}


def test_a_key_is_the_same_from_every_way_of_writing() -> None:
    ways = [
        register(HEADER, row()),
        register(("房间号", "面积", "业主", "证件号"), ("01-01-0101", "98.35", "张三", ONE)),
        register(
            ("单元", "房号", "面积", "业主", "证件号"),
            ("1.0", "101.0", "98.35", "张三", ONE),
            name="1#",
        ),
    ]
    assert {reading.parts[0].key for reading in ways} == {PartKey("1", "1", "101")}


WORDS = st.sampled_from([
    "", "", "1", "1号楼", "101", "1-101", "1-1-101", "98.35", "98.505", "合计", "小计：",
    "说明：", "住宅", "未售", "张三", "张三、李四", "=1", ONE, TWO, f"{ONE}、{TWO}",
    "13800000001", "无", "-", "车位", "2单元",
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.tuples(*[WORDS] * len(HEADER)), min_size=1, max_size=6))
def test_no_row_that_says_something_vanishes(rows: list[tuple[str, ...]]) -> None:
    try:
        reading = register(HEADER, *rows)
    except UnreadableSheet:
        return
    seen = {line.place.row for line in reading.rows} | {r.row for r in reading.remarks}
    for at, cells in enumerate(rows, 2):
        if cells[HEADER.index("证件号")]:
            assert at in seen
    for line in compare(reading, {}).rows:
        refused = any(r.level is Level.REFUSED for r in line.remarks)
        assert (line.verdict is Verdict.REFUSED) is refused
        assert refused or line.key in {part.key for part in reading.parts}
