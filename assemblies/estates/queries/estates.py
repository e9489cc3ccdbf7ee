"""Estates as lists and overviews show them: sums without a name, and the assemblies held."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.estates.register.values import Use
from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.people import NodeRecord
from assemblies.records.premises import (
    BuildingRecord,
    EstateRecord,
    OwnershipRecord,
    PartRecord,
)
from voting.law.heads import Holding, heads

USUAL_USES = ("dwelling", "shop")
WITH_DEVELOPER = frozenset({"unsold", "undelivered"})
PLACES = ("authority", "street", "community")
_SETTLED = ("certified", "published")


@dataclass(frozen=True, slots=True)
class Place:
    """A node under which an estate may be founded, with its path in words."""

    id: UUID
    path: str


@dataclass(frozen=True, slots=True)
class EstateLine:
    """An estate in the list of estates."""

    id: UUID
    name: str
    address: str
    place: str
    parts: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Parts, their area in dm², and the heads that would vote for them."""

    parts: int
    area: int
    heads: int


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building with its sums and what its parts are used for."""

    key: str
    name: str
    figures: Figures
    uses: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AssemblyLine:
    """An assembly of the estate."""

    id: UUID
    title: str
    phase: str
    opens_at: datetime | None
    closes_at: datetime | None
    frozen_at: datetime | None

    @property
    def frozen(self) -> bool:
        """Say whether its roll is fixed and its outcome not yet."""
        return self.frozen_at is not None and self.phase not in _SETTLED


@dataclass(frozen=True, slots=True)
class EstateView:
    """An estate as its overview shows it; `ownerless` are sold parts without an owner."""

    id: UUID
    node: UUID
    name: str
    address: str
    developer: str
    contact: str
    pack: str
    place: str
    version: int
    whole: Figures
    counted: Figures
    by_use: Mapping[str, Figures]
    with_developer: int
    ownerless: int
    buildings: tuple[BuildingLine, ...]
    assemblies: tuple[AssemblyLine, ...]

    @property
    def frozen(self) -> tuple[AssemblyLine, ...]:
        """Return the assemblies that a change of the register no longer touches."""
        return tuple(one for one in self.assemblies if one.frozen)


@dataclass(frozen=True, slots=True)
class Head:
    """An estate's name and place in the tree, for pages about something of it."""

    id: UUID
    node: UUID
    name: str


@dataclass(frozen=True, slots=True)
class _Part:
    id: UUID
    building: str
    use: str
    status: str
    area: int
    owners: frozenset[str]


def estates(session: Session, within: Collection[UUID]) -> tuple[EstateLine, ...]:
    """Return the estates on these nodes, by name."""
    paths = _paths(session)
    number = func.count(PartRecord.id)
    found = (
        select(EstateRecord, number)
        .outerjoin(PartRecord, PartRecord.estate_id == EstateRecord.id)
        .where(EstateRecord.node_id.in_(within))
        .group_by(EstateRecord.id)
        .order_by(EstateRecord.name)
    )
    return tuple(
        EstateLine(one.id, one.name, one.address, paths[one.node_id], parts)
        for one, parts in session.execute(found)
    )


def places(session: Session, within: Collection[UUID]) -> tuple[Place, ...]:
    """Return the streets and communities among these nodes, each with its path."""
    found = select(NodeRecord.id).where(NodeRecord.id.in_(within), NodeRecord.kind.in_(PLACES))
    paths = _paths(session, with_itself=True)
    lines = [Place(node, paths[node]) for node in session.execute(found).scalars()]
    return tuple(sorted(lines, key=lambda line: line.path))


def head(session: Session, estate: UUID) -> Head:
    """Return an estate's name and node; raises `NotFound`."""
    record = session.get(EstateRecord, estate)
    if record is None:
        raise NotFound
    return Head(record.id, record.node_id, record.name)


