"""Buildings, entrances, floors and rooms: one key however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.foundation.sheets.places import (
    building,
    building_in_title,
    building_of_sheet,
    entrance,
    floor,
    in_phase,
    room,
)

SAME_BUILDING = {
    "1": ("1号楼", "1幢", "1栋", "01", "1", "1#", "1#楼", "1座", "１号楼", "1 号楼", "第1幢",
          "一号楼", "一幢", "1.0", "1号", "001", "1楼"),
    "12": ("12号楼", "十二栋", "12", "第十二幢"),
    "A": ("A座", "A栋", "a座", "Ａ座", "A"),
    "3A": ("3A号楼", "3a", "03A"),
    "0": ("地下车库", "车库", "00", "0", "地下车位", "地下停车场", " 地下 车库 "),
    "1期-3": ("一期3号楼", "1期3幢", "第一期03", "一期-3号楼"),
    "东区-3": ("东区3号楼", "东区03"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"), [(text, key) for key, texts in SAME_BUILDING.items() for text in texts]
)
def test_building_has_one_key(text: str, key: str) -> None:
    found = building(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", " ", "无", "/", "-"])
def test_no_building(text: str) -> None:
    assert building(text) is None


def test_a_bare_number_is_shown_as_people_say_it() -> None:
    assert [getattr(building(text), "name", None) for text in ("01", "A", "1幢", "00")] == [
        "1号楼",
        "A号楼",
        "1幢",
        "地下车库",
    ]


def test_phase_is_part_of_the_key_and_said_once() -> None:
    inside = building("1号楼")
    assert inside is not None
    assert in_phase("一期", inside) == in_phase("1", inside) == building("1期1号楼")
    assert in_phase("1期", in_phase("一期", inside)) == in_phase("一期", inside)
    assert in_phase("", inside) == inside
    assert in_phase("2期", inside).key != in_phase("1期", inside).key


SAME_ENTRANCE = {
    "1": ("1单元", "01", "1", "一单元", "第1单元", "1门", "1.0", "１单元"),
    "甲": ("甲单元", "甲"),
    "": ("", "0", "00", "无", "/", "-"),
}


@pytest.mark.parametrize(
    ("text", "key"), [(text, key) for key, texts in SAME_ENTRANCE.items() for text in texts]
)
def test_entrance_has_one_key(text: str, key: str) -> None:
    assert entrance(text).key == key


SAME_FLOOR = {
    "1": ("1", "1层", "1F", "一层", "1.0", "01", "第1层", "1楼"),
    "-1": ("-1", "负一层", "B1", "地下1层", "负1", "-1.0", "－1"),
    "11": ("11", "十一层"),
    "夹层": ("夹层",),
    "": ("", "/"),
}


@pytest.mark.parametrize(
    ("text", "level"), [(text, level) for level, texts in SAME_FLOOR.items() for text in texts]
)
def test_floor(text: str, level: str) -> None:
    assert floor(text) == level


SAME_ROOM = {
    "101": ("101", "0101", "101室", "101号", "101.0", "１０１", " 101 "),
    "C16": ("C016", "C16", "c016"),
    "S3": ("S03", "s3"),
    "-101": ("-101",),
    "1号商铺": ("1号商铺",),
}


@pytest.mark.parametrize(
    ("text", "key"), [(text, key) for key, texts in SAME_ROOM.items() for text in texts]
)
def test_room_has_one_key(text: str, key: str) -> None:
    assert room(text).key == key


SHEETS = {
    "1号楼": "1", "01": "1", "3#": "3", "A座": "A", "车库": "0", "地下车位": "0",
    "二期3号楼": "2期-3", "锦绣花园1号楼业主": "1", "Sheet1": None, "业主名册": None,
    "1-6号楼": None, "1、2号楼": None,
    "1号楼和2号楼": None, "共3幢": None, "商铺": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "key"), SHEETS.items())
def test_building_of_a_sheet(name: str, key: str | None) -> None:
    assert getattr(building_of_sheet(name), "key", None) == key


def test_building_of_a_title() -> None:
    assert getattr(building_in_title("锦绣花园12号楼业主信息登记表"), "key", None) == "12"
    assert getattr(building_in_title("地下车位登记表"), "key", None) == "0"
    assert building_in_title("填表日期：2026年10月") is None


SIGNS = "0123456789ABCS一二十期区号楼幢栋座单元室车库地下-# "


@given(st.text(alphabet=SIGNS, min_size=1, max_size=8))
def test_a_name_reads_back_to_its_own_key(text: str) -> None:
    inside = building(text)
    assert inside is None or getattr(building(inside.name), "key", None) == inside.key
    assert entrance(entrance(text).name).key == entrance(text).key
    assert room(room(text).name).key == room(text).key
    assert floor(floor(text)) == floor(text)
