"""Writes a difference into the register in bulk, and puts rows back as they were."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, inspect, select, update
from sqlalchemy.orm import Session

from assemblies.estates.differences import Difference
from assemblies.estates.queries import dependents
from assemblies.estates.refusals import PartInUse
from assemblies.estates.register.names import name_key
from assemblies.estates.register.values import ExistingPart, RegisterOwner
from assemblies.estates.snapshots import Row, Snapshot
from assemblies.estates.stored import StoredPart
from assemblies.foundation.database import Record
from assemblies.foundation.refusals import NotFound, Stale
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import VoterPersonRecord
from assemblies.records.premises import (
    BuildingRecord,
    EstateRecord,
    OwnershipRecord,
    PartRecord,
    PersonRecord,
)
from voting import canonical

# Databases limit how many values one statement may carry.
CHUNK = 5_000
_NAMED = 3


def locked(session: Session, estate: UUID) -> EstateRecord:
    """Return an estate whose register nobody else changes meanwhile; raises `NotFound`."""
    found = select(EstateRecord).where(EstateRecord.id == estate)
    record = session.execute(
        found.with_for_update().execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def write(session: Session, change: Difference, keys: Keys) -> Snapshot:
    """Write a difference and return how things stood before; the register's version goes up.

    Raises `Stale` if the register is no longer at the version that the difference was seen from.
    """
    estate = locked(session, change.estate)
    if estate.register_version != change.version:
        raise Stale("名册在您打开页面之后有了改动，请重新打开再办理。")
    before = _snapshot(session, change)
    _write_buildings(session, change)
    _write_persons(session, change, keys)
    _write_parts(session, change)
    _write_owners(session, change.reowned)
    _remove(session, change)
    estate.register_version += 1
    session.flush()
    return before


def put_back(session: Session, estate: UUID, before: Snapshot) -> None:
    """Bring the rows of a snapshot back and take away what did not exist then."""
    touched = before.touched
    _delete(session, OwnershipRecord, "part_id", touched)
    _restore(session, BuildingRecord, before.buildings)
    _restore(session, PersonRecord, before.persons)
    _restore(session, PartRecord, before.parts)
    _insert(session, OwnershipRecord, before.ownerships)
    _require_no_money(session, before.new_parts)
    _delete(session, PartRecord, "id", before.new_parts)
    _delete(session, PersonRecord, "id", before.new_persons)
    kept = {row["id"] for row in before.buildings}
    standing = select(BuildingRecord.id).where(BuildingRecord.estate_id == estate)
    _delete(session, BuildingRecord, "id", set(session.execute(standing).scalars()) - kept)


def _snapshot(session: Session, change: Difference) -> Snapshot:
    persons = change.changed_persons.keys() | change.gone_persons
    return Snapshot(
        buildings=_rows(session, BuildingRecord, "estate_id", [change.estate]),
        parts=_rows(session, PartRecord, "id", change.touched),
        ownerships=_rows(session, OwnershipRecord, "part_id", change.touched),
        persons=_rows(session, PersonRecord, "id", persons),
        new_parts=frozenset(part.id for part in change.new_parts),
        new_persons=frozenset(change.new_persons),
    )


def _write_buildings(session: Session, change: Difference) -> None:
    rows = [
        {
            "id": one.id,
            "estate_id": change.estate,
            "key": one.key,
            "name": one.name,
            "position": one.position,
        }
        for one in change.buildings
    ]
    _insert(session, BuildingRecord, [row for row in rows if row["id"] in change.new_buildings])
    _update(session, BuildingRecord, [row for row in rows if row["id"] not in change.new_buildings])


def _write_persons(session: Session, change: Difference, keys: Keys) -> None:
    for persons, verb in ((change.new_persons, _insert), (change.changed_persons, _update)):
        rows = [
            {"id": person, "estate_id": change.estate, **_sealed(owner, keys)}
            for person, owner in persons.items()
        ]
        verb(session, PersonRecord, rows)


def _sealed(owner: RegisterOwner, keys: Keys) -> Row:
    """Return a person's columns, ID number and phones sealed, with what finds them again."""
    number, phones = owner.id_number, owner.phones
    contact = f"{name_key(owner.name)}\n{phones[0]}" if phones and not number else None
    return {
        "kind": owner.kind.value,
        "name": owner.name,
        "id_type": owner.id_type,
        "id_sealed": keys.sealed(number) if number else None,
        "id_index": keys.index_of(number) if number else None,
        "id_last4": number[-4:] if number else "",
        "phones_sealed": keys.sealed(canonical.encode(phones).decode()) if phones else None,
        "contact_index": keys.index_of(contact) if contact else None,
    }


