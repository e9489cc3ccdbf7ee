"""Put a posted repair to the owners' vote, and take what came of it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.wording import area_text, money_text
from assemblies.records import duties
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.details import FundPlan, PartShare
from assemblies.records.repairs import RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.share_lists import attach_share_list
from assemblies.repairs.queries import votes
from assemblies.repairs.services.steps import ORDINARY, locked, require_state, tell_of
from voting.agenda import Item, ItemKind
from voting.law.matters import Matter
from voting.scope import Scope

MOST_ITEMS = 20
ACCOUNT = "分户账"
FAILED = {
    "rejected": "同意的业主没有达到法定比例，业主没有作出同意使用的决定。",
    "no_decision": "参与表决的业主不够，没有形成有效决定。",
    "no-decision": "参与表决的业主不够，没有形成有效决定。",
    "tied": "票数相同，没有形成决定。",
}


def put_to_vote(
    session: Session, estate: UUID, repair: UUID, assembly: UUID, actor: Actor, *, now: datetime
) -> UUID:
    """Add the project to an assembly's agenda with its posted shares and return the item's id.

    Raises `WrongStep` where the agenda is posted already or the project is not, `NotFound`.
    Law: CC 278 para. 1 item 5.
    """
    record = locked(session, estate, repair)
    _require_votable(session, record)
    agenda = _open_agenda(session, estate, assembly)
    plan = _plan(record)
    item = ItemRecord(id=uuid4(), assembly_id=assembly, attachments=[])
    item.take(
        Item(
            id=item.id,
            number=len(agenda.items) + 1,
            matter=Matter.FUND_USE,
            kind=ItemKind.DECISION,
            title=f"使用维修资金 {money_text(plan.budget)}：{record.title}",
            text=_text(record, plan),
            scope=Scope.read(record.scope),
            details=plan.plain(),
        )
    )
    session.add(item)
    session.flush()
    attach_share_list(session, item, plan)
    session.expire(agenda, ["items"])
    record.item_id = item.id
    _tell_of_agenda(session, record, agenda, actor, now)
    return item.id


def choose_item(
    session: Session, estate: UUID, repair: UUID, item: UUID, actor: Actor, *, now: datetime
) -> None:
    """Let the project rest on an item that puts exactly its figures to the vote.

    Raises `Incomplete` where the figures differ, `WrongStep`, `NotFound`.
    """
    record = locked(session, estate, repair)
    _require_votable(session, record)
    if item not in {one.id for one in votes.fitting_items(session, record)}:
        raise Incomplete("这个事项的预算或分摊清册和项目公示的不一致，不能用。")
    record.item_id = item
    agenda = session.get_one(ItemRecord, item).assembly
    _tell_of_agenda(session, record, agenda, actor, now)


def take_outcome(
    session: Session, estate: UUID, repair: UUID, actor: Actor, *, now: datetime
) -> str:
    """Take over what the published resolution says of the project; return its new state.

    Raises `WrongStep` while nothing is published.
    """
    record = locked(session, estate, repair)
    require_state(record, "posted")
    resolution = votes.resolution_of(session, record)
    if resolution is None:
        raise WrongStep("表决结果还没有公布。公布以后再来记入。")
    take(session, record, resolution, actor, now=now)
    return record.state


def take(
    session: Session,
    record: RepairRecord,
    resolution: ResolutionRecord,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Move a posted project on by its resolution: voted, or refused and said plainly so."""
    if resolution.outcome == votes.PASSED:
        record.state = "voted"
        said = f"业主表决通过，决定 {resolution.number}。"
    else:
        record.state = "refused"
        record.ended_why = FAILED.get(resolution.outcome, "业主没有作出同意使用的决定。")
        duties.void_all(session, record.id, now=now)
        said = f"{record.ended_why}（{resolution.number}）"
    tell_of(session, record, "repair.voted", said, actor, now=now)


def _tell_of_agenda(
    session: Session, record: RepairRecord, agenda: AssemblyRecord, actor: Actor, now: datetime
) -> None:
    said = f"列入“{agenda.title}”的议程，由{Scope.read(record.scope).words}表决。"
    tell_of(session, record, "repair.proposed", said, actor, now=now)


def _require_votable(session: Session, record: RepairRecord) -> None:
    require_state(record, "posted")
    if record.path != ORDINARY:
        raise WrongStep("这个项目不需要另行表决。")
    if record.item_id is not None:
        raise WrongStep("这个项目已经列入业主大会的议程了。")


def _open_agenda(session: Session, estate: UUID, assembly: UUID) -> AssemblyRecord:
    agenda = session.get(AssemblyRecord, assembly, with_for_update=True)
    if agenda is None or agenda.estate_id != estate:
        raise NotFound
    if agenda.phase not in {"draft", "reviewed"}:
        raise WrongStep("这次会议的公告已经张贴，议程不能再改，请选择另一次会议。")
    if len(agenda.items) >= MOST_ITEMS:
        raise Incomplete(f"一次会议最多 {MOST_ITEMS} 个事项，请选择另一次会议。")
    # Whoever reviewed the plan has to be told again, as with every change of an agenda.
    agenda.phase, agenda.reviewed_at, agenda.review_answer = "draft", None, ""
    return agenda


def _plan(record: RepairRecord) -> FundPlan:
    lines = (PartShare(one.part_id, one.label, one.area_dm2, one.fen) for one in record.shares)
    return FundPlan(
        project=record.title,
        budget=record.budget_fen,
        contractor=record.contractor,
        account=ACCOUNT,
        uses=tuple(record.uses),
        shares=tuple(lines),
    )


def _text(record: RepairRecord, plan: FundPlan) -> str:
    budget = "；".join(f"{one['what']} {money_text(one['fen'])}" for one in record.lines)
    return "\n".join(
        (
            f"为什么修：{record.reason}",
            f"怎么修：{record.works}",
            f"修的是：{record.common_part}。共有的依据：{record.common_evidence}",
            f"预算 {money_text(plan.budget)}：{budget}。",
            f"施工单位：{record.contractor}（共 {len(record.quotes)} 家报价）。",
            f"由 {len(plan.shares)} 户、{area_text(plan.area)} 按面积分摊，逐户金额见分摊清册。",
        )
    )
