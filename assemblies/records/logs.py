"""Append-only logs of assemblies and committees: a row per entry, a head row, its lock.

RFC 6962 tree; the head keeps the peaks of the tree, so an append reads one row and writes two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from assemblies.foundation.database import Record, UtcDateTime
from assemblies.foundation.secrets import Keys
from voting.canonical import JSONObject, Plain
from voting.log.checkpoint import Checkpoint, sign_checkpoint
from voting.log.entries import Entry, Receipt
from voting.log.tree import HASH, Frontier, leaf_hash


class LogRecord(Record):
    """The head of one log: origin, size, peaks and the last signed checkpoint."""

    __tablename__ = "logs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int] = mapped_column(default=0)
    peaks: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    checkpoint: Mapped[str] = mapped_column(default="")


class LogEntryRecord(Record):
    """One entry, for ever: a trigger in the database refuses update and delete.

    `subject` is whom it concerns (a voter), `token` what makes a retry recognisable, `proof` and
    `checkpoint` what was handed out for it: the retry gets the same receipt.
    """

    __tablename__ = "log_entries"
    __table_args__ = (
        UniqueConstraint("log_id", "token"),
        Index("ix_log_entries_subject", "log_id", "kind", "subject"),
    )

    log_id: Mapped[UUID] = mapped_column(ForeignKey("logs.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject: Mapped[UUID | None]
    token: Mapped[str | None]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary)
    proof: Mapped[bytes] = mapped_column(LargeBinary)
    checkpoint: Mapped[str]

    def receipt(self) -> Receipt:
        """Return the receipt that was handed out for this entry."""
        steps = range(0, len(self.proof), HASH)
        proof = tuple(self.proof[at : at + HASH] for at in steps)
        return Receipt(Entry.parse(self.data), self.index, proof, self.checkpoint)


@dataclass(frozen=True, slots=True)
class About:
    """Whom an entry concerns, and the token by which a repeated append is recognised."""

    subject: UUID | None = None
    token: str | None = None


NOBODY = About()


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry is to say, and about whom."""

    kind: str
    body: Mapping[str, Plain]
    about: About = NOBODY


HOST = "zhongjue.local"  # what every log's origin begins with; SPEC 6


def create_log(session: Session, what: str, of: UUID) -> LogRecord:
    """Begin an empty log of a kind of thing; its origin is a line nobody else uses.

    `what`: assembly, seals or supervision; `of` is the assembly or the committee.
    """
    log = LogRecord(id=uuid4(), origin=f"{HOST}/{what}/{of}", size=0, peaks=b"")
    session.add(log)
    session.flush()
    return log


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a log, held locked until the transaction ends."""

    log: UUID
    origin: str
    frontier: Frontier


def lock(session: Session, log: UUID) -> Head:
    """Lock a log's head, so that nobody else appends before this transaction ends."""
    row = session.execute(_HEAD, {"id": log}).one()
    return Head(log, row.origin, Frontier.parse(row.size, row.peaks))


def append(  # noqa: PLR0913 -- what is written, where, by which key, when
    session: Session,
    log: UUID,
    kind: str,
    body: Mapping[str, Plain],
    keys: Keys,
    about: About = NOBODY,
    *,
    now: datetime,
) -> Receipt:
    """Append an entry under the head's lock and return its receipt.

    An entry with the same token is returned as it stands instead. The caller owns the
    transaction: entry and what it records commit together. RFC 6962 2.1; C2SP tlog-checkpoint.
    """
    head = lock(session, log)
    if about.token is not None:
        repeated = by_token(session, log, about.token)
        if repeated is not None:
            return repeated.receipt()
    return extend(session, head, kind, body, keys, about, now=now)


def extend(  # noqa: PLR0913 -- as `append`
    session: Session,
    head: Head,
    kind: str,
    body: Mapping[str, Plain],
    keys: Keys,
    about: About = NOBODY,
    *,
    now: datetime,
) -> Receipt:
    """Append an entry to a head that the caller locked and whose tokens it has looked at."""
    _, [receipt] = extend_all(session, head, [Draft(kind, body, about)], keys, now=now)
    return receipt


def extend_all(
    session: Session, head: Head, drafts: Sequence[Draft], keys: Keys, *, now: datetime
) -> tuple[Head, list[Receipt]]:
    """Append entries like `extend`, in two statements; return the grown head and the receipts."""
    signer = keys.log_signer(head.origin)
    rows: list[dict[str, object]] = []
    receipts: list[Receipt] = []
    for draft in drafts:
        entry = Entry(draft.kind, now, cast(JSONObject, dict(draft.body)))
        data = entry.data()
        leaf = leaf_hash(data)
        index, proof = head.frontier.size, head.frontier.proof_of_next()
        head = replace(head, frontier=head.frontier.append(leaf))
        signed = sign_checkpoint(
            Checkpoint(head.origin, head.frontier.size, head.frontier.root()), signer
        )
        receipts.append(Receipt(entry, index, proof, signed))
        rows.append(
            {
                "log_id": head.log,
                "index": index,
                "kind": draft.kind,
                "at": now,
                "subject": draft.about.subject,
                "token": draft.about.token,
                "data": data,
                "leaf_hash": leaf,
                "proof": b"".join(proof),
                "checkpoint": signed,
            }
        )
    if rows:
        _write(session, head, rows)
    return head, receipts


def _write(session: Session, head: Head, rows: list[dict[str, object]]) -> None:
    connection = session.connection()
    connection.execute(_ENTRY, rows)
    grown = head.frontier
    connection.execute(
        _GROWN,
        {
            "log": head.log,
            "grown": grown.size,
            "to_peaks": grown.data(),
            "signed": rows[-1]["checkpoint"],
        },
    )


# Statements on tables and not on records: every ballot runs them, the head's lock held.
_HEADS = cast(Table, LogRecord.__table__)
_ENTRY = insert(cast(Table, LogEntryRecord.__table__))
_HEAD = (
    select(_HEADS.c.origin, _HEADS.c.size, _HEADS.c.peaks)
    .where(_HEADS.c.id == bindparam("id"))
    .with_for_update()
)
_GROWN = (
    update(_HEADS)
    .where(_HEADS.c.id == bindparam("log"))
    .values(size=bindparam("grown"), peaks=bindparam("to_peaks"), checkpoint=bindparam("signed"))
)


def by_token(session: Session, log: UUID, token: str) -> LogEntryRecord | None:
    """Return the entry that a token names, if it was appended."""
    found = select(LogEntryRecord).where(
        LogEntryRecord.log_id == log, LogEntryRecord.token == token
    )
    return session.execute(found).scalar_one_or_none()


def entries(session: Session, log: UUID) -> list[LogEntryRecord]:
    """Return all entries of a log in order."""
    found = select(LogEntryRecord).where(LogEntryRecord.log_id == log)
    return list(session.execute(found.order_by(LogEntryRecord.index)).scalars())
