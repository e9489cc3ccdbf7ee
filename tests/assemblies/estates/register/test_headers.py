"""Headers as clerks draw them: under titles, in two rows, in any order and any words."""

from assemblies.estates.register.values import Basis
from assemblies.foundation.sheets.grid import Merge
from assemblies.foundation.sheets.text import NumberCell
from tests.assemblies.estates.register.making import (
    HEADER,
    HEAVY,
    ONE,
    THREE,
    TWO,
    codes,
    keys,
    owners,
    register,
    row,
)


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
