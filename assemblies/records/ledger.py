"""Money of the owners: the maintenance fund by part, and the common income, never mixed.

A posting is written once and never changed: a mistake is undone by a counter-posting. The
balance of an account is the sum of its postings, and a fund posting is the sum of its lines, so
that the parts together equal the account at every moment. All amounts are whole fen. Nothing here
moves money: the bank is instructed elsewhere, and what it did is booked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from assemblies.foundation.database import Record, UtcDateTime
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.records.premises import EstateRecord, PartRecord


class Account(Enum):
    """Which pot: the maintenance fund (专项维修资金) or the common income (公共收益)."""

    FUND = "fund"
    INCOME = "income"

    @property
    def words(self) -> str:
        """Return the account as people call it."""
        return {"fund": "专项维修资金", "income": "公共收益"}[self.value]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of posting: its word, the way its money goes (1 in, -1 out, 0 both), its pots."""

    words: str
    way: int
    pots: frozenset[Account]


_BOTH, _FUND, _INCOME = frozenset(Account), frozenset({Account.FUND}), frozenset({Account.INCOME})
KINDS: Mapping[str, Kind] = {
    "opening": Kind("期初余额", 1, _BOTH),
    "deposit": Kind("交存", 1, _FUND),
    "interest": Kind("利息", 1, _BOTH),
    "payment": Kind("维修支出", -1, _FUND),
    # Money that comes back into the fund: a contractor's, or what was salvaged was sold for.
    "refund": Kind("退回转入", 1, _FUND),
    # Money that goes back to an owner: the home is gone, or too much was paid in.
    "release": Kind("退还业主", -1, _FUND),
    "income": Kind("收入", 1, _INCOME),
    "expense": Kind("支出", -1, _INCOME),
    # Common income tops up the fund: out of one pot, into the other, in one transaction.
    "transfer": Kind("公共收益补充维修资金", 0, _BOTH),
    "correction": Kind("冲正", 0, _BOTH),
}


class AccountRecord(Record):
    """One pot of an estate and its balance, changed only together with a posting."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (UniqueConstraint("estate_id", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    kind: Mapped[str]
    bank: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    balance_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    postings: Mapped[int] = mapped_column(default=0)


class PostingRecord(Record):
    """One booked event, for ever: a trigger in the database refuses update and delete.

    `kind` is one of `KINDS`. `corrects_id` names the posting that a correction undoes;
    `source_id` what it follows from.
    """

    __tablename__ = "postings"
    __table_args__ = (UniqueConstraint("account_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("ledger_accounts.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str]
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    balance_fen: Mapped[int] = mapped_column(BigInteger)
    said: Mapped[str]
    # What it rests on: a bank advice, a resolution's number, a contract.
    basis: Mapped[str]
    booked_by: Mapped[str]
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source_id: Mapped[UUID | None] = mapped_column(index=True)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("postings.id"), unique=True)
    lines: Mapped[list["LineRecord"]] = relationship(order_by="LineRecord.position")


class LineRecord(Record):
    """What a posting of the fund means for one part, for ever as the posting itself."""

    __tablename__ = "posting_lines"

    posting_id: Mapped[UUID] = mapped_column(ForeignKey("postings.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_id: Mapped[UUID] = mapped_column(ForeignKey("parts.id"), index=True)
    amount_fen: Mapped[int] = mapped_column(BigInteger)


class FirstPaymentRecord(Record):
    """What was paid into the fund for a part at the start (首次交存): the measure of re-funding."""

    __tablename__ = "first_payments"

    part_id: Mapped[UUID] = mapped_column(ForeignKey("parts.id"), primary_key=True)
    amount_fen: Mapped[int] = mapped_column(BigInteger)


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be booked; `lines` says for the fund what each part bears or gets, in fen."""

    kind: str
    said: str
    basis: str
    by: str
    amount: int = 0
    lines: Mapping[UUID, int] | None = None
    source: UUID | None = None
    file: UUID | None = None
    corrects: UUID | None = None


def account_of(session: Session, estate: UUID, account: Account, *, now: datetime) -> AccountRecord:
    """Return a pot of an estate under lock, opened empty if there is none yet."""
    found = _locked(session, estate, account)
    if found is None:
        # Whoever asks at the same moment waits at the estate, and finds the pot after that.
        session.execute(select(EstateRecord.id).where(EstateRecord.id == estate).with_for_update())
        found = _locked(session, estate, account)
    if found is None:
        found = AccountRecord(
            id=uuid4(), estate_id=estate, kind=account.value, opened_at=now, balance_fen=0,
            postings=0,
        )  # fmt: skip
        session.add(found)
        session.flush()
    return found


