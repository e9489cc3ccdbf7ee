"""Reads of the files room: one kept file, with the node that may see it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.files import FileRecord
from assemblies.records.premises import EstateRecord


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file's bytes, its type, and who may see it: everybody, or the staff of `node`."""

    name: str
    media_type: str
    content: bytes
    node: UUID
    shown: bool


def kept(session: Session, file: UUID) -> Kept:
    """Return a kept file; raises `NotFound`."""
    row = session.execute(
        select(
            FileRecord.name,
            FileRecord.media_type,
            FileRecord.content,
            func.coalesce(FileRecord.node_id, EstateRecord.node_id).label("node_id"),
            FileRecord.shown,
        )
        .outerjoin(EstateRecord, FileRecord.estate_id == EstateRecord.id)
        .where(FileRecord.id == file)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Kept(row.name, row.media_type, row.content, row.node_id, row.shown)
