"""The annex's own form: the XLSX cell by cell, the PDF with all its rows on A4 across."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from assemblies.console.months import Month
from assemblies.console.papers import COLUMNS, table_pdf, table_xlsx
from assemblies.console.queries.answers import Computed
from assemblies.console.queries.lines import Keyed, Line, Table
from assemblies.console.queries.table import shares
from assemblies.console.rows import ROWS, SECTIONS, Row
from assemblies.foundation.pictures import FileLink

NOON = datetime(2026, 4, 2, 4, tzinfo=UTC)
PROOF = FileLink.of("=会议纪要.pdf", "/files/x", 1024)
A4_ACROSS = (842, 595)


def line(row: Row) -> Line:
    value = tuple(row.number % 2 if row.kind.name == "DONE" else row.number for _ in "ab")
    value = value[: row.figures]
    if row.computed:
        return Line(row, value, Computed(value, "平台说明"), None, "平台说明", None)
    keyed = Keyed(value, "=1+1", "王主任", NOON, PROOF)
    return Line(row, value, None, keyed, "=1+1", None)


def known() -> Table:
    lines = tuple(line(row) for row in ROWS)
    return Table(
        node=UUID(int=1),
        office="示例街道",
        path="示例区 / 示例街道",
        month=Month(2026, 3),
        as_of=NOON,
        lines=lines,
        due_on=date(2026, 4, 3),
        due_said="次月三日前上报",
        over=True,
        submitted_at=NOON,
        submitted_by="王主任（街道办事处）",
        digest="ab" * 32,
        estates=7,
        shares=shares({one.row.number: one.value for one in lines}),
    )


def sheet_of(table: Table) -> Worksheet:
    sheet = load_workbook(BytesIO(table_xlsx(table))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_sheet_is_the_annex_cell_by_cell() -> None:
    sheet = sheet_of(known())
    texts = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=65)]
    assert texts[0][0] == "2026年3月物业服务质量提升年活动工作进展情况统计表"
    assert texts[1][0] == "属地：示例区 / 示例街道　　　　填报日期：2026年4月2日"
    assert tuple(texts[2]) == COLUMNS
    expected: list[list[str | None]] = []
    for place, name in enumerate(SECTIONS):
        expected.append([f"{'一二三四五六七八'[place]}、{name}", *[None] * 5])
        expected.extend(_cells(row) for row in ROWS if row.section == name)
    assert texts[3 : 3 + len(expected)] == expected
    assert len(expected) == len(ROWS) + len(SECTIONS)


def _cells(row: Row) -> list[str | None]:
    one = line(row)
    proof, remark = ("平台记录", "平台说明") if row.computed else ("=会议纪要.pdf", "=1+1")
    return [str(row.number), row.task, row.asked or None, one.said, proof, remark]


def test_no_cell_is_a_formula() -> None:
    sheet = sheet_of(known())
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_the_sheet_prints_across_a4_with_its_head_on_every_page() -> None:
    sheet = sheet_of(known())
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area.endswith(f"$A$1:$F${sheet.max_row}")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A1:F1", "A2:F2", "A4:F4"} <= merged


def test_the_shares_stand_under_the_table() -> None:
    sheet = sheet_of(known())
    texts = [str(row[0].value) for row in sheet.iter_rows()]
    assert "业委会组建率：4/3，占 133.33%，目标 50%，达标" in texts
    assert any(text.startswith("呼叫事项办结率：34/33") for text in texts)
    assert texts[-1].endswith(f"数字摘要：{'ab' * 32}")


def test_the_paper_has_every_row_once_and_lies_across() -> None:
    reader = PdfReader(BytesIO(table_pdf(known())))
    pages = [page.extract_text() for page in reader.pages]
    size = reader.pages[0].mediabox
    assert (round(size.width), round(size.height)) == A4_ACROSS
    whole = "".join("".join(pages).split())
    for row in ROWS:
        assert "".join(f"{row.number}{row.task}".split()) in whole, row.number
    assert all("工作进展情况" in page and "纪实材料" in page for page in pages[:-1])
    assert f"第1页共{len(pages)}页" in "".join(pages[0].split())
    assert "填报日期：2026年4月2日" in pages[0]


def test_a_table_that_is_not_out_says_so() -> None:
    running = replace(known(), submitted_at=None, submitted_by="", digest="")
    assert "尚未提交" in str(sheet_of(running)["A2"].value)
    assert "尚未提交" in PdfReader(BytesIO(table_pdf(running))).pages[0].extract_text()
