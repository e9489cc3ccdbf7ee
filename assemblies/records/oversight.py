"""What supervision writes beside the record: notes, reports, orders, inquiries, monthly figures."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assemblies.foundation.database import Record, UtcDateTime


class NoteRecord(Record):
    """A note by community or street beside an entry of the record (or none), and its answer."""

    __tablename__ = "notes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    entry: Mapped[int | None]
    text: Mapped[str]
    written_by: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReportRecord(Record):
    """A regular report (定期报告): drafted from the record, completed, submitted, received.

    `figures` is the draft as computed, `parts` what the committee added, by heading.
    """

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("committee_id", "since"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    due_on: Mapped[date]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    parts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_by: Mapped[str] = mapped_column(default="")
    opinion: Mapped[str] = mapped_column(default="")


class OrderRecord(Record):
    """An order to correct (责令限期改正) or a revocation (撤销决定), PMR 19.

    `kind`: correct or revoke. `state` follows from the dates: issued, served, replied, closed.
    """

    __tablename__ = "orders"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    office: Mapped[str]
    addressee: Mapped[str]
    facts: Mapped[str]
    clause: Mapped[str]
    demand: Mapped[str]
    due_on: Mapped[date | None]
    resolution_id: Mapped[UUID | None] = mapped_column(ForeignKey("resolutions.id"))
    issued_by: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    served_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    served_how: Mapped[str] = mapped_column(default="")
    served_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    reply: Mapped[str] = mapped_column(default="")
    replied_by: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(default="")
    closing: Mapped[str] = mapped_column(default="")


class InquiryRecord(Record):
    """An inquiry about a member (纠错和退出): the street asks and proposes, owners decide.

    Steps in order: opened, noticed, replied, suspended, moved (to an assembly), ended.
    `outcome`: "" | unfounded | resigned | kept | removed.
    """

    __tablename__ = "inquiries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    facts: Mapped[str]
    clause: Mapped[str]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    file_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    notice: Mapped[str] = mapped_column(default="")
    noticed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply_due_on: Mapped[date | None]
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    suspended_posted: Mapped[str] = mapped_column(default="")
    # What the office recommends to those who may propose; it counts as nobody's proposal.
    recommended: Mapped[str] = mapped_column(default="")
    recommended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Who proposes removal to the owners: members (more than half) or owners (a fifth), SD 34.
    proposed_by: Mapped[str] = mapped_column(default="")
    proposers: Mapped[int] = mapped_column(default=0)
    # Members who proposed it with their own sign-in ({"member", "name", "at"}), and the parts
    # whose owners signed the paper proposal, with that paper.
    signed: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    signed_parts: Mapped[list[str]] = mapped_column(JSON, default=list)
    proposal_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("items.id"))
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_note: Mapped[str] = mapped_column(default="")


class MonthRecord(Record):
    """The monthly table of a node for one month ("2026-03"): keyed values and when it went out.

    `keyed` holds {row number: {"value": [figures], "note", "by", "at", "file": id or ""}}; `fixed`
    the rows as they went out, with the moment they were counted at and their digest.
    """

    __tablename__ = "months"
    __table_args__ = (UniqueConstraint("node_id", "month"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    node_id: Mapped[UUID] = mapped_column(ForeignKey("nodes.id"), index=True)
    month: Mapped[str]
    keyed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by: Mapped[str] = mapped_column(default="")
    # The table as it went out, row by row, so that later records do not change it.
    fixed: Mapped[dict[str, Any] | None] = mapped_column(JSON)


def moved_by_inquiry(session: Session, item: UUID) -> bool:
    """Say whether an item is the motion of an inquiry that has not ended."""
    found = select(InquiryRecord.id).where(
        InquiryRecord.item_id == item, InquiryRecord.ended_at.is_(None)
    )
    return session.execute(found.limit(1)).first() is not None


def suspended_by_inquiry(session: Session, member: UUID) -> bool:
    """Say whether a member's duties rest because of an inquiry that has not ended."""
    found = select(InquiryRecord.id).where(
        InquiryRecord.member_id == member,
        InquiryRecord.suspended_at.is_not(None),
        InquiryRecord.ended_at.is_(None),
    )
    return session.execute(found.limit(1)).first() is not None
