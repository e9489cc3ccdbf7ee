"""Add, change, move and remove the items of an agenda."""

from collections.abc import Callable
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.agendas.queries.register import Register, register
from assemblies.agendas.services.assemblies import editable
from assemblies.agendas.services.drafts import (
    AmendmentDraft,
    FundDraft,
    HiringDraft,
    ItemDraft,
)
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.details import (
    Amendment,
    Details,
    FundPlan,
    Hiring,
    kind_of_details,
)
from assemblies.records.oversight import moved_by_inquiry
from assemblies.records.repairs import repair_of_item
from assemblies.records.share_lists import attach_share_list, divided
from voting.agenda import Item, ItemKind, Option
from voting.law.matters import Matter
from voting.scope import Scope, ScopeKind

# What the whole estate has but one of cannot be decided for a part of it (CC 277, 278).
WHOLE_ESTATE = frozenset({Matter.RULES, Matter.COVENANT, Matter.COMMITTEE, Matter.MANAGER})
MOST_ITEMS, MOST_OPTIONS = 20, 40


def kinds_of(matter: Matter) -> tuple[ItemKind, ...]:
    """Say how a matter may be put to the vote; only committees are elected."""
    if matter is Matter.COMMITTEE:
        return (ItemKind.ELECTION, ItemKind.DECISION)
    if matter in {Matter.RULES, Matter.COVENANT}:
        return (ItemKind.DECISION,)
    return (ItemKind.DECISION, ItemKind.CHOICE)


def scopes_of(matter: Matter) -> tuple[ScopeKind, ...]:
    """Say for which owners a matter may be decided."""
    return (ScopeKind.ESTATE,) if matter in WHOLE_ESTATE else tuple(ScopeKind)


def add_item(session: Session, assembly: UUID, draft: ItemDraft) -> UUID:
    """Add an item at the end of the agenda and return its id.

    Raises `WrongStep` once the agenda is posted, `Incomplete` naming what the item lacks.
    """
    record = editable(session, assembly)
    if len(record.items) >= MOST_ITEMS:
        raise Incomplete(f"一次会议最多 {MOST_ITEMS} 个事项，请分两次会议办理。")
    item = ItemRecord(id=uuid4(), assembly_id=assembly, attachments=[])
    _write(session, record, item, draft, number=len(record.items) + 1)
    return item.id


def change_item(session: Session, assembly: UUID, item: UUID, draft: ItemDraft) -> None:
    """Write an item anew under its number; raises as `add_item`, `NotFound`."""
    record = editable(session, assembly)
    found = item_in(record, item)
    _require_own(session, found)
    if repair_of_item(session, found.id) is not None:
        raise WrongStep("这一项由维修项目提请，金额和分摊已经公示，不能改；要改请先撤下这一项。")
    _write(session, record, found, draft, number=found.number)


def remove_item(session: Session, assembly: UUID, item: UUID) -> None:
    """Take an item off the agenda, its papers with it; the rest move up."""
    record = editable(session, assembly)
    found = item_in(record, item)
    _require_own(session, found)
    repair = repair_of_item(session, found.id)
    if repair is not None:  # the project may then come to another assembly
        repair.item_id = None
        session.flush()
    after = [one for one in record.items if one.number > found.number]
    session.delete(found)
    session.flush()
    for one in after:
        one.number -= 1
        session.flush()
    session.expire(record, ["items"])


def move_item_up(session: Session, assembly: UUID, item: UUID) -> None:
    """Let an item change places with the one before it; the first stays where it is."""
    record = editable(session, assembly)
    found = item_in(record, item)
    number = found.number
    before = next((one for one in record.items if one.number == number - 1), None)
    if before is not None:
        # Two rows cannot hold one number even for a moment: each step is written by itself.
        for one, place in ((found, -number), (before, number), (found, number - 1)):
            one.number = place
            session.flush()
    session.expire(record, ["items"])


def _require_own(session: Session, item: ItemRecord) -> None:
    """Keep a motion to remove a member as it was proposed; its result removes nobody else."""
    if moved_by_inquiry(session, item.id):
        raise WrongStep("这一项由委员履职调查提请，内容不能改，也不能撤下。")


def item_in(record: AssemblyRecord, item: UUID) -> ItemRecord:
    """Return an item of an assembly; raises `NotFound` for another's."""
    for one in record.items:
        if one.id == item:
            return one
    raise NotFound


