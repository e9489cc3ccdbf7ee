"""A by-election (补选): those whom the owners chose later take the empty seats of the term."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.services.elected import election_of, require_beginnable
from assemblies.committees.services.members import tell_change
from assemblies.committees.services.seating import seat_all, take_over_duties
from assemblies.committees.services.telling import Event, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.records import vacancies
from assemblies.records.committees import (
    CandidateRecord,
    MemberRecord,
    committee_of,
    seats_of,
    term_in_office,
)


def join_term(session: Session, acting: Acting, item: UUID, *, now: datetime) -> UUID:
    """Seat the winners of a by-election in the term in office and return the term's id.

    The term's end stays. Raises `WrongStep` without a term or for an election that was used,
    `Incomplete` for more winners than empty seats, for a tie, or for nobody elected.
    """
    term = term_in_office(session, acting.estate)
    if term is None:
        raise WrongStep("没有在任的业主委员会，不能补选，请登记为新一届。")
    _require_unused(session, item)
    committee = committee_of(session, acting.estate, now=now)
    election = election_of(session, acting.estate, committee.id, item)
    require_beginnable(election, leave_open=True)
    free = term.seats - seats_of(term).left
    if len(election.members) > free:
        raise Incomplete(
            f"补选当选 {len(election.members)} 人，本届只空缺 {free} 席，请核对是不是换届选举。"
        )
    seat_all(session, term, election.members, (), on=election.decided_on)
    take_over_duties(session, election.resolution.id, now=now)
    today = in_china(now).date()
    vacancies.settle(session, acting.estate, seats_of(term), on=today, now=now)
    names = "、".join(one.candidate.name for one in election.members)
    tell_change(session, acting, term, f"补选委员{names}", now=now)
    said = f"补选第{term.number}届业主委员会委员：{names}（{election.resolution.number}）。"
    facts = {"item": str(item), "members": names}
    told(session, acting, Event("member.appointed", said, f"term:{term.id}", facts), now=now)
    return term.id


def _require_unused(session: Session, item: UUID) -> None:
    found = (
        select(MemberRecord.id)
        .join(CandidateRecord, MemberRecord.candidate_id == CandidateRecord.id)
        .where(CandidateRecord.item_id == item)
    )
    if session.execute(found).first() is not None:
        raise WrongStep("这次选举的结果已经登记。")
