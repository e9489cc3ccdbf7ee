"""What may be paid ahead, and by which later decisions a settlement may exceed the budget."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records.repairs import RepairRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.queries.votes import Choice, supplements
from voting.law import funds


def most_ahead(session: Session, estate: UUID, budget: int, *, now: datetime) -> int:
    """Return the most that may be paid ahead of a budget, in fen."""
    return funds.advance(budget, rules_for(session, estate, now=now))


def later_resolutions(session: Session, repair: UUID) -> tuple[Choice, ...]:
    """Return the decisions by which owners may have agreed to more than the budget."""
    record = session.get_one(RepairRecord, repair)
    found = supplements(session, record)
    return tuple(Choice(one.id, f"{one.number}　{one.title}") for one in found)
