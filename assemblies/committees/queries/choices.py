"""What a select box of this room offers: accounts, decisions, resolutions, alternates."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.queries.standing import Plan
from assemblies.foundation.permissions import GRANTED, Need, Role
from assemblies.records.committees import MemberRecord, TermRecord, term_in_office
from assemblies.records.people import AccountRecord, GrantRecord
from assemblies.records.resolutions import ResolutionRecord
from voting.law.matters import Matter

SIGNING = tuple(role.name for role in Role if Need.SIGN_AS_MEMBER in GRANTED[role])


def accounts(session: Session, node: UUID) -> tuple[Plan, ...]:
    """Return the accounts that may sign as members at an estate's node."""
    found = (
        select(AccountRecord)
        .join(GrantRecord, GrantRecord.account_id == AccountRecord.id)
        .where(
            GrantRecord.node_id == node,
            GrantRecord.role.in_(SIGNING),
            AccountRecord.disabled_at.is_(None),
        )
        .distinct()
        .order_by(AccountRecord.display_name)
    )
    return tuple(
        Plan(one.id, f"{one.display_name}（{one.username}）")
        for one in session.execute(found).scalars()
    )


def decisions(session: Session, estate: UUID) -> tuple[Plan, ...]:
    """Return the committee's own passed decisions, the latest first."""
    return _passed(session, estate, "committee")


def owners_resolutions(session: Session, estate: UUID) -> tuple[Plan, ...]:
    """Return the owners' passed resolutions on their committee, the latest first."""
    return _passed(session, estate, "assembly", Matter.COMMITTEE.value)


def first_alternates(session: Session, estate: UUID) -> tuple[Plan, ...]:
    """Return who steps in next: the first by votes, with those who have as many."""
    term = term_in_office(session, estate)
    return tuple(
        Plan(one.id, f"{one.name}（{one.heads} 户）") for one in next_alternates(term)
    ) if term else ()  # fmt: skip


def next_alternates(term: TermRecord) -> tuple[MemberRecord, ...]:
    """Return the alternates who stand first: one, or several with the same votes (QD 41)."""
    waiting = [one for one in term.members if one.seat == "alternate" and one.left_on is None]
    if not waiting:
        return ()
    votes = (waiting[0].heads, waiting[0].area_dm2)
    if not votes[0]:
        return (waiting[0],)
    return tuple(one for one in waiting if (one.heads, one.area_dm2) == votes)


def _passed(session: Session, estate: UUID, body: str, matter: int = 0) -> tuple[Plan, ...]:
    found = select(ResolutionRecord).where(
        ResolutionRecord.estate_id == estate,
        ResolutionRecord.body == body,
        ResolutionRecord.outcome == "passed",
        ResolutionRecord.state != "revoked",
    )
    if matter:
        found = found.where(ResolutionRecord.matter == matter)
    latest = session.execute(found.order_by(ResolutionRecord.published_at.desc())).scalars()
    return tuple(Plan(one.id, f"{one.title}（{one.number}）") for one in latest)
