"""Seals (印章), their uses and published lists: views of the seal log; the log is what counts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assemblies.foundation.clock import in_china
from assemblies.foundation.database import Record, UtcDateTime

MADE, KEPT, LOST, REPLACED = "made", "kept", "lost", "replaced"
APPLIED, APPROVED, STAMPED, CLOSED = "applied", "approved", "stamped", "closed"
WITHDRAWN, DECLINED = "withdrawn", "declined"
SIGNED = "signed"
DOCUMENT_KINDS = {
    "contract": "合同",
    "fund": "维修资金材料",
    "filing": "备案材料",
    "letter": "函件、通知",
    "other": "其他文件",
}


class SealRecord(Record):
    """One seal of the assembly, the committee or its finances, and who keeps it now.

    `state`: made, kept, lost, replaced. `keeper_account_id` is who signs in to stamp: a member of
    the committee that is neither chair nor vice-chair, or the community or the street. `offered_…`
    names who is to keep it next and has not yet accepted; until then nothing has changed.
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
    offered_to: Mapped[str] = mapped_column(default="")
    offered_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    offered_by: Mapped[str] = mapped_column(default="")
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


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
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    basis_kind: Mapped[str]
    basis_id: Mapped[UUID] = mapped_column(ForeignKey("resolutions.id"))
    covers: Mapped[str]
    # Who looked at a photographed document and says that it is no blank paper; PDFs are read.
    looked_by: Mapped[str] = mapped_column(default="")
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
    # Who stood by (监印人), and when the seal was back in its place.
    witness: Mapped[str] = mapped_column(default="")
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closing_note: Mapped[str] = mapped_column(default="")
    signatures: Mapped[list["SealSignatureRecord"]] = relationship(
        order_by="SealSignatureRecord.signed_at"
    )

    @property
    def number_zh(self) -> str:
        """Return the number as papers carry it: 〔2026〕用印第7号."""
        return f"〔{in_china(self.applied_at).year}〕用印第{self.number}号"

    @property
    def purpose_zh(self) -> str:
        """Return the purpose with what else was said in the application, as the log holds it."""
        looked = f"；{self.looked_by}看过原件，不是空白纸" if self.looked_by else ""
        return (
            f"{self.purpose}（{DOCUMENT_KINDS[self.document_kind]}，每份 {self.pages} 页；"
            f"依据说明：{self.covers}{looked}）"
        )

    def answered(self, answer: str) -> frozenset[UUID]:
        """Return the members who gave this answer."""
        return frozenset(one.member_id for one in self.signatures if one.answer == answer)


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


class SealListRecord(Record):
    """One published list of uses (用印公布), with the paper that everybody may read."""

    __tablename__ = "seal_lists"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    uses: Mapped[int]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    published_by: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
