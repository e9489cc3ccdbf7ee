"""A register written as XLSX that reads back as the same register; no cell is ever a formula."""

import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assemblies.estates.register.values import ExistingPart, RegisterOwner

# heading -> width in signs; the order of the columns in every register that we write
COLUMNS = {
    "楼栋": 10, "单元": 8, "楼层": 6, "房号": 10,
    "专有部分面积(㎡)": 16, "面积依据": 10, "用途": 8, "权属状态": 10, "不动产单元号": 30,
    "产权人": 14, "产权人类型": 11, "证件类型": 18, "证件号码": 22, "份额": 8, "表决权代表": 11,
    "电话1": 14, "电话2": 14, "电话3": 14, "邮寄地址": 30, "送达方式": 10, "备注": 24,
}  # fmt: skip
_PHONES = 3
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_LONGEST_CELL = 32_767
_NOBODY = RegisterOwner("")


def export(parts: Iterable[ExistingPart]) -> bytes:
    """Write a register with a row for each owner of each part."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("业主名册")
    lay_out(sheet)
    sheet.append(heading_cells(sheet))
    for row in table(parts):
        sheet.append([cell(sheet, value) for value in row])
    return saved(book)


def table(parts: Iterable[ExistingPart]) -> Iterator[list[str | Decimal]]:
    """Yield the rows of a register in the order of `COLUMNS`."""
    for part in parts:
        for owner in part.owners or (_NOBODY,):
            yield [*_of_part(part), *_of_owner(owner), part.address, part.delivery, part.note]


def lay_out(sheet: Worksheet) -> None:
    """Set widths and keep the heading in view."""
    for at, width in enumerate(COLUMNS.values(), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A2"


def heading_cells(sheet: Worksheet) -> list[Cell]:
    """Return the heading, set apart from the rows."""
    cells = [made for heading in COLUMNS if (made := cell(sheet, heading))]
    for one in cells:
        one.font = Font(bold=True)
        one.fill = PatternFill("solid", fgColor="F3EDE2")
        one.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cells


def cell(sheet: Worksheet, value: str | Decimal) -> Cell | None:
    """Return a number as a number and all else as text: "=1+1" is a name, not a sum."""
    if not value:
        return None
    if isinstance(value, Decimal):
        made = WriteOnlyCell(sheet)
        made.value = value
        made.number_format = "0.00"
        return made
    made = WriteOnlyCell(sheet, _UNWRITABLE.sub("", value)[:_LONGEST_CELL])
    made.data_type = "s"
    made.number_format = "@"
    return made


def saved(book: Workbook) -> bytes:
    """Return the file."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _of_part(part: ExistingPart) -> list[str | Decimal]:
    return [
        part.building,
        part.entrance,
        part.floor,
        part.room,
        Decimal(part.area_dm2) / 100,
        part.basis.label if part.basis else "",
        part.use.label,
        part.status.label,
        part.unit_code,
    ]


def _of_owner(owner: RegisterOwner) -> list[str | Decimal]:
    last = "、".join(owner.phones[_PHONES - 1 :])
    phones = [*owner.phones[: _PHONES - 1], "", ""][: _PHONES - 1]
    return [
        owner.name,
        owner.kind.label if owner.name else "",
        owner.id_type,
        owner.id_number or "",
        str(owner.share) if owner.share is not None else "",
        "是" if owner.representative else "",
        *phones,
        last,
    ]
