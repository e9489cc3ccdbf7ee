"""Minutes: confirmed by those who were there, posted in three days or late, and printed whole."""

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.meetings.drafts import Posted
from assemblies.meetings.papers import minutes_pdf, notice_pdf
from assemblies.meetings.queries.meetings import meeting_of
from assemblies.meetings.services import minutes
from assemblies.meetings.steps import outcome, standing
from assemblies.records.duties import duty_of, is_late
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.supervision import Happened
from tests.assemblies.meetings.conftest import Called
from tests.support.meetings import PHOTOGRAPH, Round

A_DAY = timedelta(days=1)
YES = "agree"


def last_second(round_: Round, days: int) -> datetime:
    """Return the end of the day so many days after the meeting, in Shanghai."""
    day = in_china(round_.planned).date() + days * A_DAY
    return datetime.combine(day, time(23, 59, 59), CHINA)


# Days after the meeting on which the minutes are posted, whether that is late (SD 32: three).
DAYS = {"one day before": (2, False), "on the last day": (3, False), "one day after": (4, True)}


@pytest.mark.parametrize(("days", "late"), DAYS.values(), ids=DAYS.keys())
def test_minutes_are_posted_within_three_days(
    called: Called, session: Session, days: int, late: bool
) -> None:
    round_ = called()
    round_.hold(round_.held(*[YES] * 4))
    at = last_second(round_, days)
    duty = duty_of(session, round_.meeting, "minutes_posted_days")
    assert duty is not None
    assert duty.due_on == in_china(round_.planned).date() + 3 * A_DAY
    assert is_late(duty, at) is late
    before = meeting_of(session, round_.meeting, now=at)
    assert before.late(at) is late
    assert standing(before, at)[0] == ("failed" if late else "waiting")
    round_.post(at)
    assert (duty.done_at, duty.file_id) == (at, round_.record.posted_file_id)
    view = meeting_of(session, round_.meeting, now=at)
    assert view.late(at + 30 * A_DAY) is late
    assert standing(view, at) == (("failed", "纪要公示晚了") if late else ("passed", "纪要已公示"))


def test_the_posting_stands_in_the_register(called: Called, session: Session) -> None:
    round_ = called()
    round_.hold(round_.held(*[YES] * 4))
    at = round_.planned + A_DAY
    round_.post(at)
    found = select(ResolutionRecord).where(ResolutionRecord.estate_id == round_.estate)
    entered = session.execute(found).scalars().all()
    assert [(one.posted_at, one.posted_place) for one in entered] == [(at, "各单元公告栏")] * 2


def test_minutes_are_posted_once_with_a_place_and_a_photograph(
    called: Called, session: Session
) -> None:
    round_ = called()
    at = round_.planned + A_DAY
    with pytest.raises(WrongStep, match="还没有开"):
        round_.post(round_.now)
    round_.hold(round_.held(*[YES] * 4))
    for posted, said in (
        (Posted("大门"), "照片"),
        (Posted(" ", PHOTOGRAPH), "张贴在哪里"),
    ):
        with pytest.raises(Incomplete, match=said):
            minutes.post(session, round_.acting, round_.meeting, posted, now=at)
    round_.post(at)
    with pytest.raises(WrongStep, match="已经公示过"):
        round_.post(at)


def test_each_member_present_confirms_once(called: Called, session: Session) -> None:
    round_ = called()
    with pytest.raises(WrongStep, match="还没有开"):
        round_.confirm(0)
    round_.hold(round_.held(*[YES] * 4))
    round_.confirm(1, "门禁的价格要再核")
    with pytest.raises(WrongStep, match="已经确认过"):
        round_.confirm(1)
    view = meeting_of(session, round_.meeting, now=round_.now)
    assert [(one.name, one.note) for one in view.confirmed] == [("周明华", "门禁的价格要再核")]
    assert view.unconfirmed == ("林海生", "陈素芬", "赵建国")


