"""The roll as it would be frozen now: the register grouped by the court's rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from assemblies.records.premises import (
    BuildingRecord,
    OwnershipRecord,
    PartRecord,
)
from voting.law.heads import Holder, Holding, heads
from voting.law.majorities import Count
from voting.roll import Roll, RollPart, Voter

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
