"""Where a part is: its building, entrance and room, from all that a sheet says."""

import datetime
from fractions import Fraction

import pytest

from assemblies.estates.register.reading import read, read_sheets
from assemblies.estates.register.values import Status, Use
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.grid import Sheet
from tests.assemblies.estates.register.making import (
    HEADER,
    HEAVY,
    ONE,
    THREE,
    TWO,
    codes,
    keys,
    register,
    row,
    xlsx,
)


@pytest.mark.parametrize(
    "text", ["1-1-101", "01-01-0101", "1号楼1单元101室", "1栋-1单元-101", "1#1-101"]
)
def test_the_whole_number_in_one_column(text: str) -> None:
    reading = register(("房间号", "面积", "业主", "身份证号"), (text, "98.35", "张三", ONE))
    assert keys(reading) == [("1", "1", "101")]
    assert codes(reading, *HEAVY) == set()


def test_building_from_the_sheet_s_name_or_its_title() -> None:
    header = ("单元", "房号", "面积", "产权人", "证件号")
    sheets = [
        Sheet("2号楼", (header, ("1", "101", "98.35", "张三", ONE))),
        Sheet("Sheet2", (("锦绣花园3号楼业主登记表", "", "", "", ""), header,
                         ("1", "101", "98.35", "李四", TWO))),
        Sheet("车库", (header, ("", "C001", "12.72", "王五", THREE))),
    ]  # fmt: skip
    reading = read_sheets(sheets)
    assert keys(reading) == [("2", "1", "101"), ("3", "1", "101"), ("0", "", "C1")]
    assert reading.parts[2].use is Use.PARKING


def test_no_building_anywhere_is_refused() -> None:
    reading = register(("房号", "面积", "产权人", "证件号"), ("101", "98.35", "张三", ONE))
    assert codes(reading, *HEAVY) == {"building_missing"}
    assert reading.parts == ()


def test_a_row_in_another_building_s_sheet_is_asked_about() -> None:
    reading = register(HEADER, row(楼栋="1号楼"), name="2号楼")
    assert codes(reading, *HEAVY) == {"other_sheet"}


def test_building_written_once_for_a_group_is_carried_with_a_warning() -> None:
    reading = register(
        HEADER,
        row("101"),
        row("102", name="李四", number=2, 楼栋="", 单元=""),
        row("101", name="王五", number=3, 楼栋="", 单元="2单元"),
    )
    assert keys(reading) == [("1", "1", "101"), ("1", "1", "102"), ("1", "2", "101")]
    assert codes(reading, Level.WARNING) == {"building_carried", "entrance_carried"}


def test_an_entrance_is_not_carried_to_a_row_with_its_own_building() -> None:
    reading = register(HEADER, row("101"), row("S01", name="李四", number=2, 单元=""))
    assert keys(reading) == [("1", "1", "101"), ("1", "", "S1")]


def test_headings_between_rows_give_building_and_entrance() -> None:
    reading = register(
        ("房号", "面积", "产权人", "证件号"),
        ("1号楼1单元",),
        ("101", "98.35", "张三", ONE),
        ("2单元",),
        ("101", "98.35", "李四", TWO),
        ("2号楼",),
        ("101", "98.35", "王五", THREE),
    )
    assert keys(reading) == [("1", "1", "101"), ("1", "2", "101"), ("2", "", "101")]


def test_phases_keep_equal_numbers_apart() -> None:
    header = ("期区", "楼栋", "房号", "面积", "产权人", "证件号")
    reading = register(
        header,
        ("一期", "1号楼", "101", "98.35", "张三", ONE),
        ("二期", "1号楼", "101", "98.35", "李四", TWO),
    )
    assert keys(reading) == [("1期-1", "", "101"), ("2期-1", "", "101")]
    assert reading.parts[1].building == "2期1号楼"


def test_two_pieces_with_a_building_are_entrance_and_room() -> None:
    reading = register(
        ("楼栋", "房号", "面积", "产权人", "证件号"),
        ("3号楼", "1-101", "98.35", "张三", ONE),
        ("3号楼", "S-03", "98.35", "李四", TWO),
    )
    assert keys(reading) == [("3", "1", "101"), ("3", "", "S-3")]


