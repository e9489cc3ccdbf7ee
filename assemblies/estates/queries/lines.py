"""The register as a list to search and leaf through: 张* and the last four of a number."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from assemblies.estates import shown
from assemblies.estates.ordering import part_rank
from assemblies.estates.register.values import Basis, OwnerKind, PartKey, Status, Use
from assemblies.foundation.sheets.room_numbers import room_number
from assemblies.records.premises import (
    BuildingRecord,
    OwnershipRecord,
    PartRecord,
    PersonRecord,
)

PAGE = 50
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for: words of a place or a name, a building, a use, a status."""

    text: str = ""
    building: str = ""
    use: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part in the list, its owners as a screen may show them."""

    id: UUID
    building: str
    entrance: str
    room: str
    area: int
    basis: str
    use: str
    status: str
    owners: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return how people call it: 1号楼1单元101."""
        return f"{self.building}{self.entrance}{self.room}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and how many parts were found in all."""

    lines: tuple[PartLine, ...]
    total: int
    number: int
    buildings: tuple[tuple[str, str], ...]

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def lines(session: Session, estate: UUID, search: Search, number: int) -> Page:
    """Return one page of the parts that a search finds, in the order of the estate."""
    found = _found(session, estate, search)
    last = max(1, -(-len(found) // PAGE))
    at = min(max(number, 1), last)
    chosen = found[(at - 1) * PAGE : at * PAGE]
    buildings = (
        select(BuildingRecord.key, BuildingRecord.name)
        .where(BuildingRecord.estate_id == estate)
        .order_by(BuildingRecord.position)
    )
    return Page(
        lines=_lines(session, chosen),
        total=len(found),
        number=at,
        buildings=tuple((key, name) for key, name in session.execute(buildings)),
    )


def _found(session: Session, estate: UUID, search: Search) -> list[UUID]:
    found = (
        select(
            PartRecord.id,
            BuildingRecord.position,
            BuildingRecord.key,
            PartRecord.entrance_key,
            PartRecord.room_key,
        )
        .join(BuildingRecord, PartRecord.building_id == BuildingRecord.id)
        .where(PartRecord.estate_id == estate, *_conditions(estate, search))
    )
    rows = sorted(
        session.execute(found),
        key=lambda row: (row.position, part_rank(PartKey(*row[2:]))),
    )
    return [row.id for row in rows]


def _conditions(estate: UUID, search: Search) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search.building:
        conditions.append(BuildingRecord.key == search.building)
    if search.use:
        conditions.append(PartRecord.use == search.use)
    if search.status:
        conditions.append(PartRecord.status == search.status)
    words = search.text.split()[:_MOST_WORDS]
    if words:
        by_words = and_(*(_says(estate, word) for word in words))
        by_number = _numbered(search.text)
        conditions.append(by_words if by_number is None else or_(by_words, by_number))
    return conditions


def _says(estate: UUID, word: str) -> ColumnElement[bool]:
    """Say that a part's place or one of its owners' names has a word in it."""
    label: Any = BuildingRecord.name + PartRecord.entrance + PartRecord.room
    owning = (
        select(OwnershipRecord.part_id)
        .join(PersonRecord, OwnershipRecord.person_id == PersonRecord.id)
        .where(PersonRecord.estate_id == estate, PersonRecord.name.contains(word, autoescape=True))
    )
    return or_(label.contains(word, autoescape=True), PartRecord.id.in_(owning))


def _numbered(text: str) -> ColumnElement[bool] | None:
    """Understand 1-2-303 and 01-02-0303, however the register writes it."""
    number, _ = room_number(text)
    if number is None or number.building is None:
        return None
    same = [BuildingRecord.key == number.building.key, PartRecord.room_key == number.room.key]
    if number.entrance is not None:
        same.append(PartRecord.entrance_key == number.entrance.key)
    return and_(*same)


def _lines(session: Session, ids: Sequence[UUID]) -> tuple[PartLine, ...]:
    owners = _owners(session, ids)
    found = (
        select(PartRecord, BuildingRecord.name)
        .join(BuildingRecord, PartRecord.building_id == BuildingRecord.id)
        .where(PartRecord.id.in_(ids))
    )
    made = {
        part.id: PartLine(
            id=part.id,
            building=building,
            entrance=part.entrance,
            room=part.room,
            area=part.area_dm2,
            basis=Basis(part.basis).label if part.basis else "未注明",
            use=Use(part.use).label,
            status=Status(part.status).label,
            owners=tuple(owners[part.id]),
        )
        for part, building in session.execute(found)
    }
    return tuple(made[one] for one in ids)


def _owners(session: Session, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    owned: dict[UUID, list[str]] = defaultdict(list)
    found = (
        select(OwnershipRecord.part_id, PersonRecord.name, PersonRecord.kind, PersonRecord.id_last4)
        .join(PersonRecord, OwnershipRecord.person_id == PersonRecord.id)
        .where(OwnershipRecord.part_id.in_(ids))
        .order_by(OwnershipRecord.part_id, OwnershipRecord.position)
    )
    for part, name, kind, last4 in session.execute(found):
        tail = f"（尾号 {last4}）" if last4 else ""
        owned[part].append(shown.name(name, OwnerKind(kind)) + tail)
    return owned
