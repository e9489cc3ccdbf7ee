"""Numbers that say more than the room."""

import pytest

from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.room_numbers import at_end_of, room_number
from assemblies.foundation.sheets.text import DateCell, FormulaCell

# text -> building, entrance, floor, room, lead
NUMBERS = {
    "101": (None, None, "", "101", ""),
    "S03": (None, None, "", "S3", ""),
    "-101": (None, None, "", "-101", ""),
    "01-01-0101": ("1", "1", "", "101", ""),
    "1-1-101": ("1", "1", "", "101", ""),
    "１－１－１０１": ("1", "1", "", "101", ""),
    "1—1—101": ("1", "1", "", "101", ""),
    "1-1--101": ("1", "1", "", "-101", ""),
    "00-00-C016": ("0", "", "", "C16", ""),
    "1-1-1-101": ("1", "1", "1", "101", ""),
    "2期-1-1-101": ("2期-1", "1", "", "101", ""),
    "一期1-1-101": ("1期-1", "1", "", "101", ""),
    "1号楼1单元101室": ("1", "1", "", "101", ""),
    "1栋-1单元-101": ("1", "1", "", "101", ""),
    "一号楼二单元301": ("1", "2", "", "301", ""),
    "1幢2单元3层301号": ("1", "2", "3", "301", ""),
    "1单元101": (None, "1", "", "101", ""),
    "A座1201": ("A", None, "", "1201", ""),
    "地下车库C001": ("0", None, "", "C1", ""),
    "1#2-101": ("1", None, "", "101", "2"),
    "1-101": (None, None, "", "101", "1"),
    "C-016": (None, None, "", "16", "C"),
}


@pytest.mark.parametrize(("text", "said"), NUMBERS.items())
def test_a_number_is_taken_apart(text: str, said: tuple[str | None, ...]) -> None:
    found, doubt = room_number(text)
    assert doubt is None
    assert found is not None
    assert (
        found.building and found.building.key,
        found.entrance and found.entrance.key,
        found.floor,
        found.room.key,
        found.lead,
    ) == said


@pytest.mark.parametrize(
    "text",
    [
        DateCell("2026-01-01"),
        DateCell("2001-01-01T00:00:00"),
        "2026/1/1",
        "2026-01-01",
        "1月1日",
        "2026年1月1日",
    ],
)
def test_a_date_is_refused_and_the_reason_said(text: str) -> None:
    found, doubt = room_number(text)
    assert found is None
    assert doubt is not None
    assert (doubt.level, doubt.code) == (Level.REFUSED, "became_date")


@pytest.mark.parametrize("text", ["1-2-3-4-5", "1-1-5-101", "1--", FormulaCell("=A1"), "x" * 100])
def test_an_unclear_number_is_refused(text: str) -> None:
    found, doubt = room_number(text)
    assert found is None
    assert doubt is not None
    assert (doubt.level, doubt.code) == (Level.REFUSED, "room_unreadable")


def test_a_number_at_the_end_of_an_address() -> None:
    found = at_end_of("山东省某市某区某某路12号锦绣花园3号楼2单元0502室")
    assert found is not None
    assert found.building
    assert found.entrance
    assert (found.building.key, found.entrance.key, found.room.key) == ("3", "2", "502")
    assert at_end_of("某某路12号") is None
