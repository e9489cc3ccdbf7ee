"""Registers as clerks keep them: headers, buildings, co-owners and totals in every shape."""

from fractions import Fraction

import pytest

from assemblies.estates.register.cells import NumberCell
from assemblies.estates.register.grid import Merge, Sheet
from assemblies.estates.register.reading import read, read_sheets
from assemblies.estates.register.refusals import UnreadableRegister
from assemblies.estates.register.values import Basis, Level, PartKey, Reading, Status, Use
from tests.assemblies.estates.register.making import (
    HEADER,
    codes,
    credit,
    register,
    resident,
    row,
    xlsx,
)

ONE, TWO, THREE = resident(1), resident(2), resident(3)
HEAVY = (Level.REFUSED, Level.QUESTION)


def keys(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(part.key) for part in reading.parts]


def owners(reading: Reading) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(o.name, o.id_number, o.phones) for part in reading.parts for o in part.owners]


# --- headers ---------------------------------------------------------------------------------


def test_header_in_two_rows_with_merged_groups() -> None:
    reading = register(
        ("锦绣花园业主名册",),
        ("房屋信息", "", "", "", "业主信息", "", ""),
        ("栋号", "单元", "房号", "建筑面积（平方米）", "姓名", "证件号码", "联系电话"),
        (*map(NumberCell, ("1", "1", "101", "98.35")), "张三", ONE, "13800000001"),
        merges=[Merge(1, 0, 1, 3), Merge(1, 4, 1, 6), Merge(0, 0, 0, 6)],
    )
    assert keys(reading) == [("1", "1", "101")]
    assert reading.parts[0].area_dm2 == 9835
    assert owners(reading) == [("张三", ONE, ("13800000001",))]


def test_header_in_two_rows_names_each_owner() -> None:
    reading = register(
        ("楼栋", "单元", "房号", "面积", "产权人1", "", "", "产权人2", "", ""),
        ("", "", "", "", "姓名", "证件号", "电话", "姓名", "证件号", "电话"),
        ("1", "1", "101", "98.35", "张三", ONE, "13800000001", "李四", TWO, "13800000002"),
    )
    expected = [("张三", ONE, ("13800000001",)), ("李四", TWO, ("13800000002",))]
    assert owners(reading) == expected


def test_header_below_titles_in_any_order_with_brackets_and_stars() -> None:
    reading = register(
        ("某某小区业主信息登记表",),
        ("填表人：王某", "", "填表日期：2026年1月1日"),
        (),
        (
            "联系电话（手机）",
            "*业主姓名*",
            "身份证号码：",
            "专有部分面积(㎡)",
            "房号（室）",
            "楼号",
        ),
        ("13800000001", "张三", ONE, "98.35", "101", "1"),
    )
    assert keys(reading) == [("1", "", "101")]
    assert owners(reading) == [("张三", ONE, ("13800000001",))]


def test_header_repeated_on_every_page_is_skipped() -> None:
    reading = register(HEADER, row("101"), HEADER, row("102", number=2, name="李四"))
    assert len(reading.parts) == 2
    assert codes(reading, *HEAVY) == set()


def test_columns_that_mean_nothing_to_us_are_named() -> None:
    reading = register((*HEADER, "物业费余额"), (*row(), "12.50"))
    assert [r.said_zh for r in reading.remarks if r.code == "columns_unread"] == [
        "这些列没有读：物业费余额。"
    ]


def test_inner_area_is_not_taken_for_the_area() -> None:
    reading = register(
        ("楼栋", "房号", "套内面积", "公摊面积", "建筑面积", "产权人", "证件号"),
        ("1", "101", "80.00", "18.35", "98.35", "张三", ONE),
    )
    assert reading.parts[0].area_dm2 == 9835


def test_several_kinds_of_area_go_by_the_law_s_order() -> None:
    header = ("楼栋", "房号", "合同面积", "实测面积", "登记面积", "产权人", "证件号")
    reading = register(
        header,
        ("1", "101", "98.00", "98.30", "98.35", "张三", ONE),
        ("1", "102", "98.00", "98.30", "", "李四", TWO),
        ("1", "103", "98.00", "", "", "王五", THREE),
    )
    found = [(part.area_dm2, part.basis) for part in reading.parts]
    assert found == [(9835, Basis.REGISTER), (9830, Basis.SURVEY), (9800, Basis.CONTRACT)]


