"""One part in several rows: joined, refused, or asked about."""

from assemblies.estates.register.reading import read
from tests.assemblies.estates.register.making import (
    HEADER,
    HEAVY,
    ONE,
    codes,
    keys,
    register,
    row,
    xlsx,
)


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


def test_one_person_twice_that_only_another_part_betrays_is_refused() -> None:
    reading = register(
        HEADER,
        row("101", 证件号="", 电话="13900000000"),
        row("101", number=1, 电话="13800000001"),
        row("102", number=1, 电话="13900000000"),
    )
    assert codes(reading, *HEAVY) == {"owner_twice"}
    assert keys(reading) == [("1", "1", "102")]


def test_an_area_merged_over_two_parts_is_refused() -> None:
    rows = [HEADER, row("101"), row("102", name="李四", number=2)]
    reading = read(xlsx({"名册": rows}, ["E2:E3"]), "a.xlsx")
    assert codes(reading, *HEAVY) == {"area_shared"}
    assert reading.parts == ()
