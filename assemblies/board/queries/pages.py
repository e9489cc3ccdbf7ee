"""Reads of the public board: from frozen documents and the cached turnout only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import NotFound
from assemblies.records import turnout
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord
from assemblies.records.logs import LogEntryRecord, LogRecord
from assemblies.records.premises import EstateRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.turnout import Turnout
from voting.agenda import Item
from voting.law.house import HouseRules
from voting.law.rules import Rules, compose
from voting.law.wording import words
from voting.log import kinds
from voting.result import Result

POSTED = ("posted", "frozen", "closed", "opened", "counted", "certified", "published")
# What the public log shows with its time; ballots, letters and devices are only numbers there.
SHOWN = {
    kinds.CREATED: "会议日志建立",
    kinds.REVIEWED: "方案已报告",
    kinds.POSTED: "公告发布",
    kinds.FROZEN: "名册、议程、规则锁定",
    kinds.CLOSED: "投票截止",
    kinds.OPENED: "开票",
    kinds.COUNTED: "计票",
    kinds.RULING: "认定一张票无效",
    kinds.OBJECTION: "收到异议",
    kinds.ANSWERED: "答复异议",
    kinds.CERTIFIED: "街道核验",
    kinds.PUBLISHED: "结果公布",
}


@dataclass(frozen=True, slots=True)
class AssemblyLine:
    """One assembly in the list: where it stands and its dates."""

    id: UUID
    title: str
    phase: str
    opens_at: datetime | None
    closes_at: datetime | None
    number: str


@dataclass(frozen=True, slots=True)
class EstateLine:
    """One estate with its posted assemblies, newest first, and whether it has a register."""

    id: UUID
    name: str
    decided: bool
    assemblies: tuple[AssemblyLine, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as the public reads it, with its threshold in words."""

    item: Item
    threshold: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log in words."""

    index: int
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on an assembly's public page."""

    id: UUID
    estate: str
    estate_id: UUID
    title: str
    convener: str
    contact: str
    place: str
    phase: str
    posted_at: datetime
    opens_at: datetime
    closes_at: datetime
    frozen_at: datetime | None
    closed_at: datetime | None
    counted_at: datetime | None
    objections_until: datetime | None
    certified_at: datetime | None
    certified_by: str
    published_at: datetime | None
    number: str
    items: tuple[ItemLine, ...]
    rules: Rules
    turnout: Turnout | None
    result: Result | None
    log_origin: str
    log_size: int
    checkpoint: str
    events: tuple[Event, ...]

    def is_open(self, now: datetime) -> bool:
        """Say whether voting is going on."""
        return self.phase == "frozen" and self.opens_at <= now < self.closes_at


def estates(session: Session) -> tuple[EstateLine, ...]:
    """Return the estates with posted assemblies or with resolutions."""
    decided = _decided(session)
    found = session.execute(
        select(AssemblyRecord, EstateRecord.name)
        .join(EstateRecord, AssemblyRecord.estate_id == EstateRecord.id)
        .where(AssemblyRecord.phase.in_(POSTED))
        .order_by(EstateRecord.name, AssemblyRecord.number.desc())
    )
    lines: dict[tuple[UUID, str], list[AssemblyLine]] = {}
    for record, name in found:
        lines.setdefault((record.estate_id, name), []).append(
            AssemblyLine(
                record.id,
                record.title,
                record.phase,
                record.opens_at,
                record.closes_at,
                record.publication_number,
            )
        )
    for estate, name in decided.items():
        lines.setdefault((estate, name), [])
    return tuple(
        EstateLine(estate, name, estate in decided, tuple(held))
        for (estate, name), held in lines.items()
    )


def _decided(session: Session) -> dict[UUID, str]:
    """Return the names of the estates that have resolutions, by id."""
    found = (
        select(EstateRecord.id, EstateRecord.name)
        .where(EstateRecord.id.in_(select(ResolutionRecord.estate_id)))
        .order_by(EstateRecord.name)
    )
    return {estate: name for estate, name in session.execute(found)}  # noqa: C416 -- rows, typed


def needs_recount(session: Session, assembly: UUID, *, now: datetime) -> bool:
    """Say whether the turnout should be counted anew: voting is on, and the number is old."""
    record = session.get(AssemblyRecord, assembly)
    if record is None or record.frozen_at is None:
        return False
    held = turnout.current(session, assembly)
    final = (
        record.closes_at is not None and held is not None and held.counted_at >= record.closes_at
    )
    return not final and turnout.stale(session, assembly, now=now)


def page(session: Session, assembly: UUID) -> Page:
    """Return an assembly's public page; raises `NotFound` before it was posted."""
    row = session.execute(
        select(AssemblyRecord, EstateRecord)
        .join(EstateRecord, AssemblyRecord.estate_id == EstateRecord.id)
        .where(AssemblyRecord.id == assembly, AssemblyRecord.phase.in_(POSTED))
    ).one_or_none()
    if row is None:
        raise NotFound
    record, estate = row
    if record.posted_at is None or record.opens_at is None or record.closes_at is None:
        raise NotFound
    rules = _rules(record)
    log = session.get_one(LogRecord, record.log_id)
    return Page(
        id=record.id,
        estate=estate.name,
        estate_id=estate.id,
        title=record.title,
        convener=record.convener_name,
        contact=record.contact,
        place=record.place,
        phase=record.phase,
        posted_at=record.posted_at,
        opens_at=record.opens_at,
        closes_at=record.closes_at,
        frozen_at=record.frozen_at,
        closed_at=record.closed_at,
        counted_at=record.counted_at,
        objections_until=record.objections_until,
        certified_at=record.certified_at,
        certified_by=record.certified_by,
        published_at=record.published_at,
        number=record.publication_number,
        items=tuple(_item(one.value(), rules) for one in record.items),
        rules=rules,
        turnout=turnout.current(session, assembly),
        result=_result(session, assembly),
        log_origin=log.origin,
        log_size=log.size,
        checkpoint=log.checkpoint,
        events=_events(session, log.id),
    )


def _rules(record: AssemblyRecord) -> Rules:
    if record.house_rules is None or record.posted_at is None:
        raise NotFound
    house = HouseRules.from_json(record.house_rules)
    return compose(record.pack, on=record.posted_at.astimezone(CHINA).date(), house=house)


def _item(item: Item, rules: Rules) -> ItemLine:
    return ItemLine(item, words(item.matter, item.scope.words, rules))


def _result(session: Session, assembly: UUID) -> Result | None:
    document = session.get(DocumentRecord, (assembly, "result.json"))
    return None if document is None else Result.decode(document.content)


def _events(session: Session, log: UUID) -> tuple[Event, ...]:
    found = (
        select(LogEntryRecord.index, LogEntryRecord.at, LogEntryRecord.kind)
        .where(LogEntryRecord.log_id == log, LogEntryRecord.kind.in_(SHOWN))
        .order_by(LogEntryRecord.index)
    )
    return tuple(Event(index, at, SHOWN[kind]) for index, at, kind in session.execute(found))
