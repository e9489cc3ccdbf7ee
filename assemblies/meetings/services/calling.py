"""Call a meeting of the committee, change its agenda while that may be done, move it, cancel it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.wording import moment_text
from assemblies.meetings.ahead import AGENDA, COMMUNITY
from assemblies.meetings.drafts import Call, Point
from assemblies.meetings.services.meetings import (
    coming,
    digest_of_meeting,
    listed,
    name_of,
    records_of,
    say,
)
from assemblies.records.committees import TermRecord, members_in_office, term_in_office
from assemblies.records.duties import Opening, duty_of, open_duty, void_all
from assemblies.records.meetings import MeetingRecord
from assemblies.records.rules import rules_for
from voting.law.duties import due

EXTRA = "extra_meeting_members"
NO_TERM = "本小区还没有在任的业主委员会。请先在“业委会”页面登记本届任期和委员。"
_TITLES = {AGENDA: "公示会议议程", COMMUNITY: "把会议告知社区居委会"}


def call(session: Session, acting: Acting, called: Call, *, now: datetime) -> UUID:
    """Call a meeting of the committee in office and return its id; raises `Incomplete`.

    Raises `WrongStep` where no committee is in office. Law: sd art. 32; zb art. 32, wf art. 37 --
    an extra meeting when enough members ask for one.
    """
    estate = acting.estate
    term = term_in_office(session, estate)
    if term is None:
        raise WrongStep(NO_TERM)
    points = _points(called.points)
    planned = _minute(called.planned, now)
    asked = _asked(session, estate, called.asked_by, now)
    session.get_one(TermRecord, term.id, with_for_update=True)
    record = MeetingRecord(
        id=uuid4(),
        term_id=term.id,
        number=_next_number(session, term.id),
        title=called.title.strip(),
        place=called.place.strip(),
        called_by=acting.by,
        called_at=now,
        planned_for=planned,
        asked_by=list(asked),
    )
    session.add(record)
    session.flush()
    record.decisions = records_of(record, points)
    session.flush()
    _open_duties(session, estate, record, now=now)
    asked_zh = f"由{'、'.join(asked)}提议，" if asked else ""
    when = moment_text(record.planned_for)
    said = f"{asked_zh}定于{when}在{record.place}召开，议题：{listed(points)}。"
    say(session, acting, record, "called", said, digest_of_meeting(record), now=now)
    return record.id


def change_agenda(
    session: Session, acting: Acting, meeting: UUID, points: Iterable[Point], *, now: datetime
) -> None:
    """Set the points of an agenda anew; raises `Incomplete`, `NotFound`.

    Raises `WrongStep` once it was posted or its time has come: what was not announced cannot be
    decided (sd art. 32).
    """
    record = coming(session, acting.estate, meeting)
    if record.agenda_posted_at is not None:
        raise WrongStep("议程已经公示，不能再增减议题。没有公示的事项请留到下次会议。")
    if now >= record.planned_for:
        raise WrongStep("已经到了开会时间，议程不能再改。没有列入的事项请留到下次会议。")
    fresh = _points(points)
    for old in list(record.decisions):
        session.delete(old)
    session.flush()
    session.add_all(records_of(record, fresh))
    session.flush()
    session.expire(record, ["decisions"])


def move(
    session: Session,
    acting: Acting,
    meeting: UUID,
    planned: datetime,
    place: str,
    *,
    now: datetime,
) -> None:
    """Put a meeting off to a later time; raises `Incomplete`, `NotFound`, `WrongStep`."""
    record = coming(session, acting.estate, meeting)
    planned = _minute(planned, now)
    if planned < record.planned_for:
        raise Incomplete(f"只能往后改期，不能早于原定的{moment_text(record.planned_for)}。")
    record.moved_from = record.moved_from or record.planned_for
    before, record.planned_for, record.place = record.planned_for, planned, place.strip()
    rules = rules_for(session, acting.estate, now=now)
    for name in _TITLES:
        duty = duty_of(session, record.id, name)
        if duty is not None and duty.done_at is None:
            duty.due_on = due(name, in_china(planned).date(), rules).due
    said = f"由{moment_text(before)}改到{moment_text(planned)}，地点：{record.place}。"
    say(session, acting, record, "moved", said, digest_of_meeting(record), now=now)


def cancel(session: Session, acting: Acting, meeting: UUID, why: str, *, now: datetime) -> None:
    """Cancel a meeting that was not held, saying why; raises `Incomplete`, `WrongStep`."""
    record = coming(session, acting.estate, meeting)
    if not why.strip():
        raise Incomplete("请写明为什么取消。")
    record.cancelled_at, record.cancelled_why = now, why.strip()
    void_all(session, record.id, now=now)
    digest = digest_of_meeting(record, why=record.cancelled_why)
    said = f"取消：{record.cancelled_why}"
    say(session, acting, record, "cancelled", said, digest, now=now)


def _points(points: Iterable[Point]) -> tuple[Point, ...]:
    written = tuple(
        Point(one.title.strip(), one.text.strip())
        for one in points
        if one.title.strip() or one.text.strip()
    )
    if not written:
        raise Incomplete("请至少写一项议题。没有列入议程的事项，会上不能作决定。")
    if not all(one.title for one in written):
        raise Incomplete("有一项议题只写了内容，请补上名称。")
    return written


def _minute(planned: datetime, now: datetime) -> datetime:
    """Return a time ahead as a wall clock shows it, to the minute."""
    if planned <= now:
        raise Incomplete("开会时间要在现在之后。")
    return planned.replace(second=0, microsecond=0)


def _asked(
    session: Session, estate: UUID, asked_by: tuple[UUID, ...], now: datetime
) -> tuple[str, ...]:
    """Return the names of those who asked for an extra meeting, enough of them where counted."""
    if not asked_by:
        return ()
    members = members_in_office(session, estate)
    names = {one.id: one.name for one in members if one.suspended_on is None}
    if not names.keys() >= set(asked_by):
        raise Incomplete("提议的人里有不是在任委员的人，请重新勾选。")
    rules = rules_for(session, estate, now=now)
    if rules.has(EXTRA):
        needed = rules.threshold(EXTRA)
        asking = len(set(asked_by))
        if not needed.reached(asking, len(members)):
            raise Incomplete(
                f"临时会议须{needed.words_zh}委员提议：全体 {len(members)} 人，至少"
                f" {needed.least(len(members))} 人，现在只有 {asking} 人。"
            )
    return tuple(name for member, name in names.items() if member in asked_by)


def _next_number(session: Session, term: UUID) -> int:
    found = select(func.max(MeetingRecord.number)).where(MeetingRecord.term_id == term)
    return (session.execute(found).scalar_one_or_none() or 0) + 1


def _open_duties(session: Session, estate: UUID, record: MeetingRecord, *, now: datetime) -> None:
    """Open what is to be done before the meeting, where its last day still lies ahead."""
    rules = rules_for(session, estate, now=now)
    href = f"/estates/{estate}/meetings/{record.id}"
    for name, title in _TITLES.items():
        if not rules.has(name):
            continue
        duty = due(name, in_china(record.planned_for).date(), rules)
        if duty.last >= in_china(now).date():
            about = f"{name_of(session, record)}：{record.title}"
            opening = Opening(duty, record.id, title, about, "committee", href)
            open_duty(session, estate, opening, now=now)
