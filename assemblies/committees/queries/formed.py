"""The groups that prepare an election, with their duties."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import GroupKind
from assemblies.committees.queries.found import group_in
from assemblies.committees.queries.house import committee_in
from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.records.committees import GroupRecord
from assemblies.records.duties import DutyRecord, is_late
from assemblies.records.files import files_of


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty as this room shows it."""

    title: str
    due_on: date | None
    law: str
    done: bool
    void: bool
    late: bool
    left: int

    @property
    def words(self) -> str:
        """Say how it stands."""
        if self.done:
            return "已办结"
        if self.void:
            return "不再要求"
        if self.due_on is None:
            return "待办"
        if self.late:
            return f"已逾期 {-self.left} 天"
        return "今天到期" if self.left == 0 else f"还有 {self.left} 天"


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group as pages and papers show it."""

    id: UUID
    kind: GroupKind
    asked_on: date
    formed_on: date | None
    announced_on: date | None
    posting: FileLink | None
    ended_on: date | None
    people: tuple[tuple[str, str, bool, bool], ...]
    note: str
    duties: tuple[DutyLine, ...]

    @property
    def owners(self) -> int:
        """Return how many are owners."""
        return sum(owner for _, _, owner, _ in self.people)


def groups_of(session: Session, estate: UUID, *, now: datetime) -> tuple[GroupView, ...]:
    """Return the groups of an estate, the latest first."""
    committee = committee_in(session, estate)
    if committee is None:
        return ()
    found = select(GroupRecord).where(GroupRecord.committee_id == committee.id)
    records = session.execute(found.order_by(GroupRecord.asked_on.desc())).scalars()
    return tuple(_view(session, record, now) for record in records)


def group_of(session: Session, estate: UUID, group: UUID, *, now: datetime) -> GroupView:
    """Return one group; raises `NotFound`."""
    return _view(session, group_in(session, estate, group), now)


def duties_of(session: Session, source: UUID, *, now: datetime) -> tuple[DutyLine, ...]:
    """Return the duties that a thing opened, in the order of their days."""
    found = select(DutyRecord).where(DutyRecord.source_id == source).order_by(DutyRecord.due_on)
    return tuple(_duty(one, now) for one in session.execute(found).scalars())


def _duty(record: DutyRecord, now: datetime) -> DutyLine:
    left = (record.due_on - in_china(now).date()).days if record.due_on else 0
    return DutyLine(
        record.title,
        record.due_on,
        record.law,
        done=record.done_at is not None,
        void=record.void_at is not None,
        late=is_late(record, now),
        left=left,
    )


def _view(session: Session, record: GroupRecord, now: datetime) -> GroupView:
    photos = files_of(session, [record.announced_file_id] if record.announced_file_id else [])
    return GroupView(
        id=record.id,
        kind=GroupKind(record.kind),
        asked_on=record.asked_on,
        formed_on=record.formed_on,
        announced_on=record.announced_on,
        posting=photos[0].link() if photos else None,
        ended_on=record.ended_on,
        people=tuple(
            (one["name"], one["from"], one["owner"], one["head"]) for one in record.people
        ),
        note=record.note,
        duties=duties_of(session, record.id, now=now),
    )
