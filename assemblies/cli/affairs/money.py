"""The fund's accounts: opened from a clerk's sheet, interest booked, common income beside it."""

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from assemblies.cli.affairs.stage import Stage
from assemblies.cli.rehearsal import AN_HOUR
from assemblies.foundation.acting import Actor
from assemblies.foundation.uploads import Upload
from assemblies.funds.services import booking, opening
from assemblies.funds.services.booking import IncomeDraft, Voucher
from assemblies.funds.services.spreading import by_balance
from assemblies.records.register import PartLine, register

FIRST_PER_M2 = 19_000  # fen: what was paid in at the start, for a square metre
LEFT = {0: (88, 100), 1: (75, 100), 2: (28, 100)}  # what is left of it, by the part's place
DM2 = 100
BANK = "示例银行和平里支行"


def open_fund(stage: Stage, *, now: datetime) -> None:
    """Open the fund's accounts from a sheet of balances, as a clerk hands it in."""
    actor = Actor(stage.who("director"), stage.keys)
    sheet = Upload("维修资金分户余额.xlsx", _sheet(stage))
    file = opening.take(stage.session, stage.estate, sheet, actor.by, now=now)
    laid = opening.lay_kept(stage.session, stage.estate, file)
    accepted = frozenset(one.id for one in laid.opening.questions)
    answer = opening.Answer(laid.version, accepted, BANK)
    opening.apply(stage.session, laid, file, answer, actor, now=now)


def earn(stage: Stage, *, now: datetime) -> None:
    """Book a year's interest to the parts, and the common income of the year."""
    actor = Actor(stage.who("director"), stage.keys)
    interest = by_balance(stage.session, stage.estate, 186_054)
    voucher = Voucher("专户年度结息", "银行结息单（演示）")
    booking.book_homes(stage.session, stage.estate, "interest", interest, voucher, actor, now=now)
    movements = (("电梯轿厢广告收入", 1_200_000), ("快递柜场地费", 360_000))
    for step, (said, fen) in enumerate(movements, 1):
        draft = IncomeDraft("income", fen, Voucher(said, "合同和银行回单（演示）"))
        booking.book_income(stage.session, stage.estate, draft, actor, now=now + step * AN_HOUR)


def _sheet(stage: Stage) -> bytes:
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has a sheet")
    sheet.append(["示例市住宅专项维修资金分户余额"])
    sheet.append(["楼栋", "单元", "房号", "首次交存（元）", "余额（元）"])
    first, left = 0, 0
    for place, part in enumerate(register(stage.session, stage.estate).parts):
        paid, held = _amounts(place, part)
        first, left = first + paid, left + held
        sheet.append([part.building, part.entrance, part.room, _yuan(paid), _yuan(held)])
    sheet.append(["合计", "", "", _yuan(first), _yuan(left)])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _amounts(place: int, part: PartLine) -> tuple[int, int]:
    paid = part.area * FIRST_PER_M2 // DM2
    above, below = LEFT[2] if place % 17 == 5 else LEFT[place % 2]  # noqa: PLR2004 -- a few are low
    return paid, paid * above // below


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
