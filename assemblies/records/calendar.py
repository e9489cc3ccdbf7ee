"""Duties as pages show them: how far off the last day is, in words, and where each is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.records.duties import WHO, DutyRecord
from assemblies.records.files import files_of

When = Literal["late", "soon", "later", "waiting", "done", "void"]
SOON = 7
RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Entry:
    """One duty in the calendar; `href` "" means it is done in the calendar itself."""

    id: UUID
    estate: UUID
    source: UUID
    name: str
    title: str
    about: str
    who: str
    due_on: date | None
    when: When
    words: str
    law: str
    binding: bool
    starts_zh: str
    href: str
    done_at: datetime | None
    done_by: str
    proof: str
    file: FileLink | None

    @property
    def who_zh(self) -> str:
        """Return who has to do it."""
        return WHO.get(self.who, self.who)

    @property
    def standing_zh(self) -> str:
        """Say whether the law fixes the period or practice only advises it."""
        return "法定期限" if self.binding else "建议期限"


def of_estate(
    session: Session, estate: UUID, *, since: datetime | None = None, now: datetime
) -> tuple[Entry, ...]:
    """Return the duties of an estate, the most urgent first; the done since a moment, if given."""
    found = select(DutyRecord).where(DutyRecord.estate_id == estate, DutyRecord.void_at.is_(None))
    if since is not None:
        found = found.where(or_(DutyRecord.done_at.is_(None), DutyRecord.done_at >= since))
    return entries_of(session, session.execute(found).scalars().all(), now=now)


def of_source(session: Session, source: UUID, *, now: datetime) -> tuple[Entry, ...]:
    """Return the duties of one source, the most urgent first, the done last."""
    found = select(DutyRecord).where(DutyRecord.source_id == source)
    return entries_of(session, session.execute(found).scalars().all(), now=now)


def entries_of(
    session: Session, records: Iterable[DutyRecord], *, now: datetime
) -> tuple[Entry, ...]:
    """Return duties as entries, the most urgent first, those done last with the newest first."""
    held = list(records)
    proofs = files_of(session, {one.file_id for one in held if one.file_id})
    links = {one.id: one.link() for one in proofs}
    made = [_entry(one, links.get(one.file_id) if one.file_id else None, now) for one in held]
    return tuple(sorted(made, key=_rank))


def urgent(session: Session, estate: UUID, most: int, *, now: datetime) -> tuple[Entry, ...]:
    """Return the most urgent open duties of an estate that have a last day."""
    found = (
        select(DutyRecord)
        .where(
            DutyRecord.estate_id == estate,
            DutyRecord.done_at.is_(None),
            DutyRecord.void_at.is_(None),
            DutyRecord.due_on.is_not(None),
        )
        .order_by(DutyRecord.due_on, DutyRecord.title)
        .limit(most)
    )
    return entries_of(session, session.execute(found).scalars().all(), now=now)


def _entry(record: DutyRecord, file: FileLink | None, now: datetime) -> Entry:
    when, words = _when(record, in_china(now).date())
    return Entry(
        id=record.id,
        estate=record.estate_id,
        source=record.source_id,
        name=record.name,
        title=record.title,
        about=record.about,
        who=record.who,
        due_on=record.due_on,
        when=when,
        words=words,
        law=record.law,
        binding=record.binding,
        starts_zh=record.starts_zh,
        href=record.href,
        done_at=record.done_at,
        done_by=record.done_by,
        proof=record.proof,
        file=file,
    )


def _when(record: DutyRecord, today: date) -> tuple[When, str]:
    """Say where a duty stands; its last day itself is still in time (CC 203)."""
    if record.done_at is not None:
        return "done", _done(record, in_china(record.done_at).date())
    if record.void_at is not None:
        return "void", "不再要求办理"
    if record.due_on is None:
        return "waiting", record.starts_zh or "等待前一件事办完"
    left = (record.due_on - today).days
    if left < 0:
        return "late", f"逾期 {-left} 天"
    words = f"还有 {left} 天" if left else "今天是最后一天"
    return ("soon" if left <= SOON else "later"), words


def _done(record: DutyRecord, day: date) -> str:
    if record.due_on is not None and day > record.due_on:
        return f"逾期 {(day - record.due_on).days} 天办结"
    return "按期办结" if record.due_on else "已办结"


def _rank(entry: Entry) -> tuple[int, int, str]:
    if entry.done_at is not None:
        return 2, -entry.done_at.toordinal(), entry.title
    if entry.due_on is None or entry.when == "void":
        return 1, 0, entry.title
    return 0, entry.due_on.toordinal(), entry.title
