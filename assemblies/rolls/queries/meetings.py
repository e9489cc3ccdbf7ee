"""An assembly before its freeze: its rules, its objections, when it may be frozen."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import (
    AssemblyRecord,
    ObjectionRecord,
)
from assemblies.records.premises import (
    EstateRecord,
)
from assemblies.rolls.queries.draft import DraftRoll, draft
from voting.law.house import HouseRules
from voting.law.rules import Rules, compose
from voting.roll import Voter

USUAL_USES = ("dwelling", "shop")


@dataclass(frozen=True, slots=True)
class Meeting:
    """An assembly as the pages of this room show it."""

    id: UUID
    estate: UUID
    node: UUID
    estate_name: str
    title: str
    phase: str
    posted_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    frozen_at: datetime | None
    keeper_name: str


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection to the roll and its answer."""

    id: UUID
    text: str
    raised_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class RollPage:
    """The draft roll with what stands in its way; `freeze_from` once it is posted."""

    meeting: Meeting
    draft: DraftRoll
    objections: tuple[ObjectionLine, ...]
    freeze_from: datetime | None
    uses: tuple[str, ...]

    @property
    def unanswered(self) -> int:
        """Return the objections still without an answer."""
        return sum(one.answered_at is None for one in self.objections)

    @property
    def developer(self) -> Voter | None:
        """Return the developer's line, if it has parts left."""
        return next((one.voter for one in self.draft.voters if one.voter.developer), None)


def meeting(session: Session, assembly: UUID) -> Meeting:
    """Return an assembly; raises `NotFound`."""
    row = session.execute(
        select(AssemblyRecord, EstateRecord)
        .join(EstateRecord, AssemblyRecord.estate_id == EstateRecord.id)
        .where(AssemblyRecord.id == assembly)
    ).one_or_none()
    if row is None:
        raise NotFound
    record, estate = row
    return Meeting(
        id=record.id,
        estate=estate.id,
        node=estate.node_id,
        estate_name=estate.name,
        title=record.title,
        phase=record.phase,
        posted_at=record.posted_at,
        opens_at=record.opens_at,
        closes_at=record.closes_at,
        frozen_at=record.frozen_at,
        keeper_name=record.keeper_name,
    )


def roll_page(session: Session, assembly: UUID) -> RollPage:
    """Return the draft roll of an assembly under its recorded rules, or the usual uses without."""
    record = session.get(AssemblyRecord, assembly)
    if record is None:
        raise NotFound
    rules = rules_of(record)
    uses = rules.house.uses if rules else USUAL_USES
    return RollPage(
        meeting=meeting(session, assembly),
        draft=draft(session, record.estate_id, uses),
        objections=objections(session, assembly),
        freeze_from=freeze_from(record, rules) if rules else None,
        uses=uses,
    )


def rules_of(record: AssemblyRecord) -> Rules | None:
    """Return the rules an assembly was posted under; none before it was."""
    if record.house_rules is None or record.posted_at is None:
        return None
    house = HouseRules.from_json(record.house_rules)
    return compose(record.pack, on=record.posted_at.astimezone(CHINA).date(), house=house)


def freeze_from(record: AssemblyRecord, rules: Rules) -> datetime | None:
    """Return the first moment at which the roll may be frozen: its posting is over.

    SD 22: the draft roll is posted fifteen days; the day of posting does not count (CC 201).
    """
    if record.posted_at is None or not rules.has("draft_roll_days"):
        return record.posted_at
    day = record.posted_at.astimezone(CHINA).date() + rules.days("draft_roll_days")
    return datetime.combine(day, time(), CHINA)


def objections(session: Session, assembly: UUID) -> tuple[ObjectionLine, ...]:
    """Return the objections to the roll, oldest first."""
    found = (
        select(ObjectionRecord)
        .where(ObjectionRecord.assembly_id == assembly, ObjectionRecord.stage == "roll")
        .order_by(ObjectionRecord.raised_at)
    )
    return tuple(
        ObjectionLine(one.id, one.text, one.raised_at, one.answer, one.answered_at)
        for one in session.execute(found).scalars()
    )
