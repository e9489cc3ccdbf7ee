"""Whether the fund's accounts were opened, and beside which register."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from assemblies.records.files import FileRecord
from assemblies.records.ledger import Account, AccountRecord, PostingRecord
from assemblies.records.premises import EstateRecord

MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv")


def has_opened(session: Session, estate: UUID, account: Account = Account.FUND) -> bool:
    """Say whether an opening balance stands, not corrected."""
    undoing = aliased(PostingRecord)
    found = (
        select(PostingRecord.id)
        .join(AccountRecord, AccountRecord.id == PostingRecord.account_id)
        .outerjoin(undoing, undoing.corrects_id == PostingRecord.id)
        .where(
            AccountRecord.estate_id == estate,
            AccountRecord.kind == account.value,
            PostingRecord.kind == "opening",
            undoing.id.is_(None),
        )
    )
    return session.execute(found.limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet that was uploaded and neither applied nor given up."""

    id: UUID
    name: str
    by: str
    at: datetime


def waiting(session: Session, estate: UUID) -> tuple[Waiting, ...]:
    """Return the sheets that wait to be looked at, newest first."""
    used = select(PostingRecord.file_id).where(PostingRecord.file_id.is_not(None))
    found = (
        select(FileRecord)
        .where(
            FileRecord.estate_id == estate,
            FileRecord.media_type.in_(MEDIA_TYPES),
            FileRecord.shown.is_(False),
            FileRecord.id.not_in(used),
        )
        .order_by(FileRecord.kept_at.desc())
    )
    records = session.execute(found).scalars()
    return tuple(Waiting(one.id, one.name, one.kept_by, one.kept_at) for one in records)


def register_version(session: Session, estate: UUID) -> int:
    """Return the version of the register; raises where there is no such estate."""
    return session.get_one(EstateRecord, estate).register_version
