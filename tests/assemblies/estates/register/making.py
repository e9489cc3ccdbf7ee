"""Registers made for tests: rows in, the bytes of a spreadsheet out."""

import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

from assemblies.estates.register.identity import credit_check, resident_check
from assemblies.estates.register.reading import read_sheets
from assemblies.estates.register.values import Reading
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.grid import Merge, Sheet

HEADER = (
    "楼栋", "单元", "楼层", "房号", "建筑面积", "面积依据", "用途", "权属状态",
    "产权人", "证件类型", "证件号", "电话",
)  # fmt: skip


def resident(number: int, born: str = "19800101") -> str:
    """Return an invented resident ID with a right checksum (region 990000 exists nowhere)."""
    first = f"990000{born}{number:03}"
    return first + resident_check(first)


def credit(number: int) -> str:
    """Return an invented credit code with a right checksum."""
    first = f"91990000MA{number:07}"
    return first + credit_check(first)


def xlsx(sheets: Mapping[str, Iterable[Sequence[object]]], merged: Sequence[str] = ()) -> bytes:
    """Write sheets of rows; `merged` are ranges of the first sheet."""
    book = Workbook(write_only=False)
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def register(*rows: Sequence[str], name: str = "名册", merges: Sequence[Merge] = ()) -> Reading:
    """Read rows of text cells as the only sheet of a file."""
    width = max(map(len, rows))
    padded = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    return read_sheets([Sheet(name, padded, tuple(merges))])


def codes(reading: Reading, *levels: Level) -> set[str]:
    """Return the codes of the remarks of these levels, or of all."""
    return {r.code for r in reading.remarks if not levels or r.level in levels}


def row(
    room: str = "101", area: str = "98.35", name: str = "张三", number: int = 1, **other: str
) -> tuple[str, ...]:
    """Return a sound row under `HEADER`, but for what is given."""
    cells = {
        "楼栋": "1号楼", "单元": "1单元", "楼层": "1", "房号": room,
        "建筑面积": area, "面积依据": "登记", "用途": "住宅", "权属状态": "已售",
        "产权人": name, "证件类型": "身份证", "证件号": resident(number), "电话": f"138{number:08}",
    } | other  # fmt: skip
    return tuple(cells[heading] for heading in HEADER)


def keys(reading: Reading) -> list[tuple[str, ...]]:
    """Return the keys of the parts that could be read."""
    return [tuple(part.key) for part in reading.parts]


def owners(reading: Reading) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Return name, number and phones of every owner, part by part."""
    return [(o.name, o.id_number, o.phones) for part in reading.parts for o in part.owners]


ONE, TWO, THREE = resident(1), resident(2), resident(3)
HEAVY = (Level.REFUSED, Level.QUESTION)
