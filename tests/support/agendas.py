"""What a convener fills in, for tests that begin anywhere between draft and notice."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.agendas.services.assemblies import create_assembly
from assemblies.agendas.services.calendar import plan_dates
from assemblies.agendas.services.drafts import (
    AmendmentDraft,
    Answer,
    AnswerKind,
    AssemblyDraft,
    Convener,
    Dates,
    FundDraft,
    HiringDraft,
    ItemDraft,
    OptionDraft,
)
from assemblies.agendas.services.items import add_item
from assemblies.agendas.services.posting import post
from assemblies.agendas.services.review import record_review
from assemblies.agendas.services.rules import record_rules
from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.secrets import Keys
from tests.support.laws import house
from tests.support.registers import Registered
from voting.agenda import ItemKind
from voting.law.calendar import propose
from voting.law.matters import Matter
from voting.law.rules import compose
from voting.scope import Scope, ScopeKind

DESCRIBED = AssemblyDraft(
    title="2026年第一次业主大会会议",
    convener=Convener.COMMITTEE,
    convener_name="和平里小区业主委员会（示例）",
    contact="0531-0000 0000（林主任）",
    place="1号楼大厅，每天 9:00 至 18:00",
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=CHINA)


def item(matter: Matter = Matter.OTHER, **changed: object) -> ItemDraft:
    """Return a whole item of a matter, put to the vote in the way usual for it."""
    drafts: dict[Matter, dict[str, object]] = {
        Matter.RULES: {"details": AmendmentDraft("第二十条　业主可以在截止前改投。")},
        Matter.COVENANT: {"details": AmendmentDraft("第十二条　电动自行车停放在地面车棚。")},
        Matter.COMMITTEE: {
            "kind": ItemKind.ELECTION,
            "options": tuple(OptionDraft(f"候选人{sign}（示例）") for sign in "甲乙丙"),
            "seats": 2,
        },
        Matter.MANAGER: {
            "kind": ItemKind.CHOICE,
            "options": (
                OptionDraft("甲物业（示例）", "一级服务", 1_80),
                OptionDraft("乙物业（示例）", "二级服务", 1_65),
            ),
            "details": HiringDraft(36, "服务内容、费用和违约责任见附件合同草案。"),
        },
        Matter.FUND_USE: {
            "scope": Scope(ScopeKind.BUILDINGS, buildings=("1号楼",)),
            "details": FundDraft("屋面防水", 186_000_00, "示例防水公司", "幢账", ("dwelling",)),
        },
    }
    fields = {
        "matter": matter,
        "kind": ItemKind.DECISION,
        "title": f"事项：{matter.zh}",
        "text": "详细说明请看正文。",
        "scope": Scope(),
        **drafts.get(matter, {}),
        **changed,
    }
    return ItemDraft(**fields)  # type: ignore[arg-type]


def drafted(session: Session, estate: Registered, now: datetime) -> UUID:
    """Create an assembly that has nothing yet."""
    return create_assembly(session, estate.estate, DESCRIBED, by=estate.account, now=now)


def lawful_dates(now: datetime) -> Dates:
    """Return the dates that the calendar itself proposes from today."""
    day = in_china(now).date()
    plan = propose(compose("shandong", on=day, house=house()), day)
    return Dates(plan.posted, plan.opens, plan.closes)


def whole(session: Session, estate: Registered, now: datetime, *items: ItemDraft) -> UUID:
    """Create an assembly with items, rules and dates: ready to be reported."""
    assembly = drafted(session, estate, now)
    for draft in items or (item(Matter.FUND_USE), item(Matter.MANAGER), item(Matter.RULES)):
        add_item(session, assembly, draft)
    record_rules(session, assembly, "shandong", house(), now=now)
    plan_dates(session, assembly, lawful_dates(now), now=now)
    return assembly


def told(now: datetime) -> Answer:
    """Return the record that the residents' committee heard of the plan an hour ago."""
    by = "和平里社区居民委员会（示例）"
    return Answer(by, AnswerKind.TOLD, "", now - timedelta(hours=1))


def reviewed(session: Session, estate: Registered, keys: Keys, now: datetime) -> UUID:
    """Create an assembly that may be posted."""
    assembly = whole(session, estate, now)
    record_review(session, assembly, told(now), keys, now=now)
    return assembly


def posted(session: Session, estate: Registered, keys: Keys, now: datetime) -> UUID:
    """Create an assembly whose notice is posted."""
    assembly = reviewed(session, estate, keys, now)
    post(session, assembly, keys, now=now)
    return assembly
