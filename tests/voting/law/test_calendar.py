"""Dates: the last unlawful one, the first lawful one, and a proposal that always holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.laws import TODAY, rules
from voting.errors import RuleNotRecorded, UnlawfulDate
from voting.law.calendar import CHINA, Plan, check_dates, objections_close, propose, require_lawful
from voting.law.rules import Rules, compose

RULES = rules()
POSTED = datetime(2026, 12, 1, 9, tzinfo=CHINA)


def at(day: int, hour: int = 8, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def plan(**changed: datetime) -> Plan:
    dates = {"posted": POSTED, "roll_posted": POSTED, "opens": at(16), "closes": at(30, 20)}
    return Plan(**{**dates, **changed})


LAWFUL = {
    "the fifteenth day after the posting": plan(),
    "its first minute": plan(opens=at(16, 0)),
    "the committee told on the same day": plan(told=at(1, 23, 59)),
    "the committee told before": plan(told=at(28, month=11)),
    "an extension of fifteen days": plan(
        closes=at(20, 20), extended_to=datetime(2027, 1, 4, 20, tzinfo=CHINA)
    ),
    "a window of an hour is unwise, not unlawful": plan(closes=at(16, 9)),
    "a time said in another zone": plan(opens=at(16).astimezone(UTC)),
}


@pytest.mark.parametrize("good", LAWFUL.values(), ids=LAWFUL)
def test_a_lawful_plan_passes(good: Plan) -> None:
    require_lawful(good, RULES)


UNLAWFUL = {
    "the fourteenth day": (plan(opens=at(15)), "《物业管理条例》第十四条第一款"),
    "the last minute of the fourteenth day": (plan(opens=at(15, 23, 59)), "第十四条第一款"),
    "the draft roll a day late": (
        plan(roll_posted=at(2, 9)),
        "《山东省物业管理条例》第二十二条",
    ),
    "the committee told a day late": (plan(told=at(2, 8)), "《物业管理条例》第十四条第二款"),
    "an extension of sixteen days": (
        plan(closes=at(20, 20), extended_to=datetime(2027, 1, 5, 8, tzinfo=CHINA)),
        "《本小区业主大会议事规则》",
    ),
}


@pytest.mark.parametrize(("bad", "clause"), UNLAWFUL.values(), ids=UNLAWFUL)
def test_an_unlawful_date_is_refused_by_its_clause(bad: Plan, clause: str) -> None:
    with pytest.raises(UnlawfulDate) as refusal:
        require_lawful(bad, RULES)
    assert clause in refusal.value.said


def test_the_refusal_names_the_first_lawful_time() -> None:
    with pytest.raises(UnlawfulDate) as refusal:
        require_lawful(plan(opens=at(10)), RULES)
    assert "投票开始时间定在2026年12月10日 08:00，太早，最早为2026年12月16日 00:00" in (
        refusal.value.said
    )


def test_a_nation_without_the_provincial_rule_asks_no_draft_roll() -> None:
    national = rules("national")
    require_lawful(plan(roll_posted=at(10)), national)


def test_the_estates_longer_notice_binds() -> None:
    longer = rules(
        moves=[{"name": "notice_days", "unit": "days", "value": 20, "clause": "提前二十日。"}]
    )
    with pytest.raises(UnlawfulDate) as refusal:
        require_lawful(plan(), longer)
    assert "2026年12月21日" in refusal.value.said


def test_no_extension_where_the_estate_wants_none() -> None:
    with pytest.raises(UnlawfulDate) as refusal:
        require_lawful(plan(extended_to=at(30, 21)), rules(extension=0))
    assert "不允许延期" in refusal.value.said


def test_no_extension_before_its_rule_is_recorded() -> None:
    with pytest.raises(RuleNotRecorded):
        check_dates(plan(extended_to=at(31)), compose("shandong", on=TODAY))


@pytest.mark.parametrize(
    "dates",
    [{"closes": at(16)}, {"closes": at(15)}, {"extended_to": at(30, 20)}, {"extended_to": at(29)}],
)
def test_a_plan_out_of_order_is_no_plan(dates: dict[str, datetime]) -> None:
    with pytest.raises(UnlawfulDate):
        plan(**dates)


ADVICE = {
    "a window of four days is short": (plan(closes=at(20, 7)), ["window_least_days"]),
    "a window of five days": (plan(closes=at(21)), []),
    "a window of sixty days": (plan(closes=datetime(2027, 2, 14, 20, tzinfo=CHINA)), []),
    "a window of sixty-one days is long": (
        plan(closes=datetime(2027, 2, 15, 20, tzinfo=CHINA)),
        ["window_most_days"],
    ),
}


@pytest.mark.parametrize(("given_plan", "advised"), ADVICE.values(), ids=ADVICE)
def test_practice_only_advises(given_plan: Plan, advised: list[str]) -> None:
    checks = check_dates(given_plan, RULES)
    assert [check.step for check in checks if not check.holds] == advised
    assert all(not check.binding for check in checks if not check.holds)
    require_lawful(given_plan, RULES)


def test_every_check_says_its_law() -> None:
    checks = check_dates(plan(told=POSTED, extended_to=at(31)), RULES)
    assert [check.step for check in checks] == [
        "tell_residents_committee",
        "notice_days",
        "draft_roll_days",
        "window_least_days",
        "window_most_days",
        "extension",
    ]
    assert all(check.law and "符合要求" in check.said_zh for check in checks)


@given(st.dates(date(2021, 12, 3), date(2090, 12, 31)), st.sampled_from(["national", "shandong"]))
def test_what_is_proposed_is_lawful_and_advisable(start: date, pack: str) -> None:
    law: Rules = rules(pack)
    proposed = propose(law, start)
    assert all(check.holds for check in check_dates(proposed, law))
    assert proposed.posted.date() == start
    assert proposed.opens - proposed.posted >= timedelta(days=15)
    assert (proposed.opens.hour, proposed.closes.hour) == (8, 20)


def test_objections_end_with_the_seventh_day() -> None:
    assert objections_close(RULES, at(1, 23, 59)) == at(9, 0)
    assert objections_close(RULES, at(1, 0)) == at(9, 0)
    assert objections_close(RULES, datetime(2026, 11, 30, 16, tzinfo=UTC)) == at(9, 0)
