"""What has to be written so that the stored register becomes the one that is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID, uuid4

from assemblies.estates.ordering import building_rank
from assemblies.estates.persons import Slot, assigned
from assemblies.estates.register.values import ExistingPart, PartKey, RegisterOwner
from assemblies.estates.stored import Stored, StoredBuilding, StoredPart

_NOBODY: Mapping[Slot, UUID] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Difference:
    """All that is new, changed or gone, seen from version `version` of an estate's register.

    `reowned` holds every part whose owners' rows are to be written anew, the new parts included.
    """

    estate: UUID
    version: int
    buildings: tuple[StoredBuilding, ...]
    new_buildings: frozenset[UUID]
    gone_buildings: frozenset[UUID]
    new_parts: tuple[StoredPart, ...]
    changed_parts: tuple[StoredPart, ...]
    reowned: tuple[StoredPart, ...]
    gone_parts: frozenset[UUID]
    new_persons: Mapping[UUID, RegisterOwner]
    changed_persons: Mapping[UUID, RegisterOwner]
    gone_persons: frozenset[UUID]

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to write."""
        return not (
            self.new_parts
            or self.changed_parts
            or self.reowned
            or self.gone_parts
            or self.changed_persons
        )

    @property
    def touched(self) -> frozenset[UUID]:
        """Return the ids of all parts that existed before and are written or taken away."""
        new = {part.id for part in self.new_parts}
        written = {part.id for part in (*self.changed_parts, *self.reowned)}
        return frozenset((written - new) | self.gone_parts)


def difference(
    stored: Stored,
    wanted: Mapping[PartKey, ExistingPart],
    same: Mapping[Slot, UUID] = _NOBODY,
) -> Difference:
    """Compare the stored register with the whole register as it should stand.

    `same` names persons who stay themselves although their name or number is corrected.
    """
    assignment = assigned(stored, wanted, same)
    after = {
        key: StoredPart(
            stored.parts[key].id if key in stored.parts else uuid4(), part, assignment.owners[key]
        )
        for key, part in wanted.items()
    }
    buildings = _buildings(stored, wanted)
    known = {one.id for one in stored.buildings.values()}
    return Difference(
        estate=stored.estate,
        version=stored.version,
        buildings=buildings,
        new_buildings=frozenset(one.id for one in buildings if one.id not in known),
        gone_buildings=frozenset(known - {one.id for one in buildings}),
        new_parts=tuple(one for key, one in after.items() if key not in stored.parts),
        changed_parts=tuple(
            one
            for key, one in after.items()
            if key in stored.parts and facts(one.part) != facts(stored.parts[key].part)
        ),
        reowned=tuple(one for key, one in after.items() if _reowned(stored.parts.get(key), one)),
        gone_parts=frozenset(one.id for key, one in stored.parts.items() if key not in wanted),
        new_persons={
            person: owner
            for person, owner in assignment.persons.items()
            if person not in stored.persons
        },
        changed_persons={
            person: owner
            for person, owner in assignment.persons.items()
            if person in stored.persons and owner != stored.persons[person]
        },
        gone_persons=frozenset(stored.persons.keys() - assignment.persons.keys()),
    )


def facts(part: ExistingPart) -> tuple[object, ...]:
    """Return what a part's own row says, without where it is and whose it is."""
    return (
        part.floor,
        part.area_dm2,
        part.basis,
        part.use,
        part.status,
        part.unit_code,
        part.address,
        part.delivery,
        part.note,
    )


def _reowned(before: StoredPart | None, after: StoredPart) -> bool:
    if before is None:
        return bool(after.persons)
    return (before.persons, _terms(before)) != (after.persons, _terms(after))


def _terms(one: StoredPart) -> list[tuple[object, bool]]:
    return [(owner.share, owner.representative) for owner in one.part.owners]


def _buildings(
    stored: Stored, wanted: Mapping[PartKey, ExistingPart]
) -> tuple[StoredBuilding, ...]:
    """Return the buildings that have parts, in the order in which people walk through them."""
    names: dict[str, str] = {}
    for key, part in wanted.items():
        names.setdefault(key.building, part.building)
    found = []
    for position, code in enumerate(sorted(names, key=building_rank)):
        known = stored.buildings.get(code)
        if known is None:
            found.append(StoredBuilding(uuid4(), code, names[code], position))
        else:
            found.append(StoredBuilding(known.id, code, known.name, position))
    return tuple(found)
