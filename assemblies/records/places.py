"""An estate as the rooms beside the register know it: its name and its node in the tree."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.premises import EstateRecord


@dataclass(frozen=True, slots=True)
class Place:
    """An estate: where permissions are held and what it is called."""

    id: UUID
    node: UUID
    name: str


def place_of(session: Session, estate: UUID) -> Place:
    """Return an estate with its node; raises `NotFound`."""
    record = session.get(EstateRecord, estate)
    if record is None:
        raise NotFound
    return Place(record.id, record.node_id, record.name)
