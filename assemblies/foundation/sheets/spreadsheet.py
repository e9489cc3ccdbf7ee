"""XLSX workbooks, read by calamine; every cell comes out as text that says what it was."""

import datetime
import io

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from assemblies.foundation.sheets.grid import MOST_CELLS, MOST_SHEETS, Merge, Sheet
from assemblies.foundation.sheets.package import Package, opened
from assemblies.foundation.sheets.refusals import OversizedSheet, UnreadableSheet
from assemblies.foundation.sheets.text import DateCell, FormulaCell, NumberCell, number_text, tidy
from assemblies.foundation.sheets.worksheet import Worksheet

_Value = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)


def sheets(data: bytes) -> tuple[Sheet, ...]:
    """Read all sheets of a workbook.

    Raises `UnreadableSheet` or `OversizedSheet`.
    """
    package = opened(data)
    if len(package.sheet_parts) > MOST_SHEETS:
        raise OversizedSheet
    walked = {
        name: Worksheet(package.members.get(part, b"<worksheet/>"), name)
        for name, part in package.sheet_parts.items()
    }
    if sum(sheet.height * sheet.width for sheet in walked.values()) > MOST_CELLS:
        raise OversizedSheet
    return _read(package, walked)


def _read(package: Package, walked: dict[str, Worksheet]) -> tuple[Sheet, ...]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(package.packed()))
        known = [meta for meta in book.sheets_metadata if meta.name in walked]
        return tuple(
            _sheet(
                book.get_sheet_by_name(meta.name),
                walked[meta.name],
                hidden=meta.visible is not SheetVisibleEnum.Visible,
            )
            for meta in known
        )
    except CalamineError as error:
        raise UnreadableSheet from error


def _sheet(source: CalamineSheet, walked: Worksheet, *, hidden: bool) -> Sheet:
    rows = [[_text(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    _put_formulas(rows, walked.formulas)
    merges = _merges(source, len(rows))
    _fill_down(rows, merges)
    return Sheet(source.name, tuple(map(tuple, rows)), merges, hidden, walked.hidden_rows)


def _text(value: _Value) -> str:
    if isinstance(value, str):
        return value if tidy(value) else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return NumberCell(value)
    return number_text(value) if isinstance(value, float) else DateCell(value)


def _put_formulas(rows: list[list[str]], formulas: dict[tuple[int, int], str]) -> None:
    """Keep a formula as text where the file holds no result of it; it is never computed here."""
    width = max((len(row) for row in rows), default=0)
    for (row, column), formula in formulas.items():
        while len(rows) <= row:
            rows.append([""] * width)
        if column >= width:
            width = column + 1
            for line in rows:
                line.extend([""] * (width - len(line)))
        if rows[row][column] == "":
            rows[row][column] = FormulaCell(f"={formula}")


def _fill_down(rows: list[list[str]], merges: tuple[Merge, ...]) -> None:
    """Repeat a merged cell's text in the rows below that say something of their own."""
    cells = sum(map(len, rows))
    if sum(merge.bottom - merge.top for merge in merges) > cells:
        raise OversizedSheet  # merged cells never overlap in a file that a spreadsheet wrote
    own = [any(row) for row in rows]
    for merge in merges:
        for row in range(merge.top + 1, merge.bottom + 1):
            if own[row] and merge.left < len(rows[row]):
                rows[row][merge.left] = rows[merge.top][merge.left]


def _merges(source: CalamineSheet, height: int) -> tuple[Merge, ...]:
    ranges = source.merged_cell_ranges or []
    return tuple(
        Merge(top, left, min(bottom, height - 1), right)
        for (top, left), (bottom, right) in ranges
        if top < height
    )
