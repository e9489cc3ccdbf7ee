"""The uses of an estate's seals as pages show them: what stands, and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from assemblies.records.files import files_of
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seals import (
    APPLIED,
    APPROVED,
    CLOSED,
    DECLINED,
    DOCUMENT_KINDS,
    KEPT,
    SIGNED,
    STAMPED,
    WITHDRAWN,
    SealRecord,
    SealUseRecord,
)
from assemblies.seals.queries.bases import fallen_zh
from voting.log.seals import BasisKind

KINDS = dict(DOCUMENT_KINDS)
STATES = {
    APPLIED: ("waiting", "等委员签字"),
    APPROVED: ("waiting", "等保管人盖章"),
    STAMPED: ("waiting", "已盖章，等办结"),
    CLOSED: ("passed", "已办结"),
    WITHDRAWN: ("note", "已撤回"),
    DECLINED: ("failed", "未获同意"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one member said, or not yet: `answer` is signed, declined or empty."""

    member: UUID
    name: str
    post: str
    answer: str
    reason: str
    at: datetime | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class UseView:
    """One use with everything that was said and done about it."""

    id: UUID
    number: str
    title: str
    kind: str
    state: str
    seal: UUID
    seal_name: str
    seal_usable: bool
    keeper: str
    keeper_account: UUID | None
    document: FileLink
    copies: int
    pages: int
    purpose: str
    receiver: str
    applicant: str
    applicant_id: UUID
    looked_by: str
    applied_at: datetime
    basis_kind: str
    basis_id: UUID
    basis: str
    fallen: str
    covers: str
    answers: tuple[Answer, ...]
    needed: int
    approved_at: datetime | None
    due_on: date | None
    stamped_at: datetime | None
    stamped_by: str
    photographs: tuple[FileLink, ...]
    closed_at: datetime | None
    closing_note: str
    witness: str
    returned_at: datetime | None

    @property
    def tag(self) -> tuple[str, str]:
        """Return the state as a tag: its kind and its words."""
        if self.state == STAMPED and not self.photographs:
            return "failed", "已盖章，缺照片"
        return STATES[self.state]

    def said(self, answer: str) -> tuple[Answer, ...]:
        """Return those who gave an answer, "" for those who have not spoken."""
        return tuple(one for one in self.answers if one.answer == answer)

    @property
    def signed(self) -> int:
        """Return how many signed."""
        return len(self.said(SIGNED))

    @property
    def open(self) -> bool:
        """Say whether it is neither closed nor withdrawn nor declined."""
        return self.state in (APPLIED, APPROVED, STAMPED)

    @property
    def waits_zh(self) -> str:
        """Say what waits for whom; empty at the end."""
        if self.state == APPLIED:
            names = "、".join(one.name for one in self.said(""))
            return f"还差 {self.needed - self.signed} 人签字，未表态：{names}"
        if self.state == APPROVED and not self.seal_usable:
            return "印章已报遗失或更换，请撤回后用新章重新申请"
        if self.state == APPROVED:
            return f"等{self.keeper}盖章"
        if self.state == STAMPED:
            step = "办结" if self.photographs else "存照片"
            return f"等{self.keeper}{step}"
        return ""

    def late(self, today: date) -> bool:
        """Say whether the keeper is late with stamp or photographs."""
        done = bool(self.photographs) or not self.open
        return self.due_on is not None and not done and today > self.due_on


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
    return tuple(_view(session, one) for one in session.execute(found).scalars())


def use_of(session: Session, estate: UUID, use: UUID) -> UseView:
    """Return one use of an estate; raises `NotFound`."""
    record = session.get(SealUseRecord, use)
    if record is None:
        raise NotFound("没有这次用印。")
    committee = session.get_one(CommitteeRecord, record.committee_id)
    if committee.estate_id != estate:
        raise NotFound("没有这次用印。")
    return _view(session, record)


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


def _view(session: Session, record: SealUseRecord) -> UseView:
    seal = session.get_one(SealRecord, record.seal_id)
    basis = session.get_one(ResolutionRecord, record.basis_id)
    document = files_of(session, [record.document_id])[0]
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
        document=document.link(),
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
        answers=_answers(session, record),
        needed=record.needed,
        approved_at=record.approved_at,
        due_on=record.stamp_due_on,
        stamped_at=record.stamped_at,
        stamped_by=record.stamped_by,
        photographs=tuple(one.link() for one in files_of(session, record.photo_ids)),
        closed_at=record.closed_at,
        closing_note=record.closing_note,
        witness=record.witness,
        returned_at=record.returned_at,
    )


def _answers(session: Session, record: SealUseRecord) -> tuple[Answer, ...]:
    """Return every member of the application in order, with what they said."""
    given = {one.member_id: one for one in record.signatures}
    ids = [UUID(one) for one in record.members]
    found = select(MemberRecord).where(MemberRecord.id.in_(ids)).order_by(MemberRecord.position)
    posts = {"chair": "主任", "vice-chair": "副主任"}
    return tuple(
        Answer(
            member=one.id,
            name=one.name,
            post=posts.get(one.post, "委员"),
            answer=given[one.id].answer if one.id in given else "",
            reason=given[one.id].reason if one.id in given else "",
            at=given[one.id].signed_at if one.id in given else None,
            suspended=one.suspended_on is not None,
        )
        for one in session.execute(found).scalars()
    )


def today(now: datetime) -> date:
    """Return the day in China."""
    return in_china(now).date()
