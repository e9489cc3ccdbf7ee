"""What an item's matter asks for beyond its text, in the shape of `Item.details`, and in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from assemblies.foundation.wording import area_text, money_text
from voting.agenda import Item, ItemKind
from voting.canonical import JSON, Fields, Plain, decode, encode
from voting.law.matters import Matter

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class PartShare:
    """What one part bears of a budget: `area` in dm², `fen` in fen."""

    part: UUID
    label: str
    area: int
    fen: int

    def plain(self) -> Plain:
        """Return the JSON shape."""
        return {"area": self.area, "fen": self.fen, "label": self.label, "part": str(self.part)}

    @staticmethod
    def read(value: JSON) -> "PartShare":
        """Read the JSON shape; raises `Malformed`."""
        fields = Fields(value, "share")
        share = PartShare(
            part=fields.uuid("part"),
            label=fields.text("label"),
            area=fields.integer("area", at_least=1),
            fen=fields.integer("fen", at_least=0),
        )
        fields.done()
        return share


@dataclass(frozen=True, slots=True)
class FundPlan:
    """A use of the maintenance fund: `budget` in fen, borne by parts of these uses in the scope."""

    project: str
    budget: int
    contractor: str
    account: str
    uses: tuple[str, ...]
    shares: tuple[PartShare, ...] = ()

    @property
    def area(self) -> int:
        """Return the area that bears the budget, in dm²."""
        return sum(share.area for share in self.shares)

    def plain(self) -> dict[str, Plain]:
        """Return the JSON shape."""
        return {
            "account": self.account,
            "budget": self.budget,
            "contractor": self.contractor,
            "project": self.project,
            "shares": [share.plain() for share in self.shares],
            "uses": list(self.uses),
        }

    @staticmethod
    def read(value: JSON) -> "FundPlan":
        """Read the JSON shape; raises `Malformed`."""
        fields = Fields(value, "fund")
        plan = FundPlan(
            project=fields.text("project"),
            budget=fields.integer("budget", at_least=1),
            contractor=fields.text("contractor"),
            account=fields.text("account"),
            uses=tuple(str(use) for use in fields.list("uses")),
            shares=tuple(PartShare.read(share) for share in fields.list("shares")),
        )
        fields.done()
        return plan

    def facts(self) -> Iterable[tuple[str, str]]:
        """Say the plan as a voter reads it."""
        yield "维修项目", self.project
        yield "预算", money_text(self.budget)
        yield "施工单位", self.contractor
        yield "列支账户", self.account
        if self.shares:
            borne = f"{len(self.shares)} 处专有部分、{area_text(self.area)}"
            yield "费用分摊", f"由 {borne} 按面积分摊，逐户金额见分摊清册"


@dataclass(frozen=True, slots=True)
class Hiring:
    """The terms on which a company is chosen: each bidder's price in fen per m² and month."""

    months: int
    contract: str
    prices: tuple[tuple[str, int], ...] = ()

    def price(self, option: str) -> str:
        """Say what a bidder asks."""
        return f"{money_text(dict(self.prices)[option])}/㎡·月"

    def plain(self) -> dict[str, Plain]:
        """Return the JSON shape."""
        return {
            "contract": self.contract,
            "months": self.months,
            "prices": [{"fen": fen, "option": option} for option, fen in self.prices],
        }

    @staticmethod
    def read(value: JSON) -> "Hiring":
        """Read the JSON shape; raises `Malformed`."""
        fields = Fields(value, "hiring")
        hiring = Hiring(
            months=fields.integer("months", at_least=1),
            contract=fields.text("contract"),
            prices=tuple(_price(price) for price in fields.list("prices")),
        )
        fields.done()
        return hiring

    def facts(self) -> Iterable[tuple[str, str]]:
        """Say the terms as a voter reads them."""
        years, months = divmod(self.months, MONTHS_A_YEAR)
        said = (f"{years} 年" if years else "", f"{months} 个月" if months else "")
        yield "合同期限", " ".join(word for word in said if word)
        yield "合同草案", self.contract


@dataclass(frozen=True, slots=True)
class Amendment:
    """The draft text of rules or of the covenant that owners are asked to adopt."""

    draft: str

    def plain(self) -> dict[str, Plain]:
        """Return the JSON shape."""
        return {"draft": self.draft}

    @staticmethod
    def read(value: JSON) -> "Amendment":
        """Read the JSON shape; raises `Malformed`."""
        fields = Fields(value, "amendment")
        amendment = Amendment(fields.text("draft"))
        fields.done()
        return amendment

    def facts(self) -> Iterable[tuple[str, str]]:
        """Give the draft as it stands."""
        yield "草案全文", self.draft


Details: TypeAlias = FundPlan | Hiring | Amendment


def kind_of_details(matter: Matter, kind: ItemKind) -> type[Details] | None:
    """Say which details an item of this matter and kind must carry, None for text alone."""
    if matter is Matter.FUND_USE:
        return FundPlan
    if matter is Matter.MANAGER and kind is ItemKind.CHOICE:
        return Hiring
    return Amendment if matter in {Matter.RULES, Matter.COVENANT} else None


def details_of(item: Item) -> Details | None:
    """Return an item's details as a value, None where it carries none; raises `Malformed`."""
    kind = kind_of_details(item.matter, item.kind)
    if kind is None or not item.details:
        return None
    return kind.read(decode(encode(item.details)))


def facts(item: Item) -> tuple[tuple[str, str], ...]:
    """Say an item's details in words, as pairs of name and value; raises `Malformed`."""
    details = details_of(item)
    return () if details is None else tuple(details.facts())


def _price(value: JSON) -> tuple[str, int]:
    fields = Fields(value, "price")
    price = (fields.text("option"), fields.integer("fen", at_least=1))
    fields.done()
    return price
