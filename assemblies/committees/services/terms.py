"""A term begun by a published election: the former one ends, the elected take their seats."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Beginning
from assemblies.committees.queries.found import coming_term, working_groups
from assemblies.committees.services.elected import election_of, require_beginnable
from assemblies.committees.services.following import last_of, open_what_follows
from assemblies.committees.services.groups import close_group, work_done
from assemblies.committees.services.seating import seat_all, take_over_duties
from assemblies.committees.services.telling import Event, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.wording import day_text
from assemblies.records import vacancies
from assemblies.records.committees import (
    CommitteeRecord,
    TermRecord,
    committee_of,
    seats_of,
    term_in_office,
)
from assemblies.records.duties import Done, fulfil, void_all
from assemblies.records.rules import rules_for

# What the coming of the next term does for the one before.
ENDED_BY = ("reelection_start_days", "vacancy_new_election", "vacancy_street_days")


def begin_term(session: Session, acting: Acting, beginning: Beginning, *, now: datetime) -> UUID:
    """Begin a term from a published election and return its id.

    Members come in the order of their votes, alternates are those who passed both halves and got
    no seat (SD 30). Raises `Incomplete` for a tie, for nobody elected, or for a term too long.
    """
    committee = committee_of(session, acting.estate, now=now)
    _require_unused(session, beginning.item)
    election = election_of(session, acting.estate, committee.id, beginning.item)
    require_beginnable(election, leave_open=beginning.leave_open)
    rules = rules_for(session, acting.estate, now=now)
    began = election.decided_on
    former = end_former(session, acting, began, now=now)
    term = TermRecord(
        id=uuid4(),
        committee_id=committee.id,
        number=coming_term(session, committee.id),
        seats=election.result.seats,
        began_on=began,
        ends_on=last_of(began, beginning.months, rules),
        item_id=beginning.item,
        basis=f"{election.assembly.title}决议 {election.resolution.number}",
    )
    session.add(term)
    session.flush()
    seat_all(session, term, election.members, election.alternates, on=began)
    take_over_duties(session, election.resolution.id, now=now)
    vacancies.settle(session, acting.estate, seats_of(term), on=began, now=now)
    open_what_follows(session, acting.estate, committee, term, former, now=now)
    _end_groups(session, acting, committee, term, now=now)
    names = "、".join(one.candidate.name for one in election.members)
    said = (
        f"第{term.number}届业主委员会产生，应选 {term.seats} 人，当选 {len(election.members)} 人："
        f"{names}；任期至{day_text(term.ends_on)}。"
    )
    facts = {"item": str(beginning.item), "members": names, "until": term.ends_on.isoformat()}
    told(session, acting, Event("term.begun", said, f"term:{term.id}", facts), now=now)
    return term.id


def end_former(
    session: Session, acting: Acting, on: date, *, now: datetime
) -> TermRecord | None:  # fmt: skip
    """End the term in office as the next begins; raises `WrongStep` for a day before it."""
    former = term_in_office(session, acting.estate)
    if former is None:
        return None
    if on < former.began_on:
        raise WrongStep("这次选举早于本届业主委员会的任期，不能据此换届。")
    former.ended_on = on
    for name in ENDED_BY:
        fulfil(session, former.id, name, Done(acting.by, "新一届业主委员会已经产生"), now=now)
    void_all(session, former.id, now=now)
    for member in former.members:
        if member.left_on is None:
            member.left_on, member.left_why = on, "任期结束"
    said = f"第{former.number}届业主委员会任期于{day_text(on)}结束。"
    facts = {"ended": on.isoformat()}
    told(session, acting, Event("term.ended", said, f"term:{former.id}", facts), now=now)
    return former


def _end_groups(
    session: Session, acting: Acting, committee: CommitteeRecord, term: TermRecord, *,
    now: datetime,
) -> None:  # fmt: skip
    why = f"第{term.number}届业主委员会已经产生"
    for group in working_groups(session, committee.id):
        work_done(session, group, acting.by, why, now=now)
        close_group(session, acting, group, why, now=now)


def _require_unused(session: Session, item: UUID) -> None:
    if session.execute(select(TermRecord).where(TermRecord.item_id == item)).first():
        raise WrongStep("这次选举产生的业主委员会已经登记。")