def _locked(session: Session, estate: UUID, account: Account) -> AccountRecord | None:
    """Return the pot as it is in the database now, not as this session may remember it."""
    return session.execute(
        select(AccountRecord)
        .where(AccountRecord.estate_id == estate, AccountRecord.kind == account.value)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()


def book(
    session: Session, estate: UUID, account: Account, posting: Posting, *, now: datetime
) -> PostingRecord:
    """Book a posting and return it; the fund's amount is the sum of its lines.

    Raises `Incomplete` without words, basis or lines, for a kind that is not this pot's or goes
    the wrong way, and `WrongStep` where a part or the account would fall below nothing: a fund
    that lacks money asks the owners first (CC 278 item 6). Whoever books what lowers balances
    calls `records.refills.watch` after it, in the same transaction.
    """
    session.flush()
    pot = account_of(session, estate, account, now=now)
    lines = _lines_for(session, estate, account, posting)
    amount = sum(lines.values()) if account is Account.FUND else posting.amount
    _require_sound(account, posting, amount, lines)
    if pot.balance_fen + amount < 0:
        raise WrongStep(f"{account.words}余额不足，不能入账。")
    _require_covered(session, lines)
    pot.postings, pot.balance_fen = pot.postings + 1, pot.balance_fen + amount
    record = _entered(session, pot, posting, amount, now)
    rows = [
        {"posting_id": record.id, "position": position, "part_id": part, "amount_fen": fen}
        for position, (part, fen) in enumerate(lines.items())
    ]
    if rows:
        session.execute(insert(LineRecord), rows)
    return record


def _entered(
    session: Session, pot: AccountRecord, posting: Posting, amount: int, now: datetime
) -> PostingRecord:
    record = PostingRecord(
        id=uuid4(),
        account_id=pot.id,
        number=pot.postings,
        kind=posting.kind,
        amount_fen=amount,
        balance_fen=pot.balance_fen,
        said=posting.said.strip(),
        basis=posting.basis.strip(),
        booked_by=posting.by,
        booked_at=now,
        source_id=posting.source,
        file_id=posting.file,
        corrects_id=posting.corrects,
    )
    session.add(record)
    session.flush()
    return record


def _require_sound(
    account: Account, posting: Posting, amount: int, lines: Mapping[UUID, int]
) -> None:
    kind = KINDS.get(posting.kind)
    if kind is None or account not in kind.pots:
        raise Incomplete(f"{account.words}没有这一类账。")
    if not posting.said.strip() or not posting.basis.strip():
        raise Incomplete("请写明事由和依据。")
    # What a contractor returns is a difference of two divisions: a part may bear a fen of it.
    whole = kind.way > 0 and posting.kind != "refund"
    astray = whole and any(fen < 0 for fen in lines.values())
    if amount == 0 or amount * kind.way < 0 or astray:
        raise Incomplete(f"“{kind.words}”的金额不对，请核对。")


def _lines_for(
    session: Session, estate: UUID, account: Account, posting: Posting
) -> dict[UUID, int]:
    lines = dict(posting.lines or {})
    if account is Account.INCOME and lines:
        raise Incomplete("公共收益不分户记账。")
    if account is Account.FUND and not lines:
        raise Incomplete("维修资金按户记账，这笔没有涉及任何一户。")
    ours = set(session.scalars(select(PartRecord.id).where(PartRecord.estate_id == estate)))
    if not lines.keys() <= ours:
        raise Incomplete("有的房屋不在这个小区的名册里，不能入账。")
    return lines


def _require_covered(session: Session, lines: Mapping[UUID, int]) -> None:
    drawn = {part: fen for part, fen in lines.items() if fen < 0}
    held = part_balances(session, drawn)
    short = [part for part, fen in drawn.items() if held.get(part, 0) + fen < 0]
    if short:
        raise WrongStep(f"有 {len(short)} 户的维修资金余额不够，请先续筹或另行筹款。")


def part_balances(session: Session, parts: Iterable[UUID]) -> dict[UUID, int]:
    """Return what the fund holds for each of these parts, in fen; a part without lines is absent.

    Asked in portions: databases limit how many values one statement may name.
    """
    wanted, found = list(parts), dict[UUID, int]()
    for start in range(0, len(wanted), _PORTION):
        rows = session.execute(
            select(LineRecord.part_id, func.sum(LineRecord.amount_fen))
            .where(LineRecord.part_id.in_(wanted[start : start + _PORTION]))
            .group_by(LineRecord.part_id)
        )
        found.update({part: int(fen) for part, fen in rows})
    return found


def balances_of(session: Session, estate: UUID) -> dict[UUID, int]:
    """Return what the fund holds for every part of an estate that it holds an account for."""
    rows = session.execute(
        select(LineRecord.part_id, func.sum(LineRecord.amount_fen))
        .join(PartRecord, PartRecord.id == LineRecord.part_id)
        .where(PartRecord.estate_id == estate)
        .group_by(LineRecord.part_id)
    )
    return {part: int(fen) for part, fen in rows}


_PORTION = 500
