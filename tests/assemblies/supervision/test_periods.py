"""Periods of the regular report follow each other along the calendar, whatever day they begin."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.supervision.periods import INTERVALS, Period, ended, period_from

PERIODS = {
    "a quarter from its first day": (date(2026, 1, 1), 3, date(2026, 3, 31), "2026年第一季度"),
    "a quarter from its last day": (
        date(2026, 3, 31),
        3,
        date(2026, 3, 31),
        "2026年3月31日至3月31日",
    ),
    "a committee formed within the quarter": (
        date(2026, 5, 20),
        3,
        date(2026, 6, 30),
        "2026年5月20日至6月30日",
    ),
    "the last quarter ends the year": (date(2026, 10, 1), 3, date(2026, 12, 31), "2026年第四季度"),
    "a month in a leap year": (date(2028, 2, 1), 1, date(2028, 2, 29), "2028年2月"),
    "two months": (date(2026, 3, 1), 2, date(2026, 4, 30), "2026年3月1日至4月30日"),
    "half a year": (date(2026, 7, 1), 6, date(2026, 12, 31), "2026年下半年"),
    "the first half": (date(2026, 1, 1), 6, date(2026, 6, 30), "2026年上半年"),
    "a year": (date(2026, 1, 1), 12, date(2026, 12, 31), "2026年度"),
    "the rest of a year": (
        date(2026, 4, 1),
        12,
        date(2026, 12, 31),
        "2026年4月1日至12月31日",
    ),
    "three months that are no quarter": (
        date(2026, 2, 1),
        12,
        date(2026, 12, 31),
        "2026年2月1日至12月31日",
    ),
}


@pytest.mark.parametrize(("since", "months", "until", "words"), PERIODS.values(), ids=PERIODS)
def test_period(since: date, months: int, until: date, words: str) -> None:
    period = period_from(since, months)
    assert (period.until, period.words) == (until, words)


ENDED = {
    "on the quarter's last day none is over": (date(2026, 3, 31), 0),
    "the day after one is over": (date(2026, 4, 1), 1),
    "a clock that stood still makes up for it": (date(2027, 1, 1), 4),
}


@pytest.mark.parametrize(("today", "number"), ENDED.values(), ids=ENDED)
def test_periods_that_are_over(today: date, number: int) -> None:
    assert len(list(ended(date(2026, 1, 1), 3, today))) == number


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.sampled_from(sorted(INTERVALS)), st.integers(0, 900))
def test_periods_leave_no_day_out_and_take_none_twice(since: date, months: int, days: int) -> None:
    found = list(ended(since, months, since + timedelta(days=days)))
    covered = [period.since for period in found] + [
        found[-1].until + timedelta(days=1) if found else since
    ]
    assert covered[0] == since
    for before, after in zip(found, covered[1:], strict=True):
        assert before.until + timedelta(days=1) == after
        assert before.since <= before.until < since + timedelta(days=days)
        assert before.until.month % months == 0


def test_a_period_over_the_years_is_said_by_its_days() -> None:
    assert Period(date(2026, 2, 1), date(2026, 4, 30)).words == "2026年2月1日至4月30日"
