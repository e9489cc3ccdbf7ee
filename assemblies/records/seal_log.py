"""What a committee's seal log says, held against the tables that show it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.records.committees import CommitteeRecord
from assemblies.records.files import FileRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seals import (
    APPLIED,
    APPROVED,
    CLOSED,
    DECLINED,
    KEPT,
    LOST,
    MADE,
    REPLACED,
    SIGNED,
    STAMPED,
    WITHDRAWN,
    SealListRecord,
    SealRecord,
    SealUseRecord,
)
from assemblies.records.streams import Stream, entries_of, head_of
from voting.canonical import Fields, Plain
from voting.log import seals
from voting.log.entries import Entry
from voting.stream import write
from voting.verify.report import StreamReport
from voting.verify.seals import Seal, SealBook, Use
from voting.verify.streams import verify_stream


def export(session: Session, estate: UUID) -> bytes:
    """Return the seal log as the file a stranger verifies; raises `NotFound` before it began."""
    head = head_of(session, estate, Stream.SEALS)
    return write([one.data for one in entries_of(session, estate, Stream.SEALS)], head.checkpoint)


def applied_body(use: SealUseRecord, document: str, basis: str) -> dict[str, Plain]:
    """Return what the log says of an application, all but the rule it froze."""
    return {
        "applicant": use.applicant,
        "basis": {"id": str(use.basis_id), "kind": use.basis_kind, "number": basis},
        "copies": use.copies,
        "document": document,
        "members": [*use.members],
        "number": use.number_zh,
        "purpose": use.purpose_zh,
        "receiver": use.receiver,
        "seal": str(use.seal_id),
        "title": use.title,
        "use": str(use.id),
    }


@dataclass(slots=True)
class _Told:
    """The log's entries about one thing, by kind."""

    said: dict[str, list[Entry]] = field(default_factory=dict)

    def all(self, kind: str) -> list[Entry]:
        return self.said.get(kind, [])

    def at(self, kind: str) -> datetime | None:
        return self.said[kind][-1].time if kind in self.said else None

    def text(self, kind: str, name: str) -> str:
        return str(self.said[kind][-1].body[name]) if kind in self.said else ""


def differences(session: Session, estate: UUID) -> tuple[str, ...]:
    """Say where the tables differ from the log, or that the log itself does not hold.

    Empty where seals, uses, signatures and lists are exactly what the log tells.
    """
    entries = [Entry.parse(one.data) for one in entries_of(session, estate, Stream.SEALS)]
    shown = _shown(session, estate)
    if not entries:
        return ("日志还没有开始，台账里却已有记录。",) if shown.anything else ()
    report = verify_stream(export(session, estate))
    if not report.holds:
        return (f"日志没有通过核验：{_broken(report)}",)
    book, told = _read(entries)
    published = [entry.body for entry in entries if entry.kind == seals.PUBLISHED]
    return (
        *_seals(shown, book, told),
        *_uses(shown, book, told),
        *_lists(shown, published),
    )


def _read(entries: Sequence[Entry]) -> tuple[SealBook, Mapping[UUID, _Told]]:
    book, told = SealBook(), defaultdict[UUID, _Told](_Told)
    for entry in entries:
        book.take(entry.kind, Fields(entry.body, f"entry.{entry.kind}"))
        subject = entry.body.get("use") or entry.body.get("seal")
        if isinstance(subject, str):
            told[UUID(subject)].said.setdefault(entry.kind, []).append(entry)
    return book, told


def _broken(report: StreamReport) -> str:
    failed = [step for step in report.steps if step.holds is False]
    return "；".join(said for step in failed for said in step.said_zh[-1:]) or report.said_zh


@dataclass(frozen=True, slots=True)
class _Shown:
    seals: dict[UUID, SealRecord]
    uses: dict[UUID, SealUseRecord]
    lists: list[SealListRecord]
    # What they name: files by their digests, decisions by their numbers.
    digests: dict[UUID, str]
    numbers: dict[UUID, str]

    @property
    def anything(self) -> bool:
        return bool(self.seals or self.uses or self.lists)


def _shown(session: Session, estate: UUID) -> _Shown:
    committee = select(CommitteeRecord.id).where(CommitteeRecord.estate_id == estate)
    here = committee.scalar_subquery()
    kept = session.execute(select(SealRecord).where(SealRecord.committee_id == here)).scalars()
    used = session.execute(
        select(SealUseRecord)
        .where(SealUseRecord.committee_id == here)
        .options(selectinload(SealUseRecord.signatures))
    ).scalars()
    lists = session.execute(
        select(SealListRecord)
        .where(SealListRecord.committee_id == here)
        .order_by(SealListRecord.published_at)
    ).scalars()
    uses, listed = {one.id: one for one in used}, list(lists)
    files = {one.document_id for one in uses.values()} | {one.file_id for one in listed}
    files |= {UUID(photo) for one in uses.values() for photo in one.photo_ids}
    digest = select(FileRecord.id, FileRecord.sha256).where(FileRecord.id.in_(files))
    bases = {one.basis_id for one in uses.values()}
    number = select(ResolutionRecord.id, ResolutionRecord.number).where(
        ResolutionRecord.id.in_(bases)
    )
    return _Shown(
        seals={one.id: one for one in kept},
        uses=uses,
        lists=listed,
        digests={row.id: row.sha256 for row in session.execute(digest)},
        numbers={row.id: row.number for row in session.execute(number)},
    )


