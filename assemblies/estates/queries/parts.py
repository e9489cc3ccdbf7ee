"""One part as its own page shows it, with its owners' names masked and their numbers' tails."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.estates import shown
from assemblies.estates.queries.register import stored
from assemblies.estates.register.identity import masked
from assemblies.estates.register.values import ExistingPart
from assemblies.estates.stored import Stored, StoredPart
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.records.premises import OwnershipRecord


@dataclass(frozen=True, slots=True)
class OwnerView:
    """An owner of the part; `name` in full stands only where somebody corrects it."""

    person: UUID
    name: str
    shown: str
    kind: str
    id_type: str
    number: str
    phones: str
    share: str
    representative: bool
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part with its owners; `seen` changes with anything in it."""

    id: UUID
    label: str
    part: ExistingPart
    owners: tuple[OwnerView, ...]
    seen: str

    @property
    def area(self) -> str:
        """Return the area as one types it: 98.35."""
        return f"{self.part.area_dm2 // 100}.{self.part.area_dm2 % 100:02d}"


def part(session: Session, estate: UUID, part_id: UUID, keys: Keys) -> PartView:
    """Return one part of an estate; raises `NotFound`."""
    holders = select(OwnershipRecord.person_id).where(OwnershipRecord.part_id == part_id)
    theirs = select(OwnershipRecord.part_id).where(OwnershipRecord.person_id.in_(holders))
    within = {part_id, *session.execute(theirs).scalars()}
    standing = stored(session, estate, keys, within)
    found = standing.part(part_id)
    if found is None:
        raise NotFound
    owners = tuple(_owner(standing, found, at) for at in range(len(found.persons)))
    return PartView(found.id, found.part.label, found.part, owners, mark(found, keys))


def mark(one: StoredPart, keys: Keys) -> str:
    """Return a keyed fingerprint of a part and its owners: how a change behind a page shows."""
    return keys.index_of(f"{one.part!r}{one.persons!r}")


def _owner(standing: Stored, one: StoredPart, at: int) -> OwnerView:
    person, owner = one.persons[at], one.part.owners[at]
    return OwnerView(
        person=person,
        name=owner.name,
        shown=shown.name(owner.name, owner.kind),
        kind=owner.kind.value,
        id_type=owner.id_type,
        number=masked(owner.id_number) if owner.id_number else "",
        phones="、".join(masked(phone) for phone in owner.phones),
        share=str(owner.share) if owner.share else "",
        representative=owner.representative,
        elsewhere=tuple(
            other.part.label for other in standing.owned_by(person) if other.id != one.id
        ),
    )
