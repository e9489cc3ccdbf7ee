"""Posted forms of the funds room."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from wtforms import (
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from assemblies.foundation.fields import NEEDED, WRITTEN
from assemblies.foundation.forms import MoneyField, VerbForm, offered, uploads_of
from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.uploads import Upload
from assemblies.funds.opening.preview import Question
from assemblies.funds.queries.bases import Basis
from assemblies.funds.queries.known import USES
from assemblies.funds.services.authorities import AuthorityDraft
from assemblies.funds.services.booking import Voucher
from assemblies.funds.services.opening import Answer
from assemblies.funds.services.papers import keep_paper
from assemblies.funds.services.spreading import Wanted, Way

CHOSEN = InputRequired("请选择一项。")
PAPERS = ".pdf,.jpg,.jpeg,.png"
WAYS = {
    "square": Way.SQUARE,
    "each": Way.EACH,
    "area": Way.AREA,
    "list": Way.LIST,
}
EARLIEST_YEAR, LATEST_YEAR = 1998, 2100


class SheetForm(VerbForm):
    """The sheet of opening balances."""

    file = FileField(
        "期初余额表",
        [InputRequired("请选择文件。")],
        description="Excel（.xlsx）或 CSV，最大 20 MB。要有楼栋、单元、房号、首次交存、余额这几列",
        render_kw={"accept": ".xlsx,.csv"},
    )

    def upload(self) -> Upload:
        """Return the file as it was sent."""
        sent: FileStorage = self.file.data
        sent.stream.seek(0)
        return Upload(sent.filename or "期初余额表", sent.stream.read())


class OpenForm(VerbForm):
    """The clerk's word on what is asked; `seen` is the register's version that was shown."""

    seen = HiddenField()
    bank = StringField(
        "专户管理部门或开户银行",
        [Length(max=60)],
        description="例如：某某区物业维修资金管理中心。只作记录",
    )
    accept = SelectMultipleField("请逐项核对")

    def __init__(self, version: int, questions: Sequence[Question]) -> None:
        """Ask these questions."""
        super().__init__()
        self.shown_version = version
        self.accept.choices = offered((one.id, one.text) for one in questions)

    def answer(self) -> Answer:
        """Return the clerk's word."""
        seen = self.seen.data or ""
        accepted = frozenset(self.accept.data or ())
        return Answer(int(seen) if seen.isdecimal() else -1, accepted, self.bank.data or "")


class PaperForm(VerbForm):
    """A booking's paper: the bank's advice, a contract, a photograph."""

    file = FileField("凭证", description="PDF 或照片，最大 10 MB", render_kw={"accept": PAPERS})

    def paper(self, session: Session, estate: UUID, by: str, *, now: datetime) -> UUID | None:
        """Keep the paper if one was sent and return its file; raises `Incomplete`."""
        return keep_paper(session, estate, uploads_of(self.file), by, now=now)


class VoucherForm(PaperForm):
    """What every booking says."""

    said = StringField("事由", [WRITTEN, Length(max=200)])
    basis = StringField(
        "依据",
        [WRITTEN, Length(max=200)],
        description="银行回单号、对账单、合同编号等，别人照着能找到原件",
    )

    def words(self) -> str:
        """Return the event in words."""
        return self.said.data or ""

    def voucher(self, session: Session, estate: UUID, by: str, *, now: datetime) -> Voucher:
        """Keep the paper, if one was sent, and return what the booking says."""
        paper = self.paper(session, estate, by, now=now)
        return Voucher(self.words(), self.basis.data or "", paper)


class SpreadForm(VoucherForm):
    """An amount over homes; `seen` holds what was looked at before it is booked."""

    way = RadioField(
        "怎样算到每一户",
        [CHOSEN],
        choices=offered((key, way.value) for key, way in WAYS.items()),
        default="square",
    )
    amount = MoneyField(
        "金额",
        [Optional()],
        description="按面积的填每平方米多少元；每处一样的填一处多少元；总数分摊的填总数",
    )
    buildings = SelectMultipleField("楼栋", description="都不勾就是全小区")
    uses = SelectMultipleField("用途", choices=offered(USES.items()), default=["dwelling", "shop"])
    listed = TextAreaField(
        "逐户填写", [Length(max=200_000)], description="每行一处：1号楼1单元101 500.00"
    )
    seen = HiddenField()

    def offer(self, buildings: Sequence[str]) -> None:
        """Offer the buildings of the register."""
        self.buildings.choices = offered((name, name) for name in buildings)

    def wanted(self) -> Wanted:
        """Return what is to be spread."""
        return Wanted(
            WAYS[self.way.data],
            self.amount.data or 0,
            tuple(self.buildings.data or ()),
            tuple(self.uses.data or ()),
            self.listed.data or "",
        )