def _seals(shown: _Shown, book: SealBook, told: Mapping[UUID, _Told]) -> Iterator[str]:
    if shown.seals.keys() != book.seals.keys():
        yield "印章的枚数和日志不一致。"
    for id_, record in shown.seals.items():
        if id_ in book.seals:
            wrong = [
                name
                for name, here, there in _seal_facts(record, book.seals[id_], told[id_])
                if here != there
            ]
            if wrong:
                yield f"“{record.name}”的{'、'.join(wrong)}和日志不一致。"


def _seal_facts(
    record: SealRecord, seal: Seal, told: _Told
) -> Iterator[tuple[str, object, object]]:
    alive = KEPT if seal.keeper else MADE
    yield "名称", record.name, seal.name
    yield "种类", record.kind, seal.kind.value
    yield "保管人", record.keeper, seal.keeper
    yield "刻制时间", record.made_at, told.at(seals.MADE)
    yield "保管起始时间", record.kept_since, told.at(seals.KEPT)
    state = REPLACED if seal.replaced else LOST if seal.lost else alive
    yield "状态", record.state, state


def _uses(shown: _Shown, book: SealBook, told: Mapping[UUID, _Told]) -> Iterator[str]:
    if shown.uses.keys() != book.uses.keys():
        yield "用印的件数和日志不一致。"
    for id_, record in shown.uses.items():
        if id_ in book.uses:
            facts = _use_facts(shown, record, book.uses[id_], told[id_])
            wrong = [name for name, here, there in facts if here != there]
            if wrong:
                yield f"{record.number_zh}《{record.title}》的{'、'.join(wrong)}和日志不一致。"


def _use_facts(
    shown: _Shown, record: SealUseRecord, use: Use, told: _Told
) -> Iterator[tuple[str, object, object]]:
    applied = told.all(seals.APPLIED)[0]
    said = {name: value for name, value in applied.body.items() if name != "rule"}
    document = shown.digests[record.document_id]
    basis = shown.numbers[record.basis_id]
    yield "申请内容", applied_body(record, document, basis), said
    yield "申请时间", record.applied_at, applied.time
    yield "须签字人数", record.needed, use.rule.least(len(use.members))
    yield "签字", _answers(record), _told_answers(told)
    yield "照片", {shown.digests[UUID(one)] for one in record.photo_ids}, use.photographs
    yield "盖章人", record.stamped_by, told.text(seals.STAMPED, "keeper")
    yield "盖章时间", record.stamped_at, told.at(seals.STAMPED)
    yield "办结时间", record.closed_at, told.at(seals.CLOSED)
    yield "办结说明", record.closing_note, told.text(seals.CLOSED, "note")
    yield "状态", record.state, state_of(use)


def state_of(use: Use) -> str:
    """Return the state that the log gives a use."""
    if use.withdrawn or use.closed:
        return WITHDRAWN if use.withdrawn else CLOSED
    if use.stamped:
        return STAMPED
    if not use.missing:
        return APPROVED
    out_of_reach = use.rule.missing(len(use.members) - len(use.declined), len(use.members))
    return DECLINED if out_of_reach else APPLIED


def _answers(record: SealUseRecord) -> set[tuple[str, str, str, str, datetime]]:
    return {
        (str(one.member_id), one.name, one.answer, one.reason, one.signed_at)
        for one in record.signatures
    }


def _told_answers(told: _Told) -> set[tuple[str, str, str, str, datetime]]:
    kinds = ((seals.SIGNED, SIGNED), (seals.DECLINED, DECLINED))
    return {
        (
            str(one.body["member"]),
            str(one.body["name"]),
            answer,
            str(one.body.get("reason", "")),
            one.time,
        )
        for kind, answer in kinds
        for one in told.all(kind)
    }


def _lists(shown: _Shown, published: Sequence[object]) -> Iterator[str]:
    here = [
        {
            "list": shown.digests[one.file_id],
            "since": one.since.isoformat(),
            "until": one.until.isoformat(),
            "uses": one.uses,
        }
        for one in shown.lists
    ]
    if here != published:
        yield "公布过的用印清单和日志不一致。"
