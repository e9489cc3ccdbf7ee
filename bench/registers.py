"""How long a clerk waits for a register in Excel: read, checked, laid beside, applied."""

from io import BytesIO
from time import perf_counter

from openpyxl import Workbook

from assemblies.estates.register.identity import resident_check
from assemblies.estates.services.imports import Upload, import_register
from bench.crowd import ROOMS_IN_A_BUILDING, Crowd
from tests.support.registers import registered

HEADINGS = (
    "楼栋", "单元", "楼层", "房号", "建筑面积", "面积依据", "用途", "权属状态",
    "产权人", "证件类型", "证件号", "电话1",
)  # fmt: skip
ROOMS_ON_A_FLOOR = 4


def workbook(rows: int) -> bytes:
    """Return a register of invented owners, one flat each; 990000 is nobody's region."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append(_row(number))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def import_seconds(made: Crowd, rows: int) -> float:
    """Return how long an upload takes from the bytes to the committed register."""
    upload = Upload("名册.xlsx", workbook(rows))
    site = made.site
    with site.database.writing() as session:
        estate = registered(session, made.now, homes=())
    begun = perf_counter()
    with site.database.writing() as session:
        import_register(session, estate.estate, upload, site.keys, by=estate.account, now=made.now)
    return perf_counter() - begun


def _row(number: int) -> list[str | int | float]:
    building, room = divmod(number, ROOMS_IN_A_BUILDING)
    floor, door = divmod(room, ROOMS_ON_A_FLOOR)
    born = f"{1950 + number % 50}{1 + number % 12:02d}{1 + number % 28:02d}"
    digits = f"990000{born}{number // 1_400 % 1_000:03d}"
    return [
        f"{building + 1}号楼", "1单元", floor + 1, f"{floor + 1}{door + 1:02d}",
        f"{80 + number % 60}.{number % 100:02d}", "登记", "住宅", "已售",
        f"业主{number}", "身份证", digits + resident_check(digits), f"139{number:08d}",
    ]  # fmt: skip
