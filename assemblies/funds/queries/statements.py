"""What is published of an account over some days: what came in, what went out, what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.refusals import NotFound
from assemblies.funds.queries.accounts import PartAccount, part_accounts
from assemblies.funds.queries.entries import Entry, entries
from assemblies.funds.queries.periods import PERIODS
from assemblies.records.files import FileRecord
from assemblies.records.ledger import Account, AccountRecord, LineRecord, PostingRecord
from assemblies.records.rounds import rounds


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part over the days of a statement; its place without any name."""

    account: PartAccount
    before: int
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class Statement:
    """An account over some days: `before` + `came` - `went` = `after`."""

    account: Account
    since: date
    until: date
    postings: int
    before: int
    came: int
    went: int
    after: int
    entries: tuple[Entry, ...]
    parts: tuple[PartLine, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A statement that was published: until when, by whom, and the paper."""

    at: datetime
    by: str
    said: str
    file: FileLink


def statement(session: Session, estate: UUID, account: Account, *, now: datetime) -> Statement:
    """Return what is to be published now: everything since the last time; raises `NotFound`."""
    pot = session.execute(
        select(AccountRecord).where(
            AccountRecord.estate_id == estate, AccountRecord.kind == account.value
        )
    ).scalar_one_or_none()
    if pot is None:
        raise NotFound
    since, after = _since(session, pot)
    found = select(PostingRecord).where(PostingRecord.account_id == pot.id)
    wanted = found.where(PostingRecord.booked_at > after) if after else found
    shown = entries(session, session.scalars(wanted.order_by(PostingRecord.number)).all(), account)
    came = sum(one.amount for one in shown if one.amount > 0)
    went = -sum(one.amount for one in shown if one.amount < 0)
    return Statement(
        account=account,
        since=since,
        until=in_china(now).date(),
        postings=pot.postings,
        before=pot.balance_fen - came + went,
        came=came,
        went=went,
        after=pot.balance_fen,
        entries=shown,
        parts=_parts(session, estate, pot, after, now) if account is Account.FUND else (),
    )


def _since(session: Session, pot: AccountRecord) -> tuple[date, datetime | None]:
    """Return the day a statement begins, and the moment of the last one that was published."""
    done = [one for one in rounds(session, pot.id, PERIODS[Account(pot.kind)]) if one.done_at]
    if not done or done[-1].done_at is None:
        return in_china(pot.opened_at).date(), None
    return in_china(done[-1].done_at).date(), done[-1].done_at


def _parts(
    session: Session, estate: UUID, pot: AccountRecord, after: datetime | None, now: datetime
) -> tuple[PartLine, ...]:
    begins = after or datetime.combine(date.min.replace(year=2000), time(), CHINA)
    came = _moved(session, pot, begins, into=True)
    went = _moved(session, pot, begins, into=False)
    return tuple(
        PartLine(
            one,
            one.balance - came.get(one.part.id, 0) - went.get(one.part.id, 0),
            came.get(one.part.id, 0),
            -went.get(one.part.id, 0),
        )
        for one in part_accounts(session, estate, now=now)
    )


def _moved(
    session: Session, pot: AccountRecord, begins: datetime, *, into: bool
) -> Mapping[UUID, int]:
    sign = LineRecord.amount_fen > 0 if into else LineRecord.amount_fen < 0
    rows = session.execute(
        select(LineRecord.part_id, func.sum(LineRecord.amount_fen))
        .join(PostingRecord, PostingRecord.id == LineRecord.posting_id)
        .where(PostingRecord.account_id == pot.id, PostingRecord.booked_at > begins, sign)
        .group_by(LineRecord.part_id)
    )
    return {part: int(fen) for part, fen in rows}


def published(session: Session, estate: UUID, account: Account) -> tuple[Published, ...]:
    """Return what was published of an account, newest first."""
    pot = session.execute(
        select(AccountRecord).where(
            AccountRecord.estate_id == estate, AccountRecord.kind == account.value
        )
    ).scalar_one_or_none()
    done = rounds(session, pot.id, PERIODS[account]) if pot else ()
    found = []
    for one in reversed(done):
        file = session.get(FileRecord, one.file_id) if one.file_id else None
        if one.done_at and file:
            found.append(Published(one.done_at, one.done_by, one.proof, file.link()))
    return tuple(found)
