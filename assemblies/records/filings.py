"""Filing of a committee (备案) and the hand-over between terms (移交)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime


class FilingRecord(Record):
    """One filing with authority and street: for a new term, a change, or the end (SD 31; PMR 16).

    `state`: draft, submitted, returned, accepted, certified.
    """

    __tablename__ = "filings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"), index=True)
    # new | change | end
    kind: Mapped[str]
    what: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    certificate: Mapped[str] = mapped_column(default="")
    certificate_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    carving_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    file_ids: Mapped[list[str]] = mapped_column(JSON, default=list)


class HandoverRecord(Record):
    """What the outgoing term or a leaving member hands over, with its date and checklist."""

    __tablename__ = "handovers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    # committee | member | manager
    kind: Mapped[str]
    from_whom: Mapped[str]
    to_whom: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    items: Mapped[list["HandoverItemRecord"]] = relationship(
        back_populates="handover", order_by="HandoverItemRecord.position"
    )


class HandoverItemRecord(Record):
    """One line of a hand-over: a seal, a book, a sum of money."""

    __tablename__ = "handover_items"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handovers.id"), index=True)
    position: Mapped[int]
    what: Mapped[str]
    quantity: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    handover: Mapped[HandoverRecord] = relationship(back_populates="items")
