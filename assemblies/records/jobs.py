"""Work done in the background: what was asked, how far it is, where the result lies."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ColumnElement, ForeignKey, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from assemblies.foundation.database import Record, UtcDateTime


class JobRecord(Record):
    """A job: waiting, running, done or failed; `done` of `total` steps."""

    __tablename__ = "jobs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    assembly_id: Mapped[UUID | None] = mapped_column(ForeignKey("assemblies.id"), index=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    said: Mapped[str] = mapped_column(default="")
    output: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


# A job whose worker has not been heard of for so long is taken up again by another.
SILENT = timedelta(minutes=2)


def ask(
    session: Session,
    kind: str,
    arguments: dict[str, Any],
    *,
    assembly: UUID | None,
    asked_by: UUID | None,
    now: datetime,
) -> UUID:
    """Ask for a job and return its id; the worker takes it up within a second."""
    job = JobRecord(
        id=uuid4(),
        kind=kind,
        assembly_id=assembly,
        arguments=arguments,
        asked_by=asked_by,
        asked_at=now,
    )
    session.add(job)
    session.flush()
    return job.id


def anything_waits(session: Session, *, now: datetime) -> bool:
    """Say whether `claim` would find a job: a look that takes no lock."""
    return session.execute(select(JobRecord.id).where(_waits(now)).limit(1)).first() is not None


def claim(session: Session, *, now: datetime) -> JobRecord | None:
    """Take the oldest job that waits, or one whose worker fell silent."""
    oldest = select(JobRecord).where(_waits(now)).order_by(JobRecord.asked_at).limit(1)
    job = session.execute(oldest.with_for_update(skip_locked=True)).scalar_one_or_none()
    if job is not None:
        job.state, job.beat_at, job.done = "running", now, 0
    return job


def _waits(now: datetime) -> ColumnElement[bool]:
    silent = (JobRecord.state == "running") & (JobRecord.beat_at < now - SILENT)
    return or_(JobRecord.state == "waiting", silent)


def beat(session: Session, job: UUID, done: int, total: int, *, now: datetime) -> None:
    """Say how far a job is."""
    values = {"done": done, "total": total, "beat_at": now}
    session.execute(update(JobRecord).where(JobRecord.id == job).values(**values))


def finish(
    session: Session, job: UUID, *, output: str = "", failed: str = "", now: datetime
) -> None:
    """Record that a job is done, with its output file, or that it failed and how to say so."""
    state = "failed" if failed else "done"
    session.execute(
        update(JobRecord)
        .where(JobRecord.id == job)
        .values(state=state, said=failed, output=output, finished_at=now)
    )
