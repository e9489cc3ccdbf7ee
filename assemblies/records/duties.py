"""Duties: what the law wants done next, by when, by whom, and the proof that it was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assemblies.foundation.clock import in_china
from assemblies.foundation.database import Record, UtcDateTime
from voting.law.duties import Duty

WHO: Mapping[str, str] = {
    "committee": "业委会",
    "keeper": "印章保管人",
    "manager": "物业服务企业",
    "group": "筹备组、换届小组",
    "community": "社区居委会",
    "street": "街道办事处",
    "authority": "物业主管部门",
}


class DutyRecord(Record):
    """One duty of an estate; `source_id` with `name` names it, so that nothing opens it twice.

    `name` is the rule-pack parameter whose period it is; `due_on` None waits for a later event.
    `who`: committee, keeper, community, street, authority, manager, group. `href` leads to where
    it is done.
    """

    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("source_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    source_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str]
    title: Mapped[str]
    about: Mapped[str]
    who: Mapped[str]
    due_on: Mapped[date | None]
    starts_zh: Mapped[str] = mapped_column(default="")
    law: Mapped[str] = mapped_column(default="")
    binding: Mapped[bool] = mapped_column(default=True)
    href: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str] = mapped_column(default="")
    proof: Mapped[str] = mapped_column(default="")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    # No longer asked for: its decision was revoked, its project dropped.
    void_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the supervision record heard that it is late, once.
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Opening:
    """A duty to be opened: what the law says of it, and where it comes from."""

    duty: Duty
    source: UUID
    title: str
    about: str
    who: str = "committee"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """By whom a duty was done, and what proves it."""

    by: str
    proof: str = ""
    file: UUID | None = None


def open_duty(session: Session, estate: UUID, opening: Opening, *, now: datetime) -> DutyRecord:
    """Open a duty, or return the one that stands already under its source and name.

    One that waited for its event gets its last day when the event comes.
    """
    found = duty_of(session, opening.source, opening.duty.name)
    if found is not None:
        if found.due_on is None and found.done_at is None:
            found.due_on = opening.duty.due
        return found
    record = DutyRecord(
        id=uuid4(),
        estate_id=estate,
        source_id=opening.source,
        name=opening.duty.name,
        title=opening.title,
        about=opening.about,
        who=opening.who,
        due_on=opening.duty.due,
        starts_zh=opening.duty.starts_zh,
        law="；".join(citation.text for citation in opening.duty.law),
        binding=opening.duty.binding,
        href=opening.href,
        opened_at=now,
    )
    session.add(record)
    session.flush()
    return record


def duty_of(session: Session, source: UUID, name: str) -> DutyRecord | None:
    """Return the duty of a source by the name of its parameter."""
    found = select(DutyRecord).where(DutyRecord.source_id == source, DutyRecord.name == name)
    return session.execute(found).scalar_one_or_none()


def fulfil(session: Session, source: UUID, name: str, done: Done, *, now: datetime) -> bool:
    """Mark the duty of a source as done, once; say whether there was one to do."""
    record = duty_of(session, source, name)
    if record is None or record.done_at is not None or record.void_at is not None:
        return False
    record.done_at, record.done_by = now, done.by
    record.proof, record.file_id = done.proof, done.file
    return True


def void_all(session: Session, source: UUID, *, now: datetime) -> None:
    """Take back every open duty of a source: it is no longer asked for."""
    found = select(DutyRecord).where(DutyRecord.source_id == source, DutyRecord.done_at.is_(None))
    for record in session.execute(found).scalars():
        record.void_at = now


def open_duties(session: Session, estates: Iterable[UUID]) -> list[DutyRecord]:
    """Return the duties of estates that are neither done nor void, soonest first."""
    found = select(DutyRecord).where(
        DutyRecord.estate_id.in_(list(estates)),
        DutyRecord.done_at.is_(None),
        DutyRecord.void_at.is_(None),
    )
    records = session.execute(found).scalars().all()
    return sorted(records, key=lambda one: (one.due_on is None, one.due_on or date.max, one.title))


def is_late(record: DutyRecord, now: datetime) -> bool:
    """Say whether a duty is undone after its last day, which ends at midnight in China (CC 203)."""
    return (
        record.done_at is None
        and record.void_at is None
        and record.due_on is not None
        and in_china(now).date() > record.due_on
    )
