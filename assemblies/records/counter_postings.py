"""Corrections in the ledger (冲正): a posting is undone by its opposite, and stays to be seen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.records.ledger import (
    Account,
    AccountRecord,
    Posting,
    PostingRecord,
    account_of,
    book,
)

CORRECTION, TRANSFER = "correction", "transfer"


def correct(
    session: Session, posting: UUID, reason: str, by: str, *, now: datetime
) -> tuple[PostingRecord, ...]:
    """Book the opposite of a posting and return it; of a transfer, both its halves are undone.

    Raises `NotFound`, `Incomplete` without a reason, and `WrongStep` for a posting that was
    corrected before, is itself a correction, or whose money is partly gone.
    """
    wrong = session.get(PostingRecord, posting)
    if wrong is None:
        raise NotFound
    if not reason.strip():
        raise Incomplete("请写明为什么要冲正。")
    other = _other_half(session, wrong)
    # The fund first, always: two who lock both pots must not wait for each other.
    halves = sorted(filter(None, (wrong, other)), key=lambda one: not one.lines)
    return tuple(_undone(session, half, reason, by, now) for half in halves)


def correction_of(session: Session, posting: UUID) -> PostingRecord | None:
    """Return the posting that undoes this one, None while it stands."""
    found = select(PostingRecord).where(PostingRecord.corrects_id == posting)
    return session.execute(found).scalar_one_or_none()


def _undone(
    session: Session, wrong: PostingRecord, reason: str, by: str, now: datetime
) -> PostingRecord:
    if wrong.corrects_id is not None:
        raise WrongStep("冲正不能再冲正。要恢复原来的账，请按正确的内容重新记一笔。")
    pot = session.get_one(AccountRecord, wrong.account_id)
    account_of(session, pot.estate_id, Account(pot.kind), now=now)  # whoever undoes it waits here
    if correction_of(session, wrong.id) is not None:
        raise WrongStep("这笔账已经冲正过了，一笔账只能冲正一次。")
    opposite = Posting(
        kind=CORRECTION,
        said=f"冲正第 {wrong.number} 号（{wrong.said}）：{reason.strip()}",
        basis=wrong.basis,
        by=by,
        amount=-wrong.amount_fen,
        lines={line.part_id: -line.amount_fen for line in wrong.lines},
        source=wrong.source_id,
        corrects=wrong.id,
    )
    return book(session, pot.estate_id, Account(pot.kind), opposite, now=now)


def _other_half(session: Session, posting: PostingRecord) -> PostingRecord | None:
    """Return the other pot's half of a transfer: the income's half names the fund's as source."""
    if posting.kind != TRANSFER:
        return None
    named = PostingRecord.id == posting.source_id
    naming = PostingRecord.source_id == posting.id
    found = select(PostingRecord).where(naming | named, PostingRecord.kind == TRANSFER)
    return session.execute(found).scalar_one_or_none()
