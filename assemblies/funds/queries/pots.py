"""The two pots of an estate side by side, never added together."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.funds.queries.periods import PERIODS
from assemblies.records.duties import is_late
from assemblies.records.ledger import Account, AccountRecord
from assemblies.records.refills import LINE, Building, below_line
from assemblies.records.rounds import standing_round
from assemblies.records.rules import rules_for
from voting.law.matters import Matter
from voting.law.parameters import Parameter
from voting.law.wording import words


@dataclass(frozen=True, slots=True)
class Pot:
    """One pot as the first page shows it; `publish_by` is when it has to be published next."""

    account: Account
    balance: int
    postings: int
    bank: str
    publish_by: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Refill:
    """Which parts are under the line, building by building, and the rule that draws it."""

    buildings: tuple[Building, ...]
    rule: Parameter | None
    needed: str = ""

    @property
    def parts(self) -> int:
        """Return how many parts are under the line."""
        return sum(len(one.parts) for one in self.buildings)


def pots(session: Session, estate: UUID, *, now: datetime) -> tuple[Pot, ...]:
    """Return the fund and the common income, empty where nothing was booked yet."""
    found = {
        record.kind: record
        for record in session.scalars(
            select(AccountRecord).where(AccountRecord.estate_id == estate)
        )
    }
    return tuple(_pot(session, account, found.get(account.value), now) for account in Account)


def _pot(session: Session, account: Account, record: AccountRecord | None, now: datetime) -> Pot:
    if record is None:
        return Pot(account, 0, 0, "", None, late=False)
    duty = standing_round(session, record.id, PERIODS[account])
    return Pot(
        account,
        record.balance_fen,
        record.postings,
        record.bank,
        duty.due_on if duty else None,
        late=duty is not None and is_late(duty, now),
    )


def refill(session: Session, estate: UUID, *, now: datetime) -> Refill:
    """Return which parts are under the re-funding line."""
    rules = rules_for(session, estate, now=now)
    if not rules.has(LINE):
        return Refill((), None)
    needed = words(Matter.FUND_RAISE, "所涉楼栋", rules)
    return Refill(below_line(session, estate, rules), rules.parameter(LINE), needed)
