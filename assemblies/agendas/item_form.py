"""The form of one item: what every item has, its scope, and what its matter asks for."""

from dataclasses import dataclass
from typing import Any

from wtforms import (
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from assemblies.agendas.queries.register import USES, Register
from assemblies.agendas.services.drafts import (
    AmendmentDraft,
    FundDraft,
    HiringDraft,
    ItemDraft,
    OptionDraft,
)
from assemblies.agendas.services.items import MOST_OPTIONS, kinds_of, scopes_of
from assemblies.foundation.fields import NEEDED, WRITTEN
from assemblies.foundation.forms import MoneyField, offered
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.scope_form import ScopeForm, scope_data
from voting.agenda import Item, ItemKind
from voting.law.matters import Matter

ACCOUNTS = ("全体共有账", "幢账", "单元账", "分户账")
FUND = ("project", "budget", "contractor", "account", "uses")
HIRING = ("months", "contract")
AMENDMENT = ("draft_text",)
PICKS = ("scope", "buildings", "entrances", "parts")
FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides which fields an item has."""

    matter: Matter
    kind: ItemKind

    @property
    def hiring(self) -> bool:
        """Say whether companies bid with a price."""
        return self.matter is Matter.MANAGER and self.kind is ItemKind.CHOICE

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields beyond title and text."""
        asked: list[str] = []
        asked += PICKS if len(scopes_of(self.matter)) > 1 else ()
        asked += FUND if self.matter is Matter.FUND_USE else ()
        asked += HIRING if self.hiring else ()
        asked += AMENDMENT if self.matter in {Matter.RULES, Matter.COVENANT} else ()
        asked += ("options", "more") if self.kind is not ItemKind.DECISION else ()
        asked += ("seats",) if self.kind is ItemKind.ELECTION else ()
        return frozenset(asked)

    @property
    def options_zh(self) -> str:
        """Name the options: what one chooses among."""
        if self.kind is ItemKind.ELECTION:
            return "候选人"
        return "应征企业" if self.hiring else "选项"


def shape_of(matter: int, kind: str) -> Shape:
    """Return the shape that an address names; raises `NotFound` for one that the law has not."""
    for known in Matter:
        for way in kinds_of(known):
            if (known.value, way.value) == (matter, kind):
                return Shape(known, way)
    raise NotFound


class OptionRow(Form):
    """One bidder, plan or candidate; an empty row is no option."""

    label = StringField("名称", [Length(max=60)])
    detail = StringField("说明", [Length(max=300)])
    price = MoneyField("报价")

    @property
    def filled(self) -> bool:
        """Say whether anything was written into the row."""
        return any(field.data for field in self)


class ItemForm(ScopeForm):
    """An item of a shape, with the scope picked from the register."""

    title = StringField("事项名称", [WRITTEN, Length(max=100)])
    text = TextAreaField(
        "内容说明",
        [WRITTEN, Length(max=10_000)],
        description="要决定什么、为什么、怎么办、花多少钱。业主在公告和投票页上看到的就是这段文字。",
    )
    project = StringField("维修项目", [WRITTEN, Length(max=200)])
    budget = MoneyField("预算", [NEEDED], description="按预算书填写，精确到分")
    contractor = StringField("施工单位", [WRITTEN, Length(max=100)])
    account = RadioField("列支账户", [NEEDED], choices=offered((one, one) for one in ACCOUNTS))
    uses = SelectMultipleField(
        "费用由哪些房屋分摊",
        [NEEDED],
        choices=offered(USES.items()),
        default=["dwelling", "shop"],
        description="按表决范围内这些用途的专有部分面积分摊",
    )
    months = IntegerField("合同期限", [NEEDED, NumberRange(1, 120, "请填写 1 到 120 个月。")])
    contract = TextAreaField(
        "合同草案要点",
        [WRITTEN, Length(max=10_000)],
        description="服务内容和标准、收费方式、违约责任。合同草案全文请作为附件上传。",
    )
    draft_text = TextAreaField(
        "草案全文",
        [WRITTEN, Length(max=50_000)],
        description="修改的，请把原文和修改后的条文都写上",
    )
    options = FieldList(FormField(OptionRow), min_entries=FEWEST_ROWS, max_entries=MOST_OPTIONS)
    seats = IntegerField("应选人数", [NEEDED, NumberRange(1, 99, "请填写应选人数。")])
    more = StringField(validators=[Optional()])

    def __init__(self, shape: Shape, register: Register, **kwargs: Any) -> None:
        """Keep the fields of the shape, and offer the places of the register."""
        super().__init__(**kwargs)
        self.shape, self.register = shape, register
        for name in set(self._fields) - {"title", "text"} - shape.fields:
            del self[name]
        if "scope" in self:
            self.offer_places(scopes_of(shape.matter))
        if shape.hiring is False and "options" in self:
            for row in self.options:
                del row.form["price"]

    def sent_and_valid(self) -> bool:
        """Say whether the form is whole; pressing `more` only asks for one more row."""
        if "more" in self and self.more.data:
            self.options.append_entry()
            return False
        return super().sent_and_valid()

    def draft(self) -> ItemDraft:
        """Return what was filled in."""
        return ItemDraft(
            matter=self.shape.matter,
            kind=self.shape.kind,
            title=self.title.data or "",
            text=self.text.data or "",
            scope=self.chosen_scope(),
            options=self._options(),
            seats=(self.seats.data or 0) if "seats" in self else 0,
            details=self._details(),
        )

    def _options(self) -> tuple[OptionDraft, ...]:
        rows = [row.form for row in self.options if row.form.filled] if "options" in self else []
        return tuple(
            OptionDraft(
                row.label.data or "",
                row.detail.data or "",
                row.price.data if self.shape.hiring else None,
            )
            for row in rows
        )

    def _details(self) -> FundDraft | HiringDraft | AmendmentDraft | None:
        if "budget" in self:
            return FundDraft(
                self.project.data or "",
                self.budget.data or 0,
                self.contractor.data or "",
                self.account.data or "",
                tuple(self.uses.data or ()),
            )
        if "months" in self:
            return HiringDraft(self.months.data or 0, self.contract.data or "")
        return AmendmentDraft(self.draft_text.data or "") if "draft_text" in self else None


def filled_from(item: Item, register: Register) -> dict[str, Any]:
    """Return an item's own words as the data of its form, to be changed."""
    details: dict[str, Any] = dict(item.details or {})
    prices = {one["option"]: one["fen"] for one in details.get("prices", ())}
    return {
        "title": item.title,
        "text": item.text,
        **scope_data(item.scope, register),
        "options": [
            {"label": one.label, "detail": one.detail, "price": prices.get(one.id)}
            for one in item.options
        ],
        "seats": item.seats,
        **{name: details[name] for name in (*FUND, *HIRING) if name in details},
        "draft_text": details.get("draft", ""),
    }