def _write_parts(session: Session, change: Difference) -> None:
    buildings = {one.key: one.id for one in change.buildings}
    for parts, verb in ((change.new_parts, _insert), (change.changed_parts, _update)):
        rows = [
            {
                "id": one.id,
                "estate_id": change.estate,
                "building_id": buildings[one.part.key.building],
                "entrance_key": one.part.key.entrance,
                "room_key": one.part.key.room,
                "entrance": one.part.entrance,
                "room": one.part.room,
                **_facts(one.part),
            }
            for one in parts
        ]
        verb(session, PartRecord, rows)


def _facts(part: ExistingPart) -> Row:
    return {
        "floor": part.floor,
        "area_dm2": part.area_dm2,
        "basis": part.basis.value if part.basis else "",
        "use": part.use.value,
        "status": part.status.value,
        "unit_code": part.unit_code,
        "address": part.address,
        "delivery": part.delivery,
        "note": part.note,
    }


def _write_owners(session: Session, parts: Sequence[StoredPart]) -> None:
    _delete(session, OwnershipRecord, "part_id", [one.id for one in parts])
    rows = [
        {
            "id": uuid4(),
            "part_id": one.id,
            "person_id": person,
            "position": position,
            "share_numerator": owner.share.numerator if owner.share else None,
            "share_denominator": owner.share.denominator if owner.share else None,
            "representative": owner.representative,
        }
        for one in parts
        for position, (person, owner) in enumerate(zip(one.persons, one.part.owners, strict=True))
    ]
    _insert(session, OwnershipRecord, rows)


def _remove(session: Session, change: Difference) -> None:
    """Take away what is gone; a person on a frozen roll stays, the roll needs them."""
    _require_no_money(session, change.gone_parts)
    _delete(session, OwnershipRecord, "part_id", change.gone_parts)
    _delete(session, PartRecord, "id", change.gone_parts)
    on_rolls: set[UUID] = set()
    for some in _chunks(change.gone_persons):
        found = select(VoterPersonRecord.person_id).where(VoterPersonRecord.person_id.in_(some))
        on_rolls.update(session.execute(found).scalars())
    _delete(session, PersonRecord, "id", change.gone_persons - on_rolls)
    _delete(session, BuildingRecord, "id", change.gone_buildings)


def _require_no_money(session: Session, parts: Collection[UUID]) -> None:
    """Let parts go of which the maintenance fund knows nothing; its entries are for ever."""
    held = dependents.with_money(session, parts)
    if held:
        named = "、".join(held[:_NAMED])
        raise PartInUse(
            f"{named}等 {len(held)} 处的维修资金已经记账，或者参加了维修分摊，不能从名册删除。"
        )


def _restore(session: Session, table: type[Record], rows: Sequence[Row]) -> None:
    """Write rows back, whether they still exist or not."""
    standing = {row["id"] for row in _rows(session, table, "id", [row["id"] for row in rows])}
    _insert(session, table, [row for row in rows if row["id"] not in standing])
    _update(session, table, [row for row in rows if row["id"] in standing])


def _rows(session: Session, table: type[Record], column: str, ids: Collection[UUID]) -> list[Row]:
    columns = inspect(table).columns
    found: list[Row] = []
    for some in _chunks(ids):
        chosen = select(*columns).where(columns[column].in_(some)).order_by(columns["id"])
        found += (dict(row) for row in session.execute(chosen).mappings())
    return found


def _insert(session: Session, table: type[Record], rows: Sequence[Row]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _update(session: Session, table: type[Record], rows: Sequence[Row]) -> None:
    if rows:
        session.execute(update(table), rows)


def _delete(session: Session, table: type[Record], column: str, ids: Collection[UUID]) -> None:
    for some in _chunks(ids):
        gone: Any = delete(table).where(inspect(table).columns[column].in_(some))
        session.execute(gone.execution_options(synchronize_session=False))


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    left = iter(ids)
    while some := list(islice(left, CHUNK)):
        yield some
