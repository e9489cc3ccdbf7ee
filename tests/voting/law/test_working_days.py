"""Working days: weekends are stepped over, at every start of a week."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import Malformed
from voting.law.duties import last_day
from voting.law.working_days import working_day_after

FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
CASES = {
    "none is the day itself": (MONDAY, 0, MONDAY),
    "none on a Saturday too": (SATURDAY, 0, SATURDAY),
    "one after a Monday": (MONDAY, 1, date(2026, 11, 24)),
    "four after a Monday stay in the week": (MONDAY, 4, date(2026, 11, 27)),
    "five after a Monday": (MONDAY, 5, date(2026, 11, 30)),
    "one after a Friday": (FRIDAY, 1, MONDAY),
    "one after a Saturday": (SATURDAY, 1, MONDAY),
    "one after a Sunday": (SUNDAY, 1, MONDAY),
    "two after a Thursday": (date(2026, 11, 19), 2, MONDAY),
    "over the end of a year": (date(2026, 12, 31), 2, date(2027, 1, 4)),
}


@pytest.mark.parametrize(("start", "number", "day"), CASES.values(), ids=CASES)
def test_working_days(start: date, number: int, day: date) -> None:
    assert working_day_after(start, number) == day
    assert last_day(start, number, "workdays") == day


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(Malformed):
        working_day_after(MONDAY, -1)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_as_many_weekdays_lie_between_as_were_asked_for(start: date, number: int) -> None:
    day = working_day_after(start, number)
    between = [start + timedelta(days=step) for step in range(1, (day - start).days + 1)]
    assert day.weekday() < 5
    assert sum(one.weekday() < 5 for one in between) == number
