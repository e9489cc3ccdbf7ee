"""Reads of the resolutions room: the result with its meeting, objections, evidence bundles."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import (
    AssemblyRecord,
    DocumentRecord,
    ObjectionRecord,
)
from assemblies.records.evidence import evidence_of
from assemblies.records.logs import LogRecord
from assemblies.records.premises import EstateRecord
from assemblies.records.repairs import RepairRecord
from assemblies.records.turnout import entitled
from assemblies.resolutions import following
from voting import bundle, canonical
from voting.agenda import Agenda
from voting.bundle import Edition
from voting.law.duties import Duty
from voting.law.majorities import Count
from voting.law.rules import Rules
from voting.result import Outcome, Result


@dataclass(frozen=True, slots=True)
class Meeting:
    """An assembly after its count, as pages and papers show it."""

    id: UUID
    node: UUID
    estate_id: UUID
    estate: str
    title: str
    phase: str
    convener: str
    contact: str
    opens_at: datetime
    closes_at: datetime
    counted_at: datetime
    objections_until: datetime
    certified_at: datetime | None
    certified_by: str
    published_at: datetime | None
    number: str
    log_size: int
    checkpoint: str


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection to the result and its answer."""

    id: UUID
    text: str
    raised_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """The result, its meeting and agenda, the whole roll's heads and area, and the objections."""

    meeting: Meeting
    whole: Count
    result: Result
    agenda: Agenda
    objections: tuple[ObjectionLine, ...]
    duties: tuple[tuple[str, tuple[Duty, ...]], ...]

    @property
    def unanswered(self) -> int:
        """Return how many objections wait for an answer."""
        return sum(one.answered_at is None for one in self.objections)


def meeting(session: Session, assembly: UUID) -> Meeting:
    """Return an assembly that was counted; raises `NotFound`, or `WrongStep` before."""
    row = session.execute(
        select(AssemblyRecord, EstateRecord, LogRecord)
        .join(EstateRecord, AssemblyRecord.estate_id == EstateRecord.id)
        .outerjoin(LogRecord, AssemblyRecord.log_id == LogRecord.id)
        .where(AssemblyRecord.id == assembly)
    ).one_or_none()
    if row is None:
        raise NotFound
    record, estate, log = row
    times = (record.opens_at, record.closes_at, record.counted_at, record.objections_until)
    opens, closes, counted, until = times
    if opens is None or closes is None or counted is None or until is None or log is None:
        raise WrongStep("还没有计票。")
    return Meeting(
        id=record.id,
        node=estate.node_id,
        estate_id=estate.id,
        estate=estate.name,
        title=record.title,
        phase=record.phase,
        convener=record.convener_name,
        contact=record.contact,
        opens_at=opens,
        closes_at=closes,
        counted_at=counted,
        objections_until=until,
        certified_at=record.certified_at,
        certified_by=record.certified_by,
        published_at=record.published_at,
        number=record.publication_number,
        log_size=log.size,
        checkpoint=log.checkpoint,
    )


def page(session: Session, assembly: UUID) -> Page:
    """Return everything the result's pages and papers say."""
    found = meeting(session, assembly)
    agenda, rules = agenda_and_rules(session, assembly)
    result = Result.decode(_document(session, assembly, "result.json"))
    return Page(
        found,
        entitled(session, assembly),
        result,
        agenda,
        _objections(session, assembly),
        _duties(found, result, agenda, rules),
    )


def agenda_and_rules(session: Session, assembly: UUID) -> tuple[Agenda, Rules]:
    """Return what was frozen: the agenda and the rules; raises `WrongStep` before."""
    agenda = Agenda.decode(_document(session, assembly, "agenda.json"))
    return agenda, Rules.from_json(canonical.decode(_document(session, assembly, "rules.json")))


def has_project(session: Session, item: UUID | None) -> bool:
    """Say whether a repair was planned for an item."""
    found = select(RepairRecord.id).where(RepairRecord.item_id == item).limit(1)
    return item is not None and session.execute(found).first() is not None


def _document(session: Session, assembly: UUID, name: str) -> bytes:
    document = session.get(DocumentRecord, (assembly, name))
    if document is None:
        raise WrongStep("还没有计票。")
    return document.content


def _objections(session: Session, assembly: UUID) -> tuple[ObjectionLine, ...]:
    found = (
        select(ObjectionRecord)
        .where(ObjectionRecord.assembly_id == assembly, ObjectionRecord.stage == "result")
        .order_by(ObjectionRecord.raised_at)
    )
    return tuple(
        ObjectionLine(one.id, one.text, one.raised_at, one.answer, one.answered_at)
        for one in session.execute(found).scalars()
    )


def _duties(
    meeting: Meeting, result: Result, agenda: Agenda, rules: Rules
) -> tuple[tuple[str, tuple[Duty, ...]], ...]:
    """Return what follows from each item that passed, with its dates."""
    decided = in_china(meeting.certified_at or meeting.counted_at).date()
    return tuple(
        (item.title, following.after(agenda.item(item.item), decided, rules))
        for item in result.items
        if item.outcome is Outcome.PASSED
    )


def bundle_of(session: Session, assembly: UUID, keys: Keys, edition: Edition) -> bytes:
    """Return an evidence bundle; raises `NotFound` or `WrongStep`."""
    record = session.get(AssemblyRecord, assembly)
    if record is None:
        raise NotFound
    return bundle.write(evidence_of(session, record, keys), edition)


def published_this_year(session: Session, estate: UUID, year: int) -> int:
    """Return how many assemblies of an estate were published under a number of this year."""
    found = select(func.count()).where(
        AssemblyRecord.estate_id == estate,
        AssemblyRecord.publication_number.contains(f"〔{year}〕"),
    )
    return session.execute(found).scalar_one()