def _write(
    session: Session, assembly: AssemblyRecord, record: ItemRecord, draft: ItemDraft, *, number: int
) -> None:
    parts = register(session, assembly.estate_id)
    _require_votable(draft, parts)
    details = _details(draft, parts)
    record.take(
        Item(
            id=record.id,
            number=number,
            matter=draft.matter,
            kind=draft.kind,
            title=draft.title.strip(),
            text=draft.text.strip(),
            scope=draft.scope,
            options=_options(draft),
            seats=draft.seats,
            details=None if details is None else details.plain(),
        )
    )
    session.add(record)
    session.flush()
    if isinstance(details, FundPlan):
        attach_share_list(session, record, details)
    session.expire(assembly, ["items"])


def _options(draft: ItemDraft) -> tuple[Option, ...]:
    return tuple(
        Option(str(number), option.label.strip(), option.detail.strip())
        for number, option in enumerate(draft.options, 1)
    )


def _details(draft: ItemDraft, parts: Register) -> Details | None:
    match draft.details:
        case FundDraft() as fund:
            plan = FundPlan(fund.project, fund.budget, fund.contractor, fund.account, fund.uses)
            return divided(plan, draft.scope, parts)
        case HiringDraft() as hiring:
            prices = tuple((str(n), one.price or 0) for n, one in enumerate(draft.options, 1))
            return Hiring(hiring.months, hiring.contract, prices)
        case AmendmentDraft() as amendment:
            return Amendment(amendment.draft)
        case None:
            return None


def _require_votable(draft: ItemDraft, parts: Register) -> None:
    refused: tuple[tuple[bool, str], ...] = (
        (not draft.title.strip(), "请填写事项名称。"),
        (not draft.text.strip(), "请写明事项内容，让业主看得明白要决定什么。"),
        (draft.kind not in kinds_of(draft.matter), "这一类事项不能用这种方式表决。"),
        (draft.scope.kind not in scopes_of(draft.matter), "这一类事项只能由全体业主共同决定。"),
        (not _carries_details(draft), "这一类事项的专门内容没有填完整。"),
    )
    for applies, said in (*refused, *_options_refused(draft)):
        if applies:
            raise Incomplete(said)
    require_in_register(draft.scope, parts)


def _carries_details(draft: ItemDraft) -> bool:
    kinds: dict[type[Details] | None, Callable[[object], bool]] = {
        FundPlan: lambda details: isinstance(details, FundDraft),
        Hiring: lambda details: isinstance(details, HiringDraft),
        Amendment: lambda details: isinstance(details, AmendmentDraft),
        None: lambda details: details is None,
    }
    return kinds[kind_of_details(draft.matter, draft.kind)](draft.details)


def _options_refused(draft: ItemDraft) -> tuple[tuple[bool, str], ...]:
    labels = [option.label.strip() for option in draft.options]
    hiring = isinstance(draft.details, HiringDraft)
    election = draft.kind is ItemKind.ELECTION
    return (
        (draft.kind is ItemKind.DECISION and bool(labels), "同意或反对的事项不需要选项。"),
        (draft.kind is not ItemKind.DECISION and not labels, "请至少填写一个选项。"),
        (not all(labels), "选项的名称不能空着。"),
        (len(set(labels)) != len(labels), "有两个选项名称相同，请区分开。"),
        (len(labels) > MOST_OPTIONS, f"选项最多 {MOST_OPTIONS} 个。"),
        (election and not 1 <= draft.seats <= len(labels), "应选人数要在 1 人和候选人数之间。"),
        (not election and draft.seats != 0, "只有选举才有应选人数。"),
        (hiring and not all(option.price for option in draft.options), "请填写每一家的报价。"),
    )


def require_in_register(scope: Scope, parts: Register) -> None:
    """Let a scope pass whose places all stand in the register; raises `Incomplete`."""
    known = {
        ScopeKind.BUILDINGS: set(scope.buildings) <= set(parts.buildings),
        ScopeKind.ENTRANCES: set(scope.entrances) <= set(parts.entrances),
        ScopeKind.PARTS: scope.parts <= {part.id for part in parts.parts},
    }
    if not known.get(scope.kind, True):
        raise Incomplete("表决范围里有名册上没有的楼栋、单元或房屋，请重新选择。")
    if not any(scope.covers(part) for part in parts.parts):
        raise Incomplete("表决范围里还没有房屋。请先导入业主名册，再选择范围。")
