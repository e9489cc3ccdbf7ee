"""The minutes after a meeting: members confirm them by their own sign-in; they are posted."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.foundation.uploads import checked
from assemblies.foundation.wording import day_text
from assemblies.meetings.drafts import Posted
from assemblies.meetings.services.meetings import facts_of, locked, say
from assemblies.records.committees import member_for
from assemblies.records.duties import Done, duty_of, fulfil
from assemblies.records.files import keep
from assemblies.records.meetings import ConfirmationRecord, MeetingRecord
from assemblies.records.resolutions import Proof, ResolutionRecord, mark_posted
from assemblies.records.supervision import digest_of
from voting.canonical import Plain, time_text

MINUTES = "minutes_posted_days"
LONGEST_NOTE = 500


def digest_of_minutes(record: MeetingRecord) -> str:
    """Return the digest of everything that the minutes say; raises `WrongStep` before there are."""
    if record.held_at is None:
        raise WrongStep("会议还没有开，没有纪要。")
    attendance: list[Plain] = [f"{one['name']} {one['state']}" for one in record.attendance]
    decided: list[Plain] = []
    for one in record.decisions:
        votes: list[Plain] = [f"{vote['name']} {vote['vote']}" for vote in one.votes]
        decided.append({"outcome": one.outcome, "text": one.text, "votes": votes})
    more: dict[str, Plain] = {
        "attendance": attendance,
        "decided": decided,
        "guests": record.guests,
        "held": time_text(record.held_at),
        "summary": record.summary,
    }
    return digest_of(facts_of(record, **more))


def confirm(
    session: Session, acting: Acting, meeting: UUID, account: UUID, note: str, *, now: datetime
) -> None:
    """Record that a member who was present confirms the minutes, with a remark if there is one.

    Raises `NotAllowed` for an account that is no member's, `WrongStep` for somebody who was not
    there, a second time, or before there are minutes; `NotFound`; `Incomplete` for a remark that
    is too long. Law: r274 art. 39 -- signed by the members who came.
    """
    record = _minuted(session, acting.estate, meeting)
    member = member_for(session, acting.estate, account)
    if member is None:
        raise NotAllowed("只有在任的委员本人才能确认纪要，请用委员自己的账号登录。")
    if str(member.id) not in record.present:
        raise WrongStep("您没有参加这次会议，不用确认纪要。")
    if any(one.member_id == member.id for one in record.confirmations):
        raise WrongStep("您已经确认过这份纪要。")
    if len(note) > LONGEST_NOTE:
        raise Incomplete(f"补充意见请不要超过 {LONGEST_NOTE} 个字。")
    digest = digest_of_minutes(record)
    row = ConfirmationRecord(
        id=uuid4(),
        meeting_id=record.id,
        member_id=member.id,
        name=member.name,
        note=note.strip(),
        digest=digest,
        at=now,
    )
    record.confirmations.append(row)
    session.flush()
    remark = f"，并注明：{row.note}" if row.note else ""
    said = f"的纪要由{member.name}确认{remark}。"
    say(session, replace(acting, by=member.name), record, "confirmed", said, digest, now=now)


def post(session: Session, acting: Acting, meeting: UUID, posted: Posted, *, now: datetime) -> None:
    """Record that the minutes hang on the door from now on, with a photograph; raises `Incomplete`.

    Raises `NotFound`, and `WrongStep` before the meeting or twice. Law: sd art. 32 -- decisions
    are posted within three days.
    """
    record = _minuted(session, acting.estate, meeting)
    if record.posted_at is not None:
        raise WrongStep("纪要已经公示过了。")
    if not posted.place.strip():
        raise Incomplete("请写明纪要张贴在哪里。")
    if posted.photograph is None:
        raise Incomplete("请上传一张张贴现场的照片。")
    kept = keep(session, acting.estate, checked(posted.photograph), acting.by, shown=True, now=now)
    record.posted_at, record.posted_place = now, posted.place.strip()
    record.posted_file_id = kept.id
    session.flush()
    fulfil(
        session, record.id, MINUTES, Done(acting.by, f"{record.posted_place}张贴", kept.id), now=now
    )
    proof = Proof(record.posted_place, now, kept.id)
    mark_posted(session, _resolutions(session, record), proof, acting.by, now=now)
    said = f"的纪要和决定在{record.posted_place}公示{_lateness(session, record, now)}。"
    say(session, acting, record, "posted", said, kept.sha256, now=now)


def _minuted(session: Session, estate: UUID, meeting: UUID) -> MeetingRecord:
    record = locked(session, estate, meeting)
    if record.held_at is None:
        raise WrongStep("会议还没有开，没有纪要。")
    return record


def _resolutions(session: Session, record: MeetingRecord) -> tuple[UUID, ...]:
    decisions = [one.id for one in record.decisions]
    found = select(ResolutionRecord.id).where(ResolutionRecord.decision_id.in_(decisions))
    return tuple(session.execute(found).scalars())


def _lateness(session: Session, record: MeetingRecord, now: datetime) -> str:
    duty = duty_of(session, record.id, MINUTES)
    if duty is None or duty.due_on is None or in_china(now).date() <= duty.due_on:
        return ""
    return f"，晚于应当公示的最后一天（{day_text(duty.due_on)}）"