class InterestForm(VoucherForm):
    """A year's interest, divided by what each part holds."""

    year = IntegerField("哪一年的利息", [NEEDED, NumberRange(EARLIEST_YEAR, LATEST_YEAR)])
    amount = MoneyField("利息总额", [NEEDED], description="照银行结息单填写，精确到分")
    seen = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        """Leave the words to the year."""
        super().__init__(**kwargs)
        del self.said

    def words(self) -> str:
        """Return the event in words."""
        return f"{self.year.data} 年度利息，按各户余额分配"


class IncomeForm(VoucherForm):
    """A movement of the common income."""

    kind = RadioField(
        "这是什么",
        [CHOSEN],
        choices=offered(
            [
                ("income", "收入（停车、广告、场地等）"),
                ("interest", "利息"),
                ("expense", "支出（要有通过的决定）"),
                ("opening", "期初余额（开始用本系统时已有的钱，只记一次）"),
            ]
        ),
        default="income",
    )
    amount = MoneyField("金额", [NEEDED])
    resolution = SelectField("支出依据的决定", description="收入不用选")

    def offer(self, bases: Sequence[Basis]) -> None:
        """Offer resolutions that passed and stand."""
        self.resolution.choices = offered([("", "不选"), *named(bases)])


class TransferForm(PaperForm):
    """Topping up the fund from the common income."""

    resolution = SelectField(
        "依据的决定", [CHOSEN], description="业主大会通过、现在有效的第 6 类或第 9 类事项"
    )
    amount = MoneyField("划转金额", [NEEDED])
    buildings = SelectMultipleField("分到哪些楼栋", description="都不勾就是全小区")
    uses = SelectMultipleField("用途", choices=offered(USES.items()), default=["dwelling", "shop"])
    note = StringField("说明", [Length(max=100)])
    seen = HiddenField()

    def offer(self, bases: Sequence[Basis], buildings: Sequence[str]) -> None:
        """Offer resolutions that passed and stand, and the buildings of the register."""
        self.resolution.choices = offered([("", "请选择"), *named(bases)])
        self.buildings.choices = offered((name, name) for name in buildings)

    def wanted(self) -> Wanted:
        """Return what is to be spread: the whole amount by area."""
        amount, uses = self.amount.data or 0, tuple(self.uses.data or ())
        return Wanted(Way.AREA, amount, tuple(self.buildings.data or ()), uses)


class CorrectForm(VerbForm):
    """Why a posting is undone."""

    reason = TextAreaField("为什么要冲正", [WRITTEN, Length(max=200)])


class AuthorityForm(VerbForm):
    """What an assembly allowed without asking again."""

    resolution = SelectField(
        "依据的决定", [CHOSEN], description="业主大会通过、现在有效的第 5 类事项（使用维修资金）"
    )
    each = MoneyField("每次不超过", [NEEDED])
    yearly = MoneyField("每年合计不超过", [NEEDED])
    covers = TextAreaField("包括哪些维修", [WRITTEN, Length(max=300)], description="照决定原文填写")
    since = DateField("从哪天起", [NEEDED])
    until = DateField("到哪天止", [Optional()], description="决定没有写明的不填")

    def offer(self, bases: Sequence[Basis]) -> None:
        """Offer resolutions that passed and stand."""
        self.resolution.choices = offered([("", "请选择"), *named(bases)])

    def draft(self) -> AuthorityDraft:
        """Return what was filled in; raises `Incomplete`."""
        if self.since.data is None:
            raise Incomplete("请填写起始日。")
        return AuthorityDraft(
            UUID(self.resolution.data),
            self.each.data or 0,
            self.yearly.data or 0,
            self.covers.data or "",
            self.since.data,
            self.until.data,
        )


def named(bases: Sequence[Basis]) -> list[tuple[str, str]]:
    """Return resolutions as the pairs of a select field."""
    return [(str(one.id), f"{one.number}《{one.title}》") for one in bases]
