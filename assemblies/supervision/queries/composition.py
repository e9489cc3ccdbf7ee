"""How the committee is composed, and what policy flags about it, as a report says it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.records.committees import CandidateRecord, members_in_office
from assemblies.records.flags import party_flag, review_flag
from assemblies.records.rules import rules_for


def composition(session: Session, estate: UUID, *, now: datetime) -> dict[str, Any]:
    """Return members, party members and flags of the committee in office, as JSON."""
    members, rules = members_in_office(session, estate), rules_for(session, estate, now=now)
    party = sum(member.party for member in members)
    asked = tuple(str(one) for one in rules.listed("joint_review_departments"))
    stood = (
        select(CandidateRecord)
        .where(CandidateRecord.id.in_([one.candidate_id for one in members if one.candidate_id]))
        .options(selectinload(CandidateRecord.reviews))
        .order_by(CandidateRecord.position)
    )
    flags = [party_flag(party, len(members), rules)]
    flags += [review_flag(one, asked) for one in session.execute(stood).scalars()]
    return {"flags": [one for one in flags if one], "members": len(members), "party": party}
