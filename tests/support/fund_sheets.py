"""Small workbooks of balances, tidy and messy, as clerks and banks hand them in."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

Cell = str | int | float | None
HEADING = ("楼栋", "单元", "房号", "首次交存（元）", "余额（元）")
# What every home of tests.support.registers.HOMES paid at first and holds now, in fen.
TIDY: dict[str, tuple[int, int]] = {
    "1号楼1单元101": (8_923_00, 9_100_12),
    "1号楼1单元102": (12_055_00, 12_055_33),
    "1号楼2单元201": (8_923_00, 8_000_01),
    "1号楼2单元202": (7_501_00, 7_501_00),
    "2号楼1单元101": (9_833_00, 10_000_99),
    "2号楼1单元201": (11_000_00, 11_000_00),
    "2号楼1单元202": (11_000_00, 10_999_99),
    "地下车库A01": (1_275_00, 1_300_00),
    "地下车库S01": (620_00, 620_00),
}
PLACES = (
    ("1号楼", "1单元", "101"),
    ("1号楼", "1单元", "102"),
    ("1号楼", "2单元", "201"),
    ("1号楼", "2单元", "202"),
    ("2号楼", "1单元", "101"),
    ("2号楼", "1单元", "201"),
    ("2号楼", "1单元", "202"),
    ("地下车库", "", "A01"),
    ("地下车库", "", "S01"),
)
TOTAL = sum(balance for _, balance in TIDY.values())


def yuan(fen: int) -> str:
    """Write fen as a person would."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def tidy_rows() -> list[list[Cell]]:
    """Return a row for every home, amounts as text."""
    return [[*place, *(yuan(fen) for fen in TIDY["".join(place)])] for place in PLACES]


def workbook(
    rows: Sequence[Sequence[Cell]], *, heading: Sequence[Cell] = HEADING, above: int = 0
) -> bytes:
    """Return an XLSX with some rows of title above its heading."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(above):
        sheet.append([f"和平里小区维修资金分户余额表 {number + 1}"])
    sheet.append(list(heading))
    for row in rows:
        sheet.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def tidy() -> bytes:
    """Return the sheet that opens every account, with its sum at the end."""
    firsts = sum(first for first, _ in TIDY.values())
    return workbook([*tidy_rows(), ["合计", "", "", yuan(firsts), yuan(TOTAL)]])
