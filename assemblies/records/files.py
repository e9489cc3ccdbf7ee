"""Papers and photographs that prove a step: kept once, never changed, shown by their digest."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assemblies.foundation.database import Record, UtcDateTime
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.uploads import Checked
from voting.canonical import sha256_hex


class FileRecord(Record):
    """One file of an estate; `shown` files are open to the public, the others to its staff.

    What proves an office's own paper belongs to no estate: `node_id` says whose it is.
    """

    __tablename__ = "files"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID | None] = mapped_column(ForeignKey("estates.id"), index=True)
    node_id: Mapped[UUID | None] = mapped_column(ForeignKey("nodes.id"))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    kept_by: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    def link(self) -> FileLink:
        """Return the file as pages show it."""
        return FileLink.of(self.name, f"/files/{self.id}", self.size, self.sha256)


def keep(
    session: Session,
    estate: UUID,
    paper: Checked,
    by: str,
    *,
    shown: bool = False,
    now: datetime,
) -> FileRecord:
    """Keep a checked file for an estate and return its record."""
    record = _kept(paper, by, now)
    record.estate_id, record.shown = estate, shown
    session.add(record)
    session.flush()
    return record


def keep_for_office(
    session: Session, node: UUID, paper: Checked, by: str, *, now: datetime
) -> FileRecord:
    """Keep a checked file for the office at a node of the tree and return its record."""
    record = _kept(paper, by, now)
    record.node_id = node
    session.add(record)
    session.flush()
    return record


def files_of(session: Session, ids: Iterable[str | UUID]) -> tuple[FileRecord, ...]:
    """Return files by their ids, in the order given; ids that are unknown are left out."""
    wanted = [UUID(str(one)) for one in ids]
    found = session.execute(select(FileRecord).where(FileRecord.id.in_(wanted))).scalars()
    by_id = {record.id: record for record in found}
    return tuple(by_id[one] for one in wanted if one in by_id)


def _kept(paper: Checked, by: str, now: datetime) -> FileRecord:
    return FileRecord(
        id=uuid4(),
        name=paper.name,
        media_type=paper.media_type,
        size=len(paper.content),
        sha256=sha256_hex(paper.content),
        kept_by=by,
        kept_at=now,
        content=paper.content,
    )
