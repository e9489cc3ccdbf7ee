"""What an order must say, in which order its steps come, and when it is late."""

from datetime import date, timedelta
from typing import Any

import pytest

from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.supervision.queries import orders as queries
from tests.support.orders import DEADLINE, close, issued, reply, served
from tests.support.overseen import A_DAY, Seated


@pytest.fixture(scope="module")
def backend() -> str:
    """Try these rules on one database: they ask nothing special of it."""
    return "sqlite"


UNFINISHED: dict[str, dict[str, object]] = {
    "no facts": {"facts": " "},
    "no clause": {"clause": ""},
    "no demand": {"demand": ""},
    "no addressee": {"addressee": ""},
    "no office": {"office": ""},
    "no deadline": {"due_on": None},
    "a deadline that is today": {"due_on": date(2026, 3, 2)},
    "a revocation of nothing": {"kind": "revoke"},
    "a paper that does not exist": {"kind": "remove"},
    "more than can be printed": {"facts": "长" * 2_001},
}


@pytest.mark.parametrize("changed", UNFINISHED.values(), ids=UNFINISHED)
def test_an_order_that_lacks_something_is_not_issued(
    seated: Seated, changed: dict[str, object]
) -> None:
    with pytest.raises(Incomplete):
        issued(seated, **changed)
    assert seated.kinds() == []


STEPS = {
    "a reply before service": (issued, reply),
    "closing before the reply": (served, close),
    "closing before service": (issued, close),
}


@pytest.mark.parametrize(("begin", "step"), STEPS.values(), ids=STEPS)
def test_a_step_out_of_order_is_refused(seated: Seated, begin: Any, step: Any) -> None:
    record = begin(seated)
    with pytest.raises(WrongStep):
        step(seated, record)


LATE = {
    "one day before the deadline": (DEADLINE - A_DAY, "待答复"),
    "on the deadline": (DEADLINE, "待答复"),
    "one day after the deadline": (DEADLINE + A_DAY, "逾期未答复"),
}


@pytest.mark.parametrize(("day", "words"), LATE.values(), ids=LATE)
def test_an_order_without_a_reply_is_late_after_its_deadline(
    seated: Seated, day: date, words: str
) -> None:
    record = served(seated)
    later = seated.now + timedelta(days=(day - seated.now.date()).days)
    found = queries.order(seated.session, seated.estate, record.id)
    assert found.state(later)[1] == words