def test_who_was_absent_or_suspended_or_is_no_member_confirms_nothing(
    called: Called, session: Session
) -> None:
    round_ = called()
    round_.hold(round_.held(*[YES] * 4))
    with pytest.raises(WrongStep, match="没有参加"):
        round_.confirm(4)
    round_.members[0].suspended_on = round_.now.date()
    with pytest.raises(NotAllowed, match="在任的委员本人"):
        round_.confirm(0)
    round_.members[1].left_on = round_.now.date()
    with pytest.raises(NotAllowed, match="在任的委员本人"):
        round_.confirm(1)
    assert meeting_of(session, round_.meeting, now=round_.now).confirmed == ()


def test_every_step_tells_the_record_in_a_whole_sentence(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Happened] = []

    def hear(
        _session: object, _estate: object, happened: Happened, *_: object, **__: object
    ) -> None:
        told.append(happened)

    monkeypatch.setattr("assemblies.meetings.services.meetings.tell", hear)
    round_ = called()
    round_.announce()
    round_.hold(round_.held(YES, YES, YES, "against"))
    round_.confirm(1)
    round_.post(last_second(round_, 4))
    name = "第1届业主委员会第1次会议（审计和门禁）"
    assert [one.kind.partition(".")[2] for one in told] == [
        "called",
        "noticed",
        "held",
        "confirmed",
        "posted",
    ]
    assert all(one.said.startswith(name) and len(one.digest) == 64 for one in told)
    assert "出席 4 人（林海生、周明华、陈素芬、赵建国）" in told[2].said
    assert "通过（同意 3 人，反对 1 人，弃权 0 人）" in told[2].said
    assert told[3].digest == told[2].digest
    assert told[3].by == "周明华"
    assert told[4].said.endswith("晚于应当公示的最后一天（2026年3月13日）。")


def text_of(data: bytes) -> str:
    """Return what a paper says, without the spaces that setting it adds and takes."""
    return "".join("".join(one.extract_text().split()) for one in PdfReader(BytesIO(data)).pages)


def bare(said: str) -> str:
    return "".join(said.split())


def test_the_notice_carries_the_whole_agenda(called: Called, session: Session) -> None:
    round_ = called()
    view = meeting_of(session, round_.meeting, now=round_.now)
    text = text_of(notice_pdf(view))
    for said in (
        "关于召开第1届业主委员会第1次会议的通知",
        "3,000.00 元",
        "更换单元门禁",
        "不能委托他人",
    ):
        assert bare(said) in text


def test_the_minutes_say_who_came_how_they_voted_and_by_which_law(
    called: Called, session: Session
) -> None:
    round_ = called()
    with pytest.raises(WrongStep, match="还没有开"):
        minutes_pdf(meeting_of(session, round_.meeting, now=round_.now), "http://localhost")
    round_.hold(round_.held(YES, YES, YES, "against"))
    round_.confirm(1, "门禁的价格要再核")
    round_.post(last_second(round_, 4))
    view = meeting_of(session, round_.meeting, now=round_.now)
    text = text_of(minutes_pdf(view, "http://localhost"))
    for said in (
        "全体委员 5 人，出席 4 人：林海生（主任）、周明华（副主任）、陈素芬、赵建国",
        "孙丽",
        "同意的委员 3 人，全体委员 5 人，须过半数（至少 3 人）：达到",
        "《山东省物业管理条例》第三十二条",
        "业委会决〔2026〕2号",
        "门禁的价格要再核",
        "尚未登录确认",
        "议程没有按时公示",
        "公示晚了",
    ):
        assert bare(said) in text, said
    assert outcome(view) == "通过 2 项"


def test_the_minutes_of_a_meeting_with_too_few_say_so(called: Called, session: Session) -> None:
    round_ = called()
    round_.hold(round_.held(present=3))
    view = meeting_of(session, round_.meeting, now=round_.now)
    text = text_of(minutes_pdf(view, "http://localhost"))
    few = "出席的委员 3 人，全体委员 5 人，须三分之二以上（至少 4 人）：未达到，还差 1 人"
    assert bare(few) in text
    assert "本次会议没有作任何决定" in text
    assert outcome(view) == "到会人数不够，未作决定"
