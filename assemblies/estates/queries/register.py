"""The whole register of an estate, read and unsealed in one go."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from assemblies.estates.ordering import part_rank
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    OwnerKind,
    PartKey,
    RegisterOwner,
    Status,
    Use,
)
from assemblies.estates.stored import Stored, StoredBuilding, StoredPart
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.records.premises import (
    BuildingRecord,
    EstateRecord,
    OwnershipRecord,
    PartRecord,
    PersonRecord,
)
from voting import canonical

Chosen: TypeAlias = Sequence[ColumnElement[bool]]
Owned: TypeAlias = Mapping[UUID, list[tuple[UUID, RegisterOwner]]]


def stored(
    session: Session, estate: UUID, keys: Keys, within: Collection[UUID] | None = None
) -> Stored:
    """Return an estate's register in plain, buildings and parts in order; raises `NotFound`.

    `within` leaves out all parts but these: enough to show one, not to write.
    """
    record = session.get(EstateRecord, estate)
    if record is None:
        raise NotFound
    chosen = [PartRecord.estate_id == estate]
    if within is not None:
        chosen.append(PartRecord.id.in_(within))
    persons = _persons(session, chosen, keys)
    buildings = _buildings(session, estate)
    return Stored(
        estate=estate,
        version=record.register_version,
        parts=_parts(session, chosen, buildings, _owned(session, chosen, persons)),
        persons=persons,
        buildings={one.key: one for one in buildings.values()},
    )


def _buildings(session: Session, estate: UUID) -> dict[UUID, StoredBuilding]:
    found = (
        select(BuildingRecord.id, BuildingRecord.key, BuildingRecord.name, BuildingRecord.position)
        .where(BuildingRecord.estate_id == estate)
        .order_by(BuildingRecord.position)
    )
    return {row.id: StoredBuilding(*row) for row in session.execute(found)}


def _persons(session: Session, chosen: Chosen, keys: Keys) -> dict[UUID, RegisterOwner]:
    """Return all who own something of these parts, unsealed."""
    owning = (
        select(OwnershipRecord.person_id)
        .join(PartRecord, OwnershipRecord.part_id == PartRecord.id)
        .where(*chosen)
    )
    found = select(
        PersonRecord.id,
        PersonRecord.name,
        PersonRecord.kind,
        PersonRecord.id_type,
        PersonRecord.id_sealed,
        PersonRecord.phones_sealed,
    ).where(PersonRecord.id.in_(owning))
    return {
        row.id: RegisterOwner(
            name=row.name,
            kind=OwnerKind(row.kind),
            id_type=row.id_type,
            id_number=keys.opened(row.id_sealed) if row.id_sealed else None,
            phones=_phones(row.phones_sealed, keys),
        )
        for row in session.execute(found)
    }


def _phones(sealed: bytes | None, keys: Keys) -> tuple[str, ...]:
    """Unseal a person's phones."""
    if not sealed:
        return ()
    found = canonical.decode(keys.opened(sealed).encode())
    return tuple(str(phone) for phone in found) if isinstance(found, list) else ()


def _owned(session: Session, chosen: Chosen, persons: Mapping[UUID, RegisterOwner]) -> Owned:
    found = (
        select(
            OwnershipRecord.part_id,
            OwnershipRecord.person_id,
            OwnershipRecord.share_numerator,
            OwnershipRecord.share_denominator,
            OwnershipRecord.representative,
        )
        .join(PartRecord, OwnershipRecord.part_id == PartRecord.id)
        .where(*chosen)
        .order_by(OwnershipRecord.part_id, OwnershipRecord.position)
    )
    owned = defaultdict(list)
    for part, person, above, below, speaks in session.execute(found):
        known = persons[person]
        share = Fraction(above, below) if above and below else None
        owner = RegisterOwner(
            known.name,
            known.kind,
            known.id_type,
            known.id_number,
            known.phones,
            share,
            representative=speaks,
        )
        owned[part].append((person, owner))
    return owned


def _parts(
    session: Session, chosen: Chosen, buildings: Mapping[UUID, StoredBuilding], owned: Owned
) -> dict[PartKey, StoredPart]:
    found = select(
        PartRecord.id,
        PartRecord.building_id,
        PartRecord.entrance_key,
        PartRecord.room_key,
        PartRecord.entrance,
        PartRecord.floor,
        PartRecord.room,
        PartRecord.area_dm2,
        PartRecord.basis,
        PartRecord.use,
        PartRecord.status,
        PartRecord.unit_code,
        PartRecord.address,
        PartRecord.delivery,
        PartRecord.note,
    ).where(*chosen)
    parts = []
    for row in session.execute(found):
        building = buildings[row.building_id]
        owners = owned.get(row.id, [])
        part = ExistingPart(
            key=PartKey(building.key, row.entrance_key, row.room_key),
            building=building.name,
            entrance=row.entrance,
            floor=row.floor,
            room=row.room,
            area_dm2=row.area_dm2,
            basis=Basis(row.basis) if row.basis else None,
            use=Use(row.use),
            status=Status(row.status),
            unit_code=row.unit_code,
            address=row.address,
            delivery=row.delivery,
            note=row.note,
            owners=tuple(owner for _, owner in owners),
        )
        parts.append(StoredPart(row.id, part, tuple(person for person, _ in owners)))
    place = {one.key: one.position for one in buildings.values()}
    parts.sort(key=lambda one: (place[one.part.key.building], part_rank(one.part.key)))
    return {one.part.key: one for one in parts}