def test_two_areas_that_differ_in_one_row_are_refused() -> None:
    reading = register(
        ("楼栋", "房号", "专有部分面积", "建筑面积", "产权人", "证件号"),
        ("1", "101", "98.35", "98.53", "张三", ONE),
        ("1", "102", "98.35", "98.35", "李四", TWO),
    )
    assert codes(reading, *HEAVY) == {"area_twice"}
    assert keys(reading) == [("1", "", "102")]


# --- where a part is -------------------------------------------------------------------------


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
    import datetime  # noqa: PLC0415

    data = xlsx({"名册": [HEADER, (*row()[:3], datetime.date(2026, 1, 1), *row()[4:])]})
    assert codes(read(data, "a.xlsx"), *HEAVY) == {"became_date"}


# --- owners ----------------------------------------------------------------------------------


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


# --- status and use --------------------------------------------------------------------------


def test_the_developer_s_parts_are_one_head() -> None:
    reading = register(
        HEADER,
        row("101"),
        row("102", name="众和置业有限公司", 权属状态="未售", 证件类型="", 证件号=credit(9)),
        row("103", name="", 权属状态="未售", 证件号="", 证件类型="", 电话=""),
        row("104", name="开发商", 权属状态="未售", 证件号="", 证件类型="", 电话=""),
        row("105", name="李四", number=2, 权属状态="未交付"),
    )
    assert codes(reading, *HEAVY) == set()
    assert (reading.sums.parts, reading.sums.heads) == (5, 2)


def test_sealed_parts_vote_with_their_owner() -> None:
    reading = register(HEADER, row("101"), row("102", 权属状态="已查封"))
    assert reading.parts[1].status is Status.SEALED
    assert reading.sums.heads == 1


@pytest.mark.parametrize("name", ["", "无", "/", "开发商", "待定"])
@pytest.mark.parametrize("status", ["已售", "查封", ""])
def test_a_sold_part_without_an_owner_is_refused(name: str, status: str) -> None:
    reading = register(HEADER, row(name=name, 权属状态=status, 证件号="", 电话=""))
    assert codes(reading, *HEAVY) == {"owner_missing"}
    assert reading.parts == ()


def test_an_id_without_a_name_is_refused() -> None:
    assert codes(register(HEADER, row(name="")), *HEAVY) == {"name_missing"}


def test_an_unsold_part_of_a_person_is_asked_about() -> None:
    assert codes(register(HEADER, row(权属状态="未售")), *HEAVY) == {"unsold_person"}


def test_a_blank_status_with_an_owner_is_sold_with_a_warning() -> None:
    reading = register(HEADER, row(权属状态=""))
    assert codes(reading) == {"status_missing"}
    assert reading.parts[0].status is Status.SOLD


def test_a_blank_use_is_asked_about() -> None:
    assert codes(register(HEADER, row(用途="")), *HEAVY) == {"use_missing"}


def test_unknown_words_are_never_guessed() -> None:
    assert codes(register(HEADER, row(用途="待核实")), Level.REFUSED) == {"use_unknown"}
    assert codes(register(HEADER, row(权属状态="待核实")), Level.REFUSED) == {"status_unknown"}
    assert codes(register(HEADER, row(面积依据="待核实")), Level.QUESTION) == {"basis_unknown"}


USES = {"住宅": Use.DWELLING, "公寓": Use.DWELLING, "商业": Use.SHOP, "门市房": Use.SHOP,
        "地下车位": Use.PARKING, "储藏间": Use.STORAGE, "办公": Use.OTHER}  # fmt: skip


@pytest.mark.parametrize(("word", "use"), USES.items())
def test_uses(word: str, use: Use) -> None:
    assert register(HEADER, row(用途=word, area="40")).parts[0].use is use


def test_parking_without_an_area_is_refused() -> None:
    reading = register(HEADER, row("C001", "", 楼栋="地下车库", 用途="车位"))
    assert codes(reading, *HEAVY) == {"area_missing"}


AREAS = {
    "a dwelling lost its point": ("住宅", "9835"),
    "a dwelling too small": ("住宅", "9.83"),
    "parking too large": ("车位", "1272"),
    "parking too small": ("车位", "0.12"),
}


