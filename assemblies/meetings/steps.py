"""The steps of a meeting with what is done and what is next, and the words of a list."""

from dataclasses import replace
from datetime import date, datetime

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import Proof, Stage, Step
from assemblies.foundation.wording import day_text, moment_text
from assemblies.meetings.ahead import AGENDA, COMMUNITY, Ahead
from assemblies.meetings.drafts import PRESENT
from assemblies.meetings.shown import MeetingView


def steps(view: MeetingView, now: datetime) -> tuple[Step, ...]:
    """Return the steps of a meeting from its call to the posted minutes."""
    drawn = (
        _called(view),
        *_told(view, now),
        _agenda(view, now),
        _held(view, now),
        _confirmed(view),
        _posted(view, now),
    )
    return _with_next(drawn, stopped=view.cancelled_at is not None)


def standing(view: MeetingView, now: datetime) -> tuple[str, str]:
    """Return the kind of tag and the words that say where a meeting stands."""
    if view.cancelled_at is not None:
        return "note", "已取消"
    if view.held_at is None:
        return ("waiting", "等待召开") if now < view.planned else ("waiting", "待记录会议")
    if view.posted_at is not None:
        return ("failed", "纪要公示晚了") if view.late(now) else ("passed", "纪要已公示")
    if view.late(now):
        return "failed", "纪要公示逾期"
    return "waiting", f"纪要待公示{_before(view.minutes_last)}"


def outcome(view: MeetingView) -> str:
    """Return in a few words what a meeting decided."""
    if view.held_at is None:
        return f"{len(view.points)} 项议题"
    if not view.quorate:
        return "到会人数不够，未作决定"
    passed = sum(one.outcome == "passed" for one in view.points)
    rejected = sum(one.outcome == "rejected" for one in view.points)
    put_off = len(view.points) - passed - rejected
    said = [f"通过 {passed} 项"] if passed else []
    said += [f"未通过 {rejected} 项"] if rejected else []
    said += [f"改到下次 {put_off} 项"] if put_off else []
    return "，".join(said)


def flags(view: MeetingView, now: datetime) -> tuple[str, ...]:
    """Return what came too late before a meeting, in sentences."""
    if view.held_at is not None:
        return view.flags
    if view.cancelled_at is not None:
        return ()
    today = in_china(now).date()
    return tuple(one.flag(today) for one in view.ahead if one.late(today))


def barred(view: MeetingView, now: datetime) -> bool:
    """Say whether a verified provision keeps this meeting from deciding: it came too late."""
    today = in_china(now).date()
    return any(one.binding and one.late(today) for one in view.ahead)


def _called(view: MeetingView) -> Step:
    asked = f"由{'、'.join(view.asked_by)}提议。" if view.asked_by else ""
    moved = f"原定{moment_text(view.moved_from)}。" if view.moved_from else ""
    text = f"{asked}{moved}由{view.called_by}召集。"
    return Step("召集会议", "done", text, moment_text(view.called_at))


def _told(view: MeetingView, now: datetime) -> tuple[Step, ...]:
    """Return the word to the residents' committee, where it was given or the pack asks for it."""
    thing = _thing(view, COMMUNITY)
    if view.told_at is not None:
        return (Step("告知社区居委会", "done", view.told, moment_text(view.told_at)),)
    if thing is None:
        return ()
    return (_due("告知社区居委会", thing, "告知", view, now),)


def _agenda(view: MeetingView, now: datetime) -> Step:
    thing = _thing(view, AGENDA)
    if view.agenda_at is not None:
        file = view.agenda_file
        proofs = (Proof("照片", file.name, file.href),) if file is not None else ()
        when = moment_text(view.agenda_at)
        return Step("公示议程", "done", f"张贴在{view.agenda_place}", when, proofs)
    if thing is not None:
        return _due("公示议程", thing, "公示", view, now)
    return Step("公示议程", "ahead" if view.open else "failed", note="" if view.open else "没有办")


def _due(title: str, thing: Ahead, verb: str, view: MeetingView, now: datetime) -> Step:
    """Return what is undone before the meeting: ahead, late, or never done."""
    if view.held_at is not None:
        return Step(title, "failed", _by(thing, verb), note="没有办")
    late = thing.late(in_china(now).date())
    return Step(title, "failed" if late else "ahead", _by(thing, verb), note="晚了" if late else "")


def _held(view: MeetingView, now: datetime) -> Step:
    if view.held_at is None:
        text = f"{moment_text(view.planned)}，{view.where}"
        return Step("开会并记录", "ahead", text)
    here = len(view.of(PRESENT))
    text = f"全体委员 {view.members} 人，出席 {here} 人。{outcome(view)}。"
    state: Stage = "done" if view.quorate else "failed"
    note = "" if view.quorate else "人数不够"
    return Step("开会并记录", state, text, moment_text(view.held_at), note=note)


def _confirmed(view: MeetingView) -> Step:
    if view.held_at is None:
        return Step("委员确认纪要", "ahead", "到会委员用自己的账号逐一确认")
    left = view.unconfirmed
    names = "、".join(one.name for one in view.confirmed)
    if not left:
        return Step("委员确认纪要", "done", f"{names}都已确认" if names else "")
    done = f"{names}已确认；" if names else ""
    return Step("委员确认纪要", "ahead", f"{done}还差{'、'.join(left)}")


def _posted(view: MeetingView, now: datetime) -> Step:
    last = view.minutes_last
    by = f"最迟 {day_text(last)} 公示（{view.minutes_law}）" if last else ""
    if view.posted_at is None:
        state: Stage = "failed" if view.late(now) else "ahead"
        return Step("公示纪要", state, by, note="晚了" if view.late(now) else "")
    file = view.posted_file
    proofs = (Proof("照片", file.name, file.href),) if file is not None else ()
    late = f"，晚于应当公示的最后一天 {day_text(last)}" if last and view.late(now) else ""
    text = f"张贴在{view.posted_place}{late}"
    return Step("公示纪要", "done", text, moment_text(view.posted_at), proofs)


def _with_next(drawn: tuple[Step, ...], *, stopped: bool) -> tuple[Step, ...]:
    """Mark the first step ahead as the one under way, unless the meeting was cancelled."""
    places = [place for place, one in enumerate(drawn) if one.state == "ahead"]
    if stopped or not places:
        return drawn
    first = drawn[places[0]]
    under_way = replace(first, state="now", note="接下来")
    return (*drawn[: places[0]], under_way, *drawn[places[0] + 1 :])


def _thing(view: MeetingView, name: str) -> Ahead | None:
    return next((one for one in view.ahead if one.name == name), None)


def _by(thing: Ahead, verb: str) -> str:
    return f"最迟 {day_text(thing.last)} {verb}（开会 {thing.days} 日前，{thing.law}）"


def _before(last: date | None) -> str:
    return f"，最迟 {day_text(last)}" if last else ""
