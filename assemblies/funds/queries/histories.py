"""One part's account: every posting that touched it, and what it held after each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.ledger import KINDS, FirstPaymentRecord, LineRecord, PostingRecord
from assemblies.records.premises import PartRecord
from assemblies.records.refills import LINE
from assemblies.records.rules import rules_for
from voting.law.funds import needs_refill


@dataclass(frozen=True, slots=True)
class Movement:
    """What one posting did to a part."""

    posting: UUID
    number: int
    at: datetime
    kind: str
    said: str
    basis: str
    amount: int
    balance: int

    @property
    def kind_words(self) -> str:
        """Return the kind as people call it."""
        return KINDS[self.kind].words


@dataclass(frozen=True, slots=True)
class History:
    """A part with everything that was booked for it, newest first."""

    part: UUID
    label: str
    area: int
    first: int | None
    balance: int
    below: bool
    movements: tuple[Movement, ...]


def history(session: Session, estate: UUID, part: UUID, *, now: datetime) -> History:
    """Return the account of one part of an estate; raises `NotFound`."""
    record = session.get(PartRecord, part)
    if record is None or record.estate_id != estate:
        raise NotFound
    movements = _movements(session, part)
    first = session.get(FirstPaymentRecord, part)
    rules = rules_for(session, estate, now=now)
    balance = movements[0].balance if movements else 0
    return History(
        part=part,
        label=f"{record.building.name}{record.entrance}{record.room}",
        area=record.area_dm2,
        first=first.amount_fen if first else None,
        balance=balance,
        below=first is not None
        and rules.has(LINE)
        and needs_refill(balance, first.amount_fen, rules),
        movements=movements,
    )


def _movements(session: Session, part: UUID) -> tuple[Movement, ...]:
    rows = session.execute(
        select(PostingRecord, LineRecord.amount_fen)
        .join(LineRecord, LineRecord.posting_id == PostingRecord.id)
        .where(LineRecord.part_id == part)
        .order_by(PostingRecord.number)
    )
    balance, found = 0, list[Movement]()
    for posting, fen in rows:
        balance += fen
        found.append(
            Movement(
                posting.id, posting.number, posting.booked_at, posting.kind, posting.said,
                posting.basis, fen, balance,
            )
        )  # fmt: skip
    return tuple(reversed(found))
