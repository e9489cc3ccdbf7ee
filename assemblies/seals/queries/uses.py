"""The uses of an estate's seals: what stands, what waits for whom, and who may do what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.refusals import NotFound
from assemblies.records.committees import (
    CommitteeRecord,
    MemberRecord,
    member_for,
    members_in_office,
)
from assemblies.records.files import FileRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seals import (
    APPLIED,
    APPROVED,
    DOCUMENT_KINDS,
    KEPT,
    STAMPED,
    SealRecord,
    SealSignatureRecord,
    SealUseRecord,
)
from assemblies.seals.queries.bases import fallen_zh
from assemblies.seals.queries.use_views import Answer, UseView
from voting.log.seals import BasisKind

Named = TypeVar("Named", SealRecord, ResolutionRecord, FileRecord, MemberRecord)
POSTS = {"chair": "主任", "vice-chair": "副主任"}


@dataclass(frozen=True, slots=True)
class May:
    """What the person at the screen may do with a use now."""

    sign: bool
    stamp: bool
    photograph: bool
    close: bool
    withdraw: bool

    @property
    def anything(self) -> bool:
        """Say whether there is anything to do."""
        return self.sign or self.stamp or self.photograph or self.close or self.withdraw


def uses_of(session: Session, estate: UUID) -> tuple[UseView, ...]:
    """Return all uses of an estate, the newest first."""
    found = (
        select(SealUseRecord)
        .join(CommitteeRecord, SealUseRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == estate)
        .options(selectinload(SealUseRecord.signatures))
        .order_by(SealUseRecord.number.desc())
    )
    return _views(session, session.execute(found).scalars().all())


def use_of(session: Session, estate: UUID, use: UUID) -> UseView:
    """Return one use of an estate; raises `NotFound`."""
    record = session.get(SealUseRecord, use)
    if record is None:
        raise NotFound("没有这次用印。")
    committee = session.get_one(CommitteeRecord, record.committee_id)
    if committee.estate_id != estate:
        raise NotFound("没有这次用印。")
    return _views(session, [record])[0]


def may(session: Session, estate: UUID, use: UseView, account: UUID, *, runs: bool) -> May:
    """Return what a person may do with a use now."""
    member = member_for(session, estate, account)
    asked = member is not None and any(
        one.member == member.id and not one.answer for one in use.answers
    )
    keeper = use.keeper_account == account
    early = use.state in (APPLIED, APPROVED)
    return May(
        sign=asked and early and not use.fallen,
        stamp=keeper and use.state == APPROVED and use.seal_usable and not use.fallen,
        photograph=keeper and use.state == STAMPED,
        close=(keeper or runs) and use.state == STAMPED and bool(use.photographs),
        withdraw=early and _may_withdraw(session, estate, use, member, runs=runs),
    )


def _may_withdraw(
    session: Session, estate: UUID, use: UseView, member: MemberRecord | None, *, runs: bool
) -> bool:
    """Say whether this is the applicant, or runs the committee that the applicant has left."""
    if member is not None and member.id == use.applicant_id:
        return True
    return runs and use.applicant_id not in {one.id for one in members_in_office(session, estate)}


def for_me(
    session: Session, estate: UUID, uses: Sequence[UseView], account: UUID, *, runs: bool
) -> tuple[tuple[UseView, str], ...]:
    """Return the uses that wait for this person, with what is to be done."""
    found = []
    for use in uses:
        if not use.open:
            continue
        can = may(session, estate, use, account, runs=runs)
        step = (
            "等您签字" if can.sign and use.state == APPLIED
            else "等您盖章" if can.stamp
            else "等您存照片" if can.photograph and not use.photographs
            else "等您办结" if can.close
            else ""
        )  # fmt: skip
        if step:
            found.append((use, step))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the uses name, read at once: seals, decisions, files and members by their ids."""

    seals: Mapping[UUID, SealRecord]
    bases: Mapping[UUID, ResolutionRecord]
    files: Mapping[UUID, FileRecord]
    members: Mapping[UUID, MemberRecord]

    def photographs(self, record: SealUseRecord) -> tuple[FileLink, ...]:
        """Return the photographs of a use in the order in which they came."""
        return tuple(self.files[UUID(one)].link() for one in record.photo_ids)


def _views(session: Session, records: Sequence[SealUseRecord]) -> tuple[UseView, ...]:
    files = {one.document_id for one in records} | {
        UUID(file) for one in records for file in one.photo_ids
    }
    members = {UUID(member) for one in records for member in one.members}
    shelf = _Shelf(
        seals=_by_id(session, SealRecord, {one.seal_id for one in records}),
        bases=_by_id(session, ResolutionRecord, {one.basis_id for one in records}),
        files=_by_id(session, FileRecord, files),
        members=_by_id(session, MemberRecord, members),
    )
    return tuple(_view(shelf, one) for one in records)


def _by_id(session: Session, kind: type[Named], ids: set[UUID]) -> dict[UUID, Named]:
    found = session.execute(select(kind).where(kind.id.in_(ids))).scalars()
    return {one.id: one for one in found}


def _view(shelf: _Shelf, record: SealUseRecord) -> UseView:
    seal, basis = shelf.seals[record.seal_id], shelf.bases[record.basis_id]
    return UseView(
        id=record.id,
        number=record.number_zh,
        title=record.title,
        kind=DOCUMENT_KINDS[record.document_kind],
        state=record.state,
        seal=seal.id,
        seal_name=seal.name,
        seal_usable=seal.state == KEPT,
        keeper=seal.keeper,
        keeper_account=seal.keeper_account_id,
        document=shelf.files[record.document_id].link(),
        copies=record.copies,
        pages=record.pages,
        purpose=record.purpose,
        receiver=record.receiver,
        applicant=record.applicant,
        applicant_id=record.applicant_id,
        looked_by=record.looked_by,
        applied_at=record.applied_at,
        basis_kind=BasisKind(record.basis_kind).words,
        basis_id=basis.id,
        basis=f"{basis.number}《{basis.title}》",
        fallen=fallen_zh(basis) if record.state in (APPLIED, APPROVED) else "",
        covers=record.covers,
        answers=_answers(shelf, record),
        needed=record.needed,
        approved_at=record.approved_at,
        due_on=record.stamp_due_on,
        stamped_at=record.stamped_at,
        stamped_by=record.stamped_by,
        photographs=shelf.photographs(record),
        closed_at=record.closed_at,
        closing_note=record.closing_note,
        witness=record.witness,
        returned_at=record.returned_at,
    )


def _answers(shelf: _Shelf, record: SealUseRecord) -> tuple[Answer, ...]:
    """Return every member of the application in order, with what they said."""
    given = {one.member_id: one for one in record.signatures}
    asked = sorted((shelf.members[UUID(one)] for one in record.members), key=lambda m: m.position)
    return tuple(_answer(one, given.get(one.id)) for one in asked)


def _answer(member: MemberRecord, given: SealSignatureRecord | None) -> Answer:
    return Answer(
        member=member.id,
        name=member.name,
        post=POSTS.get(member.post, "委员"),
        answer=given.answer if given else "",
        reason=given.reason if given else "",
        at=given.signed_at if given else None,
        suspended=member.suspended_on is not None,
    )


def today(now: datetime) -> date:
    """Return the day in China."""
    return in_china(now).date()
