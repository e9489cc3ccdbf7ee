"""The register of resolutions on paper and as a sheet."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from assemblies.foundation.printing import printed
from assemblies.foundation.wording import day_text, moment_text
from assemblies.resolutions.papers import Cell, text_cells
from assemblies.resolutions.queries.register import Line

HEADS = (
    "文号",
    "事项",
    "会议",
    "结果",
    "选定",
    "计票",
    "公布日期",
    "张贴情况",
    "可以起诉到",
    "后续事项",
    "效力",
)
WIDTHS = (34, 40, 28, 16, 24, 60, 16, 30, 16, 24, 40)


def register_pdf(estate: str, lines: Sequence[Line], asked: str, *, now: datetime) -> bytes:
    """Return 决议台账 as PDF/A, A4 across, its head repeated on every sheet."""
    return printed(
        "print/register.html", estate=estate, lines=lines, asked=asked, made=moment_text(now)
    )


def register_xlsx(estate: str, lines: Sequence[Line], asked: str, *, now: datetime) -> bytes:
    """Return 决议台账 as XLSX; every cell is text, never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("决议台账")
    sheet.freeze_panes = "A4"
    for column, width in zip("ABCDEFGHIJK", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for row in _rows(estate, lines, asked, now):
        sheet.append(text_cells(sheet, row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def state_text(line: Line) -> str:
    """Say whether a resolution stands, and by whose word it does not."""
    return f"{line.state_zh}：{line.state_note}" if line.state_note else line.state_zh


def _rows(
    estate: str, lines: Sequence[Line], asked: str, now: datetime
) -> Iterator[tuple[Cell, ...]]:
    yield (f"# {estate}决议台账",)
    yield (f"{asked}，共 {len(lines)} 项。{moment_text(now)}制表",)
    yield ("# " + HEADS[0], *HEADS[1:])
    for line in lines:
        yield (
            line.number,
            line.title,
            f"{line.body_zh}：{line.meeting}" if line.meeting else line.body_zh,
            line.outcome_zh,
            line.winner,
            line.counts,
            day_text(line.published_at),
            line.posted_zh,
            day_text(line.challengeable_until),
            line.duties_zh,
            state_text(line),
        )
