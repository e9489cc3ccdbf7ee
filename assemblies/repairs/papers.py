"""The papers of a project as PDF, and its share list as XLSX; nobody's choice is in them."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from assemblies.foundation.printing import printed
from assemblies.repairs.queries.papers import Pictures, Vote
from assemblies.repairs.queries.stations import STATIONS, station_words
from assemblies.repairs.queries.values import Instruction, Project

WIDTHS = (8, 14, 28, 18, 18, 16)


@dataclass(frozen=True, slots=True)
class Sheets:
    """What goes into the package: the project, its vote if there was one, and the day."""

    view: Project
    vote: Vote | None
    today: date
    photos: Pictures

    @property
    def parts(self) -> tuple[str, ...]:
        """Name the papers of the package in their order."""
        named = ["form"]
        named += ["details", "resolution"] if self.view.path == "ordinary" else []
        named += ["spot"] if self.view.path == "emergency" else []
        return (*named, "shares", "posting")


def application_pdf(sheets: Sheets) -> bytes:
    """Return the whole application package as one PDF/A."""
    return _printed(sheets, sheets.parts)


def single_pdf(sheets: Sheets, part: str) -> bytes:
    """Return one paper of the package by itself."""
    return _printed(sheets, (part,))


def instruction_pdf(view: Project, instruction: Instruction) -> bytes:
    """Return 划款通知, the instruction to the bank."""
    return printed("print/instruction.html", view=view, instruction=instruction)


def posting_pdf(view: Project, today: date) -> bytes:
    """Return the plan with budget and share list as it is posted."""
    return printed("print/repair_posting.html", view=view, today=today)


def settlement_pdf(view: Project, today: date) -> bytes:
    """Return 结算公示: what it cost, who bore how much."""
    return printed("print/settlement.html", view=view, today=today)


def shares_xlsx(view: Project) -> bytes:
    """Return 分摊清册 as XLSX; amounts are text with two decimals, and no cell is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("分摊清册")
    for column, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.append(_cells(sheet, (f"{view.estate.name}　{view.title}　分摊清册",), bold=True))
    heading = ("序号", "楼栋", "房屋", "专有部分面积（㎡）", "分摊金额（元）", "承担人")
    sheet.append(_cells(sheet, heading, bold=True))
    for number, one in enumerate(view.shares.shares, 1):
        payer = "建设单位" if one.unsold else "业主"
        row = (number, one.building, one.label, _plain(one.area), _plain(one.fen), payer)
        sheet.append(_cells(sheet, row))
    total = ("合计", "", "", _plain(view.shares.area), _plain(view.shares.fen), "")
    sheet.append(_cells(sheet, total, bold=True))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _printed(sheets: Sheets, parts: tuple[str, ...]) -> bytes:
    return printed(
        "print/application.html",
        view=sheets.view,
        vote=sheets.vote,
        today=sheets.today,
        parts=parts,
        opinions=_opinions(sheets.view),
        photos=sheets.photos,
        voted=sheets.vote.voted if sheets.vote else None,
    )


def _opinions(view: Project) -> list[tuple[str, str, datetime | None]]:
    """Return each station's word in the newest round, empty where it is still to come."""
    newest = max((one.round for one in view.stops), default=0)
    said = {one.station: one for one in view.stops if one.round == newest and one.decided_at}
    return [
        (station_words(one), said[one].reasons, said[one].decided_at)
        if one in said
        else (station_words(one), "", None)
        for one in STATIONS
    ]


def _plain(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _cells(
    sheet: WriteOnlyWorksheet, row: tuple[str | int, ...], *, bold: bool = False
) -> list[Any]:
    cells = []
    for value in row:
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        cell.font = Font(name="宋体", bold=bold)
        cell.alignment = Alignment(vertical="center")
        cells.append(cell)
    return cells
