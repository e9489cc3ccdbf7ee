"""Reads of the rolls room: the register as a draft roll, the frozen roll, letters and jobs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import (
    AssemblyRecord,
    ItemRecord,
    LetterRecord,
    ObjectionRecord,
    VoterRecord,
)
from assemblies.records.jobs import JobRecord
from assemblies.records.premises import (
    BuildingRecord,
    EstateRecord,
    OwnershipRecord,
    PartRecord,
)
from voting.law.heads import Holder, Holding, heads
from voting.law.house import HouseRules
from voting.law.majorities import NOBODY, Count
from voting.law.rules import Rules, compose
from voting.roll import Roll, RollPart, Voter

USUAL_USES = ("dwelling", "shop")
WITH_DEVELOPER = {"unsold", "undelivered"}


@dataclass(frozen=True, slots=True)
class DraftVoter:
    """A head of the draft: its line on the roll and the persons behind it."""

    voter: Voter
    persons: frozenset[UUID]

    @property
    def label(self) -> str:
        """Return where its letter goes."""
        first, *others = self.voter.parts
        return f"{first.label}等 {len(others) + 1} 处" if others else first.label


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building in the draft: how many parts, and their area in dm²."""

    name: str
    parts: int
    area: int


@dataclass(frozen=True, slots=True)
class DraftRoll:
    """The roll as it would be frozen now, and what stands in the way of freezing it."""

    voters: tuple[DraftVoter, ...]
    buildings: tuple[BuildingLine, ...]
    ownerless: tuple[str, ...]

    @property
    def whole(self) -> Count:
        """Return heads and area of the whole estate."""
        area = sum(one.voter.area for one in self.voters)
        return Count(heads=len(self.voters), area=area)

    @property
    def roll(self) -> Roll:
        """Return the draft as a roll."""
        return Roll(tuple(one.voter for one in self.voters))


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


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A voter's letter in the list of letters."""

    voter: UUID
    label: str
    area: int
    serial: int
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What stands on every letter of an assembly."""

    estate: str
    assembly: str
    opens: datetime
    closes: datetime
    items: tuple[str, ...]
    place: str
    contact: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """How far a printing job is."""

    id: UUID
    state: str
    done: int
    total: int
    said: str
    output: str
    asked_at: datetime


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


def draft(session: Session, estate: UUID, uses: Iterable[str]) -> DraftRoll:
    """Make the roll from the register: the parts whose use counts, grouped by the court's rule."""
    counted = set(uses)
    parts = [part for part in _register(session, estate) if part.use in counted]
    lines = {part.id: _roll_part(part) for part in parts}
    grouped = heads(
        Holding(
            part.id,
            frozenset(str(owned.person_id) for owned in part.ownerships),
            part.status in WITH_DEVELOPER,
        )
        for part in parts
        if part.ownerships or part.status in WITH_DEVELOPER
    )
    voters = tuple(
        DraftVoter(
            Voter(uuid4(), tuple(lines[key] for key in keys), head is Holder.DEVELOPER),
            frozenset() if isinstance(head, Holder) else frozenset(UUID(one) for one in head),
        )
        for head, keys in grouped.items()
    )
    ownerless = tuple(
        lines[part.id].label
        for part in parts
        if not part.ownerships and part.status not in WITH_DEVELOPER
    )
    return DraftRoll(voters, _buildings(lines.values()), ownerless)


def _register(session: Session, estate: UUID) -> list[PartRecord]:
    found = (
        select(PartRecord)
        .join(BuildingRecord, PartRecord.building_id == BuildingRecord.id)
        .where(PartRecord.estate_id == estate)
        .options(joinedload(PartRecord.building), selectinload(PartRecord.ownerships))
        .order_by(BuildingRecord.position, PartRecord.entrance_key, PartRecord.room_key)
    )
    records = list(session.execute(found).scalars())
    return sorted(records, key=_natural)


def _natural(part: PartRecord) -> tuple[int, str, int, str]:
    digits = "".join(sign for sign in part.room if sign.isdigit())
    return part.building.position, part.entrance, int(digits or 0), part.room


def _roll_part(part: PartRecord) -> RollPart:
    return RollPart(
        id=part.id,
        building=part.building.name,
        entrance=part.entrance,
        room=part.room,
        use=part.use,
        area=part.area_dm2,
        basis=part.basis,
    )