def test_two_pieces_without_a_building_are_building_and_room_and_said() -> None:
    reading = register(("房号", "面积", "产权人", "证件号"), ("3-101", "98.35", "张三", ONE))
    assert keys(reading) == [("3", "", "101")]
    assert "lead_is_building" in codes(reading, Level.WARNING)


@pytest.mark.parametrize(("building", "room"), [("2号楼", "1-1-101"), ("1号楼", "1-2-101")])
def test_a_number_that_contradicts_its_columns_is_refused(building: str, room: str) -> None:
    reading = register(HEADER, row(room, 楼栋=building))
    assert codes(reading, *HEAVY) == {"room_conflict"}


def test_a_room_that_became_a_date_is_refused_through_excel() -> None:
    data = xlsx({"名册": [HEADER, (*row()[:3], datetime.date(2026, 1, 1), *row()[4:])]})
    assert codes(read(data, "a.xlsx"), *HEAVY) == {"became_date"}


def test_bays_without_a_building_are_in_the_garage_and_said() -> None:
    header = ("车位号", "面积", "用途", "权属状态", "业主", "身份证")
    reading = register(
        header,
        ("负一层-023", "12.72", "车位", "已售", "张三", ONE),
        ("B1-024", "12.72", "车位", "已售", "李四", TWO),
    )
    assert keys(reading) == [("0", "", "23"), ("0", "", "B1-024")]
    assert codes(reading, Level.WARNING, *HEAVY) == {"garage_assumed"}


def test_a_bay_below_a_flat_is_not_carried_into_its_building_unasked() -> None:
    bay = row("C001", area="12.72", number=2, name="李四", 楼栋="", 单元="", 用途="车位")
    assert codes(register(HEADER, row("101"), bay), *HEAVY) == {"building_carried"}


def test_a_district_by_its_letter() -> None:
    header = ("区", "幢", "室号", "面积", "业主", "身份证")
    reading = register(header, ("A", "1", "101", "98.35", "张三", ONE))
    assert keys(reading) == [("A区-1", "", "101")]


def test_the_estate_s_name_before_the_building_is_dropped() -> None:
    reading = register(HEADER, row("101", 楼栋="锦绣花园1号楼"), row("102", number=2, name="李四"))
    assert {part.key.building for part in reading.parts} == {"1"}


def test_two_rooms_in_one_are_one_number() -> None:
    assert keys(register(HEADER, row("101-102"))) == [("1", "1", "101-102")]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("已售（抵押）", Status.SOLD),
        ("已售/未交付", Status.UNDELIVERED),
        ("已售（查封）", Status.SEALED),
        ("已过户", Status.SOLD),
    ],
)
def test_words_of_status_are_read_together(word: str, status: Status) -> None:
    reading = register(HEADER, row(权属状态=word))
    assert reading.parts[0].status is status
    assert codes(reading) == set()


@pytest.mark.parametrize("word", ["已售（待核实）", "查封/未售", "？"])
def test_words_of_status_that_contradict_or_say_nothing_are_refused(word: str) -> None:
    assert codes(register(HEADER, row(权属状态=word))) == {"status_unknown"}


def test_joint_ownership_holds_for_all() -> None:
    header = ("楼栋", "房号", "面积", "业主", "身份证", "份额")
    both = ("1", "101", "98.35", "张三、李四", f"{ONE}、{TWO}")
    for text, share in {
        "共同共有": None,
        "各50%": Fraction(1, 2),
        "1/2、1/2": Fraction(1, 2),
    }.items():
        reading = register(header, (*both, text))
        assert [owner.share for owner in reading.parts[0].owners] == [share, share]
        assert codes(reading, *HEAVY) == set()


def test_a_company_with_the_id_of_its_head_is_warned_of() -> None:
    assert codes(register(HEADER, row(name="某某有限公司"))) == {"company_with_resident_id"}
