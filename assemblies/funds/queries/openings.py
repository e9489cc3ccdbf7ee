"""Whether the fund's accounts were opened, and beside which register."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

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


def register_version(session: Session, estate: UUID) -> int:
    """Return the version of the register; raises where there is no such estate."""
    return session.get_one(EstateRecord, estate).register_version
