"""Notes by community and street beside the record, and the committee's answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.committees import CommitteeRecord, committee_of
from assemblies.records.oversight import NoteRecord
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.supervision.queries import stream

LONGEST = 2_000
SHOWN = 60  # signs of a note that the record repeats; the digest stands for all of it


@dataclass(frozen=True, slots=True)
class Written:
    """What is written, by whom."""

    text: str
    by: str

    def required(self) -> str:
        """Return the text; raises `Incomplete` for none or too much of it."""
        text = self.text.strip()
        if not text or len(text) > LONGEST:
            raise Incomplete(f"请写明内容，不超过 {LONGEST} 字。")
        return text


def write(
    session: Session,
    estate: UUID,
    entry: int | None,
    written: Written,
    keys: Keys,
    *,
    now: datetime,
) -> UUID:
    """Write a note beside an entry of the record, or beside the whole of it.

    Raises `Incomplete` without words, `NotFound` where there is no such entry.
    """
    text = written.required()
    if entry is not None:
        stream.line(session, estate, entry)
    note = NoteRecord(
        id=uuid4(),
        committee_id=committee_of(session, estate, now=now).id,
        entry=entry,
        text=text,
        written_by=written.by,
        written_at=now,
    )
    session.add(note)
    session.flush()
    about = "" if entry is None else f"（对第 {entry} 号记录）"
    said = f"{written.by}记事{about}：{_shortened(text)}"
    happened = Happened(
        "note.written", said, written.by, f"note:{note.id}", digest_of({"text": text})
    )
    tell(session, estate, happened, keys, now=now)
    return note.id


def answer(
    session: Session, estate: UUID, note: UUID, written: Written, keys: Keys, *, now: datetime
) -> None:
    """Answer a note once; raises `NotFound`, `WrongStep`, `Incomplete`."""
    record = session.get(NoteRecord, note, with_for_update=True)
    if record is None or _estate_of(session, record) != estate:
        raise NotFound
    if record.answered_at is not None:
        raise WrongStep("这条记事已经答复过。")
    text = written.required()
    record.answer, record.answered_by, record.answered_at = text, written.by, now
    said = f"{written.by}答复记事：{_shortened(text)}"
    digest = digest_of({"answer": text, "text": record.text})
    happened = Happened("note.answered", said, written.by, f"note:{record.id}", digest)
    tell(session, estate, happened, keys, now=now)


def _estate_of(session: Session, record: NoteRecord) -> UUID:
    return session.get_one(CommitteeRecord, record.committee_id).estate_id


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}……"
