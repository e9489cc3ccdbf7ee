"""Papers of this room: the register of uses as PDF and XLSX, and the public list."""

from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from assemblies.foundation.printing import printed
from assemblies.foundation.qr import qr_data_uri
from assemblies.foundation.wording import moment_text
from assemblies.seals.queries.lists import PublicList
from assemblies.seals.queries.register import COLUMNS, Register

TITLE = "印章使用登记表"
WIDTHS = (17, 14, 20, 26, 12, 14, 26, 18, 32, 32, 18, 24, 16, 18, 17, 14, 17, 24, 14)
_THIN = Side(style="thin", color="888888")


def register_pdf(register: Register) -> bytes:
    """Return the register on A4 across; raises `MissingGlyph` and `FontMissing`."""
    return printed("print/seal_register.html", register=register, title=TITLE)


def list_pdf(drawn: PublicList, address: str) -> bytes:
    """Return the public list as a notice; raises `MissingGlyph` and `FontMissing`."""
    return printed(
        "print/seal_list.html", drawn=drawn, address=address, picture=qr_data_uri(address)
    )


def register_xlsx(register: Register) -> bytes:
    """Return the register as XLSX, text as text whatever sign it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(TITLE)
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for row in _rows(register):
        sheet.append(_cells(sheet, row, heading=row is COLUMNS or len(row) == 1))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(register: Register) -> Iterator[tuple[str, ...]]:
    yield (f"{register.estate}{TITLE}（截至 {moment_text(register.at)}）",)
    yield COLUMNS
    for line in register.rows:
        yield tuple(str(value) for value in asdict(line).values())


def _cells(sheet: WriteOnlyWorksheet, row: tuple[str, ...], *, heading: bool) -> list[Any]:
    cells = []
    for text in row:
        cell = WriteOnlyCell(sheet, value=text)
        cell.data_type = "s"
        cell.font = Font(name="宋体", bold=heading)
        cell.alignment = Alignment(vertical="top", wrap_text=len(row) > 1)
        if len(row) > 1:
            cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
        cells.append(cell)
    return cells
