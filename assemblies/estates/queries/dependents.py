"""What has been built upon parts of a register: frozen rolls, and items that name parts."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.assemblies import AssemblyRecord, DocumentRecord, ItemRecord
from assemblies.records.ledger import FirstPaymentRecord, LineRecord
from assemblies.records.premises import PartRecord
from assemblies.records.repairs import ShareRecord
from voting.roll import Roll
from voting.scope import Scope

_ROLL = "roll.jsonl"
_PORTION = 500  # databases limit how many values one statement may name


def frozen_since(
    session: Session, estate: UUID, since: datetime, parts: Collection[UUID]
) -> tuple[str, ...]:
    """Return the assemblies whose roll was frozen since then with any of these parts on it."""
    found = (
        select(AssemblyRecord.title, DocumentRecord.content)
        .join(DocumentRecord, DocumentRecord.assembly_id == AssemblyRecord.id)
        .where(
            AssemblyRecord.estate_id == estate,
            AssemblyRecord.frozen_at >= since,
            DocumentRecord.name == _ROLL,
        )
        .order_by(AssemblyRecord.number)
    )
    wanted = set(parts)
    return tuple(title for title, roll in session.execute(found) if wanted & _parts_of(roll))


def items_naming(
    session: Session, estate: UUID, parts: Collection[UUID], buildings: Collection[str]
) -> tuple[str, ...]:
    """Return the items, not frozen yet, whose scope or shares name these parts or buildings."""
    found = (
        select(AssemblyRecord.title, ItemRecord)
        .join(ItemRecord, ItemRecord.assembly_id == AssemblyRecord.id)
        .where(AssemblyRecord.estate_id == estate, AssemblyRecord.frozen_at.is_(None))
        .order_by(AssemblyRecord.number, ItemRecord.number)
    )
    wanted, gone = set(parts), set(buildings)
    return tuple(
        f"{title}·事项{item.number}"
        for title, item in session.execute(found)
        if wanted & set(_named(item)) or gone & _buildings_of(Scope.read(item.scope))
    )


def with_money(session: Session, parts: Collection[UUID]) -> tuple[str, ...]:
    """Return the rooms of these parts that the fund has an account of or a repair shares out to."""
    wanted, named = list(parts), set[str]()
    tables = (LineRecord.part_id, FirstPaymentRecord.part_id, ShareRecord.part_id)
    for start in range(0, len(wanted), _PORTION):
        some = wanted[start : start + _PORTION]
        for held in tables:
            found = select(PartRecord.room).where(PartRecord.id.in_(some), PartRecord.id == held)
            named.update(session.execute(found.distinct()).scalars())
    return tuple(sorted(named))


def _parts_of(roll: bytes) -> set[UUID]:
    return {part.id for voter in Roll.decode(roll).voters for part in voter.parts}


def _named(item: ItemRecord) -> Iterator[UUID]:
    yield from Scope.read(item.scope).parts
    for share in item.details.get("shares", ()):
        yield UUID(share["part"])


def _buildings_of(scope: Scope) -> set[str]:
    return {*scope.buildings, *(building for building, _ in scope.entrances)}
