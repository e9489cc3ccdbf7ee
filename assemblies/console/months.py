"""A calendar month in China: its first and last moment, and when its table is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.refusals import NotFound

EARLIEST, LATEST = 2000, 2999
DECEMBER = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Month":
        """Read "2026-03" as it stands in an address; raises `NotFound`."""
        year, dash, number = text.partition("-")
        if not (dash and year.isascii() and number.isascii()):
            raise NotFound
        if not (year.isdigit() and number.isdigit()) or (len(year), len(number)) != (4, 2):
            raise NotFound
        if not (EARLIEST <= int(year) <= LATEST and 1 <= int(number) <= DECEMBER):
            raise NotFound
        return cls(int(year), int(number))

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        """Return the month in which a moment lies in China."""
        day = in_china(moment).date()
        return cls(day.year, day.month)

    @property
    def key(self) -> str:
        """Return the month as addresses and records carry it: 2026-03."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def words(self) -> str:
        """Return the month as people say it: 2026年3月."""
        return f"{self.year}年{self.number}月"

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def begins(self) -> datetime:
        """Return its first moment in China."""
        return datetime.combine(self.first, time(), CHINA)

    @property
    def year_begins(self) -> datetime:
        """Return the first moment of its year in China."""
        return datetime(self.year, 1, 1, tzinfo=CHINA)

    @property
    def ends(self) -> datetime:
        """Return its last moment in China: the next month begins a millionth of a second later."""
        return self.after.begins - timedelta(microseconds=1)

    @property
    def before(self) -> "Month":
        """Return the month before."""
        return (
            Month(self.year - 1, DECEMBER)
            if self.number == 1
            else Month(self.year, self.number - 1)
        )

    @property
    def after(self) -> "Month":
        """Return the month after."""
        return (
            Month(self.year + 1, 1)
            if self.number == DECEMBER
            else Month(self.year, self.number + 1)
        )

    def due(self, day: int) -> date:
        """Return the last day on which its table goes out: a day of the month after."""
        return self.after.first.replace(day=day)

    def over(self, now: datetime) -> bool:
        """Say whether it is over in China."""
        return now > self.ends

    def until(self, now: datetime) -> datetime:
        """Return the moment as of which its figures are counted: its last, or now if it runs."""
        return min(now, self.ends)
