"""Working days: Monday to Friday, for the periods that offices count in them."""

from datetime import date, timedelta

from voting.errors import Malformed

_SATURDAY = 5
_DAY = timedelta(days=1)


def working_day_after(start: date, number: int) -> date:
    """Return the working day that is so many working days after `start`; 0 is `start` itself.

    Holidays, and the weekends worked in their place, are fixed year by year and are not computed
    here. Raises `Malformed` for a number below zero.

    Law: civil-code art. 201 para. 1 -- the first day does not count.
    """
    if number < 0:
        raise Malformed(f"no period of {number} working days")
    day, left = start, number
    while left:
        day += _DAY
        left -= day.weekday() < _SATURDAY
    return day
