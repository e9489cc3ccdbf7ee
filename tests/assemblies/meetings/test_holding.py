"""A meeting decides only with enough members, on what was announced, once, and after its time."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.meetings.drafts import Held
from assemblies.meetings.services import calling, holding
from assemblies.records.committees import MemberRecord, TermRecord
from assemblies.records.duties import Opening, duty_of, open_duty
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from tests.assemblies.meetings.conftest import Called
from tests.support.meetings import Round
from tests.support.registers import registered
from voting.law.duties import due

AN_HOUR = timedelta(hours=1)
YES, NO, NONE = "agree", "against", "abstain"

# Members in all, how many came, whether that is two thirds (SD 32).
PRESENCE = {
    "4 of 6 are exactly two thirds": (6, 4, True),
    "3 of 6 are one too few": (6, 3, False),
    "3 of 5 are below two thirds": (5, 3, False),
    "4 of 5 are above two thirds": (5, 4, True),
    "4 of 7 are below two thirds": (7, 4, False),
    "5 of 7 are above two thirds": (7, 5, True),
}


@pytest.mark.parametrize(("members", "came", "enough"), PRESENCE.values(), ids=PRESENCE.keys())
def test_two_thirds_of_all_members_must_be_there(
    called: Called, members: int, came: int, enough: bool
) -> None:
    round_ = called(members)
    if not enough:
        with pytest.raises(Incomplete, match=f"出席的委员 {came} 人，全体委员 {members} 人"):
            round_.hold(round_.held(*[YES] * came))
        record = round_.hold(round_.held(present=came))
        assert {one.outcome for one in record.decisions} == {"no_decision"}
        assert not record.quorate
        assert "未达到" in record.finding
        return
    record = round_.hold(round_.held(*[YES] * came))
    assert record.quorate
    assert (record.members, len(record.present)) == (members, came)


# Members in all, the votes of those present, whether more than half of ALL agree (SD 32).
CONSENT = {
    "3 of 5 agree": (5, (YES, YES, YES, NO), "passed"),
    "2 of 5 agree, though nobody is against": (5, (YES, YES, NONE, NONE), "rejected"),
    "2 of 4 are exactly half": (4, (YES, YES, NO), "rejected"),
    "3 of 4 agree": (4, (YES, YES, YES), "passed"),
    "3 of 6 are exactly half of all, though most of those present": (
        6,
        (YES, YES, YES, NO),
        "rejected",
    ),
    "4 of 7 agree": (7, (YES, YES, YES, YES, NO), "passed"),
    "3 of 7 agree": (7, (YES, YES, YES, NO, NO), "rejected"),
}


@pytest.mark.parametrize(("members", "votes", "outcome"), CONSENT.values(), ids=CONSENT.keys())
def test_more_than_half_of_all_members_must_agree(
    called: Called, members: int, votes: tuple[str, ...], outcome: str
) -> None:
    round_ = called(members)
    record = round_.hold(round_.held(*votes))
    assert {one.outcome for one in record.decisions} == {outcome}
    assert f"全体委员 {members} 人，须过半数" in record.decisions[0].finding
    assert "第三十二条" in record.decisions[0].law


def test_every_decision_enters_the_register_passed_or_failed(
    called: Called, session: Session
) -> None:
    round_ = called()
    first, second = round_.record.decisions
    ids = [one.id for one in round_.members[:4]]
    votes = {
        first.id: dict.fromkeys(ids, YES),
        second.id: dict(zip(ids, (YES, NO, NO, NONE), strict=True)),
    }
    round_.hold(replace(round_.held(*[YES] * 4), votes=votes))
    entered = (
        session.execute(
            select(ResolutionRecord)
            .where(ResolutionRecord.estate_id == round_.estate)
            .order_by(ResolutionRecord.number)
        )
        .scalars()
        .all()
    )
    assert [(one.title, one.outcome, one.body) for one in entered] == [
        ("委托审计第三季度公共收益账目", "passed", "committee"),
        ("更换单元门禁", "rejected", "committee"),
    ]
    assert [one.number[-8:] for one in entered] == ["〔2026〕1号", "〔2026〕2号"]
    assert "全体委员 5 人，出席 4 人；同意 1 人，反对 2 人，弃权 1 人。" in entered[1].counts


def test_a_point_put_off_is_no_decision_and_enters_nothing(
    called: Called, session: Session
) -> None:
    round_ = called()
    first, second = round_.record.decisions
    held = round_.held(*[YES] * 5)
    record = round_.hold(
        replace(held, votes={first.id: held.votes[first.id]}, put_off=frozenset({second.id}))
    )
    assert [one.outcome for one in record.decisions] == ["passed", "no_decision"]
    found = select(ResolutionRecord.title).where(ResolutionRecord.estate_id == round_.estate)
    assert session.execute(found).scalars().all() == [first.title]


def test_a_point_that_was_not_on_the_agenda_is_refused(called: Called) -> None:
    round_ = called()
    held = round_.held(*[YES] * 4)
    slipped_in = {**held.votes, uuid4(): held.votes[round_.record.decisions[0].id]}
    with pytest.raises(Incomplete, match="没有列入这次会议的议程"):
        round_.hold(replace(held, votes=slipped_in))
    assert round_.record.held_at is None


def test_a_point_of_another_meeting_is_refused(called: Called, session: Session) -> None:
    round_ = called()
    other = Round(session, round_.estate, round_.keys, round_.members, round_.now, round_.planned)
    with pytest.raises(Incomplete, match="没有列入"):
        round_.hold(replace(round_.held(*[YES] * 4), votes=other.held(*[YES] * 4).votes))


def test_every_member_present_votes_on_every_point(called: Called) -> None:
    round_ = called()
    held = round_.held(*[YES] * 4)
    second = round_.record.decisions[1].id
    one_short = {one.id: YES for one in round_.members[:3]}
    with pytest.raises(Incomplete, match="第 2 项：还没有记下赵建国的表决"):
        round_.hold(replace(held, votes={**held.votes, second: one_short}))
    only_first = {round_.record.decisions[0].id: dict.fromkeys(held.present, YES)}
    with pytest.raises(Incomplete, match="第 2 项：还没有记下林海生"):
        round_.hold(replace(held, votes=only_first))


def test_nobody_votes_who_did_not_come_nor_by_proxy(called: Called) -> None:
    round_ = called()
    held = round_.held(*[YES] * 4)
    first = round_.record.decisions[0].id
    by_proxy = {**held.votes[first], round_.members[4].id: YES}
    with pytest.raises(Incomplete, match="没有到会的人不能表决"):
        round_.hold(replace(held, votes={**held.votes, first: by_proxy}))


def test_a_word_that_is_no_vote_is_refused(called: Called) -> None:
    round_ = called()
    with pytest.raises(Incomplete, match="还没有记下"):
        round_.hold(round_.held(YES, YES, YES, "maybe"))


def test_the_suspended_count_among_all_but_never_among_those_present(called: Called) -> None:
    round_ = called(6)
    round_.members[0].suspended_on = round_.now.date()
    with pytest.raises(Incomplete, match="暂停履职"):
        round_.hold(round_.held(*[YES] * 4))
    others = Held(
        at=round_.planned,
        present=tuple(one.id for one in round_.members[1:5]),
        votes={
            decision.id: {one.id: YES for one in round_.members[1:5]}
            for decision in round_.record.decisions
        },
    )
    record = round_.hold(others)
    assert record.members == 6
    assert record.attendance[0]["state"] == "suspended"
    assert record.decisions[0].finding.startswith("同意的委员 4 人，全体委员 6 人")


def test_alternates_and_strangers_are_never_counted(called: Called, session: Session) -> None:
    round_ = called()
    alternate = MemberRecord(
        id=uuid4(),
        term_id=round_.members[0].term_id,
        position=9,
        name="候补（示例）",
        seat="alternate",
        joined_on=round_.now.date(),
    )
    session.add(alternate)
    session.flush()
    held = round_.held(*[YES] * 3)
    for stranger in (alternate.id, uuid4()):
        with pytest.raises(Incomplete, match="候补委员和其他人请写在“列席人员”里"):
            round_.hold(replace(held, present=(*held.present, stranger)))


def test_a_member_who_left_is_not_counted_any_more(called: Called) -> None:
    round_ = called()
    round_.members[4].left_on = round_.now.date()
    record = round_.hold(round_.held(YES, YES, YES))
    assert (record.members, record.quorate) == (4, True)
    assert record.decisions[0].outcome == "passed"


def test_a_meeting_is_held_after_its_time_and_not_in_the_future(called: Called) -> None:
    round_ = called()
    held = round_.held(*[YES] * 4)
    a_minute = timedelta(minutes=1)
    with pytest.raises(Incomplete, match="不能记成在这之前召开"):
        round_.hold(held, at=round_.planned - a_minute)
    with pytest.raises(Incomplete, match="不能记成在这之前召开"):
        round_.hold(replace(held, at=round_.planned - a_minute))
    with pytest.raises(Incomplete, match="不能晚于现在"):
        round_.hold(replace(held, at=round_.planned + a_minute), at=round_.planned)
    assert round_.hold(held, at=round_.planned).held_at == round_.planned


def test_a_meeting_is_held_once(called: Called) -> None:
    round_ = called()
    round_.hold(round_.held(*[YES] * 4))
    with pytest.raises(WrongStep, match="已经开过"):
        round_.hold(round_.held(*[NO] * 5))


def test_a_cancelled_meeting_is_not_held(called: Called, session: Session) -> None:
    round_ = called()
    calling.cancel(session, round_.acting, round_.meeting, "人数凑不齐", now=round_.now)
    with pytest.raises(WrongStep, match="已经取消"):
        round_.hold(round_.held(*[YES] * 4))


def test_a_meeting_of_a_term_that_ended_is_not_held(called: Called, session: Session) -> None:
    round_ = called()
    held = round_.held(*[YES] * 4)
    session.get_one(TermRecord, round_.record.term_id).ended_on = round_.now.date()
    with pytest.raises(WrongStep, match="已经换届"):
        round_.hold(held)


def test_a_meeting_of_another_estate_is_not_found(
    called: Called, session: Session, now: datetime
) -> None:
    round_ = called()
    elsewhere = registered(session, now).estate
    with pytest.raises(NotFound):
        holding.hold(
            session,
            replace(round_.acting, estate=elsewhere),
            round_.meeting,
            round_.held(*[YES] * 4),
            now=round_.planned,
        )


def test_the_first_meeting_with_enough_members_fulfils_the_terms_duty(
    called: Called, session: Session
) -> None:
    round_ = called()
    term = round_.members[0].term_id
    rules = rules_for(session, round_.estate, now=round_.now)
    duty = due("first_committee_meeting_days", round_.now.date(), rules)
    opening = Opening(duty, term, "首次会议", "第1届")
    open_duty(session, round_.estate, opening, now=round_.now)
    round_.hold(round_.held(present=2))
    assert _done_at(session, term) is None
    again = Round(session, round_.estate, round_.keys, round_.members, round_.now, round_.planned)
    again.hold(again.held(*[YES] * 4))
    assert _done_at(session, term) == again.planned + AN_HOUR * 2
    assert again.record.number == 2


def _done_at(session: Session, term: UUID) -> datetime | None:
    duty = duty_of(session, term, "first_committee_meeting_days")
    assert duty is not None
    return duty.done_at
