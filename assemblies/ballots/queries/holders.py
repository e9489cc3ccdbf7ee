"""Who holds a letter, what their ballot must be bound to, and which devices speak for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import LetterNeeded
from assemblies.records.assemblies import (
    AssemblyRecord,
    CredentialRecord,
    DocumentRecord,
    LetterRecord,
)
from assemblies.records.logs import Head, LogRecord
from voting.ballot import Bound
from voting.log.tree import Frontier
from voting.signing import PublicKey

VOID = "这封信已作废，请使用最新的一封。"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a letter, what their ballot must be bound to, and which keys may sign it."""

    voter: UUID
    log: UUID
    phase: str
    opens: datetime
    closes: datetime
    bound: Bound
    opening: PublicKey
    devices: frozenset[str]

    @property
    def assembly(self) -> UUID:
        """Return the assembly of the letter."""
        return self.bound.assembly


def holder(session: Session, letter: UUID) -> Holder:
    """Return who holds a letter; raises `LetterNeeded` for one that is void or gone."""
    return _holder(session.execute(_HOLDER, {"letter": letter}).all())


def holder_at_head(session: Session, letter: UUID) -> tuple[Holder, Head]:
    """Return who holds a letter and lock the head of the log; raises `LetterNeeded`.

    One statement for both. Of the assembly's row only what is frozen may be used: PostgreSQL
    reads it before it waits for the lock.
    """
    rows = session.execute(_AT_HEAD, {"letter": letter}).all()
    held = _holder(rows)
    return held, Head(held.log, rows[0].origin, Frontier.parse(rows[0].size, rows[0].peaks))


def _holder(rows: Sequence[Any]) -> Holder:
    row = rows[0] if rows else None
    if row is None or row.voided_at is not None:
        raise LetterNeeded(VOID if row else None)
    return Holder(
        voter=row.voter_id,
        log=row.log_id,
        phase=row.phase,
        opens=row.opens_at,
        closes=row.closes_at,
        bound=Bound(row.id, row.agenda, row.roll, row.rules),
        opening=PublicKey(row.opening_public["x"], row.opening_public["y"]),
        devices=frozenset(one.thumbprint for one in rows if one.thumbprint is not None),
    )


def devices(session: Session, voter: UUID) -> frozenset[str]:
    """Return the thumbprints of the keys that may sign for a voter."""
    return frozenset(session.execute(_DEVICES, {"voter": voter}).scalars())


# Tables and not records: this is read for every ballot.
_LETTERS, _ASSEMBLIES, _CREDENTIALS, _LOGS = (
    record.__table__ for record in (LetterRecord, AssemblyRecord, CredentialRecord, LogRecord)
)
_AGENDA, _ROLL, _RULES = (
    DocumentRecord.__table__.alias(name) for name in ("agenda", "roll", "rules")
)


def _is(document: FromClause, name: str) -> ColumnElement[bool]:
    return and_(document.c.assembly_id == _ASSEMBLIES.c.id, document.c.name == name)


_HOLDER = (
    select(
        _LETTERS.c.voter_id,
        _LETTERS.c.voided_at,
        _ASSEMBLIES.c.id,
        _ASSEMBLIES.c.log_id,
        _ASSEMBLIES.c.phase,
        _ASSEMBLIES.c.opens_at,
        _ASSEMBLIES.c.closes_at,
        _ASSEMBLIES.c.opening_public,
        _AGENDA.c.sha256.label("agenda"),
        _ROLL.c.sha256.label("roll"),
        _RULES.c.sha256.label("rules"),
        _CREDENTIALS.c.thumbprint,
    )
    .select_from(_LETTERS)
    .join(_ASSEMBLIES, _ASSEMBLIES.c.id == _LETTERS.c.assembly_id)
    .join(_AGENDA, _is(_AGENDA, "agenda.json"))
    .join(_ROLL, _is(_ROLL, "roll.jsonl"))
    .join(_RULES, _is(_RULES, "rules.json"))
    .outerjoin(_CREDENTIALS, _CREDENTIALS.c.voter_id == _LETTERS.c.voter_id)
    .where(_LETTERS.c.id == bindparam("letter"))
)
_AT_HEAD = (
    _HOLDER.add_columns(_LOGS.c.origin, _LOGS.c.size, _LOGS.c.peaks)
    .join(_LOGS, _LOGS.c.id == _ASSEMBLIES.c.log_id)
    .with_for_update(of=_LOGS)
)
_DEVICES = select(CredentialRecord.thumbprint).where(
    CredentialRecord.voter_id == bindparam("voter")
)
