"""The only place that asks the time; everything else takes `now` as an argument."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


class Clock:
    """The time in whole seconds UTC, shiftable so that a rehearsal can walk through weeks."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        """Start a clock that runs `ahead` of the machine's own."""
        self.ahead = ahead

    def now(self) -> datetime:
        """Return the present moment, whole seconds, UTC."""
        return (datetime.now(UTC) + self.ahead).replace(microsecond=0)


def in_china(moment: datetime) -> datetime:
    """Return the same moment on a wall clock in Shanghai."""
    return moment.astimezone(CHINA)
