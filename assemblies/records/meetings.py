"""Meetings of the committee (业委会会议): agenda, who came, decisions and how each member voted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime


class MeetingRecord(Record):
    """One meeting from its call to its posted minutes; `held_at` closes the attendance."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("term_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    term_id: Mapped[UUID] = mapped_column(ForeignKey("terms.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    place: Mapped[str]
    called_by: Mapped[str]
    # The members who asked for an extra meeting (临时会议), by name; none for an ordinary one.
    asked_by: Mapped[list[str]] = mapped_column(JSON, default=list)
    called_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned_for: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Whom of the residents' committee one told, and when.
    community_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    community_told: Mapped[str] = mapped_column(default="")
    agenda_posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agenda_place: Mapped[str] = mapped_column(default="")
    agenda_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    # When it took place, and when that was written down here, once.
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minuted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_why: Mapped[str] = mapped_column(default="")
    # How many members there were when it was held, and who of them came (ids).
    members: Mapped[int] = mapped_column(default=0)
    present: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Every member as they were then: {"member": id, "name", "post", "state"}, the state being
    # present, absent or suspended.
    attendance: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    # Whether enough came, in words, with the provisions; what was late before it (sentences).
    quorate: Mapped[bool] = mapped_column(default=False)
    finding: Mapped[str] = mapped_column(default="")
    law: Mapped[str] = mapped_column(default="")
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    chaired_by: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(default="")
    guests: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    # The minutes on the door: when, where, and the photograph.
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_place: Mapped[str] = mapped_column(default="")
    posted_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    decisions: Mapped[list["DecisionRecord"]] = relationship(
        back_populates="meeting", order_by="DecisionRecord.number"
    )
    confirmations: Mapped[list["ConfirmationRecord"]] = relationship(
        back_populates="meeting", order_by="ConfirmationRecord.at"
    )


class DecisionRecord(Record):
    """One point of a committee meeting's agenda, and what the members decided on it.

    `votes` holds {"member": id, "name": str, "vote": "agree"|"against"|"abstain"} for each member
    present; `outcome` is "" until the meeting was held, then passed, rejected, or no_decision where
    too few came or the point was put off. `finding` and `law` are the arithmetic in words.
    """

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    votes: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    outcome: Mapped[str] = mapped_column(default="")
    finding: Mapped[str] = mapped_column(default="")
    law: Mapped[str] = mapped_column(default="")
    meeting: Mapped[MeetingRecord] = relationship(back_populates="decisions")


class ConfirmationRecord(Record):
    """A member who was present confirms the minutes, whose `digest` they saw, by their sign-in."""

    __tablename__ = "confirmations"
    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    meeting: Mapped[MeetingRecord] = relationship(back_populates="confirmations")
