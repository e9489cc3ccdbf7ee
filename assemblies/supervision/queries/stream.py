"""Reads of the record: its entries, newest first, with the notes beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.records import logs
from assemblies.records.committees import CommitteeRecord
from assemblies.records.logs import LogEntryRecord
from assemblies.records.oversight import NoteRecord
from assemblies.records.places import place_of
from assemblies.records.streams import Stream, head_of
from assemblies.supervision.subjects import Subject
from voting.log.entries import Entry
from voting.log.supervision import CREATED, WORDS
from voting.stream import write

__all__ = ["Day", "Head", "Line", "Note", "Page", "Place", "exported", "head", "line"]
__all__ += ["lines_between", "midnight", "note", "notes_of", "page", "place"]

PAGE = 40
SHORT = 12  # signs of a digest that tell entries apart for an eye


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside the record, and its answer."""

    id: UUID
    entry: int | None
    text: str
    written_by: str
    written_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the record in words."""

    number: int
    kind: str
    words: str
    said: str
    by: str
    source: str
    at: datetime
    digest: str
    notes: tuple[Note, ...] = ()

    @property
    def late(self) -> bool:
        """Say whether it tells of something that was not done in time."""
        return self.kind.endswith((".late", ".overdue"))

    @property
    def short(self) -> str:
        """Return the beginning of the digest."""
        return self.digest[:SHORT]


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day in China, newest first."""

    day: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Which log the record is, and how many entries it has."""

    origin: str
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the record: days, where it stands, and what it could be filtered by."""

    place: Place
    days: tuple[Day, ...]
    found: int
    number: int
    pages: int
    years: tuple[int, ...]
    size: int
    notes: tuple[Note, ...]
    unanswered: int


def place(session: Session, estate: UUID) -> Place:
    """Return the estate with its node; raises `NotFound`."""
    return place_of(session, estate)


def page(session: Session, estate: UUID, subject: Subject | None, year: int, number: int) -> Page:
    """Return a page of an estate's record, newest first; raises `NotFound`."""
    where = [*_of_estate(estate), *_within(subject, year)]
    found = session.execute(_counted().where(*where)).scalar_one()
    pages = max(1, -(-found // PAGE))
    number = min(max(1, number), pages)
    rows = _entries().where(*where).order_by(LogEntryRecord.index.desc())
    rows = rows.limit(PAGE).offset((number - 1) * PAGE)
    notes = notes_of(session, estate)
    beside: dict[int, list[Note]] = {}
    for note in notes:
        if note.entry is not None:
            beside.setdefault(note.entry, []).append(note)
    lines = [_line(row, beside) for row in session.execute(rows).scalars()]
    return Page(
        place=place_of(session, estate),
        days=_by_day(lines),
        found=found,
        number=number,
        pages=pages,
        years=_years(session, estate),
        size=session.execute(_counted().where(*_of_estate(estate))).scalar_one(),
        notes=tuple(note for note in notes if note.entry is None),
        unanswered=sum(note.answered_at is None for note in notes),
    )


def lines_between(session: Session, estate: UUID, since: date, until: date) -> tuple[Line, ...]:
    """Return the entries of a period in order, for the printed record."""
    where = [LogEntryRecord.at >= midnight(since), LogEntryRecord.at < _after(until)]
    rows = _entries().where(*_of_estate(estate), *where).order_by(LogEntryRecord.index)
    return tuple(_line(row, {}) for row in session.execute(rows).scalars())


def line(session: Session, estate: UUID, number: int) -> Line:
    """Return one entry by its number in the log, with its notes; raises `NotFound`."""
    head = _counted().where(*_of_estate(estate))
    if number > session.execute(head).scalar_one():  # nor is it a number that a database holds
        raise NotFound
    row = _entries().where(*_of_estate(estate), LogEntryRecord.index == number)
    found = session.execute(row).scalar_one_or_none()
    if found is None:
        raise NotFound
    return _line(found, {number: [one for one in notes_of(session, estate) if one.entry == number]})


def note(session: Session, estate: UUID, note: UUID) -> Note:
    """Return a note on an estate's record; raises `NotFound`."""
    for one in notes_of(session, estate):
        if one.id == note:
            return one
    raise NotFound


def exported(session: Session, estate: UUID) -> bytes:
    """Return the whole record as the file that the verifier takes; raises `NotFound`."""
    log = head_of(session, estate, Stream.SUPERVISION)
    return write([one.data for one in logs.entries(session, log.id)], log.checkpoint)


def notes_of(session: Session, estate: UUID) -> tuple[Note, ...]:
    """Return the notes on an estate's record, newest first."""
    found = (
        select(NoteRecord)
        .join(CommitteeRecord, NoteRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == estate)
        .order_by(NoteRecord.written_at.desc())
    )
    return tuple(_note(record) for record in session.execute(found).scalars())


def head(session: Session, estate: UUID) -> Head:
    """Return the head of the record's log; raises `NotFound` where nothing happened yet."""
    log = head_of(session, estate, Stream.SUPERVISION)
    return Head(log.origin, log.size)


def midnight(day: date) -> datetime:
    """Return the beginning of a day in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


def _after(day: date) -> datetime:
    return midnight(day + timedelta(days=1))


def _entries() -> Select[LogEntryRecord]:
    return select(LogEntryRecord).join(
        CommitteeRecord, CommitteeRecord.supervision_log_id == LogEntryRecord.log_id
    )


def _counted() -> Select[int]:
    return (
        select(func.count())
        .select_from(LogEntryRecord)
        .join(CommitteeRecord, CommitteeRecord.supervision_log_id == LogEntryRecord.log_id)
    )


def _of_estate(estate: UUID) -> tuple[ColumnElement[bool], ...]:
    return (CommitteeRecord.estate_id == estate, LogEntryRecord.kind != CREATED)


def _within(subject: Subject | None, year: int) -> Iterable[ColumnElement[bool]]:
    if subject is not None:
        yield LogEntryRecord.kind.in_(subject.kinds)
    if year:
        yield LogEntryRecord.at >= midnight(date(year, 1, 1))
        yield LogEntryRecord.at < midnight(date(year + 1, 1, 1))


def _years(session: Session, estate: UUID) -> tuple[int, ...]:
    ends = select(func.min(LogEntryRecord.at), func.max(LogEntryRecord.at)).join(
        CommitteeRecord, CommitteeRecord.supervision_log_id == LogEntryRecord.log_id
    )
    days = [in_china(one) for one in session.execute(ends.where(*_of_estate(estate))).one() if one]
    return tuple(range(days[-1].year, days[0].year - 1, -1)) if days else ()


def _line(record: LogEntryRecord, beside: Mapping[int, Iterable[Note]]) -> Line:
    body = Entry.parse(record.data).body
    return Line(
        number=record.index,
        kind=record.kind,
        words=WORDS[record.kind],
        said=str(body["said"]),
        by=str(body["by"]),
        source=str(body["source"]),
        at=record.at,
        digest=str(body["digest"]),
        notes=tuple(beside.get(record.index, ())),
    )


def _by_day(lines: Iterable[Line]) -> tuple[Day, ...]:
    grouped = groupby(lines, key=lambda one: in_china(one.at).date())
    return tuple(Day(day, tuple(found)) for day, found in grouped)


def _note(record: NoteRecord) -> Note:
    return Note(
        record.id,
        record.entry,
        record.text,
        record.written_by,
        record.written_at,
        record.answer,
        record.answered_by,
        record.answered_at,
    )
