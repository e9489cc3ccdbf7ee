"""Undoing a whole import, while nothing depends on it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.estates.queries import batches, dependents
from assemblies.estates.refusals import BatchInUse, BatchSettled
from assemblies.estates.services.writing import locked, put_back
from assemblies.estates.snapshots import Snapshot
from assemblies.foundation.secrets import Keys
from assemblies.records.premises import BuildingRecord, EstateRecord, ImportBatchRecord


def undo_batch(session: Session, estate: UUID, batch: UUID, keys: Keys, *, now: datetime) -> None:
    """Bring the register back to what it was before an import.

    Raises `BatchInUse` naming what depends on it, `BatchSettled` if it was never applied.
    """
    held = locked(session, estate)
    record = batches.batch(session, estate, batch)
    if record.before_sealed is None or record.applied_at is None or record.undone_at is not None:
        raise BatchSettled("这一批没有导入过，或者已经撤销。")
    before = Snapshot.read(keys.opened(record.before_sealed))
    _require_last(held, record)
    _require_unused(session, held, record.applied_at, before)
    put_back(session, estate, before)
    held.register_version += 1
    record.undone_at = now
    record.before_sealed = None
    _hand_on(session, held, record)
    session.flush()


def _require_last(estate: EstateRecord, record: ImportBatchRecord) -> None:
    if record.applied_version != estate.register_version:
        raise BatchInUse("这一批之后名册又有改动（另一批导入，或手工修改），不能再整批撤销。")


def _require_unused(
    session: Session, estate: EstateRecord, since: datetime, before: Snapshot
) -> None:
    frozen = dependents.frozen_since(session, estate.id, since, before.touched)
    if frozen:
        named = "、".join(f"“{title}”" for title in frozen)
        raise BatchInUse(f"{named}的表决权名册已按这一批锁定，不能再整批撤销。")
    items = dependents.items_naming(
        session, estate.id, before.new_parts, _new_buildings(session, estate.id, before)
    )
    if items:
        named = "、".join(f"“{item}”" for item in items)
        raise BatchInUse(f"{named}的表决范围用到了这一批导入的房屋。请先修改表决范围，再来撤销。")


def _new_buildings(session: Session, estate: UUID, before: Snapshot) -> set[str]:
    kept = {row["id"] for row in before.buildings}
    found = select(BuildingRecord.id, BuildingRecord.name).where(BuildingRecord.estate_id == estate)
    return {row.name for row in session.execute(found) if row.id not in kept}


def _hand_on(session: Session, estate: EstateRecord, undone: ImportBatchRecord) -> None:
    """Make the import before this one the last word again: the register is what it left."""
    assert undone.applied_version is not None  # noqa: S101  (it was applied)
    found = select(ImportBatchRecord).where(
        ImportBatchRecord.estate_id == estate.id,
        ImportBatchRecord.applied_version == undone.applied_version - 1,
        ImportBatchRecord.undone_at.is_(None),
    )
    for record in session.execute(found).scalars():
        record.applied_version = estate.register_version
