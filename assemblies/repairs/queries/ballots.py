"""What a project may be put to the vote with: open agendas, and items that say the same."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records.repairs import RepairRecord
from assemblies.repairs.queries.votes import Choice, fitting_items, open_assemblies


@dataclass(frozen=True, slots=True)
class Offer:
    """Agendas that may still take an item, and items that put exactly this project."""

    agendas: tuple[Choice, ...]
    items: tuple[Choice, ...]


def offer(session: Session, repair: UUID) -> Offer:
    """Return how a project may come to the vote."""
    record = session.get_one(RepairRecord, repair)
    return Offer(open_assemblies(session, record.estate_id), fitting_items(session, record))
