"""Numbers, dates and sizes are said as people say them."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from assemblies.foundation import wording

SAID = {
    "heads": (wording.heads_text(1204), "1,204 户"),
    "area in whole hundredths": (wording.area_text(421_055), "4,210.55 ㎡"),
    "area below one": (wording.area_text(5), "0.05 ㎡"),
    "money": (wording.money_text(18_600_000), "186,000.00 元"),
    "money taken back": (wording.money_text(-150), "-1.50 元"),
    "two thirds is cut, not rounded up": (wording.percent_text(2, 3), "66.66%"),
    "a share of nothing": (wording.percent_text(0, 0), "0.00%"),
    "all": (wording.percent_text(7, 7), "100.00%"),
    "a known share": (wording.share_text(Fraction(3, 4)), "四分之三"),
    "an unusual share": (wording.share_text(Fraction(3, 5)), "3/5"),
    "a date": (wording.day_text(date(2026, 3, 8)), "2026年3月8日"),
    "a short date": (wording.short_day_text(date(2026, 3, 8)), "3月8日"),
    "a moment late in London is the next day in Shanghai": (
        wording.day_text(datetime(2026, 3, 7, 17, 0, tzinfo=UTC)),
        "2026年3月8日",
    ),
    "a moment": (
        wording.moment_text(datetime(2026, 3, 8, 12, 0, tzinfo=UTC)),
        "2026年3月8日（周日）20:00",
    ),
    "a few bytes": (wording.file_size_text(820), "820 字节"),
    "kilobytes, rounded up": (wording.file_size_text(1025), "2 KB"),
    "just below a megabyte": (wording.file_size_text(1_048_575), "1024 KB"),
    "megabytes": (wording.file_size_text(1_260_000), "1.3 MB"),
    "groups": (wording.grouped_text("9f2c41d07b"), "9f2c 41d0 7b"),
}


@pytest.mark.parametrize(("said", "expected"), SAID.values(), ids=SAID)
def test_wording(said: str, expected: str) -> None:
    assert said == expected