def overview(session: Session, estate: UUID) -> EstateView:
    """Return an estate with its sums, as the register stands; raises `NotFound`."""
    record = session.get(EstateRecord, estate)
    if record is None:
        raise NotFound
    parts = _parts(session, estate)
    by_use: dict[str, list[_Part]] = defaultdict(list)
    for part in parts:
        by_use[part.use].append(part)
    return EstateView(
        id=record.id,
        node=record.node_id,
        name=record.name,
        address=record.address,
        developer=record.developer,
        contact=record.contact,
        pack=record.pack,
        place=_paths(session)[record.node_id],
        version=record.register_version,
        whole=_figures(parts),
        counted=_figures([part for part in parts if part.use in USUAL_USES]),
        by_use={use.value: _figures(by_use[use.value]) for use in Use if use.value in by_use},
        with_developer=sum(part.status in WITH_DEVELOPER for part in parts),
        ownerless=sum(not part.owners and part.status not in WITH_DEVELOPER for part in parts),
        buildings=_buildings(session, estate, parts),
        assemblies=assemblies(session, estate),
    )


def assemblies(session: Session, estate: UUID) -> tuple[AssemblyLine, ...]:
    """Return an estate's assemblies, newest first."""
    found = (
        select(AssemblyRecord)
        .where(AssemblyRecord.estate_id == estate)
        .order_by(AssemblyRecord.number.desc())
    )
    return tuple(
        AssemblyLine(one.id, one.title, one.phase, one.opens_at, one.closes_at, one.frozen_at)
        for one in session.execute(found).scalars()
    )


def _parts(session: Session, estate: UUID) -> list[_Part]:
    owners: dict[UUID, set[str]] = defaultdict(set)
    owned = (
        select(OwnershipRecord.part_id, OwnershipRecord.person_id)
        .join(PartRecord, OwnershipRecord.part_id == PartRecord.id)
        .where(PartRecord.estate_id == estate)
    )
    for part, person in session.execute(owned):
        owners[part].add(str(person))
    found = (
        select(
            PartRecord.id, BuildingRecord.key, PartRecord.use, PartRecord.status,
            PartRecord.area_dm2,
        )
        .join(BuildingRecord, PartRecord.building_id == BuildingRecord.id)
        .where(PartRecord.estate_id == estate)
    )  # fmt: skip
    return [_Part(*row, frozenset(owners[row.id])) for row in session.execute(found)]


def _figures(parts: Collection[_Part]) -> Figures:
    """Add up parts; Law: SPC interpretation art. 8 and 9."""
    grouped = heads(
        Holding(part.id, part.owners or frozenset({str(part.id)}), part.status in WITH_DEVELOPER)
        for part in parts
    )
    return Figures(len(parts), sum(part.area for part in parts), len(grouped))


def _buildings(session: Session, estate: UUID, parts: Iterable[_Part]) -> tuple[BuildingLine, ...]:
    inside: dict[str, list[_Part]] = defaultdict(list)
    for part in parts:
        inside[part.building].append(part)
    found = (
        select(BuildingRecord.key, BuildingRecord.name)
        .where(BuildingRecord.estate_id == estate)
        .order_by(BuildingRecord.position)
    )
    return tuple(
        BuildingLine(key, name, _figures(inside[key]), _uses(inside[key]))
        for key, name in session.execute(found)
    )


def _uses(parts: Iterable[_Part]) -> dict[str, int]:
    """Count parts by use, dwellings first."""
    counted = Counter(part.use for part in parts)
    return {use.value: counted[use.value] for use in Use if use.value in counted}


def _paths(session: Session, *, with_itself: bool = False) -> dict[UUID, str]:
    """Return for each node where it lies: 众泉街道 / 和平社区."""
    nodes = {node.id: node for node in session.execute(select(NodeRecord)).scalars()}

    def path(node: UUID | None) -> str:
        if node is None:
            return ""
        above = path(nodes[node].parent_id)
        return f"{above} / {nodes[node].name}" if above else nodes[node].name

    return {key: path(key if with_itself else node.parent_id) for key, node in nodes.items()}
