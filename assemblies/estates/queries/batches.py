"""The imports of an estate: what waits, what was applied, what can still be undone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from assemblies.estates.encoding import Kept
from assemblies.estates.plans import Plan
from assemblies.estates.refusals import BatchSettled
from assemblies.estates.surveys import Survey
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.records.people import AccountRecord
from assemblies.records.premises import EstateRecord, ImportBatchRecord


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One import in the history; `undoable` while it is the last word on the register."""

    id: UUID
    filename: str
    uploaded_by: str
    uploaded_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    new: int
    changed: int
    undoable: bool

    @property
    def waiting(self) -> bool:
        """Say whether it is still to be applied or given up."""
        return self.applied_at is None


@dataclass(frozen=True, slots=True)
class Preview:
    """An import that waits: its plan, and whether the register has changed since it was made."""

    id: UUID
    estate: UUID
    filename: str
    survey: Survey
    plan: Plan
    stale: bool


def batches(session: Session, estate: UUID) -> tuple[BatchLine, ...]:
    """Return an estate's imports, newest first."""
    version = session.get_one(EstateRecord, estate).register_version
    found = (
        select(ImportBatchRecord, AccountRecord.display_name)
        .join(AccountRecord, ImportBatchRecord.uploaded_by == AccountRecord.id)
        .where(ImportBatchRecord.estate_id == estate)
        .options(defer(ImportBatchRecord.upload_sealed), defer(ImportBatchRecord.before_sealed))
        .order_by(ImportBatchRecord.uploaded_at.desc(), ImportBatchRecord.id)
    )
    return tuple(_line(batch, name, version) for batch, name in session.execute(found))


def _line(batch: ImportBatchRecord, name: str, version: int) -> BatchLine:
    written = batch.survey.get("written", {})
    return BatchLine(
        id=batch.id,
        filename=batch.filename,
        uploaded_by=name,
        uploaded_at=batch.uploaded_at,
        applied_at=batch.applied_at,
        undone_at=batch.undone_at,
        new=written.get("new", 0),
        changed=written.get("changed", 0),
        undoable=batch.undone_at is None and batch.applied_version == version,
    )


def batch(session: Session, estate: UUID, batch_id: UUID) -> ImportBatchRecord:
    """Return one import of an estate; raises `NotFound`."""
    record = session.get(ImportBatchRecord, batch_id)
    if record is None or record.estate_id != estate:
        raise NotFound
    return record


def preview(session: Session, estate: UUID, batch_id: UUID, keys: Keys) -> Preview:
    """Return an import that waits; raises `NotFound`, or `BatchSettled` once it is settled."""
    record = batch(session, estate, batch_id)
    kept = opened(record, keys)
    version = session.get_one(EstateRecord, estate).register_version
    return Preview(
        id=record.id,
        estate=estate,
        filename=record.filename,
        survey=Survey.read(record.survey),
        plan=kept.plan,
        stale=kept.plan.version != version,
    )


def opened(record: ImportBatchRecord, keys: Keys) -> Kept:
    """Unseal what was uploaded; raises `BatchSettled` once it is dropped."""
    if record.upload_sealed is None or record.applied_at is not None:
        raise BatchSettled
    return Kept.read(keys.opened(record.upload_sealed))