def _buildings(parts: Iterable[RollPart]) -> tuple[BuildingLine, ...]:
    found: dict[str, tuple[int, int]] = {}
    for part in parts:
        number, area = found.get(part.building, (0, 0))
        found[part.building] = (number + 1, area + part.area)
    return tuple(BuildingLine(name, number, area) for name, (number, area) in found.items())


def owners_of_developer(session: Session, estate: UUID) -> frozenset[UUID]:
    """Return the persons on record as owners of unsold parts: the developer itself."""
    found = (
        select(OwnershipRecord.person_id)
        .join(PartRecord, OwnershipRecord.part_id == PartRecord.id)
        .where(PartRecord.estate_id == estate, PartRecord.status == "unsold")
    )
    return frozenset(session.execute(found).scalars())


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


def letters(session: Session, assembly: UUID, search: str = "") -> tuple[LetterLine, ...]:
    """Return the voters and their newest letter, in the roll's order, filtered by address."""
    newest = (
        select(LetterRecord.voter_id, func.max(LetterRecord.serial).label("serial"))
        .where(LetterRecord.assembly_id == assembly)
        .group_by(LetterRecord.voter_id)
        .subquery()
    )
    found = (
        select(VoterRecord, newest.c.serial, LetterRecord.issued_at)
        .outerjoin(newest, newest.c.voter_id == VoterRecord.id)
        .outerjoin(
            LetterRecord,
            (LetterRecord.voter_id == VoterRecord.id) & (LetterRecord.serial == newest.c.serial),
        )
        .where(VoterRecord.assembly_id == assembly)
        .order_by(VoterRecord.position)
    )
    if search:
        found = found.where(VoterRecord.label.contains(search, autoescape=True))
    return tuple(
        LetterLine(
            voter.id,
            voter.label,
            voter.area_dm2,
            0 if serial is None else serial,
            issued_at,
        )
        for voter, serial, issued_at in session.execute(found)
    )


def letter(session: Session, assembly: UUID, voter: UUID) -> LetterLine:
    """Return one voter's newest letter; raises `NotFound`."""
    for line in letters(session, assembly):
        if line.voter == voter:
            return line
    raise NotFound


def letter_page(session: Session, assembly: UUID) -> LetterPage:
    """Return what every letter says; raises `NotFound` for an assembly without dates."""
    record = session.get(AssemblyRecord, assembly)
    if record is None or record.opens_at is None or record.closes_at is None:
        raise NotFound
    estate = session.get_one(EstateRecord, record.estate_id)
    return LetterPage(
        estate=estate.name,
        assembly=record.title,
        opens=record.opens_at,
        closes=record.closes_at,
        items=item_titles(session, assembly),
        place=record.place,
        contact=record.contact,
    )


def jobs(session: Session, assembly: UUID) -> tuple[JobLine, ...]:
    """Return the printing jobs of an assembly, newest first."""
    found = (
        select(JobRecord)
        .where(JobRecord.assembly_id == assembly, JobRecord.kind == "letters")
        .order_by(JobRecord.asked_at.desc())
    )
    return tuple(_job(one) for one in session.execute(found).scalars())


def job(session: Session, assembly: UUID, job_id: UUID) -> JobLine:
    """Return one job of an assembly; raises `NotFound`."""
    found = session.get(JobRecord, job_id)
    if found is None or found.assembly_id != assembly or found.kind != "letters":
        raise NotFound
    return _job(found)


def _job(one: JobRecord) -> JobLine:
    return JobLine(one.id, one.state, one.done, one.total, one.said, one.output, one.asked_at)


def entitled(session: Session, assembly: UUID) -> Count:
    """Return heads and area on the frozen roll."""
    number, area = session.execute(
        select(func.count(), func.sum(VoterRecord.area_dm2)).where(
            VoterRecord.assembly_id == assembly
        )
    ).one()
    return Count(heads=number, area=area or 0) if number else NOBODY


def item_titles(session: Session, assembly: UUID) -> tuple[str, ...]:
    """Return the titles of the items in order."""
    found = select(ItemRecord.title).where(ItemRecord.assembly_id == assembly)
    return tuple(session.execute(found.order_by(ItemRecord.number)).scalars())
