"""Papers made from one result: the notice on the door, and the summary sheet for the files."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from assemblies.foundation import verdicts
from assemblies.foundation.printing import printed
from assemblies.foundation.qr import qr_data_uri
from assemblies.foundation.wording import moment_text
from assemblies.resolutions.queries.results import Page
from voting.ballot import Channel
from voting.law.citations import Citation
from voting.law.majorities import Count
from voting.result import ItemResult

Cell = str | int
WIDTHS = (44, 16, 20, 16, 20, 14)


def result_notice_pdf(page: Page, public_url: str) -> bytes:
    """Return 表决结果公告 as PDF/A; preliminary until published, and it says so."""
    meeting = page.meeting
    address = f"{public_url}/board/{meeting.id}"
    return printed(
        "print/result.html",
        page=page,
        meeting=meeting,
        verdicts=verdicts.verdicts(page.result),
        address=address,
        picture=qr_data_uri(address),
        channels=[(channel.words, page.result.counted.get(channel, 0)) for channel in Channel],
    )


def summary_xlsx(page: Page) -> bytes:
    """Return 计票结果汇总表 as XLSX; numbers are numbers, areas in ㎡ with two decimals as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("计票结果汇总表")
    for column, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for row in _rows(page):
        sheet.append(text_cells(sheet, row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(page: Page) -> Iterator[tuple[Cell, ...]]:
    meeting, result = page.meeting, page.result
    yield ("# 计票结果汇总表",)
    yield ("小区", meeting.estate)
    yield ("会议", meeting.title)
    yield ("投票时间", f"{moment_text(meeting.opens_at)} 至 {moment_text(meeting.closes_at)}")
    yield ("计票时间", moment_text(meeting.counted_at))
    yield ("全体业主", *_count(page.whole))
    for channel in Channel:
        yield (f"计入的票（{channel.words}）", result.counted.get(channel, 0))
    yield ("不计入的票", len(result.aside))
    yield ("核验", meeting.certified_by or "尚未核验")
    yield ("文号", meeting.number or "尚未公布")
    yield ("结果文件摘要（SHA-256）", result.digest)
    for item in result.items:
        yield ()
        yield from _item_rows(item)
    yield ()
    yield ("# 不计入的票", "日志编号", "方式", "原因")
    for one in result.aside:
        yield ("", one.index, one.channel.words, one.reason.words)
    yield ()
    yield ("计票人：", "", "监票人：", "", "居委会见证：", "")


def _item_rows(item: ItemResult) -> Iterator[tuple[Cell, ...]]:
    yield (
        f"# 事项{item.number}　{item.title}",
        "户数",
        "面积（㎡）",
        "占比（户数）",
        "占比（面积）",
        "结论",
    )
    yield ("应参与表决", *_count(item.entitled), "", "", "")
    finding = item.participation
    yield (
        "参与表决",
        *_count(item.took_part),
        finding.by_heads.percent_zh,
        finding.by_area.percent_zh,
        "达到" if finding.holds else finding.missing_zh,
    )
    yield ("本事项选择无效", *_count(item.void), "", "", "")
    yield ("未参与表决", *_count(item.silent), "", "", "")
    for line in item.lines:
        consent = line.consent
        yield (
            f"同意：{line.label}",
            *_count(line.agreed),
            consent.by_heads.percent_zh,
            consent.by_area.percent_zh,
            "达到" if consent.holds else "未达到",
        )
        if line.against.heads or line.abstained.heads:
            yield (f"反对：{line.label}", *_count(line.against), "", "", "")
            yield (f"弃权：{line.label}", *_count(line.abstained), "", "", "")
    if item.none.heads:
        yield ("都不同意", *_count(item.none), "", "", "")
    if len(item.lines) > 1 and item.abstained.heads:
        yield ("弃权", *_count(item.abstained), "", "", "")
    law = Citation.shortly(item.lines[0].consent.law)
    yield ("结论", item.outcome.words, verdicts.summary(item))
    yield ("依据", f"{Citation.shortly(finding.law)}；{law}")


def _count(count: Count) -> tuple[int, str]:
    return count.heads, f"{count.area // 100:,}.{count.area % 100:02d}"


def text_cells(sheet: WriteOnlyWorksheet, row: tuple[Cell, ...]) -> list[Any]:
    """Write text as text, whatever sign it begins with: a name is never a formula."""
    heading = bool(row) and str(row[0]).startswith("# ")
    cells = []
    for value in row:
        text = value.removeprefix("# ") if isinstance(value, str) else value
        cell = WriteOnlyCell(sheet, value=text)
        if isinstance(text, str):
            cell.data_type = "s"
        cell.font = Font(name="宋体", bold=heading)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cells.append(cell)
    return cells
