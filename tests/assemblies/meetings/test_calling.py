"""A meeting is called, announced in time or late, told of, moved and cancelled."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.meetings.drafts import Call, Point, Posted, Told
from assemblies.meetings.queries.meetings import meeting_of, meetings_of
from assemblies.meetings.queries.rules import sayings
from assemblies.meetings.services import announcing, calling
from assemblies.meetings.steps import barred, flags, standing, steps
from assemblies.records.duties import DutyRecord, duty_of
from assemblies.records.logs import LogEntryRecord
from tests.assemblies.meetings.conftest import Called
from tests.support.meetings import BY, PHOTOGRAPH, POINTS, Round
from tests.support.registers import Registered, registered

A_DAY = timedelta(days=1)
AGENDA, COMMUNITY = "committee_agenda_days", "committee_tell_community_days"
POSTER = Posted("各单元公告栏")


def duty(round_: Round, name: str) -> DutyRecord:
    found = duty_of(round_.session, round_.meeting, name)
    assert found is not None
    return found


def told_of(round_: Round) -> list[str]:
    """Return the kinds that the supervision record heard of, in order."""
    found = select(LogEntryRecord.kind).where(LogEntryRecord.subject == round_.meeting)
    return list(round_.session.execute(found.order_by(LogEntryRecord.index)).scalars())


def test_a_call_opens_the_duty_to_post_and_tells_the_record(called: Called) -> None:
    round_ = called(days=8)
    assert duty(round_, AGENDA).due_on == (round_.planned - 7 * A_DAY).date()
    assert duty(round_, AGENDA).href == f"/estates/{round_.estate}/meetings/{round_.meeting}"
    assert duty_of(round_.session, round_.meeting, COMMUNITY) is None
    assert told_of(round_) == ["meeting.called"]
    assert round_.record.number == 1


def test_without_a_committee_in_office_nobody_is_called(
    session: Session, keys: Keys, estate: Registered, now: datetime
) -> None:
    sent = Call("主题", "地点", now + A_DAY, POINTS)
    with pytest.raises(WrongStep, match="还没有在任的业主委员会"):
        calling.call(session, Acting(estate.estate, BY, keys), sent, now=now)


def test_a_meeting_needs_a_point_and_a_time_ahead(called: Called, session: Session) -> None:
    round_ = called()
    blank = Call("主题", "地点", round_.planned, (Point(" ", ""),))
    with pytest.raises(Incomplete, match="至少写一项议题"):
        calling.call(session, round_.acting, blank, now=round_.now)
    unnamed = Call("主题", "地点", round_.planned, (Point("", "内容"),))
    with pytest.raises(Incomplete, match="只写了内容"):
        calling.call(session, round_.acting, unnamed, now=round_.now)
    past = Call("主题", "地点", round_.now, POINTS)
    with pytest.raises(Incomplete, match="现在之后"):
        calling.call(session, round_.acting, past, now=round_.now)


# The pack, members in all, how many ask for an extra meeting, whether they are enough.
EXTRA = {
    "Zibo: 2 of 5 are a third or more": ("zibo", 5, 2, True),
    "Zibo: 1 of 5 is less than a third": ("zibo", 5, 1, False),
    "Zibo: 2 of 6 are exactly a third": ("zibo", 6, 2, True),
    "Zibo: 1 of 6 is less than a third": ("zibo", 6, 1, False),
    "Shandong asks for no share": ("shandong", 6, 1, True),
}


@pytest.mark.parametrize(("pack", "members", "asking", "enough"), EXTRA.values(), ids=EXTRA.keys())
def test_an_extra_meeting_is_asked_for_by_enough_members(
    called: Called, session: Session, pack: str, members: int, asking: int, enough: bool
) -> None:
    round_ = called(members, pack=pack)
    ids = tuple(one.id for one in round_.members[:asking])
    sent = Call("临时会议", "地点", round_.planned, POINTS, ids)
    if not enough:
        with pytest.raises(Incomplete, match="至少 2 人，现在只有 1 人"):
            calling.call(session, round_.acting, sent, now=round_.now)
        return
    made = calling.call(session, round_.acting, sent, now=round_.now)
    view = meeting_of(session, made, now=round_.now)
    assert view.asked_by == tuple(one.name for one in round_.members[:asking])


def test_only_members_who_may_act_ask_for_an_extra_meeting(
    called: Called, session: Session
) -> None:
    round_ = called(pack="zibo")
    round_.members[1].suspended_on = round_.now.date()
    for others in ((round_.members[0].id, uuid4()), (round_.members[0].id, round_.members[1].id)):
        sent = Call("临时会议", "地点", round_.planned, POINTS, others)
        with pytest.raises(Incomplete, match="不是在任委员"):
            calling.call(session, round_.acting, sent, now=round_.now)


# Days from the posting of the agenda to the meeting, whether that is in time (seven, advice).
POSTED = {"8 days before": (8, True), "7 days before": (7, True), "6 days before": (6, False)}


@pytest.mark.parametrize(("before", "in_time"), POSTED.values(), ids=POSTED.keys())
def test_an_agenda_posted_late_is_a_flag_that_stays(
    called: Called, session: Session, before: int, in_time: bool
) -> None:
    round_ = called(days=9)
    at = round_.planned - before * A_DAY
    round_.announce(at)
    view = meeting_of(session, round_.meeting, now=at)
    assert flags(view, at) == flags(view, round_.planned)
    assert bool(flags(view, at)) is not in_time
    assert not barred(view, at)
    record = round_.hold(round_.held(*["agree"] * 4))
    assert record.quorate
    assert bool(record.flags) is not in_time
    assert all("议程公示晚了" in said and "待核" in said for said in record.flags)
    assert duty(round_, AGENDA).done_at == at


def test_an_agenda_never_posted_is_a_flag_and_its_duty_is_void_after_the_meeting(
    called: Called,
) -> None:
    round_ = called()
    record = round_.hold(round_.held(*["agree"] * 4))
    assert "议程没有按时公示" in record.flags[0]
    assert duty(round_, AGENDA).void_at is not None


# Days from the word to the residents' committee to the meeting, by Zibo's rule (five, binding).
TOLD = {"6 days before": (6, True), "5 days before": (5, True), "4 days before": (4, False)}


@pytest.mark.parametrize(("before", "in_time"), TOLD.values(), ids=TOLD.keys())
def test_where_the_rule_binds_nothing_is_decided_without_the_community_told_in_time(
    called: Called, session: Session, before: int, in_time: bool
) -> None:
    round_ = called(pack="zibo")
    round_.announce()
    at = round_.planned - before * A_DAY
    told = Told("和平里社区居委会王主任", at)
    announcing.tell_community(session, round_.acting, round_.meeting, told, now=at)
    assert duty(round_, COMMUNITY).done_at == at
    view = meeting_of(session, round_.meeting, now=at)
    assert barred(view, at) is not in_time
    if in_time:
        assert round_.hold(round_.held(*["agree"] * 4)).quorate
        return
    with pytest.raises(Incomplete, match=r"社区居委会告知晚了.*不能作决定，请改期"):
        round_.hold(round_.held(*["agree"] * 4))
    later = round_.planned + 2 * A_DAY
    calling.move(session, round_.acting, round_.meeting, later, "原地点", now=at)
    round_.planned = later
    assert round_.hold(round_.held(*["agree"] * 4)).flags == []


def test_no_word_at_all_bars_a_meeting_in_zibo(called: Called) -> None:
    round_ = called(pack="zibo")
    with pytest.raises(Incomplete, match="社区居委会没有按时告知"):
        round_.hold(round_.held(*["agree"] * 4))
    put_off = frozenset(one.id for one in round_.record.decisions)
    record = round_.hold(replace(round_.held(present=4), put_off=put_off))
    assert {one.outcome for one in record.decisions} == {"no_decision"}


def test_the_community_is_told_once_and_not_in_the_future(called: Called, session: Session) -> None:
    round_ = called()
    ahead = Told("王主任", round_.now + A_DAY)
    with pytest.raises(Incomplete, match="不能晚于现在"):
        announcing.tell_community(session, round_.acting, round_.meeting, ahead, now=round_.now)
    told = Told("王主任", round_.now)
    announcing.tell_community(session, round_.acting, round_.meeting, told, now=round_.now)
    with pytest.raises(WrongStep, match="已经记录过"):
        announcing.tell_community(session, round_.acting, round_.meeting, told, now=round_.now)


def test_the_agenda_changes_until_it_is_posted(called: Called, session: Session) -> None:
    round_ = called()
    calling.change_agenda(
        session, round_.acting, round_.meeting, (Point("只议这一项"),), now=round_.now
    )
    assert [(one.number, one.title) for one in round_.record.decisions] == [(1, "只议这一项")]
    round_.announce()
    with pytest.raises(WrongStep, match="议程已经公示"):
        calling.change_agenda(session, round_.acting, round_.meeting, POINTS, now=round_.now)
    with pytest.raises(WrongStep, match="已经公示过"):
        round_.announce()


def test_the_agenda_stands_when_the_time_has_come(called: Called, session: Session) -> None:
    round_ = called()
    with pytest.raises(WrongStep, match="已经到了开会时间"):
        calling.change_agenda(session, round_.acting, round_.meeting, POINTS, now=round_.planned)
    with pytest.raises(WrongStep, match="不能再补登记"):
        round_.announce(round_.planned)


def test_the_photograph_of_the_agenda_is_kept_open(called: Called, session: Session) -> None:
    round_ = called()
    with pytest.raises(Incomplete, match="张贴在哪里"):
        announcing.post_agenda(session, round_.acting, round_.meeting, Posted(" "), now=round_.now)
    announcing.post_agenda(
        session, round_.acting, round_.meeting, Posted("大门", PHOTOGRAPH), now=round_.now
    )
    view = meeting_of(session, round_.meeting, now=round_.now)
    assert view.agenda_file is not None
    assert view.agenda_file.name == "公告栏.png"


def test_a_meeting_moves_to_a_later_time_only_and_its_duties_with_it(
    called: Called, session: Session
) -> None:
    round_ = called(days=8)
    move, acting = calling.move, round_.acting
    with pytest.raises(Incomplete, match="只能往后改期"):
        move(session, acting, round_.meeting, round_.planned - A_DAY, "地点", now=round_.now)
    move(session, acting, round_.meeting, round_.planned + A_DAY, "新地点", now=round_.now)
    assert duty(round_, AGENDA).due_on == (round_.planned - 6 * A_DAY).date()
    move(session, acting, round_.meeting, round_.planned + 2 * A_DAY, "新地点", now=round_.now)
    assert round_.record.moved_from == round_.planned
    assert told_of(round_) == ["meeting.called", "meeting.moved", "meeting.moved"]


def test_a_cancelled_meeting_says_why_and_asks_for_nothing(
    called: Called, session: Session
) -> None:
    round_ = called()
    with pytest.raises(Incomplete, match="为什么取消"):
        calling.cancel(session, round_.acting, round_.meeting, " ", now=round_.now)
    calling.cancel(session, round_.acting, round_.meeting, "并入下次", now=round_.now)
    assert duty(round_, AGENDA).void_at == round_.now
    assert told_of(round_) == ["meeting.called", "meeting.cancelled"]
    view = meeting_of(session, round_.meeting, now=round_.now)
    assert standing(view, round_.now) == ("note", "已取消")
    with pytest.raises(WrongStep, match="已经取消"):
        calling.cancel(session, round_.acting, round_.meeting, "再取消", now=round_.now)


def test_meetings_are_numbered_in_their_term_and_listed_by_estate(
    called: Called, session: Session, now: datetime
) -> None:
    round_ = called()
    Round(session, round_.estate, round_.keys, round_.members, now, round_.planned + A_DAY)
    listed = meetings_of(session, round_.estate, now=now)
    assert [one.number for one in listed] == [2, 1]
    elsewhere = registered(session, now).estate
    assert meetings_of(session, elsewhere, now=now) == ()
    with pytest.raises(NotFound):
        meeting_of(session, uuid4(), now=now)


def test_the_steps_show_what_is_next(called: Called, session: Session) -> None:
    round_ = called(days=8, pack="zibo")
    view = meeting_of(session, round_.meeting, now=round_.now)
    assert [(one.title, one.state) for one in steps(view, round_.now)] == [
        ("召集会议", "done"),
        ("告知社区居委会", "now"),
        ("公示议程", "ahead"),
        ("开会并记录", "ahead"),
        ("委员确认纪要", "ahead"),
        ("公示纪要", "ahead"),
    ]
    too_late = round_.planned - A_DAY
    assert [one.state for one in steps(view, too_late)][1:4] == ["failed", "failed", "now"]


def test_the_rules_are_said_with_their_source(called: Called, session: Session) -> None:
    round_ = called(pack="zibo")
    said = sayings(session, round_.estate, now=round_.now)
    assert len(said) == 6
    assert ("三分之一以上的委员提议，应当召开业主委员会会议。", "淄博物业条例第32条") in said
