"""Announce a meeting: the agenda on the door, and word to the residents' committee."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.uploads import checked
from assemblies.foundation.wording import moment_text
from assemblies.meetings.ahead import AGENDA, COMMUNITY
from assemblies.meetings.drafts import Posted, Told
from assemblies.meetings.services.meetings import coming, digest_of_meeting, say
from assemblies.records.duties import Done, fulfil
from assemblies.records.files import FileRecord, keep
from assemblies.records.meetings import MeetingRecord


def post_agenda(
    session: Session, acting: Acting, meeting: UUID, posted: Posted, *, now: datetime
) -> None:
    """Record that the agenda hangs on the door from now on; it can no longer be changed.

    Raises `Incomplete`, `NotFound`, and `WrongStep` twice or after the meeting was due.
    Law: r274 art. 39 -- seven days before.
    """
    record = coming(session, acting.estate, meeting)
    if record.agenda_posted_at is not None:
        raise WrongStep("议程已经公示过了。")
    if now >= record.planned_for:
        raise WrongStep("已经到了开会时间，不能再补登记议程公示。")
    if not posted.place.strip():
        raise Incomplete("请写明议程张贴在哪里。")
    kept = _kept(session, acting, posted, now=now)
    record.agenda_posted_at, record.agenda_place = now, posted.place.strip()
    record.agenda_file_id = kept.id if kept is not None else None
    done = Done(acting.by, f"{record.agenda_place}张贴", record.agenda_file_id)
    fulfil(session, record.id, AGENDA, done, now=now)
    digest = kept.sha256 if kept is not None else digest_of_meeting(record, at=record.agenda_place)
    said = f"的议程在{record.agenda_place}公示，{_points(record)}。"
    say(session, acting, record, "noticed", said, digest, now=now)


def tell_community(
    session: Session, acting: Acting, meeting: UUID, told: Told, *, now: datetime
) -> None:
    """Record whom of the residents' committee one told of the meeting; raises `Incomplete`.

    Raises `NotFound`, `WrongStep`. Law: zb art. 32, wf art. 37 -- five days before.
    """
    record = coming(session, acting.estate, meeting)
    if record.community_told_at is not None:
        raise WrongStep("已经记录过告知社区居委会了。")
    if not told.whom.strip():
        raise Incomplete("请写明告知了社区居委会的哪一位。")
    if told.at > now:
        raise Incomplete("告知时间不能晚于现在。")
    record.community_told_at, record.community_told = told.at, told.whom.strip()
    done = Done(acting.by, f"{moment_text(told.at)}告知{record.community_told}")
    fulfil(session, record.id, COMMUNITY, done, now=now)
    said = f"于{moment_text(told.at)}告知{record.community_told}。"
    digest = digest_of_meeting(record, told=record.community_told)
    say(session, acting, record, "informed", said, digest, now=now)


def _kept(session: Session, acting: Acting, posted: Posted, *, now: datetime) -> FileRecord | None:
    if posted.photograph is None:
        return None
    return keep(session, acting.estate, checked(posted.photograph), acting.by, shown=True, now=now)


def _points(record: MeetingRecord) -> str:
    return f"共 {len(record.decisions)} 项议题"
