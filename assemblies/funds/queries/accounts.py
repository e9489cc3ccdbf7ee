"""What every part of an estate holds, in register order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.ledger import FirstPaymentRecord, balances_of
from assemblies.records.premises import PartRecord
from assemblies.records.refills import LINE
from assemblies.records.register import PartLine, register
from assemblies.records.rules import rules_for
from voting.law.funds import needs_refill
from voting.law.rules import Rules


@dataclass(frozen=True, slots=True)
class PartAccount:
    """One part: what it holds, what it paid at first (None: unknown), whether it is too little."""

    part: PartLine
    balance: int
    first: int | None
    below: bool

    @property
    def state(self) -> str:
        """Say how it stands, in a word or two."""
        if self.below:
            return "需要续筹"
        return "没有首次交存记录" if self.first is None else ""


@dataclass(frozen=True, slots=True)
class BuildingSum:
    """What the parts of one building hold together, and how many are under the line."""

    name: str
    parts: int
    first: int
    balance: int
    below: int


def part_accounts(session: Session, estate: UUID, *, now: datetime) -> tuple[PartAccount, ...]:
    """Return the account of every part of an estate."""
    rules = rules_for(session, estate, now=now)
    held, first = balances_of(session, estate), first_payments_of(session, estate)
    return tuple(
        PartAccount(
            part,
            held.get(part.id, 0),
            first.get(part.id),
            is_below(held.get(part.id, 0), first.get(part.id), rules),
        )
        for part in register(session, estate).parts
    )


def first_payments_of(session: Session, estate: UUID) -> dict[UUID, int]:
    """Return what was paid at first for each part of which it is known."""
    rows = session.execute(
        select(FirstPaymentRecord.part_id, FirstPaymentRecord.amount_fen)
        .join(PartRecord, PartRecord.id == FirstPaymentRecord.part_id)
        .where(PartRecord.estate_id == estate)
    )
    return {part: int(fen) for part, fen in rows}


def is_below(balance: int, first: int | None, rules: Rules) -> bool:
    """Say whether a part is under the re-funding line; unknown first payments never are."""
    return first is not None and rules.has(LINE) and needs_refill(balance, first, rules)


def building_sums(accounts: tuple[PartAccount, ...]) -> tuple[BuildingSum, ...]:
    """Add the accounts up by building, in register order."""
    names = dict.fromkeys(one.part.building for one in accounts)
    return tuple(
        _sum(name, [one for one in accounts if one.part.building == name]) for name in names
    )


def _sum(name: str, accounts: list[PartAccount]) -> BuildingSum:
    return BuildingSum(
        name,
        len(accounts),
        sum(one.first or 0 for one in accounts),
        sum(one.balance for one in accounts),
        sum(one.below for one in accounts),
    )
