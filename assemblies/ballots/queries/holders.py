"""Who holds a letter, what their ballot must be bound to, and which devices speak for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from assemblies.foundation.refusals import LetterNeeded
from assemblies.records.assemblies import (
    AssemblyRecord,
    CredentialRecord,
    DocumentRecord,
    LetterRecord,
)
from voting.ballot import Bound
from voting.signing import PublicKey

VOID = "这封信已作废，请使用最新的一封。"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a letter, and what a ballot of theirs must be bound to."""

    voter: UUID
    log: UUID
    phase: str
    opens: datetime
    closes: datetime
    bound: Bound
    opening: PublicKey

    @property
    def assembly(self) -> UUID:
        """Return the assembly of the letter."""
        return self.bound.assembly


def holder(session: Session, letter: UUID) -> Holder:
    """Return who holds a letter; raises `LetterNeeded` for one that is void or gone."""
    row = session.execute(_HOLDER, {"letter": letter}).one_or_none()
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
    )


def devices(session: Session, voter: UUID) -> frozenset[str]:
    """Return the thumbprints of the keys that may sign for a voter."""
    return frozenset(session.execute(_DEVICES, {"voter": voter}).scalars())


_AGENDA, _ROLL, _RULES = (
    aliased(DocumentRecord, name=name) for name in ("agenda", "roll", "rules")
)


def _is(document: type[DocumentRecord], name: str) -> ColumnElement[bool]:
    return and_(document.assembly_id == AssemblyRecord.id, document.name == name)


_HOLDER = (
    select(
        LetterRecord.voter_id,
        LetterRecord.voided_at,
        AssemblyRecord.id,
        AssemblyRecord.log_id,
        AssemblyRecord.phase,
        AssemblyRecord.opens_at,
        AssemblyRecord.closes_at,
        AssemblyRecord.opening_public,
        _AGENDA.sha256.label("agenda"),
        _ROLL.sha256.label("roll"),
        _RULES.sha256.label("rules"),
    )
    .join(AssemblyRecord, AssemblyRecord.id == LetterRecord.assembly_id)
    .join(_AGENDA, _is(_AGENDA, "agenda.json"))
    .join(_ROLL, _is(_ROLL, "roll.jsonl"))
    .join(_RULES, _is(_RULES, "rules.json"))
    .where(LetterRecord.id == bindparam("letter"))
)
_DEVICES = select(CredentialRecord.thumbprint).where(
    CredentialRecord.voter_id == bindparam("voter")
)
