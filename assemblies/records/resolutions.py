"""The register of resolutions (决议台账): what owners and committee decided, and its fate."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from assemblies.foundation.database import Record, UtcDateTime


class ResolutionRecord(Record):
    """One numbered outcome: of an assembly's item (`item_id`) or a committee's `decision_id`.

    `body`: assembly or committee. `outcome`: passed, rejected, no_decision; a motion that failed
    is recorded as failed, never as its opposite. `state`: standing, superseded, corrected,
    revoked; `state_id` names the order or the later resolution that changed it.
    """

    __tablename__ = "resolutions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    body: Mapped[str] = mapped_column(default="assembly")
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("items.id"), unique=True)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decisions.id"), unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(default="")
    # voting.law.matters.Matter, 0 for a committee's decision.
    matter: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str]
    # Who won a choice or an election, in words; how the counts read, in one sentence.
    winner: Mapped[str] = mapped_column(default="")
    counts: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    challengeable_until: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_place: Mapped[str] = mapped_column(default="")
    posted_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    state: Mapped[str] = mapped_column(default="standing")
    state_id: Mapped[UUID | None]
    state_note: Mapped[str] = mapped_column(default="")
    state_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
