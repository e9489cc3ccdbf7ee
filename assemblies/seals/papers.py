"""Papers of this room: the register of uses as PDF and XLSX, and the public list."""

from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assemblies.foundation.printing import printed
from assemblies.foundation.qr import qr_data_uri
from assemblies.foundation.wording import moment_text
from assemblies.seals.queries.lists import PublicList
from assemblies.seals.queries.register import COLUMNS, Register

TITLE = "印章使用登记表"
WIDTHS = (17, 14, 20, 26, 12, 14, 26, 18, 32, 32, 18, 24, 16, 18, 17, 14, 17, 24, 14)
HEADS = 2  # the title and the heads of the columns
A4 = 9  # ISO/IEC 29500 part 1, 18.3.1.63: paperSize
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
    """Return the register as XLSX, ready to print on A4 across."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = TITLE
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    for number, row in enumerate(_rows(register), start=1):
        _write(sheet, number, row, heading=number <= HEADS)
    sheet.freeze_panes = "B3"
    sheet.print_title_rows = f"{HEADS}:{HEADS}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(register: Register) -> Iterator[tuple[str, ...]]:
    yield (f"{register.estate}{TITLE}（截至 {moment_text(register.at)}）",)
    yield COLUMNS
    for line in register.rows:
        yield tuple(str(value) for value in asdict(line).values())


def _write(sheet: Worksheet, number: int, row: tuple[str, ...], *, heading: bool) -> None:
    """Write text as text, whatever sign it begins with: a name is never a formula."""
    for column, text in enumerate(row, start=1):
        cell = sheet.cell(number, column, text)
        cell.data_type = "s"
        cell.font = Font(name="宋体", bold=heading)
        if len(row) > 1:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
