"""The rows of a sheet of balances: homes, totals, and what is neither."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assemblies.foundation.sheets.grid import Sheet
from assemblies.foundation.sheets.places import building_of_sheet
from assemblies.foundation.sheets.text import compact, is_nothing, tidy
from assemblies.funds.opening.headings import Columns

_TOTAL = re.compile(
    r"(?:本页|本幢|本栋|本单元|全部|各户|.{0,6}号楼|.{0,4}[幢栋])?(?:合计|总计|小计|共计|累计)(?:数|金额)?[::]?.{0,8}"
)
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place, what it says of where, and its two amounts as they stand there."""

    sheet: str
    number: int
    building: str
    entrance: str
    room: str
    first: str
    balance: str
    total: str = ""

    @property
    def label(self) -> str:
        """Return the place as the row writes it."""
        words = (tidy(one) for one in (self.building, self.entrance, self.room))
        return " ".join(word for word in words if word)[:_LONGEST_LABEL] or self.total


def rows(sheet: Sheet, columns: Columns) -> Iterator[Row]:
    """Yield the rows under a heading that speak of a home or of a sum."""
    begins = columns.top + columns.rows
    heading = sheet.rows[columns.top]
    named = building_of_sheet(sheet.name)
    above = sheet.name if named and columns.building < 0 else ""
    for number, cells in enumerate(sheet.rows[begins:], begins + 1):
        if not any(cells) or cells == heading:
            continue
        row = _row(sheet.name, number, cells, columns, above)
        if columns.building >= 0 and not row.total and not is_nothing(row.building):
            above = row.building
        if row.total or not _says_nothing(row):
            yield row


def _row(sheet: str, number: int, cells: Sequence[str], columns: Columns, above: str) -> Row:
    def cell(at: int) -> str:
        return cells[at] if 0 <= at < len(cells) else ""

    total = _total(cells, columns)
    own = cell(columns.building)
    room = cell(columns.room)
    return Row(
        sheet=sheet,
        number=number,
        building="" if total else (above if is_nothing(own) and not is_nothing(room) else own),
        entrance="" if total else cell(columns.entrance),
        room="" if total else room,
        first=cell(columns.first),
        balance=cell(columns.balance),
        total=total,
    )


def _total(cells: Sequence[str], columns: Columns) -> str:
    money = {columns.first, columns.balance}
    words = (compact(cell) for at, cell in enumerate(cells) if at not in money)
    return next((word for word in words if _TOTAL.fullmatch(word)), "")


def _says_nothing(row: Row) -> bool:
    """Say whether a row is a remark under the table, such as who made it."""
    return is_nothing(row.room) and is_nothing(row.first) and is_nothing(row.balance)
