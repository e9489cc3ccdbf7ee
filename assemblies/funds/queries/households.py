"""What an owner sees: the account of each of their parts, and the repairs they pay for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import LetterNeeded
from assemblies.funds.queries.histories import History, history
from assemblies.funds.queries.statements import Published, published
from assemblies.records.assemblies import (
    AssemblyRecord,
    LetterRecord,
    VoterPersonRecord,
    VoterRecord,
)
from assemblies.records.ledger import Account, LineRecord, PostingRecord
from assemblies.records.premises import EstateRecord, OwnershipRecord, PartRecord
from assemblies.records.repairs import InstructionRecord, RepairRecord, ShareRecord

DEVELOPERS = ("unsold", "undelivered")
SHOWN = 5
STATES = {
    "draft": "正在准备方案",
    "posted": "方案正在公示",
    "voted": "业主表决通过，准备申请",
    "applied": "正在审核",
    "approved": "审核通过，等待拨款",
    "advanced": "已经预拨一部分，正在施工",
    "accepted": "已经验收，正在结算",
    "settled": "已经结算，等待拨付余款",
    "paid": "款已付清",
    "closed": "已经办结",
    "refused": "没有通过，不会动用资金",
    "dropped": "已经取消，不会动用资金",
}


@dataclass(frozen=True, slots=True)
class Share:
    """A repair that a part pays for: where it stands, what falls on it, what is paid so far.

    `posted` names it where everybody may read its plan.
    """

    title: str
    state: str
    fen: int
    paid: int
    posted: UUID | None


@dataclass(frozen=True, slots=True)
class Home:
    """One part of an owner."""

    history: History
    shares: tuple[Share, ...]

    @property
    def recent(self) -> tuple[object, ...]:
        """Return the last postings."""
        return self.history.movements[:SHOWN]


@dataclass(frozen=True, slots=True)
class Household:
    """Everything of one owner in one estate."""

    estate: UUID
    name: str
    homes: tuple[Home, ...]
    published: tuple[Published, ...]

    @property
    def balance(self) -> int:
        """Return what all their parts hold together."""
        return sum(home.history.balance for home in self.homes)


def household(session: Session, letter: UUID, *, now: datetime) -> Household:
    """Return what the owner who signed in by a letter may see; raises `LetterNeeded`."""
    row = session.execute(
        select(LetterRecord.voter_id, EstateRecord)
        .join(AssemblyRecord, AssemblyRecord.id == LetterRecord.assembly_id)
        .join(EstateRecord, EstateRecord.id == AssemblyRecord.estate_id)
        .where(LetterRecord.id == letter, LetterRecord.voided_at.is_(None))
    ).one_or_none()
    if row is None:
        raise LetterNeeded
    estate = row.EstateRecord
    homes = (
        Home(history(session, estate.id, part, now=now), _shares(session, part))
        for part in _parts(session, row.voter_id, estate.id)
    )
    papers = [one for account in Account for one in published(session, estate.id, account)[:1]]
    return Household(estate.id, estate.name, tuple(homes), tuple(papers))


def _parts(session: Session, voter: UUID, estate: UUID) -> tuple[UUID, ...]:
    """Return what the voter's persons own today; a home they sold is no longer theirs to see."""
    found = (
        select(PartRecord.id)
        .join(OwnershipRecord, OwnershipRecord.part_id == PartRecord.id)
        .join(VoterPersonRecord, VoterPersonRecord.person_id == OwnershipRecord.person_id)
        .where(VoterPersonRecord.voter_id == voter, PartRecord.estate_id == estate)
        .order_by(PartRecord.building_id, PartRecord.entrance_key, PartRecord.room_key)
    )
    owned = dict.fromkeys(session.scalars(found))
    if session.get_one(VoterRecord, voter).developer:
        unsold = select(PartRecord.id).where(
            PartRecord.estate_id == estate, PartRecord.status.in_(DEVELOPERS)
        )
        owned.update(dict.fromkeys(session.scalars(unsold)))
    return tuple(owned)


def _shares(session: Session, part: UUID) -> tuple[Share, ...]:
    rows = session.execute(
        select(ShareRecord, RepairRecord)
        .join(RepairRecord, RepairRecord.id == ShareRecord.repair_id)
        .where(ShareRecord.part_id == part, RepairRecord.state != "draft")
        .order_by(RepairRecord.created_at.desc())
    )
    return tuple(
        Share(
            repair.title,
            STATES.get(repair.state, ""),
            share.fen,
            _paid(session, repair.id, part),
            repair.id if repair.posted_at else None,
        )
        for share, repair in rows
    )


def _paid(session: Session, repair: UUID, part: UUID) -> int:
    """Return what was booked on a part for a repair, corrections taken off."""
    instructed = select(InstructionRecord.posting_id).where(InstructionRecord.repair_id == repair)
    fens = session.scalars(
        select(LineRecord.amount_fen)
        .join(PostingRecord, PostingRecord.id == LineRecord.posting_id)
        .where(
            LineRecord.part_id == part,
            (PostingRecord.source_id == repair) | PostingRecord.id.in_(instructed),
        )
    )
    return -sum(fens)
