"""What lets a repair use the fund without asking again: the owners' decision, or an authority."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.details import FundPlan
from assemblies.records.repairs import RepairRecord
from assemblies.records.resolutions import CORRECTED, STANDING, ResolutionRecord
from voting.agenda import ItemKind
from voting.canonical import decode, encode
from voting.law.matters import Matter

CARRYING = (STANDING, CORRECTED)
PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose from a list: its id and how it reads."""

    id: UUID
    said: str


def resolution_of(session: Session, record: RepairRecord) -> ResolutionRecord | None:
    """Return what the register of resolutions says of a repair's item; none before it is out."""
    if record.item_id is None:
        return None
    found = select(ResolutionRecord).where(ResolutionRecord.item_id == record.item_id)
    return session.execute(found).scalar_one_or_none()


def carries(resolution: ResolutionRecord) -> bool:
    """Say whether a resolution passed and still stands."""
    return resolution.outcome == PASSED and resolution.state in CARRYING


def plan_of(item: ItemRecord) -> FundPlan | None:
    """Return the use of the fund that an item puts to the vote, none for other items."""
    if item.matter != Matter.FUND_USE.value or item.kind != ItemKind.DECISION.value:
        return None
    return FundPlan.read(decode(encode(item.details)))


def says_the_same(plan: FundPlan | None, record: RepairRecord) -> bool:
    """Say whether an item puts to the vote exactly what the project posted, part by part."""
    if plan is None or plan.budget != record.budget_fen:
        return False
    voted = {share.part: share.fen for share in plan.shares}
    return voted == {share.part_id: share.fen for share in record.shares}


def open_assemblies(session: Session, estate: UUID) -> tuple[Choice, ...]:
    """Return the assemblies whose agenda may still take an item."""
    found = (
        select(AssemblyRecord)
        .where(AssemblyRecord.estate_id == estate, AssemblyRecord.phase.in_(("draft", "reviewed")))
        .order_by(AssemblyRecord.number.desc())
    )
    return tuple(Choice(one.id, one.title) for one in session.execute(found).scalars())


def fitting_items(session: Session, record: RepairRecord) -> tuple[Choice, ...]:
    """Return the items of the estate's assemblies that put exactly this project to the vote."""
    taken = select(RepairRecord.item_id).where(RepairRecord.item_id.is_not(None))
    # What owners agreed to beyond another project's budget carries no project of its own.
    further = (
        select(ResolutionRecord.item_id)
        .join(RepairRecord, RepairRecord.supplement_id == ResolutionRecord.id)
        .where(ResolutionRecord.item_id.is_not(None))
    )
    found = (
        select(ItemRecord, AssemblyRecord.title)
        .join(AssemblyRecord, ItemRecord.assembly_id == AssemblyRecord.id)
        .where(
            AssemblyRecord.estate_id == record.estate_id,
            ItemRecord.matter == Matter.FUND_USE.value,
            ItemRecord.id.not_in(taken),
            ItemRecord.id.not_in(further),
        )
        .order_by(AssemblyRecord.number.desc(), ItemRecord.number)
    )
    return tuple(
        Choice(item.id, f"{title}，第 {item.number} 项：{item.title}")
        for item, title in session.execute(found)
        if says_the_same(plan_of(item), record)
    )


def supplements(session: Session, record: RepairRecord) -> tuple[ResolutionRecord, ...]:
    """Return later resolutions on the fund's use, of the same parts, that carry no other repair."""
    items = select(RepairRecord.item_id).where(RepairRecord.item_id.is_not(None))
    taken = select(RepairRecord.supplement_id).where(
        RepairRecord.supplement_id.is_not(None), RepairRecord.id != record.id
    )
    found = (
        select(ResolutionRecord, ItemRecord)
        .join(ItemRecord, ResolutionRecord.item_id == ItemRecord.id)
        .where(
            ResolutionRecord.estate_id == record.estate_id,
            ResolutionRecord.matter == Matter.FUND_USE.value,
            ResolutionRecord.outcome == PASSED,
            ResolutionRecord.state.in_(CARRYING),
            ResolutionRecord.item_id.not_in(items),
            ResolutionRecord.id.not_in(taken),
        )
    )
    rows = session.execute(found.order_by(ResolutionRecord.published_at.desc())).all()
    return tuple(one for one, item in rows if _same_parts(plan_of(item), record))


def _same_parts(plan: FundPlan | None, record: RepairRecord) -> bool:
    """Say whether those who would pay are those whose shares were voted on."""
    bearing = {share.part_id for share in record.shares}
    return plan is not None and {share.part for share in plan.shares} == bearing
