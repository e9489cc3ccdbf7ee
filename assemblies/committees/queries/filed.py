"""Filings and hand-overs of a committee, as pages and papers show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.committees.drafts import HANDOVERS, KINDS, PAPERS
from assemblies.committees.queries.formed import DutyLine, duties_of
from assemblies.committees.queries.found import filing_in, handover_in, missing_texts
from assemblies.committees.queries.house import committee_in
from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.records.committees import TermRecord
from assemblies.records.files import files_of
from assemblies.records.filings import FilingRecord, HandoverRecord

STATES = {
    "draft": "正在准备",
    "submitted": "已提交",
    "returned": "退回补正",
    "accepted": "已受理",
    "certified": "已备案",
}


@dataclass(frozen=True, slots=True)
class FilingView:
    """A filing: what it is about, how it stands, and what was decided."""

    id: UUID
    term: UUID
    term_number: int
    kind: str
    what: str
    state: str
    begun_at: datetime
    due_on: date | None
    submitted_at: datetime | None
    submitted_by: str
    decided_at: datetime | None
    decided_by: str
    reasons: str
    certificate: str
    certified_at: datetime | None
    certificate_file: FileLink | None
    carving_file: FileLink | None
    papers: tuple[tuple[str, FileLink], ...]
    missing: tuple[str, ...]
    duties: tuple[DutyLine, ...]
    late: bool

    @property
    def title(self) -> str:
        """Return what kind of filing it is."""
        return KINDS[self.kind]

    @property
    def words(self) -> str:
        """Say how it stands."""
        if self.late:
            return f"{STATES[self.state]}，已逾期"
        if self.kind != "new" and self.state == "accepted":
            return "已受理，办结"
        return STATES[self.state]

    @property
    def open(self) -> bool:
        """Say whether the committee may still change and hand it in."""
        return self.state in ("draft", "returned")


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One line of a hand-over."""

    id: UUID
    what: str
    quantity: str
    received_by: str
    done_at: datetime | None
    note: str
    proof: FileLink | None


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A hand-over with its checklist."""

    id: UUID
    kind: str
    from_whom: str
    to_whom: str
    begun_at: datetime
    due_on: date | None
    done_at: datetime | None
    late: bool
    lines: tuple[HandoverLine, ...]

    @property
    def title(self) -> str:
        """Return what kind of hand-over it is."""
        return HANDOVERS[self.kind]

    @property
    def received(self) -> int:
        """Return how many lines were received."""
        return sum(line.done_at is not None for line in self.lines)

    @property
    def words(self) -> str:
        """Say how it stands."""
        if self.done_at is not None:
            return "已完成"
        late = "，已逾期" if self.late else ""
        return f"已移交 {self.received} 项，共 {len(self.lines)} 项{late}"


def filings_of(session: Session, estate: UUID, *, now: datetime) -> tuple[FilingView, ...]:
    """Return the filings of an estate's committee, the latest first."""
    committee = committee_in(session, estate)
    if committee is None:
        return ()
    found = (
        select(FilingRecord)
        .join(TermRecord, FilingRecord.term_id == TermRecord.id)
        .where(TermRecord.committee_id == committee.id)
        .order_by(FilingRecord.begun_at.desc())
    )
    return tuple(_filing(session, estate, one, now) for one in session.execute(found).scalars())


def filing_of(session: Session, estate: UUID, filing: UUID, *, now: datetime) -> FilingView:
    """Return one filing; raises `NotFound`."""
    return _filing(session, estate, filing_in(session, estate, filing), now)


def handovers_of(session: Session, estate: UUID, *, now: datetime) -> tuple[HandoverView, ...]:
    """Return the hand-overs of an estate, the latest first."""
    committee = committee_in(session, estate)
    if committee is None:
        return ()
    found = (
        select(HandoverRecord)
        .where(HandoverRecord.committee_id == committee.id)
        .options(selectinload(HandoverRecord.items))
        .order_by(HandoverRecord.begun_at.desc())
    )
    return tuple(_handover(session, one, now) for one in session.execute(found).scalars())


def handover_of(session: Session, estate: UUID, handover: UUID, *, now: datetime) -> HandoverView:
    """Return one hand-over; raises `NotFound`."""
    return _handover(session, handover_in(session, estate, handover), now)


def _filing(session: Session, estate: UUID, record: FilingRecord, now: datetime) -> FilingView:
    term = session.get_one(TermRecord, record.term_id)
    source = term.id if record.kind == "new" else record.id
    own = duties_of(session, record.id, now=now)
    duties = own if source == record.id else (*_of_term(session, term, now), *own)
    handed_in = record.state not in ("draft", "returned")
    kinds = [one["kind"] for one in record.papers]
    links = [one.link() for one in files_of(session, [one["file"] for one in record.papers])]
    return FilingView(
        id=record.id,
        term=term.id,
        term_number=term.number,
        kind=record.kind,
        what=record.what,
        state=record.state,
        begun_at=record.begun_at,
        due_on=record.due_on,
        submitted_at=record.submitted_at,
        submitted_by=record.submitted_by,
        decided_at=record.decided_at,
        decided_by=record.decided_by,
        reasons=record.reasons,
        certificate=record.certificate,
        certified_at=record.certified_at,
        certificate_file=_link(session, record.certificate_file_id),
        carving_file=_link(session, record.carving_file_id),
        papers=tuple(zip((PAPERS[kind] for kind in kinds), links, strict=True)),
        missing=missing_texts(session, estate, record) if record.kind == "new" else (),
        duties=duties,
        late=not handed_in and record.due_on is not None and in_china(now).date() > record.due_on,
    )


def _of_term(session: Session, term: TermRecord, now: datetime) -> tuple[DutyLine, ...]:
    return tuple(
        one for one in duties_of(session, term.id, now=now) if one.title == "业主委员会备案"
    )


def _handover(session: Session, record: HandoverRecord, now: datetime) -> HandoverView:
    undone = record.done_at is None
    return HandoverView(
        id=record.id,
        kind=record.kind,
        from_whom=record.from_whom,
        to_whom=record.to_whom,
        begun_at=record.begun_at,
        due_on=record.due_on,
        done_at=record.done_at,
        late=undone and record.due_on is not None and in_china(now).date() > record.due_on,
        lines=tuple(
            HandoverLine(
                one.id,
                one.what,
                one.quantity,
                one.received_by,
                one.done_at,
                one.note,
                _link(session, one.file_id),
            )
            for one in record.items
        ),
    )


def _link(session: Session, file: UUID | None) -> FileLink | None:
    found = files_of(session, [file] if file else [])
    return found[0].link() if found else None
