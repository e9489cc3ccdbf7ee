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
    called_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned_for: Mapped[datetime] = mapped_column(UtcDateTime)
    community_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agenda_posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How many members there were when it was held, and who of them came (ids).
    members: Mapped[int] = mapped_column(default=0)
    present: Mapped[list[str]] = mapped_column(JSON, default=list)
    guests: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    # The minutes on the door: when, where, and the photograph.
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_place: Mapped[str] = mapped_column(default="")
    posted_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    decisions: Mapped[list["DecisionRecord"]] = relationship(
        back_populates="meeting", order_by="DecisionRecord.number"
    )


class DecisionRecord(Record):
    """One point of a committee meeting's agenda, and what the members decided on it.

    `votes` holds {"member": id, "name": str, "vote": "agree"|"against"|"abstain"} for each member
    present; `outcome` is "" until the meeting was held, then passed or rejected.
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
    meeting: Mapped[MeetingRecord] = relationship(back_populates="decisions")
