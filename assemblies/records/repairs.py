"""Repairs paid by the maintenance fund (维修项目): plan, shares, application, money."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime


class AuthorityRecord(Record):
    """A standing authorisation for small repairs, up to an amount that an assembly decided."""

    __tablename__ = "authorities"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    resolution_id: Mapped[UUID] = mapped_column(ForeignKey("resolutions.id"))
    # At most this much for one repair, and this much in one calendar year, in fen.
    each_fen: Mapped[int] = mapped_column(BigInteger)
    yearly_fen: Mapped[int] = mapped_column(BigInteger)
    covers: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    granted_by: Mapped[str]


class RepairRecord(Record):
    """One project from the first report to the posted settlement.

    `path`: ordinary (voted), standing (small, under an authorisation), emergency (no vote).
    `state`: draft, posted, voted, applied, approved, advanced, accepted, settled, paid, closed,
    refused, dropped; in an emergency draft, checked, accepted, settled, posted, applied, approved,
    paid, closed. JSON columns:
    `answers` [{"question", "answer": "no"|"yes", "evidence", "files": [id]}]: is it the fund's;
    `lines` [{"what", "quantity", "fen"}] the budget; `quotes` [{"who", "fen", "file": id}];
    `checks` [{"who", "name", "said", "at"}] the three parties on the spot (emergency).
    `supplement_id` is the later resolution by which owners agreed to more than the budget.
    """

    __tablename__ = "repairs"
    __table_args__ = (UniqueConstraint("estate_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    path: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    works: Mapped[str] = mapped_column(default="")
    danger: Mapped[str] = mapped_column(default="")
    contractor: Mapped[str] = mapped_column(default="")
    contractor_account: Mapped[str] = mapped_column(default="")
    # What is repaired and who owns it in common: the scope follows from here, not from the leak.
    common_part: Mapped[str] = mapped_column(default="")
    common_evidence: Mapped[str] = mapped_column(default="")
    evidence_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    scope: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    uses: Mapped[list[str]] = mapped_column(JSON, default=list)
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    quotes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    photo_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    budget_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    advance_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    settled_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authorities.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("items.id"), unique=True)
    supplement_id: Mapped[UUID | None] = mapped_column(ForeignKey("resolutions.id"), unique=True)
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_place: Mapped[str] = mapped_column(default="")
    posted_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    # What owners said while the plan hung, and the photograph of its last day.
    heard: Mapped[str] = mapped_column(default="")
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heard_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by: Mapped[str] = mapped_column(default="")
    representatives: Mapped[str] = mapped_column(default="")
    acceptance_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settlement_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    audit_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    settlement_posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settlement_place: Mapped[str] = mapped_column(default="")
    settlement_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Why it was refused or given up.
    ended_why: Mapped[str] = mapped_column(default="")
    shares: Mapped[list["ShareRecord"]] = relationship(order_by="ShareRecord.position")
    stations: Mapped[list["StationRecord"]] = relationship(order_by="StationRecord.entered_at")


class ShareRecord(Record):
    """What one part bears of a repair, as posted: area in dm², money in fen."""

    __tablename__ = "repair_shares"

    repair_id: Mapped[UUID] = mapped_column(ForeignKey("repairs.id"), primary_key=True)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("parts.id"), primary_key=True, index=True)
    position: Mapped[int]
    building: Mapped[str]
    label: Mapped[str]
    area_dm2: Mapped[int]
    fen: Mapped[int] = mapped_column(BigInteger)
    # Not sold yet: the developer pays this share (F165 21).
    unsold: Mapped[bool] = mapped_column(default=False)


class StationRecord(Record):
    """One stop of an application: committee, community, street or authority, and what it said."""

    __tablename__ = "repair_stations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    repair_id: Mapped[UUID] = mapped_column(ForeignKey("repairs.id"), index=True)
    # committee | community | street | authority
    station: Mapped[str]
    # Which application it belongs to, counted from 1; what was mended since the one before.
    round: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    file_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # approved | returned | "" while it waits
    decision: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")


class InstructionRecord(Record):
    """An instruction to the bank (划款通知): recorded and printed here, carried out by the bank."""

    __tablename__ = "instructions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    repair_id: Mapped[UUID] = mapped_column(ForeignKey("repairs.id"), index=True)
    # advance | balance
    kind: Mapped[str]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    payee: Mapped[str]
    payee_account: Mapped[str] = mapped_column(default="")
    given_by: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    advice_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    posting_id: Mapped[UUID | None] = mapped_column(ForeignKey("postings.id"))


def repair_of_item(session: Session, item: UUID) -> RepairRecord | None:
    """Return the repair that an item of an assembly puts to the vote, none for other items."""
    found = select(RepairRecord).where(RepairRecord.item_id == item)
    return session.execute(found).scalar_one_or_none()
