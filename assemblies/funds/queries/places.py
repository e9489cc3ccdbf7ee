"""The estate whose money it is."""

from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.places import Place
from assemblies.records.places import place_of


def place(session: Session, estate: UUID) -> Place:
    """Return the estate with its node; raises `NotFound`."""
    return place_of(session, estate)
