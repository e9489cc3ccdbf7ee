"""The periods of the regular report: whole months of the year, one after the other."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assemblies.foundation.wording import day_text, short_day_text

A_DAY = timedelta(days=1)
MONTHS_A_YEAR = 12
# How often a committee may be asked to report: whole parts of a year.
INTERVALS = {1: "每月", 2: "每两个月", 3: "每季度", 6: "每半年", 12: "每年"}


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report is about, both ends included."""

    since: date
    until: date

    @property
    def words(self) -> str:
        """Return the period as people say it: 2026年第一季度, 2026年3月, or its two days."""
        months = self.until.month - self.since.month + 1
        whole = self.since.day == 1 and self.until == _end_of_month(self.until)
        year = f"{self.since.year}年"
        if whole and months == 1:
            return f"{year}{self.since.month}月"
        if whole and months == 3 and self.until.month % 3 == 0:  # noqa: PLR2004 -- a quarter
            return f"{year}第{'一二三四'[self.until.month // 3 - 1]}季度"
        if whole and months == 6 and self.until.month % 6 == 0:  # noqa: PLR2004 -- half a year
            return f"{year}{'上' if self.until.month == 6 else '下'}半年"  # noqa: PLR2004
        if whole and months == MONTHS_A_YEAR:
            return f"{year}度"
        return f"{day_text(self.since)}至{short_day_text(self.until)}"


def period_from(since: date, months: int) -> Period:
    """Return the period that begins on a day and ends with the part of the year it lies in."""
    last = -(-since.month // months) * months
    return Period(since, _end_of_month(date(since.year, min(last, MONTHS_A_YEAR), 1)))


def ended(since: date, months: int, today: date) -> Iterator[Period]:
    """Yield the periods from a day on that were over yesterday."""
    period = period_from(since, months)
    while period.until < today:
        yield period
        period = period_from(period.until + A_DAY, months)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
