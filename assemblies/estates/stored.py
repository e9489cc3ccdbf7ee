"""The register as it stands in the database, in plain: parts, who owns them, in which building."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from assemblies.estates.register.values import ExistingPart, PartKey, RegisterOwner


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part under its id; `persons` are its owners' ids, in the order of `part.owners`."""

    id: UUID
    part: ExistingPart
    persons: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class StoredBuilding:
    """A building under its id, with its place in the order of the estate."""

    id: UUID
    key: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Stored:
    """An estate's whole register at one version; `persons` are all who own something."""

    estate: UUID
    version: int
    parts: Mapping[PartKey, StoredPart]
    persons: Mapping[UUID, RegisterOwner]
    buildings: Mapping[str, StoredBuilding]

    def existing(self) -> dict[PartKey, ExistingPart]:
        """Return the parts alone, as a file is compared with them."""
        return {key: stored.part for key, stored in self.parts.items()}

    def known_ids(self, without: Iterable[UUID] = ()) -> dict[str, str]:
        """Return the name behind each ID number, leaving out some persons."""
        left_out = set(without)
        return {
            owner.id_number: owner.name
            for person, owner in self.persons.items()
            if owner.id_number and person not in left_out
        }

    def part(self, part_id: UUID) -> StoredPart | None:
        """Return the part with this id."""
        return next((one for one in self.parts.values() if one.id == part_id), None)

    def owned_by(self, person: UUID) -> tuple[StoredPart, ...]:
        """Return the parts that a person owns, alone or with others."""
        return tuple(one for one in self.parts.values() if person in one.persons)
