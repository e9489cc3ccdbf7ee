"""Owners side by side, below one another, in one cell; who is one person and who is two."""

from fractions import Fraction

import pytest

from assemblies.estates.register.reading import read, read_sheets
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.grid import Sheet
from tests.assemblies.estates.register.making import (
    HEADER,
    HEAVY,
    ONE,
    TWO,
    codes,
    keys,
    owners,
    register,
    row,
    xlsx,
)


def test_rows_per_owner_blank_below() -> None:
    reading = register(
        HEADER,
        row("101"),
        ("", "", "", "", "", "", "", "", "李四", "身份证", TWO, "13800000002"),
        row("102", name="王五", number=3),
    )
    assert [name for name, _, _ in owners(reading)] == ["张三", "李四", "王五"]
    assert [len(part.owners) for part in reading.parts] == [2, 1]
    assert reading.parts[0].rows == (("名册", 2), ("名册", 3))


def test_rows_per_owner_merged_in_the_file() -> None:
    below = (None,) * 8 + ("李四", "身份证", TWO, "13800000002")
    merged = [f"{letter}2:{letter}3" for letter in "ABCDEFGH"]
    reading = read(xlsx({"名册": [HEADER, row("101"), below]}, merged), "a.xlsx")
    assert [len(part.owners) for part in reading.parts] == [2]
    assert codes(reading, *HEAVY) == set()


def test_a_blank_row_ends_a_part() -> None:
    reading = register(HEADER, row("101"), (), ("",) * 8 + ("李四", "身份证", TWO, ""))
    assert codes(reading, *HEAVY) == {"room_missing"}
    assert [len(part.owners) for part in reading.parts] == [1]


def test_area_without_a_room_number_is_refused_or_asked_about() -> None:
    again = row("", name="李四", number=2)
    assert codes(register(HEADER, row("101"), again), *HEAVY) == {"room_missing"}
    other = row("", name="李四", number=2, area="77.00")
    reading = register(HEADER, row("101"), other)
    assert codes(reading, Level.REFUSED) == {"room_missing"}
    assert [len(part.owners) for part in reading.parts] == [1]


def test_an_owner_below_a_refused_row_falls_with_it() -> None:
    below = ("",) * 8 + ("李四", "身份证", TWO, "")
    reading = register(HEADER, row("", name="张三"), below)
    assert {r.row for r in reading.remarks if r.level is Level.REFUSED} == {2, 3}
    assert reading.parts == ()


@pytest.mark.parametrize("sign", ["、", ",", "，", "/", "；", "\n"])
def test_co_owners_in_one_cell(sign: str) -> None:
    reading = register(
        ("楼栋", "房号", "面积", "业主姓名", "身份证号", "电话"),
        ("1", "101", "98.35", f"张三{sign}李四", f"{ONE}{sign}{TWO}", "13800000001、13800000002"),
    )
    expected = [("张三", ONE, ("13800000001",)), ("李四", TWO, ("13800000002",))]
    assert owners(reading) == expected
    assert codes(reading, *HEAVY) == set()


def test_co_owners_parted_by_a_blank() -> None:
    header = ("楼栋", "房号", "面积", "业主姓名", "身份证号")
    reading = register(header, ("1", "101", "98.35", "张三丰 李四", f"{ONE} {TWO}"))
    assert [name for name, _, _ in owners(reading)] == ["张三丰", "李四"]
    reading = register(header, ("1", "101", "98.35", "张 三", ONE))
    assert [name for name, _, _ in owners(reading)] == ["张三"]


def test_two_names_with_one_id_are_refused() -> None:
    reading = register(
        ("楼栋", "房号", "面积", "业主姓名", "身份证号"),
        ("1", "101", "98.35", "张三、李四", ONE),
    )
    assert codes(reading, *HEAVY) == {"owners_differ"}
    assert reading.parts == ()


def test_two_names_with_three_phones_are_asked_about() -> None:
    reading = register(
        ("楼栋", "房号", "面积", "业主姓名", "身份证号", "电话"),
        (
            "1",
            "101",
            "98.35",
            "张三、李四",
            f"{ONE}、{TWO}",
            "13800000001、13800000002、13800000003",
        ),
    )
    assert codes(reading, *HEAVY) == {"owners_differ"}
    assert len(reading.parts) == 1


