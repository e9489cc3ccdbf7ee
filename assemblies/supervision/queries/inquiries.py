"""Reads of the inquiries about members (纠错和退出)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Role
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import ItemRecord
from assemblies.records.committees import MemberRecord, members_in_office
from assemblies.records.files import FileRecord, files_of
from assemblies.records.oversight import InquiryRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from assemblies.supervision.queries.orders import office_above
from assemblies.supervision.queries.proposals import Support, by_members, by_owners, labels_of
from voting.law.duties import Duty, due

OUTCOMES = {
    "unfounded": "经调查不成立",
    "resigned": "已离任",
    "kept": "业主大会未通过罢免",
    "removed": "业主大会罢免",
}
POSTS = {"chair": "主任", "vice-chair": "副主任", "member": "委员"}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry as pages and papers show it."""

    id: UUID
    estate: UUID
    place: str
    member: UUID
    member_account: UUID | None
    name: str
    post: str
    left: bool
    facts: str
    clause: str
    office: str
    opened_by: str
    opened_at: datetime
    files: tuple[FileLink, ...]
    notice: str
    noticed_at: datetime | None
    reply_due_on: date | None
    reply: str
    replied_at: datetime | None
    reply_file: FileLink | None
    suspended_at: datetime | None
    suspended_posted: str
    recommended: str
    recommended_at: datetime | None
    signed: tuple[str, ...]
    signed_parts: str
    proposal_file: FileLink | None
    proposed_by: str
    assembly: UUID | None
    moved_at: datetime | None
    outcome: str
    ended_at: datetime | None
    ended_note: str

    def heard(self, now: datetime) -> bool:
        """Say whether the member answered, or let the period for it pass."""
        if self.replied_at is not None:
            return True
        return self.reply_due_on is not None and in_china(now).date() > self.reply_due_on

    def state(self, now: datetime) -> tuple[str, str]:
        """Return the kind of tag and the words for where it stands."""
        if self.ended_at is not None:
            return "passed", OUTCOMES[self.outcome]
        if self.moved_at is not None:
            return "took", "已提请业主大会表决"
        if self.noticed_at is None:
            return "waiting", "待告知本人"
        if not self.heard(now):
            return "waiting", "等本人陈述"
        return "took", "调查期间暂停履职" if self.suspended_at else "已听取本人意见"


@dataclass(frozen=True, slots=True)
class Backing:
    """Who proposes the removal so far, and whether the owners decided."""

    members: Support
    owners: Support
    decided: bool

    @property
    def enough(self) -> bool:
        """Say whether either way is enough."""
        return self.members.enough or self.owners.enough


@dataclass(frozen=True, slots=True)
class Seat:
    """A member whom an inquiry may be about."""

    id: UUID
    words: str


def listed(session: Session, estate: UUID) -> tuple[Inquiry, ...]:
    """Return an estate's inquiries, newest first."""
    found = select(InquiryRecord).where(InquiryRecord.estate_id == estate)
    rows = session.execute(found.order_by(InquiryRecord.opened_at.desc())).scalars().all()
    return tuple(_inquiry(session, record) for record in rows)


def inquiry(session: Session, estate: UUID, inquiry: UUID) -> Inquiry:
    """Return an inquiry of an estate; raises `NotFound`."""
    return _inquiry(session, _record(session, estate, inquiry))


def backing(session: Session, estate: UUID, inquiry: UUID, *, now: datetime) -> Backing:
    """Return who proposes a removal so far; raises `NotFound`."""
    record = _record(session, estate, inquiry)
    return Backing(
        by_members(session, estate, record, now=now),
        by_owners(session, estate, record.signed_parts, now=now),
        resolution_on(session, record) is not None,
    )


def seats(session: Session, estate: UUID) -> tuple[Seat, ...]:
    """Return the members in office."""
    return tuple(
        Seat(one.id, f"{one.name}（{POSTS.get(one.post, '委员')}）")
        for one in members_in_office(session, estate)
    )


def resolution_on(session: Session, record: InquiryRecord) -> ResolutionRecord | None:
    """Return what the owners decided on an inquiry's motion; None before they did."""
    if record.item_id is None:
        return None
    found = select(ResolutionRecord).where(ResolutionRecord.item_id == record.item_id)
    return session.execute(found).scalar_one_or_none()


def _record(session: Session, estate: UUID, inquiry: UUID) -> InquiryRecord:
    record = session.get(InquiryRecord, inquiry)
    if record is None or record.estate_id != estate:
        raise NotFound
    return record


def _inquiry(session: Session, record: InquiryRecord) -> Inquiry:
    member = session.get_one(MemberRecord, record.member_id)
    item = None if record.item_id is None else session.get(ItemRecord, record.item_id)
    return Inquiry(
        id=record.id,
        estate=record.estate_id,
        place=place_of(session, record.estate_id).name,
        member=member.id,
        member_account=member.account_id,
        name=member.name,
        post=POSTS.get(member.post, "委员"),
        left=member.left_on is not None or member.term.ended_on is not None,
        facts=record.facts,
        clause=record.clause,
        office=_office(session, record),
        opened_by=record.opened_by,
        opened_at=record.opened_at,
        files=tuple(one.link() for one in files_of(session, record.file_ids)),
        notice=record.notice,
        noticed_at=record.noticed_at,
        reply_due_on=record.reply_due_on,
        reply=record.reply,
        replied_at=record.replied_at,
        reply_file=_link(session, record.reply_file_id),
        suspended_at=record.suspended_at,
        suspended_posted=record.suspended_posted,
        recommended=record.recommended,
        recommended_at=record.recommended_at,
        signed=tuple(one["name"] for one in record.signed),
        signed_parts=labels_of(session, record.estate_id, record.signed_parts),
        proposal_file=_link(session, record.proposal_file_id),
        proposed_by=record.proposed_by,
        assembly=None if item is None else item.assembly_id,
        moved_at=record.moved_at,
        outcome=record.outcome,
        ended_at=record.ended_at,
        ended_note=record.ended_note,
    )


def _link(session: Session, file: UUID | None) -> FileLink | None:
    return None if file is None else session.get_one(FileRecord, file).link()


def _office(session: Session, record: InquiryRecord) -> str:
    """Name the office that asks: the street above the estate, or the authority that opened it."""
    kind = "authority" if Role.AUTHORITY.value in record.opened_by else "street"
    node = place_of(session, record.estate_id).node
    return office_above(session, node, kind) or record.opened_by


def reply_term(session: Session, estate: UUID, *, now: datetime) -> Duty:
    """Return the period in which a member told today answers."""
    return due("inquiry_reply_days", in_china(now).date(), rules_for(session, estate, now=now))
