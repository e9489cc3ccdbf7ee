"""A term begun by a published election: the former one ends, the elected take their seats."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Beginning, Post
from assemblies.committees.queries.found import coming_term, working_groups
from assemblies.committees.services.elected import Elected, election_of, require_beginnable
from assemblies.committees.services.following import last_of, open_what_follows
from assemblies.committees.services.groups import close_group, work_done
from assemblies.committees.services.telling import Acting, Event, told
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.wording import day_text
from assemblies.records.committees import (
    CommitteeRecord,
    MemberRecord,
    TermRecord,
    committee_of,
    term_in_office,
)
from assemblies.records.duties import duty_of
from assemblies.records.rules import rules_for

# What a decision on a committee opened already and the term opens with its own pages (duties).
OF_TERM = ("first_committee_meeting_days", "filing_days", "handover_days", "certificate_days")


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
    seat_all(session, term, election.members, election.alternates)
    for name in OF_TERM:
        _void(session, election.resolution.id, name, now=now)
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
    """End the term in office as the next begins, and return it."""
    former = term_in_office(session, acting.estate)
    if former is None:
        return None
    former.ended_on = on
    for member in former.members:
        if member.left_on is None:
            member.left_on, member.left_why = on, "任期结束"
    said = f"第{former.number}届业主委员会任期于{day_text(on)}结束。"
    facts = {"ended": on.isoformat()}
    told(session, acting, Event("term.ended", said, f"term:{former.id}", facts), now=now)
    return former


def seat_all(
    session: Session,
    term: TermRecord,
    members: tuple[Elected, ...],
    alternates: tuple[Elected, ...],
) -> None:
    """Write members and alternates of a term in order."""
    ordered = [(one, "member") for one in members] + [(one, "alternate") for one in alternates]
    for position, (one, seat) in enumerate(ordered, len(term.members)):
        who = one.candidate
        session.add(
            MemberRecord(
                id=uuid4(),
                term_id=term.id,
                candidate_id=who.id,
                position=position,
                name=who.name,
                seat=seat,
                post=Post.MEMBER.value if seat == "member" else "",
                room=who.room,
                sex=who.sex,
                born=who.born,
                party=who.party,
                phone_sealed=who.phone_sealed,
                heads=one.agreed.heads,
                area_dm2=one.agreed.area,
                joined_on=term.began_on,
            )
        )
    session.flush()
    session.expire(term, ["members"])


def _end_groups(
    session: Session, acting: Acting, committee: CommitteeRecord, term: TermRecord, *,
    now: datetime,
) -> None:  # fmt: skip
    why = f"第{term.number}届业主委员会已经产生"
    for group in working_groups(session, committee.id):
        work_done(session, group, acting.by, why, now=now)
        close_group(session, acting, group, why, now=now)


def _void(session: Session, source: UUID, name: str, *, now: datetime) -> None:
    """Take back a duty that the resolution opened and the term now carries."""
    duty = duty_of(session, source, name)
    if duty is not None and duty.done_at is None:
        duty.void_at = now


def _require_unused(session: Session, item: UUID) -> None:
    if session.execute(select(TermRecord).where(TermRecord.item_id == item)).first():
        raise WrongStep("这次选举产生的业主委员会已经登记。")