def test_numbered_owners_with_their_columns_in_blocks_or_apart() -> None:
    rows = {
        ("产权人1", "证件号1", "电话1", "产权人2", "证件号2", "电话2"): (
            "张三", ONE, "13800000001", "李四", TWO, "13800000002"),
        ("产权人1", "产权人2", "证件号1", "证件号2", "电话1", "电话2"): (
            "张三", "李四", ONE, TWO, "13800000001", "13800000002"),
        ("产权人", "证件号", "电话", "产权人", "证件号", "电话"): (
            "张三", ONE, "13800000001", "李四", TWO, "13800000002"),
        ("业主（1）", "业主（1）证件号码", "业主(1)电话",
         "业主（2）", "业主（2）证件号码", "业主(2)电话"): (
            "张三", ONE, "13800000001", "李四", TWO, "13800000002"),
        ("产权人", "产权人身份证号", "产权人电话", "共有人", "共有人身份证号", "共有人电话"): (
            "张三", ONE, "13800000001", "李四", TWO, "13800000002"),
        ("产权人", "身份证号", "电话", "共有人1", "身份证号", "电话"): (
            "张三", ONE, "13800000001", "李四", TWO, "13800000002"),
        ("第一产权人", "身份证号", "电话", "第二产权人", "身份证号", "电话"): (
            "张三", ONE, "13800000001", "李四", TWO, "13800000002"),
    }  # fmt: skip
    expected = [("张三", ONE, ("13800000001",)), ("李四", TWO, ("13800000002",))]
    for header, cells in rows.items():
        reading = register(("楼栋", "房号", "面积", *header), ("1", "101", "98.35", *cells))
        assert owners(reading) == expected, header


def test_two_phones_in_each_owner_s_block() -> None:
    first, second = ("产权人1", "证件号", "电话1", "电话2"), ("产权人2", "证件号", "电话1", "电话2")
    zhang = ("张三", ONE, "13800000001", "13900000001")
    li = ("李四", TWO, "13800000002", "")
    reading = register(
        ("楼栋", "房号", "面积", *first, *second), ("1", "101", "98.35", *zhang, *li)
    )
    assert owners(reading) == [
        ("张三", ONE, ("13800000001", "13900000001")),
        ("李四", TWO, ("13800000002",)),
    ]


def test_three_phones_of_one_owner() -> None:
    reading = register(
        ("楼栋", "房号", "面积", "产权人", "证件号", "电话1", "电话2", "电话3"),
        ("1", "101", "98.35", "张三", ONE, "13800000001", "0531-88880000", "13900000001"),
    )
    assert owners(reading) == [("张三", ONE, ("13800000001", "0531-88880000", "13900000001"))]


def test_same_name_is_two_owners_unless_the_id_agrees() -> None:
    reading = register(
        HEADER,
        row("101", name="张三", number=1),
        row("102", name="张三", number=2),
        row("103", name="张三", number=1),
    )
    assert reading.sums.heads == 2
    assert reading.sums.owners == 2


def test_same_id_with_another_name_is_refused_here_and_against_what_is_stored() -> None:
    reading = register(HEADER, row("101", name="张三"), row("102", name="李四", number=1))
    assert [(r.row, r.code) for r in reading.remarks if r.level is Level.REFUSED] == [
        (3, "id_other_name")
    ]
    assert keys(reading) == [("1", "1", "101")]
    sheet = Sheet("名册", (HEADER, row("101", name="张三")))
    assert codes(read_sheets([sheet], {ONE: "李四"}), Level.REFUSED) == {"id_other_name"}
    assert codes(read_sheets([sheet], {ONE: "张　三"}), Level.REFUSED) == set()


