"""Things of this room found by their id at their own estate, and what the pack says of them."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import PAPERS
from assemblies.committees.queries.texts import texts_of
from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import ItemRecord
from assemblies.records.committees import (
    CandidateRecord,
    CommitteeRecord,
    GroupRecord,
    MemberRecord,
    TermRecord,
)
from assemblies.records.filings import FilingRecord, HandoverItemRecord, HandoverRecord
from voting.law.rules import Rules


def coming_term(session: Session, committee: UUID) -> int:
    """Return the number of the term that the next election begins."""
    held = select(func.max(TermRecord.number)).where(TermRecord.committee_id == committee)
    return (session.execute(held).scalar() or 0) + 1


def is_free(session: Session, candidate: CandidateRecord) -> bool:
    """Say whether a candidate waits for an election: on no agenda, or on one that is decided."""
    item = session.get(ItemRecord, candidate.item_id) if candidate.item_id else None
    return item is None or item.assembly.phase == "published"


def candidate_in(session: Session, estate: UUID, candidate: UUID) -> CandidateRecord:
    """Return a candidate of an estate; raises `NotFound` for another's."""
    found = (
        select(CandidateRecord)
        .join(CommitteeRecord, CandidateRecord.committee_id == CommitteeRecord.id)
        .where(CandidateRecord.id == candidate, CommitteeRecord.estate_id == estate)
    )
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def departments(rules: Rules) -> tuple[str, ...]:
    """Return who is asked for an opinion, by the pack of the city (DZ 5, ZZ 1)."""
    return tuple(str(one) for one in rules.listed("joint_review_departments"))


def clauses(rules: Rules) -> tuple[str, ...]:
    """Return the negative list, clause by clause (QD 24, DZ 5)."""
    return tuple(str(one) for one in rules.listed("negative_list"))


def group_in(session: Session, estate: UUID, group: UUID) -> GroupRecord:
    """Return a group of an estate; raises `NotFound` for another's."""
    found = (
        select(GroupRecord)
        .join(CommitteeRecord, GroupRecord.committee_id == CommitteeRecord.id)
        .where(GroupRecord.id == group, CommitteeRecord.estate_id == estate)
    )
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def working_groups(session: Session, committee: UUID) -> tuple[GroupRecord, ...]:
    """Return the groups of a committee that have not ended."""
    found = select(GroupRecord).where(
        GroupRecord.committee_id == committee, GroupRecord.ended_on.is_(None)
    )
    return tuple(session.execute(found).scalars())


def filing_in(session: Session, estate: UUID, filing: UUID) -> FilingRecord:
    """Return a filing of an estate; raises `NotFound` for another's."""
    found = (
        select(FilingRecord)
        .join(TermRecord, FilingRecord.term_id == TermRecord.id)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(FilingRecord.id == filing, CommitteeRecord.estate_id == estate)
    )
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def missing_texts(session: Session, estate: UUID, record: FilingRecord) -> tuple[str, ...]:
    """Name the texts that the package still lacks (SD 31)."""
    held = {one["kind"] for one in record.papers} | set(texts_of(session, estate))
    return tuple(PAPERS[kind] for kind in ("rules", "covenant") if kind not in held)


def handover_in(session: Session, estate: UUID, handover: UUID) -> HandoverRecord:
    """Return a hand-over of an estate; raises `NotFound` for another's."""
    found = (
        select(HandoverRecord)
        .join(CommitteeRecord, HandoverRecord.committee_id == CommitteeRecord.id)
        .where(HandoverRecord.id == handover, CommitteeRecord.estate_id == estate)
    )
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def line_in(session: Session, estate: UUID, line: UUID) -> HandoverItemRecord:
    """Return a line of an estate's hand-over; raises `NotFound` for another's."""
    item = session.get(HandoverItemRecord, line)
    if item is None:
        raise NotFound
    handover_in(session, estate, item.handover_id)
    return item


def member_in(session: Session, estate: UUID, member: UUID) -> MemberRecord:
    """Return a member of an estate's committee; raises `NotFound` for another's."""
    found = (
        select(MemberRecord)
        .join(TermRecord, MemberRecord.term_id == TermRecord.id)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(MemberRecord.id == member, CommitteeRecord.estate_id == estate)
    )
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record
