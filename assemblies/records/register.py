"""The register as agendas and repairs need it: which parts a scope covers, who votes for them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from assemblies.records.premises import BuildingRecord, PartRecord
from voting.law.heads import Holding, heads
from voting.law.majorities import Count
from voting.scope import Scope

UNSOLD = "unsold"
WITH_DEVELOPER = {UNSOLD, "undelivered"}
USES = {
    "dwelling": "住宅",
    "shop": "商铺",
    "parking": "车位",
    "storage": "储藏室",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the register: where it is, its area in dm², and who votes for it."""

    id: UUID
    building: str
    entrance: str
    room: str
    use: str
    area: int
    with_developer: bool
    owners: frozenset[str]
    # The developer bears what falls on parts it has not sold (F165 21).
    unsold: bool = False

    @property
    def label(self) -> str:
        """Return how people call it: 1号楼1单元101."""
        return f"{self.building}{self.entrance}{self.room}"


@dataclass(frozen=True, slots=True)
class Register:
    """All parts of an estate in the order of its buildings."""

    parts: tuple[PartLine, ...]

    def within(self, scope: Scope, uses: Collection[str]) -> tuple[PartLine, ...]:
        """Return the parts of these uses inside a scope."""
        return tuple(part for part in self.parts if part.use in uses and scope.covers(part))

    def entitled(self, scope: Scope, uses: Collection[str]) -> Count:
        """Count heads and area of those who could vote in a scope today; SPC 8, 9.

        A part that is sold and has no owner on record is left out: it stops the freeze anyway.
        """
        parts = [part for part in self.within(scope, uses) if part.owners or part.with_developer]
        grouped = heads(Holding(part.id, part.owners, part.with_developer) for part in parts)
        return Count(heads=len(grouped), area=sum(part.area for part in parts))

    @property
    def buildings(self) -> tuple[str, ...]:
        """Return the buildings' names in order."""
        return tuple(dict.fromkeys(part.building for part in self.parts))

    @property
    def entrances(self) -> tuple[tuple[str, str], ...]:
        """Return building and entrance of every entrance that has a name, in order."""
        found = ((part.building, part.entrance) for part in self.parts if part.entrance)
        return tuple(dict.fromkeys(found))


def register(session: Session, estate: UUID) -> Register:
    """Read the register of an estate as it stands now."""
    found = (
        select(PartRecord)
        .join(BuildingRecord, PartRecord.building_id == BuildingRecord.id)
        .where(PartRecord.estate_id == estate)
        .options(joinedload(PartRecord.building), selectinload(PartRecord.ownerships))
        .order_by(BuildingRecord.position, PartRecord.entrance_key, PartRecord.room_key)
    )
    return Register(
        tuple(_line(part) for part in sorted(session.execute(found).scalars(), key=_natural))
    )


def uses_zh(uses: Collection[str]) -> str:
    """Name uses of parts in words: 住宅、商铺."""
    return "、".join(word for use, word in USES.items() if use in uses)


def _line(part: PartRecord) -> PartLine:
    return PartLine(
        id=part.id,
        building=part.building.name,
        entrance=part.entrance,
        room=part.room,
        use=part.use,
        area=part.area_dm2,
        with_developer=part.status in WITH_DEVELOPER,
        owners=frozenset(str(owned.person_id) for owned in part.ownerships),
        unsold=part.status == UNSOLD,
    )


def _natural(part: PartRecord) -> tuple[int, int, str, int, str]:
    """Order 2 before 10 within a building."""
    return (
        part.building.position,
        _number(part.entrance_key),
        part.entrance_key,
        _number(part.room_key),
        part.room_key,
    )


def _number(text: str) -> int:
    digits = "".join(sign for sign in text if sign.isdecimal() and sign.isascii())
    return int(digits or 0)
