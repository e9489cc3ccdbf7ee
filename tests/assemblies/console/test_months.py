"""A month in China: where it begins and ends, and when its table is due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assemblies.console.months import Month
from assemblies.foundation.refusals import NotFound

MARCH = Month(2026, 3)


@pytest.mark.parametrize(
    "text", ["x", "2026", "2026-3", "2026-13", "2026-00", "2026-ab", "٢٠٢٦-03"]
)
def test_what_is_no_month_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        Month.read(text)


def test_a_month_reads_as_it_is_written() -> None:
    assert Month.read("2026-03") == MARCH
    assert MARCH.key == "2026-03"
    assert MARCH.words == "2026年3月"


def test_the_last_moment_of_a_month_lies_at_midnight_in_china() -> None:
    midnight = datetime(2026, 3, 31, 16, tzinfo=UTC)  # 2026-04-01 00:00 in Shanghai
    assert Month.of(midnight - timedelta(seconds=1)) == MARCH
    assert Month.of(midnight) == MARCH.after
    assert not MARCH.over(midnight - timedelta(seconds=1))
    assert MARCH.over(midnight)
    assert MARCH.until(midnight) < midnight
    assert MARCH.until(midnight - timedelta(days=3)) == midnight - timedelta(days=3)


def test_months_follow_each_other_over_the_new_year() -> None:
    assert Month(2026, 1).before == Month(2025, 12)
    assert Month(2025, 12).after == Month(2026, 1)
    assert Month(2025, 12).due(3) == date(2026, 1, 3)
    assert MARCH.due(3) == date(2026, 4, 3)
    assert Month(2028, 2).last == date(2028, 2, 29)
