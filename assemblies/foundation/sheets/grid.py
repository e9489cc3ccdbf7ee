"""Sheets as grids of text cells, and how large a table may be."""

from dataclasses import dataclass
from typing import NamedTuple

from assemblies.foundation.sheets.refusals import OversizedSheet

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 60_000
MOST_COLUMNS = 200
MOST_SHEETS = 200
MOST_CELLS = 3_000_000


class Merge(NamedTuple):
    """A block of cells joined into one; rows and columns counted from 0, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of equal length, their first at the file's first row.

    A cell joined with those below it stands in each of their rows that is not blank.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: int = 0


def check_size(rows: int, columns: int, where: str) -> None:
    """Raise `OversizedSheet` for a sheet longer or wider than any table."""
    if rows > MOST_ROWS:
        raise OversizedSheet(
            f"{where}有 {rows:,} 行，最多读 {MOST_ROWS:,} 行。"
            "请删去表格下方的空行或无关内容，或分楼栋上传。"
        )
    if columns > MOST_COLUMNS:
        raise OversizedSheet(
            f"{where}有 {columns:,} 列，最多读 {MOST_COLUMNS} 列。"
            "请删去表格右侧的无关内容后再上传。"
        )
    if rows * columns > MOST_CELLS:
        raise OversizedSheet(f"{where}的内容铺得太开，请删去表格下方和右侧的无关内容后再上传。")
