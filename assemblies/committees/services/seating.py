"""The elected take their seats, and the term carries what their election asked for."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.committees.drafts import Post
from assemblies.committees.services.elected import Elected
from assemblies.records.committees import MemberRecord, TermRecord
from assemblies.records.duties import duty_of

# What a decision on a committee opened already and the term opens with its own pages (duties).
OF_TERM = ("first_committee_meeting_days", "filing_days", "handover_days", "certificate_days")


def seat_all(
    session: Session,
    term: TermRecord,
    members: tuple[Elected, ...],
    alternates: tuple[Elected, ...],
    *,
    on: date,
) -> None:
    """Write members and alternates of a term in order; they serve from a day."""
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
                joined_on=on,
            )
        )
    session.flush()
    session.expire(term, ["members"])


def take_over_duties(session: Session, resolution: UUID, *, now: datetime) -> None:
    """Take back the duties that the resolution opened and the term now carries."""
    for name in OF_TERM:
        duty = duty_of(session, resolution, name)
        if duty is not None and duty.done_at is None:
            duty.void_at = now
