"""Who votes, what their ballot must be bound to, and which keys speak for them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, null, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import LetterNeeded, NotFound
from assemblies.records.assemblies import (
    AssemblyRecord,
    CredentialRecord,
    DocumentRecord,
    LetterRecord,
    VoterRecord,
)
from assemblies.records.logs import Head, LogRecord
from voting.ballot import Bound, Channel, channel_of
from voting.log.tree import Frontier
from voting.signing import PublicKey

VOID = "这封信已作废，请使用最新的一封。"


@dataclass(frozen=True, slots=True)
class Holder:
    """A voter, what their ballot must be bound to, and the channel of each key that may sign."""

    voter: UUID
    log: UUID
    phase: str
    opens: datetime
    closes: datetime
    bound: Bound
    opening: PublicKey
    devices: Mapping[str, Channel]

    @property
    def assembly(self) -> UUID:
        """Return the assembly of the vote."""
        return self.bound.assembly


def holder(session: Session, letter: UUID) -> Holder:
    """Return who holds a letter; raises `LetterNeeded` for one that is void or gone."""
    return _holder(session.execute(_LETTER, {"letter": letter}).all())


def holders_at_head(
    session: Session, letters: Collection[UUID]
) -> Callable[[UUID], tuple[Holder, Head]]:
    """Lock the heads of the logs of letters; what is returned finds holder and head of a letter.

    It raises `LetterNeeded` like `holder`. One statement for all of it. Of the assembly's row only
    what is frozen may be used: PostgreSQL reads it before it waits for the lock.
    """
    found: dict[UUID, list[Any]] = {letter: [] for letter in letters}
    for row in session.execute(_LETTERS_AT_HEAD, {"letters": list(found)}):
        found[row.start].append(row)
    return lambda letter: _at_head(found[letter])


def voter(session: Session, assembly: UUID, voter_id: UUID) -> Holder:
    """Return a voter of a frozen assembly; raises `NotFound`."""
    return _found(session.execute(_VOTER, {"assembly": assembly, "voter": voter_id}).all())


def voter_at_head(session: Session, assembly: UUID, voter_id: UUID) -> tuple[Holder, Head]:
    """Return a voter and lock the head of the log; raises `NotFound`."""
    rows = session.execute(_VOTER_AT_HEAD, {"assembly": assembly, "voter": voter_id}).all()
    _found(rows)
    return _at_head(rows)


def _found(rows: Sequence[Any]) -> Holder:
    if not rows:
        raise NotFound
    return _holder(rows)


def _at_head(rows: Sequence[Any]) -> tuple[Holder, Head]:
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
        devices={
            one.thumbprint: channel_of(one.assurance) for one in rows if one.thumbprint is not None
        },
    )


def devices(session: Session, voter_id: UUID) -> Mapping[str, Channel]:
    """Return the thumbprints of the keys that may sign for a voter, each with its channel."""
    rows = session.execute(_DEVICES, {"voter": voter_id})
    return {thumbprint: channel_of(assurance) for thumbprint, assurance in rows}


# Tables and not records: this is read for every ballot.
_LETTERS, _VOTERS, _ASSEMBLIES, _CREDENTIALS, _LOGS = (
    record.__table__
    for record in (LetterRecord, VoterRecord, AssemblyRecord, CredentialRecord, LogRecord)
)
_AGENDA, _ROLL, _RULES = (
    DocumentRecord.__table__.alias(name) for name in ("agenda", "roll", "rules")
)


def _is(document: FromClause, name: str) -> ColumnElement[bool]:
    return and_(document.c.assembly_id == _ASSEMBLIES.c.id, document.c.name == name)


def _holder_of(
    start: FromClause, voter_id: ColumnElement[UUID], voided_at: ColumnElement[Any]
) -> Select[Any]:
    return (
        select(
            start.c.id.label("start"),
            voter_id.label("voter_id"),
            voided_at.label("voided_at"),
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
            _CREDENTIALS.c.assurance,
        )
        .select_from(start)
        .join(_ASSEMBLIES, _ASSEMBLIES.c.id == start.c.assembly_id)
        .join(_AGENDA, _is(_AGENDA, "agenda.json"))
        .join(_ROLL, _is(_ROLL, "roll.jsonl"))
        .join(_RULES, _is(_RULES, "rules.json"))
        .outerjoin(_CREDENTIALS, _CREDENTIALS.c.voter_id == voter_id)
    )


def _locked(found: Select[Any]) -> Select[Any]:
    return (
        found.add_columns(_LOGS.c.origin, _LOGS.c.size, _LOGS.c.peaks)
        .join(_LOGS, _LOGS.c.id == _ASSEMBLIES.c.log_id)
        .with_for_update(of=_LOGS)
    )


_OF_LETTER = _holder_of(_LETTERS, _LETTERS.c.voter_id, _LETTERS.c.voided_at)
_LETTER = _OF_LETTER.where(_LETTERS.c.id == bindparam("letter"))
_VOTER = _holder_of(_VOTERS, _VOTERS.c.id, null()).where(
    _VOTERS.c.id == bindparam("voter"), _VOTERS.c.assembly_id == bindparam("assembly")
)
_LETTERS_AT_HEAD = _locked(_OF_LETTER).where(
    _LETTERS.c.id.in_(bindparam("letters", expanding=True))
)
_VOTER_AT_HEAD = _locked(_VOTER)
_DEVICES = select(CredentialRecord.thumbprint, CredentialRecord.assurance).where(
    CredentialRecord.voter_id == bindparam("voter")
)
