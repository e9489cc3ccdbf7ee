"""Status and use, areas, and columns that say the same thing twice."""

import pytest

from assemblies.estates.register.reading import read
from assemblies.estates.register.values import Status, Use
from assemblies.foundation.sheets.doubts import Level
from tests.assemblies.estates.register.making import (
    HEADER,
    HEAVY,
    ONE,
    THREE,
    TWO,
    codes,
    credit,
    keys,
    owners,
    register,
    row,
    xlsx,
)


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
