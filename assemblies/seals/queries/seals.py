"""The seals of an estate as pages show them: who keeps each, since when, and its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.pictures import FileLink
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.records import places
from assemblies.records.committees import CommitteeRecord
from assemblies.records.duties import duty_of
from assemblies.records.files import files_of
from assemblies.records.logs import LogEntryRecord
from assemblies.records.seal_log import differences
from assemblies.records.seals import KEPT, LOST, REPLACED, SealRecord
from assemblies.records.streams import Stream, entries_of
from voting.log import seals
from voting.log.entries import Entry
from voting.log.seals import SealKind

STATES = {
    "made": ("waiting", "等待保管人接收"),
    KEPT: ("took", "有人保管"),
    LOST: ("failed", "已报遗失"),
    REPLACED: ("note", "已更换"),
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log about a thing: its place, time, words and digest."""

    index: int
    at: datetime
    words: str
    said: str
    digest: str


@dataclass(frozen=True, slots=True)
class SealView:
    """A seal: what it is, who keeps it, and who is to keep it next."""

    id: UUID
    kind: SealKind
    name: str
    state: str
    keeper: str
    keeper_account: UUID | None
    kept_since: datetime | None
    made_at: datetime
    offered_to: str
    offered_account: UUID | None
    proof: FileLink | None
    loss_open: bool
    loss_proof: FileLink | None

    @property
    def tag(self) -> tuple[str, str]:
        """Return the state as a tag: its kind and its words."""
        return STATES[self.state]

    @property
    def usable(self) -> bool:
        """Say whether it may be used."""
        return self.state == KEPT

    @property
    def alive(self) -> bool:
        """Say whether it is neither lost nor replaced."""
        return self.state not in (LOST, REPLACED)


def place(session: Session, estate: UUID) -> Place:
    """Return the estate with its node; raises `NotFound`."""
    return places.place_of(session, estate)


def seals_of(session: Session, estate: UUID) -> tuple[SealView, ...]:
    """Return all seals of an estate, those in use first."""
    found = (
        select(SealRecord)
        .join(CommitteeRecord, SealRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == estate)
        .order_by(SealRecord.made_at)
    )
    views = [_view(session, one) for one in session.execute(found).scalars()]
    return tuple(sorted(views, key=lambda one: one.state == REPLACED))


def seal_of(session: Session, estate: UUID, seal: UUID) -> SealView:
    """Return one seal of an estate; raises `NotFound`."""
    for one in seals_of(session, estate):
        if one.id == seal:
            return one
    raise NotFound("没有这枚印章。")


def log_lines(session: Session, estate: UUID, subject: UUID) -> tuple[LogLine, ...]:
    """Return what the log says about a seal or a use, in order."""
    return _lines(
        one for one in entries_of(session, estate, Stream.SEALS) if one.subject == subject
    )


def matches_log(session: Session, estate: UUID) -> tuple[str, ...]:
    """Say where the tables differ from the log; empty where they are what the log tells."""
    return differences(session, estate)


def _view(session: Session, record: SealRecord) -> SealView:
    duty = duty_of(session, record.id, "seal_lost")
    proofs = files_of(session, [record.proof_id] if record.proof_id else [])
    losses = files_of(session, [duty.file_id] if duty and duty.file_id else [])
    return SealView(
        id=record.id,
        kind=SealKind(record.kind),
        name=record.name,
        state=record.state,
        keeper=record.keeper,
        keeper_account=record.keeper_account_id,
        kept_since=record.kept_since,
        made_at=record.made_at,
        offered_to=record.offered_to,
        offered_account=record.offered_account_id,
        proof=proofs[0].link() if proofs else None,
        loss_open=duty is not None and duty.done_at is None,
        loss_proof=losses[0].link() if losses else None,
    )


def _lines(found: Iterable[LogEntryRecord]) -> tuple[LogLine, ...]:
    return tuple(
        LogLine(
            one.index, one.at, seals.WORDS[one.kind], _said(one), Entry.parse(one.data).leaf.hex()
        )
        for one in found
    )


def _said(record: LogEntryRecord) -> str:
    """Say who an entry names and why, in the words that it holds."""
    body = Entry.parse(record.data).body
    names = ("by",) if record.kind == seals.MADE else ("keeper", "name", "applicant", "by")
    who = next((str(body[name]) for name in names if name in body), "")
    why = next((str(body[name]) for name in ("reason", "note") if body.get(name)), "")
    return f"{who}：{why}" if why else who
