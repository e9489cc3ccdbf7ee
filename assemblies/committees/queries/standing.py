"""The candidates of the coming term with their papers, reviews and flags."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.committees.drafts import Nominator
from assemblies.committees.queries.flags import answer_flags
from assemblies.committees.queries.found import candidate_in, coming_term, departments, is_free
from assemblies.committees.queries.house import committee_in
from assemblies.committees.queries.owners import not_an_owner
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.committees import CandidateRecord, MemberRecord, TermRecord
from assemblies.records.files import files_of
from assemblies.records.flags import review_flag
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for

ELECTION = "election"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One department's opinion, "" for what is still missing."""

    department: str
    opinion: str
    text: str
    given_by: str
    given_at: datetime | None

    @property
    def words(self) -> str:
        """Return the opinion in words."""
        return {"clear": "没有疑点", "doubt": "有疑点", "": "未出具"}[self.opinion]


@dataclass(frozen=True, slots=True)
class Answer:
    """One clause of the negative list with its answer."""

    clause: str
    clear: bool
    note: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A candidate as pages and papers show them."""

    id: UUID
    number: int
    term: int
    name: str
    room: str
    sex: str
    born: int | None
    party: bool
    phone: str
    nominator: Nominator
    statement: str
    answers: tuple[Answer, ...]
    files: tuple[FileLink, ...]
    nominated_at: datetime
    withdrawn_at: datetime | None
    assembly: UUID | None
    assembly_title: str
    free: bool
    reviews: tuple[ReviewLine, ...]
    owner_warning: str
    flags: tuple[str, ...]

    @property
    def politics(self) -> str:
        """Return 政治面貌 as the forms write it."""
        return "中共党员" if self.party else "非中共党员"

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the departments that have not answered."""
        return tuple(one.department for one in self.reviews if not one.opinion)


@dataclass(frozen=True, slots=True)
class Plan:
    """Choices on a page: an id and what is said of it."""

    id: UUID
    words: str


def candidates_of(
    session: Session, estate: UUID, keys: Keys, *, now: datetime
) -> tuple[CandidateView, ...]:
    """Return the candidates of the coming term in order, those who withdrew last."""
    committee = committee_in(session, estate)
    if committee is None:
        return ()
    found = (
        select(CandidateRecord)
        .where(
            CandidateRecord.committee_id == committee.id,
            CandidateRecord.term_number == coming_term(session, committee.id),
        )
        .options(selectinload(CandidateRecord.reviews))
        .order_by(CandidateRecord.withdrawn_at.is_not(None), CandidateRecord.position)
    )
    return tuple(
        view_of(session, estate, one, keys, now=now) for one in session.execute(found).scalars()
    )


def candidate_of(
    session: Session, estate: UUID, candidate: UUID, keys: Keys, *, now: datetime
) -> CandidateView:
    """Return one candidate; raises `NotFound`."""
    return view_of(session, estate, candidate_in(session, estate, candidate), keys, now=now)


def view_of(
    session: Session, estate: UUID, record: CandidateRecord, keys: Keys, *, now: datetime
) -> CandidateView:
    """Return a candidate's record as a value."""
    asked = departments(rules_for(session, estate, now=now))
    item = session.get(ItemRecord, record.item_id) if record.item_id else None
    warning = not_an_owner(session, estate, record.name, record.room)
    flags = (warning, review_flag(record, asked), *answer_flags(record))
    return CandidateView(
        id=record.id,
        number=record.position,
        term=record.term_number,
        name=record.name,
        room=record.room,
        sex=record.sex,
        born=record.born,
        party=record.party,
        phone=keys.opened(record.phone_sealed) if record.phone_sealed else "",
        nominator=Nominator(record.nominated_by),
        statement=record.statement,
        answers=tuple(Answer(one["clause"], one["clear"], one["note"]) for one in record.answers),
        files=tuple(one.link() for one in files_of(session, record.file_ids)),
        nominated_at=record.nominated_at,
        withdrawn_at=record.withdrawn_at,
        assembly=item.assembly_id if item else None,
        assembly_title=item.assembly.title if item else "",
        free=record.withdrawn_at is None and is_free(session, record),
        reviews=_reviews(record, asked),
        owner_warning=warning,
        flags=tuple(flag for flag in flags if flag),
    )


def draft_assemblies(session: Session, estate: UUID) -> tuple[Plan, ...]:
    """Return the assemblies whose agenda can still take an election."""
    found = (
        select(AssemblyRecord)
        .where(
            AssemblyRecord.estate_id == estate, AssemblyRecord.phase.in_(("draft", "reviewed"))
        )
        .order_by(AssemblyRecord.number.desc())
    )  # fmt: skip
    return tuple(Plan(one.id, one.title) for one in session.execute(found).scalars())


def published_elections(session: Session, estate: UUID) -> tuple[Plan, ...]:
    """Return the published elections that have not begun a term yet."""
    used = select(TermRecord.item_id).where(TermRecord.item_id.is_not(None))
    joined = (
        select(CandidateRecord.item_id)
        .join(MemberRecord, MemberRecord.candidate_id == CandidateRecord.id)
        .where(CandidateRecord.item_id.is_not(None))
    )
    found = (
        select(ItemRecord, ResolutionRecord)
        .join(ResolutionRecord, ResolutionRecord.item_id == ItemRecord.id)
        .where(
            ResolutionRecord.estate_id == estate,
            ResolutionRecord.state != "revoked",
            ItemRecord.kind == ELECTION,
            ItemRecord.id.not_in(used),
            ItemRecord.id.not_in(joined),
        )
        .order_by(ResolutionRecord.published_at.desc())
    )
    return tuple(
        Plan(item.id, f"{item.title}（{resolution.number}）")
        for item, resolution in session.execute(found)
    )


def _reviews(record: CandidateRecord, asked: tuple[str, ...]) -> tuple[ReviewLine, ...]:
    given = {one.department: one for one in record.reviews}
    names = tuple(dict.fromkeys((*asked, *given)))
    return tuple(
        ReviewLine(name, one.opinion, one.text, one.given_by, one.given_at)
        if (one := given.get(name))
        else ReviewLine(name, "", "", "", None)
        for name in names
    )
