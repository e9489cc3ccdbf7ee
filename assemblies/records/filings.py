"""Filing of a committee (备案) and the hand-over between terms (移交)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime
from assemblies.records.duties import Opening, open_duty
from assemblies.records.rules import rules_for
from assemblies.records.seals import SealRecord
from voting.law.duties import due

# What is handed over where nobody wrote another list (SD 33, QD 43).
TERM_LINES = ("会议记录和决议", "财务账册和凭证", "维修资金资料", "银行账户和钱款",
              "物业服务合同和其他合同", "业主名册和档案", "其他财物")  # fmt: skip
MEMBER_LINES = ("保管的资料", "保管的财物")


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
    submitted_by: Mapped[str] = mapped_column(default="")
    certified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Papers beside those made from the records: {"kind", "file"}; kinds in the committees room.
    papers: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)


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


@dataclass(frozen=True, slots=True)
class Handing:
    """Who hands over to whom; `kind` is committee, member or manager."""

    committee: UUID
    kind: str
    from_whom: str
    to_whom: str
    lines: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        """Return the parameter whose period it is."""
        return "member_handover_days" if self.kind == "member" else "handover_days"

    @property
    def asked(self) -> tuple[str, ...]:
        """Return what is to be handed over."""
        return self.lines or (MEMBER_LINES if self.kind == "member" else TERM_LINES)


def open_change(
    session: Session, estate: UUID, term: UUID, what: str, *, on: date, now: datetime
) -> FilingRecord:
    """Begin the filing of a change, or add the change to the one that is still being prepared.

    SD 31: changes are told within thirty days; the first change sets the day.
    """
    drafts = select(FilingRecord).where(
        FilingRecord.term_id == term, FilingRecord.kind == "change", FilingRecord.state == "draft"
    )
    found = session.execute(drafts).scalars().first()
    if found is not None:
        found.what = f"{found.what}；{what}"
        return found
    record = FilingRecord(
        id=uuid4(), term_id=term, kind="change", what=what, state="draft", begun_at=now, papers=[]
    )
    session.add(record)
    href = f"/estates/{estate}/committee/filings/{record.id}"
    record.due_on = _duty(
        session, estate, ("change_told_days", "变更备案", what, href), record.id, on=on, now=now
    )
    session.flush()
    return record


def open_handover(
    session: Session, estate: UUID, handing: Handing, *, on: date, now: datetime
) -> HandoverRecord:
    """Begin a hand-over with its checklist; its period runs from the day given."""
    record = HandoverRecord(
        id=uuid4(),
        committee_id=handing.committee,
        kind=handing.kind,
        from_whom=handing.from_whom,
        to_whom=handing.to_whom,
        begun_at=now,
    )
    record.items = [
        HandoverItemRecord(id=uuid4(), position=place, what=what)
        for place, what in enumerate(handing.asked)
    ]
    session.add(record)
    said = f"{handing.from_whom}向{handing.to_whom}移交"
    href = f"/estates/{estate}/committee/handovers/{record.id}"
    record.due_on = _duty(
        session, estate, (handing.period, "移交", said, href), record.id, on=on, now=now
    )
    session.flush()
    return record


def seals_of(session: Session, committee: UUID, keeper: UUID | None = None) -> tuple[str, ...]:
    """Return the seals of a committee as lines of a hand-over, or those one keeper holds.

    A keeper without an account is asked for seals in general.
    """
    found = select(SealRecord).where(
        SealRecord.committee_id == committee, SealRecord.state == "kept"
    )
    held = session.execute(found.order_by(SealRecord.made_at)).scalars()
    return tuple(
        f"印章：{one.name}" for one in held if keeper is None or one.keeper_account_id == keeper
    )


def _duty(
    session: Session,
    estate: UUID,
    words: tuple[str, str, str, str],
    source: UUID,
    *,
    on: date,
    now: datetime,
) -> date | None:
    """Open the duty of a period where the estate's pack has one, and return its last day."""
    name, title, about, href = words
    rules = rules_for(session, estate, now=now)
    if not rules.has(name):
        return None
    duty = due(name, on, rules)
    open_duty(session, estate, Opening(duty, source, title, about, "committee", href), now=now)
    return duty.due