@pytest.mark.parametrize(("use", "area"), AREAS.values(), ids=AREAS)
def test_an_area_far_outside_is_asked_about(use: str, area: str) -> None:
    reading = register(HEADER, row(area=area, 用途=use))
    assert codes(reading, *HEAVY) == {"area_outside"}
    assert len(reading.parts) == 1


# --- one part twice --------------------------------------------------------------------------


def test_a_row_twice_is_refused_and_the_first_stands() -> None:
    reading = register(HEADER, row("101"), row("0101", 楼栋="1幢", 单元="01"))
    assert [(r.row, r.code) for r in reading.remarks] == [(3, "duplicate_part")]
    assert keys(reading) == [("1", "1", "101")]


def test_a_part_with_two_areas_is_refused_whole() -> None:
    reading = register(HEADER, row("101"), row("101", name="李四", number=2, area="98.53"))
    assert codes(reading, *HEAVY) == {"part_conflict"}
    assert reading.parts == ()


def test_a_refused_co_owner_holds_the_part_back() -> None:
    reading = register(HEADER, row("101"), row("101", name="李四", number=2, 证件号=ONE[:-1] + "0"))
    assert reading.parts == ()


def test_a_part_in_two_places_is_asked_about() -> None:
    reading = register(
        HEADER, row("101"), row("102", number=2, name="李四"), row("101", number=3, name="王五")
    )
    assert codes(reading, *HEAVY) == {"part_scattered"}
    assert len(reading.parts[0].owners) == 2


def test_the_same_owner_twice_in_one_row_is_refused() -> None:
    reading = register(
        ("楼栋", "房号", "面积", "业主1", "证件号1", "业主2", "证件号2"),
        ("1", "101", "98.35", "张三", ONE, "张三", ONE),
    )
    assert codes(reading, *HEAVY) == {"owner_twice"}


def test_an_area_merged_over_two_parts_is_refused() -> None:
    rows = [HEADER, row("101"), row("102", name="李四", number=2)]
    reading = read(xlsx({"名册": rows}, ["E2:E3"]), "a.xlsx")
    assert codes(reading, *HEAVY) == {"area_shared"}
    assert reading.parts == ()


# --- totals, notes, other sheets -------------------------------------------------------------

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
    with pytest.raises(UnreadableRegister) as refused:
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


# --- columns that say the same thing twice, or something else --------------------------------


def test_a_bay_s_number_and_area_beside_the_room_s_are_not_the_room() -> None:
    header = ("楼栋", "房号", "户号", "建筑面积", "产权人", "证件号", "车位号", "车位面积")
    reading = register(header, ("1", "101", "88012", "98.35", "张三", ONE, "C001", "12.72"))
    assert keys(reading) == [("1", "", "101")]
    assert reading.parts[0].area_dm2 == 9835
    said = next(r.said_zh for r in reading.remarks if r.code == "columns_unread")
    assert said == "这些列没有读：户号、车位号、车位面积。"


def test_a_bay_s_number_alone_is_the_room() -> None:
    header = ("车位号", "车位面积", "产权人", "证件号")
    reading = register(header, ("C001", "12.72", "张三", ONE), name="地下车位")
    assert keys(reading) == [("0", "", "C1")]


def test_use_is_not_taken_from_a_vaguer_column() -> None:
    header = ("楼栋", "房号", "面积", "房屋性质", "规划用途", "产权人", "证件号")
    reading = register(header, ("1", "101", "98.35", "商品房", "商业", "张三", ONE))
    assert reading.parts[0].use is Use.SHOP


STATUSES = {
    "sold, not handed over": ("已售", "未交付", Status.UNDELIVERED),
    "sold, handed over": ("已售", "已交付", Status.SOLD),
    "sold, sealed": ("已售", "查封", Status.SEALED),
    "not sold, not handed over": ("未售", "未交付", Status.UNSOLD),
}


@pytest.mark.parametrize(("sold", "handed", "status"), STATUSES.values(), ids=STATUSES)
def test_two_columns_of_status_are_read_together(sold: str, handed: str, status: Status) -> None:
    header = ("楼栋", "房号", "面积", "销售状态", "交付状态", "产权人")
    reading = register(header, ("1", "101", "98.35", sold, handed, "张三"))
    assert reading.parts[0].status is status
    assert codes(reading, *HEAVY) == set()


