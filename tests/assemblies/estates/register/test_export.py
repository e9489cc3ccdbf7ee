"""What is exported reads back as the same register, and no cell is a formula."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assemblies.estates.register.export import COLUMNS, export
from assemblies.estates.register.names import clean_name, name_doubt, names_no_one, several
from assemblies.estates.register.preview import Verdict, compare
from assemblies.estates.register.reading import read
from assemblies.estates.register.template import blank_template
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    OwnerKind,
    PartKey,
    RegisterOwner,
    Status,
    Use,
)
from assemblies.foundation.sheets import places
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.refusals import UnreadableSheet
from tests.assemblies.estates.register.making import credit, resident

TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
FREE = st.builds(
    lambda start, rest: start + rest, st.sampled_from(["", "=", "+", "-", "@", "常住"]), TEXT
)
NAMES = st.one_of(
    st.text("张王李赵𠮷旸祎堃", min_size=2, max_size=4),
    st.sampled_from(["=1+1", "@SUM(A1)", "+86", "-cmd", "John Smith", "买买提·艾力"]),
)


@st.composite
def owners(draw: st.DrawFn, number: int) -> RegisterOwner:
    phones = draw(
        st.lists(st.integers(0, 99_999_999).map("138{:08}".format), max_size=5, unique=True)
    )
    share = draw(st.none() | st.fractions(Fraction(1, 999), 1, max_denominator=999))
    person: bool = draw(st.booleans())
    return RegisterOwner(
        draw(NAMES) if person else f"第{number}商贸有限公司",
        OwnerKind.PERSON if person else OwnerKind.COMPANY,
        "身份证" if person else "统一社会信用代码",
        resident(number) if person else credit(number),
        tuple(phones),
        share,
    )


@st.composite
def parts(draw: st.DrawFn) -> list[ExistingPart]:
    made = []
    for n in range(draw(st.integers(1, 5))):
        inside = places.building(
            draw(st.sampled_from(["1号楼", "2幢", "A座", "地下车库", "二期3号楼"]))
        )
        way = places.entrance(draw(st.sampled_from(["", "1单元", "甲单元"])))
        room = places.room(draw(st.sampled_from(["101", "S03", "C016", "-101"])) + str(n))
        status = draw(st.sampled_from(Status))
        count = draw(st.integers(0 if status.developers else 1, 3))
        people = [draw(owners(n * 10 + at)) for at in range(count)]
        speaks = draw(st.sampled_from([True, False]))
        people = [replace(one, representative=speaks and one is people[0]) for one in people]
        assert inside
        made.append(ExistingPart(
            PartKey(inside.key, way.key, room.key), inside.name, way.name,
            draw(st.sampled_from(["", "1", "-1", "夹层"])), room.name,
            draw(st.integers(1, 10_000_000)), draw(st.none() | st.sampled_from(Basis)),
            draw(st.sampled_from(Use)), status, draw(st.sampled_from(["", "A1", "370102GB1"])),
            draw(FREE), draw(FREE), draw(FREE), tuple(people),
        ))  # fmt: skip
    return made


@settings(deadline=None, max_examples=60)
@given(parts())
def test_a_register_reads_back_identically(made: list[ExistingPart]) -> None:
    reading = read(export(made), "a.xlsx")
    back = [
        ExistingPart(**{name: getattr(part, name) for name in ExistingPart.__dataclass_fields__})
        for part in reading.parts
    ]
    assert back == made
    assert not any(remark.level is Level.REFUSED for remark in reading.remarks)
    verdicts = {row.verdict for row in compare(reading, {part.key: part for part in made}).rows}
    assert verdicts == {Verdict.UNCHANGED}


@given(st.lists(FREE, min_size=3, max_size=3))
def test_no_cell_is_ever_a_formula(texts: list[str]) -> None:
    part = ExistingPart(
        PartKey("1", "", "1"), "=1", "+1", "-1", "@1", 1, None, Use.OTHER, Status.SOLD,
        texts[0], texts[1], texts[2], "=HYPERLINK(\"http://x\")",
        (RegisterOwner("=cmd|'/C calc'!A0", id_type="=1", id_number="+1", phones=("=1",)),),
    )  # fmt: skip
    for values in load_workbook(io.BytesIO(export([part]))).worksheets[0].iter_rows(min_row=2):
        assert {cell.data_type for cell in values} <= {"s", "n"}
        assert values[4].value == pytest.approx(0.01)
        assert [cell.column_letter for cell in values if cell.data_type == "n" and cell.value] == [
            "E"
        ]


def test_signs_that_xml_cannot_hold_do_not_break_the_file() -> None:
    part = ExistingPart(
        PartKey("1", "", "1"), "1号楼", "", "", "1", 100, None, Use.OTHER, Status.UNSOLD,
        note="a\x00b\x0bc\ud800d\uffff",
    )  # fmt: skip
    assert read(export([part]), "a.xlsx").parts[0].note == "abcd"


def test_the_blank_template_is_our_own_kind_of_register() -> None:
    book = load_workbook(io.BytesIO(blank_template()))
    assert book.sheetnames == ["业主名册", "示例", "填写说明"]
    assert [cell.value for cell in book["业主名册"][1]] == list(COLUMNS)
    assert {row[0].value for row in book["填写说明"].iter_rows(min_row=2)} == set(COLUMNS)
    with pytest.raises(UnreadableSheet) as refused:
        read(blank_template(), "模板.xlsx")
    assert "还没有填内容" in refused.value.said


def test_a_filled_template_is_read_and_its_examples_are_not() -> None:
    book = load_workbook(io.BytesIO(blank_template()))
    cells = {"楼栋": "1号楼", "房号": "101", "专有部分面积(㎡)": 98.35, "用途": "住宅",
             "权属状态": "已售", "产权人": "张三", "证件号码": resident(1)}  # fmt: skip
    book["业主名册"].append([cells.get(heading) for heading in COLUMNS])
    target = io.BytesIO()
    book.save(target)
    reading = read(target.getvalue(), "名册.xlsx")
    assert [tuple(part.key) for part in reading.parts] == [("1", "", "101")]
    assert {remark.code for remark in reading.remarks} == {"example_sheet"}


def test_the_examples_of_the_template_are_right_themselves() -> None:
    book = load_workbook(io.BytesIO(blank_template()))
    del book["业主名册"]
    book["示例"].title = "名册"
    target = io.BytesIO()
    book.save(target)
    reading = read(target.getvalue(), "名册.xlsx")
    assert len(reading.parts) == 3
    assert {remark.code for remark in reading.remarks} == {"example_sheet"}


def test_the_names_drawn_here_are_names() -> None:
    for name in ("=1+1", "@SUM(A1)", "+86", "-cmd", "John Smith", "买买提·艾力"):
        assert clean_name(name) == name
        assert several(name) == (name,)
        assert not names_no_one(name)
        doubt = name_doubt(name, name)
        assert doubt is None or doubt.level is Level.QUESTION
