"""Seals (印章) and their uses: a view of the seal log for pages; the log is what counts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime


class SealRecord(Record):
    """One seal of the assembly, the committee or its finances, and who keeps it now.

    `state`: kept, lost, replaced. `keeper_account_id` is who signs in to stamp: a member of the
    committee that is neither chair nor vice-chair, or the community or the street.
    """

    __tablename__ = "seals"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    # assembly | committee | finance
    kind: Mapped[str]
    name: Mapped[str]
    state: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proof_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    keeper: Mapped[str] = mapped_column(default="")
    keeper_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    kept_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SealUseRecord(Record):
    """One use of a seal (用印) from application to closing.

    `state`: applied, approved, stamped, closed, withdrawn, declined. `basis_kind` is resolution
    or minute; `basis_id` names the resolution record; `covers` says how it covers this document.
    """

    __tablename__ = "seal_uses"
    __table_args__ = (UniqueConstraint("committee_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    seal_id: Mapped[UUID] = mapped_column(ForeignKey("seals.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    # contract | fund | filing | letter | other: contracts must have a seal entry.
    document_kind: Mapped[str]
    document_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    copies: Mapped[int]
    pages: Mapped[int]
    purpose: Mapped[str]
    receiver: Mapped[str]
    applicant: Mapped[str]
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    basis_kind: Mapped[str]
    basis_id: Mapped[UUID] = mapped_column(ForeignKey("resolutions.id"))
    covers: Mapped[str]
    state: Mapped[str]
    # The members in office when it was applied for, as ids, and how many must sign.
    members: Mapped[list[str]] = mapped_column(JSON, default=list)
    needed: Mapped[int]
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stamp_due_on: Mapped[date | None]
    stamped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stamped_by: Mapped[str] = mapped_column(default="")
    photo_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closing_note: Mapped[str] = mapped_column(default="")
    signatures: Mapped[list["SealSignatureRecord"]] = relationship(
        order_by="SealSignatureRecord.signed_at"
    )


class SealSignatureRecord(Record):
    """One member's own word on a use: signed or declined; silence is no row."""

    __tablename__ = "seal_signatures"

    use_id: Mapped[UUID] = mapped_column(ForeignKey("seal_uses.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), primary_key=True)
    name: Mapped[str]
    # signed | declined
    answer: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
