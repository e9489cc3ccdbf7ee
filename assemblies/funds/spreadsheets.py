"""XLSX that this room hands out: the blank sheet of balances, the balances, the ledger."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from assemblies.funds.queries.known import PartLine

Value = str | int | Decimal
TEMPLATE = (("楼栋", 12), ("单元", 10), ("房号", 12), ("首次交存（元）", 18), ("余额（元）", 18))
_MEANINGS = (
    ("楼栋、单元、房号", "已经按名册填好，请不要改。少了的房屋，请先在名册里补上。"),
    ("首次交存（元）", "买房时第一次交的维修资金。余额不足它的一定比例（续筹线）时要续筹。"),
    ("余额（元）", "专户管理部门或银行对账单上的当前余额，精确到分。没有余额的填 0。"),
    ("合计", "末尾可以加一行“合计”，系统会和逐户相加的数对照。"),
)


def yuan(fen: int) -> Decimal:
    """Return fen as the exact decimal number of 元 that a cell holds."""
    return Decimal(fen) / 100


def blank_template(parts: Iterable[PartLine]) -> bytes:
    """Return the sheet of opening balances with every part of the register filled in."""
    rows = [(part.building, part.entrance, part.room) for part in parts]
    book = Workbook(write_only=True)
    _write(book, "维修资金期初余额", TEMPLATE, rows)
    _write(book, "填写说明", (("列", 22), ("怎么填", 80)), _MEANINGS)
    return _saved(book)


def workbook(
    *sheets: tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[Value]]],
) -> bytes:
    """Return a workbook of sheets, each with a name, its columns with widths, and its rows."""
    book = Workbook(write_only=True)
    for name, columns, rows in sheets:
        _write(book, name, columns, rows)
    return _saved(book)


def _write(
    book: Workbook, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]
) -> None:
    sheet = book.create_sheet(name)
    for at, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_heading(sheet, heading) for heading, _ in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _heading(sheet: WriteOnlyWorksheet, text: str) -> Any:
    made = _cell(sheet, text)
    made.font = Font(bold=True)
    made.fill = PatternFill("solid", fgColor="F3EDE2")
    made.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return made


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Any:
    """Write text as text, whatever sign it begins with, and money as a number with two decimals."""
    made: Any = WriteOnlyCell(sheet)
    made.value = value
    if isinstance(value, str):
        made.data_type = "s"
        made.number_format = "@"
    elif isinstance(value, Decimal):
        made.number_format = "#,##0.00"
    return made


def _saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
