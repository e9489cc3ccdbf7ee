"""The owners' committee (业委会): the standing body of an estate, its terms and its members."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime
from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.records import filings, vacancies
from assemblies.records.people import end_office
from assemblies.records.premises import EstateRecord


class CommitteeRecord(Record):
    """The committee of an estate across its terms; its two logs stay the same from term to term.

    It exists before the first election: what the preparatory group does stands in its record.
    `report_months` is how often it reports (定期报告), 0 for the rule pack's interval.
    """

    __tablename__ = "committees"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), unique=True)
    name: Mapped[str]
    founded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    report_months: Mapped[int] = mapped_column(default=0)
    # none | alone | joint: the party organisation (单独组建、联合组建), for filing and the table.
    party_branch: Mapped[str] = mapped_column(default="none")
    party_branch_name: Mapped[str] = mapped_column(default="")
    supervision_log_id: Mapped[UUID | None] = mapped_column(ForeignKey("logs.id"))
    seal_log_id: Mapped[UUID | None] = mapped_column(ForeignKey("logs.id"))


class TermRecord(Record):
    """One term (届): elected by an item of an assembly, or entered for a committee in office."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("committee_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    number: Mapped[int]
    seats: Mapped[int]
    began_on: Mapped[date]
    ends_on: Mapped[date]
    ended_on: Mapped[date | None]
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("items.id"), unique=True)
    # Where no assembly of this platform elected it: what proves the election.
    basis: Mapped[str] = mapped_column(default="")
    basis_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    # By which decision of the committee its chair and vice-chair were chosen.
    posts_basis: Mapped[str] = mapped_column(default="")
    members: Mapped[list["MemberRecord"]] = relationship(
        back_populates="term", order_by="MemberRecord.position"
    )


class MemberRecord(Record):
    """A member or alternate (候补) of a term; `left_on` ends it, `suspended_on` pauses it."""

    __tablename__ = "members"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"), index=True)
    candidate_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidates.id"))
    # Whose sign-in signs for this member; None until the account is connected.
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    position: Mapped[int]
    name: Mapped[str]
    # member | alternate
    seat: Mapped[str]
    # chair | vice-chair | member | "" for alternates
    post: Mapped[str] = mapped_column(default="")
    room: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    born: Mapped[int | None]
    party: Mapped[bool] = mapped_column(default=False)
    phone_sealed: Mapped[bytes | None]
    heads: Mapped[int] = mapped_column(default=0)
    area_dm2: Mapped[int] = mapped_column(default=0)
    joined_on: Mapped[date]
    suspended_on: Mapped[date | None]
    suspended_why: Mapped[str] = mapped_column(default="")
    suspended_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    left_on: Mapped[date | None]
    left_why: Mapped[str] = mapped_column(default="")
    term: Mapped[TermRecord] = relationship(back_populates="members")


class GroupRecord(Record):
    """A preparatory group (筹备组) or re-election group (换届小组), formed by the street."""

    __tablename__ = "groups"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    # preparatory | reelection
    kind: Mapped[str]
    # When the street was asked, or the condition was met: the period to form it runs from here.
    asked_on: Mapped[date]
    formed_on: Mapped[date | None]
    announced_on: Mapped[date | None]
    announced_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    ended_on: Mapped[date | None]
    # Each with name, from (whom they stand for), owner and head (whether they are).
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")


class CandidateRecord(Record):
    """A candidate with what was declared; `item_id` and `option` say where voters found the name.

    `answers` holds one entry per clause of the negative list: {"clause", "clear", "note"}.
    """

    __tablename__ = "candidates"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    # The coming term's number: candidates of one election stand together.
    term_number: Mapped[int]
    position: Mapped[int]
    name: Mapped[str]
    room: Mapped[str]
    sex: Mapped[str] = mapped_column(default="")
    born: Mapped[int | None]
    party: Mapped[bool] = mapped_column(default=False)
    phone_sealed: Mapped[bytes | None]
    # self | owners | community | party
    nominated_by: Mapped[str]
    statement: Mapped[str] = mapped_column(default="")
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    file_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    nominated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # An item that is taken off a draft agenda frees its candidates.
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("items.id", ondelete="SET NULL"))
    option: Mapped[str] = mapped_column(default="")
    reviews: Mapped[list["ReviewRecord"]] = relationship(
        back_populates="candidate", order_by="ReviewRecord.given_at"
    )


