"""The candidates of coming elections whose joint review (联审) is not complete."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from assemblies.console.queries.tree import Estate
from assemblies.foundation.clock import in_china
from assemblies.records.committees import (
    CandidateRecord,
    CommitteeRecord,
    ReviewRecord,
    TermRecord,
)
from voting.law.rules import compose


def unreviewed(session: Session, estates: Sequence[Estate], *, now: datetime) -> dict[UUID, int]:
    """Return by estate how many candidates still lack the opinion of a department.

    Only candidates count whose term has not begun: afterwards the flag stands in the term.
    """
    given: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    for estate, candidate, department in _opinions(session, [one.id for one in estates]):
        held = given[estate, candidate]
        if department is not None:
            held.add(department)
    today = in_china(now).date()
    packs = {one.id: one.pack for one in estates}
    lacking: dict[UUID, int] = defaultdict(int)
    for (estate, _), departments in given.items():
        asked = compose(packs[estate], on=today).listed("joint_review_departments")
        lacking[estate] += not {str(one) for one in asked} <= departments
    return lacking


def _opinions(session: Session, estates: list[UUID]) -> list[tuple[UUID, UUID, str | None]]:
    """Return each candidate with each department that gave its opinion, None for none yet."""
    begun = and_(
        TermRecord.committee_id == CandidateRecord.committee_id,
        TermRecord.number == CandidateRecord.term_number,
    )
    rows = session.execute(
        select(CommitteeRecord.estate_id, CandidateRecord.id, ReviewRecord.department)
        .join(CommitteeRecord, CandidateRecord.committee_id == CommitteeRecord.id)
        .outerjoin(ReviewRecord, ReviewRecord.candidate_id == CandidateRecord.id)
        .outerjoin(TermRecord, begun)
        .where(
            CommitteeRecord.estate_id.in_(estates),
            CandidateRecord.withdrawn_at.is_(None),
            TermRecord.id.is_(None),
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]
