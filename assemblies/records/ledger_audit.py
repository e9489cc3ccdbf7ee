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


@dataclass(frozen=True, slots=True)
class Audit:
    """What does not match, in Chinese, and what was gone through to find it."""

    problems: tuple[str, ...]
    checked: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class _Book:
    """One pot with everything that was ever booked in it, read once."""

    account: Account
    pot: AccountRecord
    postings: Sequence[PostingRecord]
    lines: Lines


def audit(session: Session, estate: UUID) -> tuple[str, ...]:
    """Recompute both pots of an estate from their lines; return what does not match, in Chinese."""
    return audited(session, estate).problems


def audited(session: Session, estate: UUID) -> Audit:
    """Recompute both pots of an estate from their lines; return that with what was gone through."""
    books = _books(session, estate)
    problems = (said for book in books for said in _problems(book))
    return Audit(tuple(problems), tuple(_checked(book) for book in books))


def _books(session: Session, estate: UUID) -> tuple[_Book, ...]:
    found = select(AccountRecord).where(AccountRecord.estate_id == estate)
    pots = session.execute(found.order_by(AccountRecord.kind)).scalars()
    return tuple(
        _Book(Account(pot.kind), pot, _postings(session, pot), _lines(session, pot)) for pot in pots
    )


def _checked(book: _Book) -> Checked:
    by_line = [fen for borne in book.lines.values() for fen in borne.values()]
    by_posting = (one.amount_fen for one in book.postings)
    total = sum(by_line) if book.account is Account.FUND else sum(by_posting)
    parts = {part for borne in book.lines.values() for part in borne}
    return Checked(book.account, len(book.postings), len(by_line), len(parts), total)


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


def _problems(book: _Book) -> Iterator[str]:
    yield from _running(book.account, book.pot, book.postings)
    if book.account is Account.FUND:
        yield from _by_line(book.pot, book.postings, book.lines)
        yield from _below_nothing(book.postings, book.lines)
    yield from _corrections(book.account, book.postings, book.lines)


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
