"""The ledger's own check (账目自查): everything added up anew from the lines, nothing believed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.wording import money_text
from assemblies.records.ledger import KINDS, Account, AccountRecord, LineRecord, PostingRecord

Lines = dict[UUID, dict[UUID, int]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What one pot adds up to from its lines, and how much was gone through."""

    account: Account
    postings: int
    lines: int
    parts: int
    sum_fen: int


def audit(session: Session, estate: UUID) -> tuple[str, ...]:
    """Recompute both pots of an estate from their lines; return what does not match, in Chinese."""
    return tuple(said for pot in _pots(session, estate) for said in _audited(session, pot))


def checked(session: Session, estate: UUID) -> tuple[Checked, ...]:
    """Return what the audit went through, each pot with its sum."""
    return tuple(_checked(session, pot) for pot in _pots(session, estate))


def _pots(session: Session, estate: UUID) -> Sequence[AccountRecord]:
    found = select(AccountRecord).where(AccountRecord.estate_id == estate)
    return session.execute(found.order_by(AccountRecord.kind)).scalars().all()


def _checked(session: Session, pot: AccountRecord) -> Checked:
    postings, lines = _postings(session, pot), _lines(session, pot)
    account = Account(pot.kind)
    by_line = [fen for borne in lines.values() for fen in borne.values()]
    total = sum(by_line) if account is Account.FUND else sum(one.amount_fen for one in postings)
    parts = {part for borne in lines.values() for part in borne}
    return Checked(account, len(postings), len(by_line), len(parts), total)


def _postings(session: Session, pot: AccountRecord) -> Sequence[PostingRecord]:
    found = select(PostingRecord).where(PostingRecord.account_id == pot.id)
    return session.execute(found.order_by(PostingRecord.number)).scalars().all()


def _lines(session: Session, pot: AccountRecord) -> Lines:
    rows = session.execute(
        select(LineRecord.posting_id, LineRecord.part_id, LineRecord.amount_fen)
        .join(PostingRecord, PostingRecord.id == LineRecord.posting_id)
        .where(PostingRecord.account_id == pot.id)
    )
    found: Lines = defaultdict(dict)
    for posting, part, fen in rows:
        found[posting][part] = found[posting].get(part, 0) + fen
    return found


def _audited(session: Session, pot: AccountRecord) -> Iterator[str]:
    account, postings = Account(pot.kind), _postings(session, pot)
    lines = _lines(session, pot)
    yield from _running(account, pot, postings)
    if account is Account.FUND:
        yield from _by_line(pot, postings, lines)
        yield from _below_nothing(postings, lines)
    yield from _corrections(account, postings, lines)


def _running(
    account: Account, pot: AccountRecord, postings: Sequence[PostingRecord]
) -> Iterator[str]:
    """Go number by number: none is missing, and each balance follows from the one before."""
    balance = 0
    for number, posting in enumerate(postings, 1):
        balance += posting.amount_fen
        if posting.number != number:
            yield f"{account.words}的账号不连续：第 {number} 笔编号是 {posting.number}。"
        if posting.balance_fen != balance:
            yield (
                f"{account.words}第 {posting.number} 号记的余额是 "
                f"{money_text(posting.balance_fen)}，逐笔相加是 {money_text(balance)}。"
            )
        if posting.kind not in KINDS:
            yield f"{account.words}第 {posting.number} 号是一类没有见过的账。"
    if (pot.postings, pot.balance_fen) != (len(postings), balance):
        yield (
            f"{account.words}账面是 {pot.postings} 笔、{money_text(pot.balance_fen)}，"
            f"逐笔相加是 {len(postings)} 笔、{money_text(balance)}。"
        )


def _by_line(pot: AccountRecord, postings: Sequence[PostingRecord], lines: Lines) -> Iterator[str]:
    for posting in postings:
        borne = sum(lines.get(posting.id, {}).values())
        if borne != posting.amount_fen:
            yield (
                f"维修资金第 {posting.number} 号是 {money_text(posting.amount_fen)}，"
                f"各户相加是 {money_text(borne)}。"
            )
    whole = sum(sum(borne.values()) for borne in lines.values())
    if whole != pot.balance_fen:
        yield (
            f"维修资金各户余额相加是 {money_text(whole)}，总账是 {money_text(pot.balance_fen)}。"
        )


def _below_nothing(postings: Sequence[PostingRecord], lines: Lines) -> Iterator[str]:
    held: dict[UUID, int] = defaultdict(int)
    for posting in postings:
        for part, fen in lines.get(posting.id, {}).items():
            held[part] += fen
            if held[part] < 0:
                yield f"维修资金第 {posting.number} 号以后，有一户的余额低于零。"


def _corrections(
    account: Account, postings: Sequence[PostingRecord], lines: Lines
) -> Iterator[str]:
    known = {posting.id: posting for posting in postings}
    for posting in postings:
        if posting.corrects_id is None:
            continue
        wrong = known.get(posting.corrects_id)
        if wrong is None or wrong.corrects_id is not None:
            yield f"{account.words}第 {posting.number} 号冲正的不是本账的一笔原账。"
            continue
        opposite = {part: -fen for part, fen in lines.get(wrong.id, {}).items()}
        if posting.amount_fen != -wrong.amount_fen or lines.get(posting.id, {}) != opposite:
            yield f"{account.words}第 {posting.number} 号没有把第 {wrong.number} 号整笔冲回。"
