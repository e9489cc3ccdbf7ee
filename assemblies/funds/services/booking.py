"""Bookings by hand: deposits, interest, refunds, common income, and corrections."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.refusals import Incomplete, NotFound
from assemblies.foundation.wording import money_text
from assemblies.funds.queries.bases import standing_basis
from assemblies.funds.queries.openings import has_opened
from assemblies.funds.services.publications import begin_rounds
from assemblies.funds.services.reopening import reopen_instruction
from assemblies.funds.services.spreading import Spread
from assemblies.funds.services.telling import booked, first_payments, tell_posting, watch
from assemblies.records.counter_postings import correct, correction_of
from assemblies.records.ledger import (
    KINDS,
    Account,
    AccountRecord,
    FirstPaymentRecord,
    LineRecord,
    Posting,
    PostingRecord,
    account_of,
    book,
)

PAID_IN = ("opening", "deposit")
BY_HOME = ("deposit", "refund", "release")


@dataclass(frozen=True, slots=True)
class Voucher:
    """What every booking says: the event, what it rests on, and the paper that shows it."""

    said: str
    basis: str
    file: UUID | None = None


def book_homes(  # noqa: PLR0913 -- where, which kind, how much, on what, by whom, when
    session: Session,
    estate: UUID,
    kind: str,
    amounts: Spread,
    voucher: Voucher,
    actor: Actor,
    *,
    now: datetime,
) -> PostingRecord:
    """Book a deposit, a refund or a release over parts; raises as `ledger.book` does."""
    if kind not in (*BY_HOME, "interest"):
        raise Incomplete("维修资金没有这一类账。")
    lines = amounts.negated() if KINDS[kind].way < 0 else dict(amounts.lines)
    posting = Posting(kind, voucher.said, voucher.basis, actor.by, lines=lines, file=voucher.file)
    made = book(session, estate, Account.FUND, posting, now=now)
    if kind == "deposit":
        first_payments(session, lines)
    booked(session, made, actor, now=now)
    begin_rounds(session, estate, Account.FUND, now=now)
    return made


@dataclass(frozen=True, slots=True)
class IncomeDraft:
    """A movement of the common income; an expense names the resolution that allows it."""

    kind: str
    amount: int
    voucher: Voucher
    resolution: UUID | None = None


def book_income(
    session: Session, estate: UUID, draft: IncomeDraft, actor: Actor, *, now: datetime
) -> PostingRecord:
    """Book income or an expense of the common income.

    Raises `Incomplete` for an expense without a passed resolution, and as `ledger.book` does.
    """
    if draft.kind not in ("opening", "income", "interest", "expense"):
        raise Incomplete("公共收益没有这一类账。")
    account_of(session, estate, Account.INCOME, now=now)  # two who open it at once wait here
    if draft.kind == "opening" and has_opened(session, estate, Account.INCOME):
        raise Incomplete("公共收益的期初余额只记一次。记错了，请先在账簿里冲正那一笔。")
    basis, amount = draft.voucher.basis, draft.amount
    if draft.kind == "expense":
        if draft.resolution is None:
            raise Incomplete(
                "公共收益的支出要有业主大会或者业委会通过的决定，请在决议台账里选一项。"
            )
        resolution = standing_basis(session, estate, draft.resolution)
        basis, amount = f"{resolution.number}《{resolution.title}》；{basis}".rstrip("；"), -amount
    posting = Posting(
        draft.kind, draft.voucher.said, basis, actor.by, amount,
        source=draft.resolution, file=draft.voucher.file,
    )  # fmt: skip
    made = book(session, estate, Account.INCOME, posting, now=now)
    booked(session, made, actor, now=now)
    begin_rounds(session, estate, Account.INCOME, now=now)
    return made


def undo(
    session: Session, estate: UUID, posting: UUID, reason: str, actor: Actor, *, now: datetime
) -> PostingRecord:
    """Correct a posting by its opposite and return that; raises as `counter_postings.correct`.

    A project's payment opens its instruction again; raises `WrongStep` once the project went on.
    """
    wrong = session.get(PostingRecord, posting)
    pot = session.get(AccountRecord, wrong.account_id) if wrong else None
    if wrong is None or pot is None or pot.estate_id != estate:
        raise NotFound
    reopen_instruction(session, posting)
    made = correct(session, posting, reason, actor.by, now=now)
    for one in made:
        of = session.get_one(AccountRecord, one.account_id)
        said = (
            f"{Account(of.kind).words}第 {one.number} 号：{one.said}，"
            f"冲回 {money_text(abs(one.amount_fen))}，账户余额 {money_text(one.balance_fen)}。"
        )
        tell_posting(session, "fund.corrected", said, one, actor, now=now)
    if wrong.kind in PAID_IN:
        _forget_first_payments(session, wrong)
    watch(session, estate, actor, now=now)
    return next(one for one in made if one.corrects_id == posting)


def _forget_first_payments(session: Session, wrong: PostingRecord) -> None:
    """Drop the first payment of parts for which nothing that was paid in stands any more."""
    for line in wrong.lines:
        paid = session.execute(
            select(PostingRecord)
            .join(LineRecord, LineRecord.posting_id == PostingRecord.id)
            .where(LineRecord.part_id == line.part_id, PostingRecord.kind.in_(PAID_IN))
        ).scalars()
        standing = [one for one in paid if correction_of(session, one.id) is None]
        first = session.get(FirstPaymentRecord, line.part_id)
        if first is not None and not standing:
            session.delete(first)
    session.flush()