def test_without_an_id_name_and_phone_are_used_with_a_warning() -> None:
    reading = register(
        HEADER,
        row("101", 证件号=""),
        row("102", 证件号=""),
        row("103", 证件号="", 电话="13900000000"),
        row("104", 证件号="", 电话=""),
        row("105", 证件号="", 电话=""),
    )
    assert reading.sums.heads == 4
    assert {r.row for r in reading.remarks if r.code == "id_missing"} == {2, 3, 4, 5, 6}


def test_without_an_id_the_same_name_and_phone_as_one_with_an_id() -> None:
    reading = register(HEADER, row("101"), row("102", 证件号=""))
    assert reading.sums.heads == 1
    assert codes(reading, Level.WARNING) == {"id_missing"}


def test_same_name_and_phone_under_two_ids_is_warned_of() -> None:
    reading = register(HEADER, row("101"), row("102", number=2, 电话="13800000001"))
    assert reading.sums.heads == 2
    assert codes(reading, Level.WARNING) == {"contact_two_ids"}


def test_shares_and_representative() -> None:
    header = ("楼栋", "房号", "面积", "产权人", "证件号", "份额", "表决权代表")
    reading = register(
        header,
        ("1", "101", "98.35", "张三", ONE, "50%", "是"),
        ("1", "101", "98.35", "李四", TWO, "1/2", ""),
    )
    first, second = reading.parts[0].owners
    assert (first.share, first.representative) == (Fraction(1, 2), True)
    assert (second.share, second.representative) == (Fraction(1, 2), False)
    assert codes(reading, Level.WARNING) == {"column_absent"}


SHARES = {
    "too much": ("2/3", "1/2", "shares_sum"),
    "too little": ("1/3", "1/2", "shares_sum"),
    "one is missing": ("1/3", "", "shares_missing"),
}


@pytest.mark.parametrize(("one", "other", "code"), SHARES.values(), ids=SHARES)
def test_shares_that_do_not_make_one_are_warned_of(one: str, other: str, code: str) -> None:
    header = ("楼栋", "房号", "面积", "用途", "权属状态", "产权人", "证件号", "份额")
    reading = register(
        header,
        ("1", "101", "98.35", "住宅", "已售", "张三", ONE, one),
        ("1", "101", "98.35", "住宅", "已售", "李四", TWO, other),
    )
    assert codes(reading, Level.WARNING) == {code}


def test_representative_by_name() -> None:
    header = ("楼栋", "房号", "面积", "产权人", "证件号", "表决权代表")
    reading = register(header, ("1", "101", "98.35", "张三、李四", f"{ONE}、{TWO}", "李四"))
    assert [owner.representative for owner in reading.parts[0].owners] == [False, True]
    reading = register(header, ("1", "101", "98.35", "张三、李四", f"{ONE}、{TWO}", "赵六"))
    assert "representative_unknown" in codes(reading, Level.QUESTION)


def test_two_representatives_are_asked_about() -> None:
    header = ("楼栋", "房号", "面积", "产权人", "证件号", "表决权代表")
    reading = register(
        header,
        ("1", "101", "98.35", "张三", ONE, "是"),
        ("1", "101", "98.35", "李四", TWO, "√"),
    )
    assert codes(reading, *HEAVY) == {"representatives_many"}
    assert not any(owner.representative for owner in reading.parts[0].owners)


@pytest.mark.parametrize(
    "name", ["张三等", "张三夫妇", "张三（已故）", "张", "张三2", "=1+1", "@sum"]
)
def test_a_doubtful_name_is_asked_about(name: str) -> None:
    reading = register(HEADER, row(name=name))
    assert codes(reading, *HEAVY) <= {"name_doubtful", "name_formula"}
    assert codes(reading, *HEAVY)
    assert reading.parts[0].owners[0].name == name


UNUSUAL = (
    "买买提·艾力",
    "欧阳娜娜",
    "王旸祎",
    "John Smith",
    "Smith, John",
    "众和（山东）置业有限公司",
)


@pytest.mark.parametrize("name", UNUSUAL)
def test_an_unusual_name_is_a_name(name: str) -> None:
    reading = register(HEADER, row(name=name, 证件类型=""))
    assert codes(reading, *HEAVY) == set()
    assert reading.parts[0].owners[0].name == name
