"""The committee today: its members, what is said of its composition, and what it is waiting for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.committees.drafts import PartyBranch, Post
from assemblies.committees.queries.flags import end_flag, flags_of, party_bar
from assemblies.committees.queries.found import departments, member_in
from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import Bar, FileLink
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.foundation.wording import area_text, heads_text
from assemblies.records.committees import (
    CandidateRecord,
    CommitteeRecord,
    MemberRecord,
    TermRecord,
    seats_of,
)
from assemblies.records.files import files_of
from assemblies.records.people import AccountRecord
from assemblies.records.rules import rules_for
from voting.law.committees import Vacancy, vacancy


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member or alternate as the pages show them; `phone` is opened for committee and street."""

    id: UUID
    name: str
    post: str
    room: str
    sex: str
    born: int | None
    party: bool
    phone: str
    votes: str
    account: str
    account_id: UUID | None
    joined_on: date
    suspended_on: date | None
    suspended_why: str
    posting: FileLink | None
    left_on: date | None
    left_why: str
    alternate: bool
    candidate: UUID | None

    @property
    def facts(self) -> str:
        """Return sex, year of birth and politics in one line."""
        born = f"{self.born} 年生" if self.born else ""
        return "，".join(one for one in (self.sex, born, self.politics) if one)

    @property
    def politics(self) -> str:
        """Return 政治面貌 as the filing writes it."""
        return "中共党员" if self.party else "非中共党员"


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with everybody who served in it."""

    id: UUID
    number: int
    seats: int
    began_on: date
    ends_on: date
    ended_on: date | None
    basis: str
    basis_file: FileLink | None
    posts_basis: str
    item: UUID | None
    members: tuple[MemberLine, ...]
    alternates: tuple[MemberLine, ...]
    left: tuple[MemberLine, ...]
    party: Bar
    flags: tuple[str, ...]
    vacancy: Vacancy

    @property
    def name(self) -> str:
        """Return how people call it."""
        return f"第{self.number}届"

    @property
    def chairs(self) -> int:
        """Return how many hold the first post."""
        return sum(member.post == Post.CHAIR.words for member in self.members)


@dataclass(frozen=True, slots=True)
class House:
    """A committee across its terms; `term` is the one in office."""

    name: str
    party: PartyBranch
    party_name: str
    term: TermView | None
    past: tuple[TermView, ...]


def house_of(
    session: Session, estate: UUID, keys: Keys, *, now: datetime
) -> House | None:  # fmt: skip
    """Return an estate's committee with its terms, None before anything was done for one."""
    committee = committee_in(session, estate)
    if committee is None:
        return None
    found = (
        select(TermRecord)
        .where(TermRecord.committee_id == committee.id)
        .options(selectinload(TermRecord.members))
        .order_by(TermRecord.number.desc())
    )
    terms = [
        term_view(session, estate, term, keys, now=now)
        for term in session.execute(found).scalars()
    ]  # fmt: skip
    current = next((term for term in terms if term.ended_on is None), None)
    past = tuple(term for term in terms if term is not current)
    return House(
        committee.name,
        PartyBranch(committee.party_branch),
        committee.party_branch_name,
        current,
        past,
    )


def term_view(
    session: Session, estate: UUID, term: TermRecord, keys: Keys, *, now: datetime
) -> TermView:
    """Return a term as pages and papers show it."""
    rules = rules_for(session, estate, now=now)
    lines = [_line(session, member, keys) for member in term.members]
    serving = [line for line in lines if _counts(line, term)]
    members = tuple(line for line in serving if not line.alternate)
    seats = seats_of(term)
    over = "" if term.ended_on else end_flag(term.ends_on, in_china(now).date(), rules)
    ending = (over,) if over else ()
    basis = files_of(session, [term.basis_file_id] if term.basis_file_id else [])
    return TermView(
        id=term.id,
        number=term.number,
        seats=term.seats,
        began_on=term.began_on,
        ends_on=term.ends_on,
        ended_on=term.ended_on,
        basis=term.basis,
        basis_file=basis[0].link() if basis else None,
        posts_basis=term.posts_basis,
        item=term.item_id,
        members=members,
        alternates=tuple(line for line in serving if line.alternate),
        left=tuple(line for line in lines if not _counts(line, term)),
        party=party_bar(sum(line.party for line in members), len(members), rules),
        flags=ending
        + flags_of(
            term.seats,
            tuple((line.name, line.party) for line in members),
            _candidates(session, term),
            departments(rules),
            rules,
        ),
        vacancy=vacancy(seats.seats, seats.left, seats.alternates, rules),
    )


def committee_in(session: Session, estate: UUID) -> CommitteeRecord | None:
    """Return the committee of an estate without beginning one."""
    found = select(CommitteeRecord).where(CommitteeRecord.estate_id == estate)
    return session.execute(found).scalar_one_or_none()


def term_of(session: Session, estate: UUID, term: UUID) -> TermRecord:
    """Return a term of an estate; raises `NotFound` for another's."""
    found = (
        select(TermRecord)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(TermRecord.id == term, CommitteeRecord.estate_id == estate)
    )
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def _counts(line: MemberLine, term: TermRecord) -> bool:
    """Say whether somebody serves, or served until the very end of a term that is over."""
    return line.left_on is None or line.left_on == term.ended_on


def _candidates(session: Session, term: TermRecord) -> tuple[CandidateRecord, ...]:
    ids = [
        one.candidate_id
        for one in term.members
        if one.candidate_id and one.left_on is None and one.seat == "member"
    ]
    found = (
        select(CandidateRecord)
        .where(CandidateRecord.id.in_(ids))
        .options(selectinload(CandidateRecord.reviews))
        .order_by(CandidateRecord.position)
    )
    return tuple(session.execute(found).scalars())


def _line(session: Session, record: MemberRecord, keys: Keys) -> MemberLine:
    account = session.get(AccountRecord, record.account_id) if record.account_id else None
    proofs = files_of(session, [record.suspended_file_id] if record.suspended_file_id else [])
    votes = f"{heads_text(record.heads)}，{area_text(record.area_dm2)}" if record.heads else ""
    return MemberLine(
        id=record.id,
        name=record.name,
        post=Post(record.post).words if record.post else "",
        room=record.room,
        sex=record.sex,
        born=record.born,
        party=record.party,
        phone=keys.opened(record.phone_sealed) if record.phone_sealed else "",
        votes=votes,
        account=account.display_name if account else "",
        account_id=record.account_id,
        joined_on=record.joined_on,
        suspended_on=record.suspended_on,
        suspended_why=record.suspended_why,
        posting=proofs[0].link() if proofs else None,
        left_on=record.left_on,
        left_why=record.left_why,
        alternate=record.seat == "alternate",
        candidate=record.candidate_id,
    )


def member_of(session: Session, estate: UUID, member: UUID, keys: Keys) -> MemberLine:
    """Return one member; raises `NotFound` for another estate's."""
    return _line(session, member_in(session, estate, member), keys)
