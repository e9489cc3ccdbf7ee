"""Reads of what rests on a resolution: uses of a seal, repairs, authorisations, a hand-over."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.pictures import FileLink
from assemblies.foundation.wording import day_text
from assemblies.records.files import files_of
from assemblies.records.filings import HandoverItemRecord, HandoverRecord
from assemblies.records.repairs import AuthorityRecord, RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seals import SealUseRecord

REPAIR_WORDS = {
    "draft": "准备中",
    "posted": "公示中",
    "voted": "已表决",
    "applied": "申请办理中",
    "approved": "已审核通过",
    "advanced": "已预拨",
    "accepted": "已验收",
    "settled": "已结算",
    "paid": "已拨付",
    "closed": "已办结",
    "refused": "未获通过",
    "dropped": "已取消",
}
USE_WORDS = {
    "applied": "等待委员签字",
    "approved": "等待盖章",
    "stamped": "已盖章",
    "closed": "已办结",
    "withdrawn": "已撤回",
    "declined": "未获同意",
}


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on a resolution: a use of a seal, a repair, an authorisation."""

    what: str
    state: str
    href: str


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One line of a hand-over's list."""

    id: UUID
    what: str
    quantity: str
    done_at: datetime | None
    received_by: str
    note: str
    file: FileLink | None


@dataclass(frozen=True, slots=True)
class Handover:
    """The hand-over between managers, with its list."""

    from_whom: str
    to_whom: str
    due_on: date | None
    done_at: datetime | None
    lines: tuple[HandoverLine, ...]

    @property
    def done(self) -> int:
        """Return how many lines are done."""
        return sum(one.done_at is not None for one in self.lines)


def resting(session: Session, record: ResolutionRecord) -> tuple[Resting, ...]:
    """Return the uses of a seal, repairs and authorisations that rest on a resolution."""
    return (*_uses(session, record), *_repairs(session, record))


def handover(session: Session, resolution: UUID) -> Handover | None:
    """Return the hand-over that a resolution began, None before; it bears the same id."""
    record = session.get(HandoverRecord, resolution)
    if record is None:
        return None
    papers = files_of(session, [one.file_id for one in record.items if one.file_id])
    links = {one.id: one.link() for one in papers}
    return Handover(
        record.from_whom,
        record.to_whom,
        record.due_on,
        record.done_at,
        tuple(_handover_line(one, links) for one in record.items),
    )


def _uses(session: Session, record: ResolutionRecord) -> tuple[Resting, ...]:
    found = select(SealUseRecord).where(SealUseRecord.basis_id == record.id)
    return tuple(
        Resting(
            f"用印：{one.title}（{one.copies} 份）",
            USE_WORDS.get(one.state, one.state),
            f"/estates/{record.estate_id}/seals/uses/{one.id}",
        )
        for one in session.execute(found.order_by(SealUseRecord.number)).scalars()
    )


def _repairs(session: Session, record: ResolutionRecord) -> tuple[Resting, ...]:
    granted = select(AuthorityRecord).where(AuthorityRecord.resolution_id == record.id)
    given = tuple(
        Resting(
            f"小额维修授权：{one.covers}",
            f"自{day_text(one.since)}起",
            f"/estates/{record.estate_id}/fund/authorities",
        )
        for one in session.execute(granted).scalars()
    )
    if record.item_id is None:
        return given
    found = select(RepairRecord).where(RepairRecord.item_id == record.item_id)
    return given + tuple(
        Resting(
            f"维修项目：{one.title}",
            REPAIR_WORDS.get(one.state, one.state),
            f"/estates/{record.estate_id}/repairs/{one.id}",
        )
        for one in session.execute(found.order_by(RepairRecord.number)).scalars()
    )


def _handover_line(record: HandoverItemRecord, links: dict[UUID, FileLink]) -> HandoverLine:
    return HandoverLine(
        record.id,
        record.what,
        record.quantity,
        record.done_at,
        record.received_by,
        record.note,
        links.get(record.file_id) if record.file_id else None,
    )