def test_two_columns_that_contradict_are_refused() -> None:
    header = ("楼栋", "楼号", "房号", "面积", "用途", "规划用途", "产权人", "证件号")
    reading = register(
        header,
        ("1", "2", "101", "98.35", "住宅", "住宅", "张三", ONE),
        ("1", "1", "102", "98.35", "住宅", "商铺", "李四", TWO),
    )
    assert [r.code for r in reading.remarks if r.level is Level.REFUSED] == [
        "room_conflict",
        "field_twice",
    ]


def test_two_numbers_for_one_owner_are_asked_about() -> None:
    header = ("楼栋", "房号", "面积", "产权人", "身份证号", "统一社会信用代码")
    reading = register(
        header,
        ("1", "101", "98.35", "张三", ONE, "/"),
        ("1", "102", "98.35", "众和置业有限公司", "无", credit(2)),
        ("1", "103", "98.35", "李四", TWO, credit(3)),
    )
    assert [r.row for r in reading.remarks if r.code == "id_twice"] == [4]
    assert [number for _, number, _ in owners(reading)] == [ONE, credit(2), TWO]


def test_a_company_whose_name_begins_like_a_total_is_an_owner() -> None:
    reading = register(
        HEADER,
        row(name="总计科技有限公司", 证件类型="", 证件号=credit(1)),
        row("102", name="合计商贸有限公司", 证件类型="", 证件号="", number=2),
    )
    assert len(reading.parts) == 2


def test_totals_that_were_never_computed_are_left_out() -> None:
    rows = [HEADER, row("101"), ("合计", "", "", "=COUNTA(D2:D2)", "=SUM(E2:E2)")]
    reading = read(xlsx({"名册": rows}), "a.xlsx")
    assert codes(reading) == set()
    assert len(reading.parts) == 1


def test_an_owner_s_number_without_anything_else_is_refused_not_dropped() -> None:
    reading = register(HEADER, row("101"), ("",) * 10 + (TWO, ""))
    assert codes(reading, Level.REFUSED) >= {"name_missing"}


def test_one_room_number_on_two_floors_is_refused() -> None:
    reading = register(HEADER, row("01", 楼层="1"), row("01", 楼层="2", name="李四", number=2))
    assert codes(reading, *HEAVY) == {"part_conflict"}
    assert reading.parts == ()


def test_a_merged_block_with_a_blank_line_in_it() -> None:
    blank = (None,) * 12
    below = (*(None,) * 8, "李四", "身份证", TWO, "13800000002")
    merged = [f"{letter}2:{letter}4" for letter in "ABCDEFGH"]
    reading = read(xlsx({"名册": [HEADER, row("101"), blank, below]}, merged), "a.xlsx")
    assert [len(part.owners) for part in reading.parts] == [2]
    assert codes(reading) == set()


def test_a_room_s_place_in_words_or_as_a_number() -> None:
    header = ("房屋坐落", "面积", "产权人", "证件号")
    reading = register(
        header,
        ("某市某路12号锦绣花园1号楼2单元301室", "98.35", "张三", ONE),
        ("1-2-302", "98.35", "李四", TWO),
        ("某市某路12号", "98.35", "王五", THREE),
    )
    assert keys(reading) == [("1", "2", "301"), ("1", "2", "302")]
    assert codes(reading, *HEAVY) == {"room_missing"}


def test_building_and_entrance_in_one_column() -> None:
    header = ("楼栋单元", "房号", "面积", "产权人", "证件号")
    reading = register(
        header,
        ("1-2", "101", "98.35", "张三", ONE),
        ("1号楼3单元", "101", "98.35", "李四", TWO),
    )
    assert keys(reading) == [("1", "2", "101"), ("1", "3", "101")]


def test_a_use_with_a_word_in_brackets() -> None:
    assert register(HEADER, row(用途="住宅（高层）")).parts[0].use is Use.DWELLING
    assert codes(register(HEADER, row(用途="（高层）")), Level.REFUSED) == {"use_unknown"}


def test_two_names_joined_by_and_are_asked_about() -> None:
    assert codes(register(HEADER, row(name="张三丰和李四")), *HEAVY) == {"name_doubtful"}
