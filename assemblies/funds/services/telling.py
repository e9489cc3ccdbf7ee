"""How this room tells the supervision record of what it booked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.wording import money_text
from assemblies.records import refills
from assemblies.records.files import FileRecord
from assemblies.records.ledger import (
    KINDS,
    Account,
    AccountRecord,
    FirstPaymentRecord,
    PostingRecord,
)
from assemblies.records.supervision import Happened, digest_of, tell
from voting.canonical import Plain


def tell_posting(
    session: Session, kind: str, said: str, posting: PostingRecord, actor: Actor, *, now: datetime
) -> None:
    """Tell of a posting under a kind of the record; its file's digest shows it, or its facts."""
    pot = session.get_one(AccountRecord, posting.account_id)
    source = f"posting:{posting.id}"
    happened = Happened(kind, said, actor.by, source, _digest(session, posting))
    tell(session, pot.estate_id, happened, actor.keys, now=now)


def booked(session: Session, posting: PostingRecord, actor: Actor, *, now: datetime) -> None:
    """Tell of an ordinary booking, and look after re-funding where it was the fund's."""
    pot = session.get_one(AccountRecord, posting.account_id)
    tell_posting(session, "fund.booked", said_of(pot, posting), posting, actor, now=now)
    watch(session, pot.estate_id, actor, now=now)


def watch(session: Session, estate: UUID, actor: Actor, *, now: datetime) -> None:
    """Open, renew or end the duties to re-fund after balances have changed."""
    refills.watch(session, estate, actor.keys, by=actor.by, now=now)


def said_of(pot: AccountRecord, posting: PostingRecord) -> str:
    """Say a posting in one sentence that stands alone."""
    account, word = Account(pot.kind).words, KINDS[posting.kind].words
    return (
        f"{account}第 {posting.number} 号记账：{word} {money_text(abs(posting.amount_fen))}，"
        f"{posting.said}。依据：{posting.basis}。账户余额 {money_text(posting.balance_fen)}。"
    )


def first_payments(session: Session, amounts: dict[UUID, int]) -> None:
    """Keep what was paid at first for parts that have no first payment on record yet."""
    for part, fen in amounts.items():
        if fen > 0 and session.get(FirstPaymentRecord, part) is None:
            session.add(FirstPaymentRecord(part_id=part, amount_fen=fen))
    session.flush()


def _digest(session: Session, posting: PostingRecord) -> str:
    if posting.file_id is not None:
        return session.get_one(FileRecord, posting.file_id).sha256
    facts: dict[str, Plain] = {
        "amount": posting.amount_fen,
        "balance": posting.balance_fen,
        "basis": posting.basis,
        "kind": posting.kind,
        "number": posting.number,
        "said": posting.said,
    }
    return digest_of(facts)
