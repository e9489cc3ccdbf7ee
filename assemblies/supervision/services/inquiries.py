"""Inquiries about a member (纠错和退出): opened, noticed, replied, suspended while it lasts.

The street asks, orders and proposes; only owners remove (SD 34). What ends a membership lives in
`removals`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Checked
from assemblies.foundation.wording import day_text
from assemblies.records.committees import MemberRecord, members_in_office, suspend_member
from assemblies.records.duties import Done, Opening, fulfil, open_duty
from assemblies.records.files import keep
from assemblies.records.oversight import InquiryRecord
from assemblies.records.premises import EstateRecord
from assemblies.records.rules import rules_for
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.supervision.services.notes import LONGEST, Written
from voting.law.duties import due

REPLY = "inquiry_reply_days"


@dataclass(frozen=True, slots=True)
class InquiryDraft:
    """What an inquiry is about: the member, what is said to have happened, and which clause."""

    member: UUID
    facts: str
    clause: str


def open_inquiry(  # noqa: PLR0913 -- where, about what, with which papers, by whom, when
    session: Session,
    estate: UUID,
    draft: InquiryDraft,
    papers: Iterable[Checked],
    by: str,
    keys: Keys,
    *,
    now: datetime,
) -> UUID:
    """Open an inquiry about a member in office and return its id.

    Raises `Incomplete` without facts or clause, `NotFound` for nobody in office, `WrongStep` while
    another inquiry about the same member is open.
    """
    if session.get(EstateRecord, estate, with_for_update=True) is None:
        raise NotFound
    seated = {one.id: one for one in members_in_office(session, estate)}
    if draft.member not in seated:
        raise NotFound("没有找到这位在任委员。")
    facts, clause = draft.facts.strip(), draft.clause.strip()
    if not facts or not clause or max(len(facts), len(clause)) > LONGEST:
        raise Incomplete(f"请写明反映的事实和涉及的规定，各不超过 {LONGEST} 字。")
    if _open_about(session, draft.member):
        raise WrongStep("对这位委员的调查还没有办结。")
    files = [keep(session, estate, paper, by, now=now) for paper in papers]
    record = InquiryRecord(
        id=uuid4(),
        estate_id=estate,
        member_id=draft.member,
        facts=facts,
        clause=clause,
        opened_by=by,
        opened_at=now,
        file_ids=[str(file.id) for file in files],
        signed=[],
        signed_parts=[],
    )
    session.add(record)
    session.flush()
    said = f"{by}对{seated[draft.member].name}履行委员职责的情况立案调查，涉及：{_line(clause)}"
    digest = digest_of({"clause": clause, "facts": facts, "files": [one.sha256 for one in files]})
    tell(session, estate, happened(record, "inquiry.opened", said, by, digest), keys, now=now)
    return record.id


def notify(
    session: Session, estate: UUID, inquiry: UUID, how: Written, keys: Keys, *, now: datetime
) -> date:
    """Record how the member was told, once; the period to answer begins. Return its last day.

    Raises `WrongStep`, `Incomplete`, `NotFound`.
    """
    record = under_inquiry(session, estate, inquiry)
    if record.noticed_at is not None:
        raise WrongStep("已经告知过本人。")
    record.notice = how.required()
    record.noticed_at = now
    duty = due(REPLY, in_china(now).date(), rules_for(session, estate, now=now))
    record.reply_due_on = duty.last
    name = member_of(session, record).name
    href = f"/estates/{estate}/supervision/inquiries/{record.id}"
    opening = Opening(duty, record.id, "对调查作出陈述", f"委员{name}", "committee", href)
    open_duty(session, estate, opening, now=now)
    said = (
        f"已告知{name}调查的内容，请于{day_text(duty.last)}前陈述意见。送达：{_line(record.notice)}"
    )
    digest = digest_of({"facts": record.facts, "notice": record.notice})
    event = happened(record, "inquiry.noticed", said, how.by, digest)
    tell(session, estate, event, keys, now=now)
    return duty.last


def reply(  # noqa: PLR0913 -- to which inquiry, whose words, on which paper, when
    session: Session,
    estate: UUID,
    inquiry: UUID,
    words: Written,
    paper: Checked | None,
    keys: Keys,
    *,
    now: datetime,
) -> None:
    """Record what the member says, once, before the owners are asked.

    Raises `WrongStep` before the notice, after the motion or a second time, `Incomplete`.
    """
    record = under_inquiry(session, estate, inquiry)
    if record.noticed_at is None or record.moved_at is not None or record.replied_at is not None:
        raise WrongStep("告知本人之后、提请表决之前，可以陈述意见一次。")
    record.reply, record.replied_at = words.required(), now
    digest = digest_of({"reply": record.reply})
    if paper is not None:
        file = keep(session, estate, paper, words.by, now=now)
        record.reply_file_id, digest = file.id, file.sha256
    done = Done(words.by, "已陈述意见", record.reply_file_id)
    fulfil(session, record.id, REPLY, done, now=now)
    said = f"{member_of(session, record).name}陈述意见（{words.by}记录）。"
    tell(
        session, estate, happened(record, "inquiry.replied", said, words.by, digest), keys, now=now
    )


def suspend(  # noqa: PLR0913 -- during which inquiry, posted where, shown by what, when
    session: Session,
    estate: UUID,
    inquiry: UUID,
    posted: Written,
    photo: Checked | None,
    keys: Keys,
    *,
    now: datetime,
) -> None:
    """Let the member's duties rest until the owners decide, with the posting and its photograph.

    Raises `WrongStep` before the member was heard or the period passed, `Incomplete` without the
    photograph. Source: RZ 42, QD 40.
    """
    record = heard(session, estate, inquiry, now=now)
    if record.suspended_at is not None or record.moved_at is not None:
        raise WrongStep("已经暂停履职，或者已经提请业主大会表决。")
    if photo is None:
        raise Incomplete("请上传张贴暂停履职公告的照片。")
    record.suspended_posted, record.suspended_at = posted.required(), now
    file = keep(session, estate, photo, posted.by, now=now)
    today = in_china(now).date()
    member = suspend_member(
        session, record.member_id, today, "接受调查，等待业主大会决定", proof=file.id
    )
    said = f"{member.name}暂停履职，等待业主大会决定；公告张贴于{_line(record.suspended_posted)}。"
    event = happened(record, "inquiry.suspended", said, posted.by, file.sha256)
    tell(session, estate, event, keys, now=now)


def under_inquiry(session: Session, estate: UUID, inquiry: UUID) -> InquiryRecord:
    """Return an inquiry that has not ended, locked; raises `NotFound`, `WrongStep`."""
    record = session.get(InquiryRecord, inquiry, with_for_update=True)
    if record is None or record.estate_id != estate:
        raise NotFound
    if record.ended_at is not None:
        raise WrongStep("这项调查已经办结。")
    return record


def heard(session: Session, estate: UUID, inquiry: UUID, *, now: datetime) -> InquiryRecord:
    """Return an inquiry whose member answered or let the period pass; raises `WrongStep`."""
    record = under_inquiry(session, estate, inquiry)
    ends = record.reply_due_on
    if record.replied_at is None and (ends is None or in_china(now).date() <= ends):
        raise WrongStep("先告知本人，并等本人陈述意见，或者陈述期满。")
    return record


def member_of(session: Session, record: InquiryRecord) -> MemberRecord:
    """Return whom an inquiry is about."""
    return session.get_one(MemberRecord, record.member_id)


def happened(record: InquiryRecord, kind: str, said: str, by: str, digest: str) -> Happened:
    """Return a step of an inquiry as the record is told of it."""
    return Happened(kind, said, by, f"inquiry:{record.id}", digest)


def _open_about(session: Session, member: UUID) -> bool:
    found = select(InquiryRecord.id).where(
        InquiryRecord.member_id == member, InquiryRecord.ended_at.is_(None)
    )
    return session.execute(found.limit(1)).first() is not None


def _line(text: str) -> str:
    return " ".join(text.split())
