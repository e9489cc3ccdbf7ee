"""The ledger as people read it: postings newest first, one posting with its lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.refusals import NotFound
from assemblies.records.files import FileRecord
from assemblies.records.ledger import KINDS, Account, AccountRecord, LineRecord, PostingRecord
from assemblies.records.register import register
from assemblies.records.repairs import RepairRecord
from assemblies.records.resolutions import ResolutionRecord

PAGE = 50


@dataclass(frozen=True, slots=True)
class Mark:
    """Another posting that this one undoes, or is undone by."""

    id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting in words."""

    id: UUID
    account: Account
    number: int
    kind: str
    amount: int
    balance: int
    said: str
    basis: str
    by: str
    at: datetime
    file: FileLink | None
    corrects: Mark | None
    corrected_by: Mark | None
    # What it follows from: a repair, or a resolution of the register.
    repair: UUID | None = None
    resolution: UUID | None = None

    @property
    def kind_words(self) -> str:
        """Return the kind as people call it."""
        return KINDS[self.kind].words

    @property
    def correctable(self) -> bool:
        """Say whether it may still be undone."""
        return self.corrects is None and self.corrected_by is None


@dataclass(frozen=True, slots=True)
class Search:
    """Which postings to show."""

    account: Account = Account.FUND
    kind: str = ""
    year: int = 0
    page: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One page of postings, with what else could be asked for."""

    search: Search
    entries: tuple[Entry, ...]
    found: int
    kinds: tuple[str, ...]
    years: tuple[int, ...]

    @property
    def pages(self) -> int:
        """Return how many pages there are, one at least."""
        return max(1, -(-self.found // PAGE))


@dataclass(frozen=True, slots=True)
class Borne:
    """What a posting means for one part."""

    part: UUID
    label: str
    amount: int


def page(session: Session, estate: UUID, search: Search) -> Page:
    """Return one page of an account's postings, newest first."""
    ours = _ours(estate, search.account)
    wanted = _narrowed(ours, search)
    found = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    at = min(max(search.page, 1), max(1, -(-found // PAGE)))
    shown = wanted.order_by(PostingRecord.number.desc()).offset((at - 1) * PAGE).limit(PAGE)
    all_of = session.execute(ours.with_only_columns(PostingRecord.kind, PostingRecord.booked_at))
    kinds, moments = zip(*[tuple(row) for row in all_of], strict=True) if found else ((), ())
    return Page(
        Search(search.account, search.kind, search.year, at),
        entries(session, session.execute(shown).scalars().all(), search.account),
        found,
        tuple(kind for kind in KINDS if kind in set(kinds)),
        tuple(sorted({in_china(one).year for one in moments}, reverse=True)),
    )


def all_entries(session: Session, estate: UUID, search: Search) -> tuple[Entry, ...]:
    """Return every posting that is searched for, oldest first."""
    wanted = _narrowed(_ours(estate, search.account), search).order_by(PostingRecord.number)
    return entries(session, session.execute(wanted).scalars().all(), search.account)


def _ours(estate: UUID, account: Account) -> Select[PostingRecord]:
    return (
        select(PostingRecord)
        .join(AccountRecord, AccountRecord.id == PostingRecord.account_id)
        .where(AccountRecord.estate_id == estate, AccountRecord.kind == account.value)
    )


def _narrowed(ours: Select[PostingRecord], search: Search) -> Select[PostingRecord]:
    if search.kind:
        ours = ours.where(PostingRecord.kind == search.kind)
    if search.year:
        begins = datetime(search.year, 1, 1, tzinfo=CHINA).astimezone(UTC)
        ends = datetime(search.year + 1, 1, 1, tzinfo=CHINA).astimezone(UTC)
        ours = ours.where(PostingRecord.booked_at >= begins, PostingRecord.booked_at < ends)
    return ours


def entries(
    session: Session, records: Sequence[PostingRecord], account: Account
) -> tuple[Entry, ...]:
    """Return postings in words, with their papers and what undoes them."""
    ids = [record.id for record in records]
    undone = {
        one.corrects_id: Mark(one.id, one.number)
        for one in session.scalars(select(PostingRecord).where(PostingRecord.corrects_id.in_(ids)))
    }
    wanted = [record.corrects_id for record in records if record.corrects_id]
    undoes = {
        one.id: Mark(one.id, one.number)
        for one in session.scalars(select(PostingRecord).where(PostingRecord.id.in_(wanted)))
    }
    papers = [record.file_id for record in records if record.file_id]
    files = {
        one.id: one.link()
        for one in session.scalars(select(FileRecord).where(FileRecord.id.in_(papers)))
    }
    return tuple(
        Entry(
            id=one.id,
            account=account,
            number=one.number,
            kind=one.kind,
            amount=one.amount_fen,
            balance=one.balance_fen,
            said=one.said,
            basis=one.basis,
            by=one.booked_by,
            at=one.booked_at,
            file=files.get(one.file_id) if one.file_id else None,
            corrects=undoes.get(one.corrects_id) if one.corrects_id else None,
            corrected_by=undone.get(one.id),
        )
        for one in records
    )


def entry(session: Session, estate: UUID, posting: UUID) -> Entry:
    """Return one posting of an estate; raises `NotFound`."""
    record = session.get(PostingRecord, posting)
    pot = session.get(AccountRecord, record.account_id) if record else None
    if record is None or pot is None or pot.estate_id != estate:
        raise NotFound
    (found,) = entries(session, [record], Account(pot.kind))
    source = record.source_id
    if source is None:
        return found
    repair, resolution = session.get(RepairRecord, source), session.get(ResolutionRecord, source)
    return replace(
        found,
        repair=repair.id if repair else None,
        resolution=resolution.id if resolution else None,
    )


def borne(session: Session, estate: UUID, posting: UUID) -> tuple[Borne, ...]:
    """Return what a posting of the fund means for each part, in register order."""
    rows = session.execute(
        select(LineRecord.part_id, LineRecord.amount_fen).where(LineRecord.posting_id == posting)
    )
    lines = {part: int(fen) for part, fen in rows}
    return tuple(
        Borne(part.id, part.label, lines[part.id])
        for part in register(session, estate).parts
        if part.id in lines
    )
