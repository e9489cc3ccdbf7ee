"""Which estate is meant, and where its permissions are held."""

from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.records.premises import EstateRecord


def place_of(session: Session, estate: UUID) -> Place:
    """Return an estate with its node; raises `NotFound`."""
    record = session.get(EstateRecord, estate)
    if record is None:
        raise NotFound
    return Place(record.id, record.node_id, record.name)