class ReviewRecord(Record):
    """One department's opinion in the joint review (联审): advice with a name, never a veto."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("candidate_id", "department"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    department: Mapped[str]
    # clear | doubt
    opinion: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    given_by: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    candidate: Mapped[CandidateRecord] = relationship(back_populates="reviews")


def committee_of(session: Session, estate: UUID, *, now: datetime) -> CommitteeRecord:
    """Return the committee of an estate, begun if there is none yet; raises `NotFound`."""
    found = session.execute(
        select(CommitteeRecord).where(CommitteeRecord.estate_id == estate)
    ).scalar_one_or_none()
    if found is not None:
        return found
    place = session.get(EstateRecord, estate)
    if place is None:
        raise NotFound
    made = CommitteeRecord(
        id=uuid4(), estate_id=estate, name=f"{place.name}业主委员会", founded_at=now
    )
    session.add(made)
    session.flush()
    return made


def term_in_office(session: Session, estate: UUID) -> TermRecord | None:
    """Return the latest term of an estate's committee that has not ended, None before the first."""
    found = (
        select(TermRecord)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == estate, TermRecord.ended_on.is_(None))
        .order_by(TermRecord.number.desc())
        .limit(1)
    )
    return session.execute(found).scalar_one_or_none()


def members_in_office(session: Session, estate: UUID) -> tuple[MemberRecord, ...]:
    """Return the members who hold a seat now, in order; the suspended are among them.

    All members count as the base of "more than half of all members" (SD 32) until they leave.
    """
    term = term_in_office(session, estate)
    if term is None:
        return ()
    return tuple(
        member for member in term.members if member.seat == "member" and member.left_on is None
    )


def member_for(session: Session, estate: UUID, account: UUID) -> MemberRecord | None:
    """Return the member in office who signs with this account and is not suspended."""
    return next(
        (
            member
            for member in members_in_office(session, estate)
            if member.account_id == account and member.suspended_on is None
        ),
        None,
    )


def suspend_member(
    session: Session, member: UUID, on: date, why: str, *, proof: UUID | None = None
) -> MemberRecord:
    """Let a member's duties rest until the owners decide; the seat stays theirs (QD 40).

    `proof` is the file that shows the posting. Raises `NotFound`, `WrongStep` for one who left or
    rests already.
    """
    record = _serving(session, member)
    if record.suspended_on is not None:
        raise WrongStep(f"{record.name}已经暂停履职。")
    record.suspended_on, record.suspended_why, record.suspended_file_id = on, why, proof
    return record


def restore_member(session: Session, member: UUID) -> MemberRecord:
    """Let a suspended member serve again; raises `NotFound`, `WrongStep` for one who serves."""
    record = _serving(session, member)
    if record.suspended_on is None:
        raise WrongStep(f"{record.name}没有暂停履职，不用恢复。")
    record.suspended_on, record.suspended_why, record.suspended_file_id = None, "", None
    return record


def remove_member(
    session: Session, member: UUID, on: date, why: str, *, now: datetime
) -> MemberRecord:
    """End a membership on a day, for any cause, and open what follows: filing and hand-over.

    Only owners remove (SD 34): the caller has seen their resolution, the letter of resignation or
    the register. Raises `NotFound`, `WrongStep` for one who has left.
    """
    record = _serving(session, member)
    record.left_on, record.left_why, record.post = on, why, ""
    committee = session.get_one(CommitteeRecord, record.term.committee_id)
    estate = committee.estate_id
    what = f"{record.name}不再担任{'委员' if record.seat == 'member' else '候补委员'}（{why}）"
    filings.open_change(session, estate, record.term_id, what, on=on, now=now)
    if record.seat == "member":
        held = filings.seals_of(session, committee.id, record.account_id)
        lines = (*held, *filings.MEMBER_LINES)
        handing = filings.Handing(committee.id, "member", record.name, committee.name, lines)
        filings.open_handover(session, estate, handing, on=on, now=now)
    if record.account_id is not None:
        end_office(session, record.account_id, session.get_one(EstateRecord, estate).node_id)
    session.flush()
    vacancies.settle(session, estate, seats_of(record.term), on=on, now=now)
    return record


def seats_of(term: TermRecord) -> vacancies.Seats:
    """Count a term's seats, the members who hold one and the alternates who could step in."""
    serving = [member.seat for member in term.members if member.left_on is None]
    left, later = serving.count("member"), serving.count("alternate")
    return vacancies.Seats(term.id, term.seats, left, later)


def _serving(session: Session, member: UUID) -> MemberRecord:
    record = session.get(MemberRecord, member)
    if record is None:
        raise NotFound
    if record.left_on is not None:
        raise WrongStep(f"{record.name}已经离任。")
    return record
