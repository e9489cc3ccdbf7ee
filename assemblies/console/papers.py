"""The monthly table in the annex's own form, as XLSX and as PDF: A4 landscape, 54 rows."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from assemblies.console.queries.lines import Line, Table
from assemblies.console.shown import ShareShown, share_shown
from assemblies.foundation.printing import printed
from assemblies.foundation.wording import day_text

TITLE = "物业服务质量提升年活动工作进展情况统计表"
COLUMNS = ("序号", "工作任务", "工作要求", "工作进展情况", "纪实材料", "备注")
WIDTHS = (6, 34, 24, 20, 22, 44)
# A Han character is two columns of a sheet wide, and a line of it so many points high.
HAN_WIDTH, LINE_HEIGHT, PADDING = 2, 15, 4
LAST = "F"
HEAD_ROW = 3
_THIN = Side(style="thin", color="444444")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="F4F1EA")
_NUMERALS = "一二三四五六七八"


def cells(line: Line) -> tuple[str, ...]:
    """Return the six cells of a row as text."""
    row = line.row
    return (str(row.number), row.task, row.asked, line.said, line.proof, line.remark)


def headed(place: int, name: str) -> str:
    """Return the heading of a section: 一、业委会扩面."""
    return f"{_NUMERALS[place]}、{name}"


def dated(table: Table) -> str:
    """Return the day that stands on the table: when it went out, or as of when it is counted."""
    if table.submitted_at is not None:
        return f"填报日期：{day_text(table.submitted_at)}"
    return f"截至{day_text(table.as_of)}（尚未提交）"


def ratios(table: Table) -> list[ShareShown]:
    """Return the shares that can be spoken of."""
    return [share_shown(one) for one in table.shares if one.known]


def table_pdf(table: Table) -> bytes:
    """Return the table as PDF/A; the head is repeated on every sheet."""
    return printed(
        "print/month.html",
        table=table,
        title=TITLE,
        dated=dated(table),
        columns=COLUMNS,
        sections=[
            (headed(place, name), [cells(line) for line in lines])
            for place, (name, lines) in enumerate(table.sections)
        ],
        ratios=ratios(table),
    )


def table_xlsx(table: Table) -> bytes:
    """Return the table as XLSX: text cells that are never formulas, ready to be printed."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new book always has one; the type says "perhaps"
        raise TypeError("a new book has no sheet")
    sheet.title = table.month.words
    _set_up(sheet)
    last = _written(sheet, table)
    sheet.print_area = f"A1:{LAST}{last}"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _written(sheet: Worksheet, table: Table) -> int:
    """Write the whole table and return its last row."""
    _across(sheet, 1, f"{table.month.words}{TITLE}", size=16, centred=True)
    _across(sheet, 2, f"属地：{table.path}　　　　{dated(table)}", size=11)
    _row(sheet, HEAD_ROW, COLUMNS, bold=True)
    at = HEAD_ROW
    for place, (name, lines) in enumerate(table.sections):
        at += 1
        _across(sheet, at, headed(place, name), size=11, shaded=True)
        for line in lines:
            at += 1
            _row(sheet, at, cells(line))
    for one in ratios(table):
        at += 1
        _across(sheet, at, one.sentence, size=10)
    at += 1
    _across(sheet, at, _foot(table), size=10)
    return at


def _foot(table: Table) -> str:
    if table.submitted_at is None:
        return "填报人：　　　　　　　　审核人：　　　　　　　　（盖章）"
    signed = f"填报人：{table.submitted_by}　　　　审核人：　　　　　　　　（盖章）"
    return f"{signed}　　数字摘要：{table.digest}"


def _set_up(sheet: Worksheet) -> None:
    for column, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第 &P 页　共 &N 页"
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"


def _across(
    sheet: Worksheet,
    at: int,
    text: str,
    *,
    size: int,
    centred: bool = False,
    shaded: bool = False,
) -> None:
    """Write one text across all columns."""
    sheet.merge_cells(f"A{at}:{LAST}{at}")
    _cell(sheet, at, 1, text, bold=shaded or centred, size=size)
    sheet.cell(at, 1).alignment = Alignment(
        horizontal="center" if centred else "left", vertical="center", wrap_text=True
    )
    if shaded:
        for column in range(1, len(COLUMNS) + 1):
            sheet.cell(at, column).border = _BORDER
        sheet.cell(at, 1).fill = _SHADE


def _row(sheet: Worksheet, at: int, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for column, text in enumerate(texts, start=1):
        _cell(sheet, at, column, text, bold=bold, size=11)
        sheet.cell(at, column).border = _BORDER
    sheet.row_dimensions[at].height = _height(texts)


def _height(texts: tuple[str, ...]) -> int:
    """Return a height that shows every line: some programs cut wrapped text without one."""
    pairs = zip(texts, WIDTHS, strict=True)
    lines = max(-(-HAN_WIDTH * len(text) // width) for text, width in pairs)
    return LINE_HEIGHT * max(lines, 1) + PADDING


def _cell(sheet: Worksheet, at: int, column: int, text: str, *, bold: bool, size: int) -> None:
    """Write text as text, whatever sign it begins with: a remark is never a formula."""
    cell = sheet.cell(at, column)
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(name="宋体", bold=bold, size=size)
    cell.alignment = Alignment(
        horizontal="center" if column in (1, 4) else "left", vertical="center", wrap_text=True
    )
