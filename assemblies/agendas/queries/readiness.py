"""What a plan still lacks before it can be reported and posted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import AssemblyView, items_of
from assemblies.agendas.queries.register import Register, register
from assemblies.foundation.refusals import Incomplete
from assemblies.records.details import FundPlan, PartShare, details_of
from voting.agenda import Item
from voting.errors import RuleNotRecorded
from voting.law.funds import shares
from voting.law.house import HouseRules


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: the page where it is mended, and a sentence.

    `rules` names the rules that are not recorded, where that is what is missing.
    """

    page: str
    said: str
    rules: tuple[str, ...] = ()


def gaps(session: Session, view: AssemblyView) -> tuple[Gap, ...]:
    """Return what is missing in the order in which one would mend it; empty when all is there."""
    items, parts = items_of(session, view.id), register(session, view.estate)
    found = [*_described(view), *_items(items, parts), *_rules(view), *_dates(view)]
    return tuple(found)


def require_whole(missing: tuple[Gap, ...]) -> None:
    """Let a whole plan pass; raises `RuleNotRecorded` or `Incomplete` with the first gap."""
    for gap in missing:
        raise RuleNotRecorded(gap.rules) if gap.rules else Incomplete(gap.said)


def _described(view: AssemblyView) -> list[Gap]:
    """Ask for what a draft made elsewhere may lack: a removal or a repair begins its own."""
    if view.contact.strip() and view.place.strip():
        return []
    return [Gap("change", "还没有写联系方式和服务点，业主要知道找谁、去哪里投票。")]


def _items(items: Sequence[Item], parts: Register) -> list[Gap]:
    if not parts.parts:
        return [Gap("register", "小区还没有业主名册，请先导入名册。")]
    if not items:
        return [Gap("items", "还没有表决事项，请至少添加一项。")]
    empty = [item for item in items if not any(item.scope.covers(part) for part in parts.parts)]
    stale = [item for item in items if not _shares_stand(item, parts)]
    return [
        *(Gap("items", _EMPTY.format(item.number)) for item in empty),
        *(Gap("items", _STALE.format(item.number)) for item in stale),
    ]


_EMPTY = "第 {} 项的表决范围里没有房屋，请重新选择。"
_STALE = "名册有变动，第 {} 项的费用分摊要重算：打开修改，保存一次即可。"


def _shares_stand(item: Item, parts: Register) -> bool:
    """Say whether a fund item's shares are still those of the register as it stands."""
    plan = details_of(item)
    if not isinstance(plan, FundPlan):
        return True
    bearing = parts.within(item.scope, plan.uses)
    if not bearing:
        return False
    borne = shares(plan.budget, {part.id: part.area for part in bearing})
    return plan.shares == tuple(
        PartShare(part.id, part.label, part.area, borne[part.id]) for part in bearing
    )


def _rules(view: AssemblyView) -> list[Gap]:
    if view.house is not None:
        return []
    missing = HouseRules.unrecorded({})
    said = f"请先写明本小区的规则和条款原文：{'、'.join(missing)}。"
    return [Gap("rules", said, missing)]


def _dates(view: AssemblyView) -> list[Gap]:
    return [] if view.plan else [Gap("calendar", "还没有安排公告和投票的日期。")]
