"""What follows a decision: each matter's duties with their last days."""

from datetime import date

import pytest

from tests.support.laws import rules
from voting.law.duties import duties, last_day
from voting.law.matters import Matter

RULES = rules()
DECIDED = date(2026, 12, 21)
DATED = {
    Matter.RULES: {
        "decision_posted_days": date(2026, 12, 24),
        "change_told_days": date(2027, 1, 20),
    },
    Matter.COVENANT: {"change_told_days": date(2027, 1, 20)},
    Matter.COMMITTEE: {
        "decision_posted_days": date(2026, 12, 24),
        "first_committee_meeting_days": date(2026, 12, 28),
        "handover_days": date(2026, 12, 31),
        "filing_days": date(2027, 1, 20),
    },
    Matter.FUND_USE: {
        "decision_posted_days": date(2026, 12, 24),
        "evidence_months": date(2031, 12, 21),
    },
}
LATER = {
    Matter.COMMITTEE: {"certificate_days"},
    Matter.MANAGER: {"contract_filing_days", "dismissal_notice_days"},
    Matter.FUND_USE: {"challenge_months", "posting_lasts_days"},
}


@pytest.mark.parametrize(("matter", "dated"), DATED.items(), ids=[matter.name for matter in DATED])
def test_duties_with_a_last_day(matter: Matter, dated: dict[str, date]) -> None:
    found = {duty.name: duty.due for duty in duties(matter, DECIDED, RULES)}
    assert {name: found[name] for name in dated} == dated


@pytest.mark.parametrize(("matter", "names"), LATER.items(), ids=[matter.name for matter in LATER])
def test_duties_that_run_from_a_later_event(matter: Matter, names: set[str]) -> None:
    later = {duty.name: duty for duty in duties(matter, DECIDED, RULES) if duty.due is None}
    assert names <= set(later)
    assert all(not duty.starts_zh.startswith("自作出决定") for duty in later.values())


@pytest.mark.parametrize("matter", Matter)
def test_every_decision_is_posted_and_open_to_suit(matter: Matter) -> None:
    found = duties(matter, DECIDED, RULES)
    assert {"decision_posted_days", "challenge_months"} <= {duty.name for duty in found}
    assert all(duty.law and duty.said_zh for duty in found)
    dated = [duty.due for duty in found if duty.due]
    assert dated == sorted(dated)
    assert [duty.due is None for duty in found] == sorted(duty.due is None for duty in found)


def test_practice_elsewhere_does_not_bind() -> None:
    binding = {duty.name: duty.binding for duty in duties(Matter.COMMITTEE, DECIDED, RULES)}
    assert binding["filing_days"]
    assert binding["decision_posted_days"]
    assert not binding["handover_days"]
    assert not binding["posting_lasts_days"]


def test_the_nation_alone_asks_for_less() -> None:
    names = {duty.name for duty in duties(Matter.COMMITTEE, DECIDED, rules("national"))}
    assert names == {"filing_days", "challenge_months", "evidence_months"}


LAST_DAYS = {
    "three days, over the year": (date(2026, 12, 30), 3, "days", date(2027, 1, 2)),
    "thirty days over a leap February": (date(2028, 2, 10), 30, "days", date(2028, 3, 11)),
    "a year": (date(2026, 12, 21), 12, "months", date(2027, 12, 21)),
    "a year from 29 February": (date(2028, 2, 29), 12, "months", date(2029, 2, 28)),
    "a month from 31 January": (date(2027, 1, 31), 1, "months", date(2027, 2, 28)),
    "a month to December": (date(2027, 11, 30), 1, "months", date(2027, 12, 30)),
}


@pytest.mark.parametrize(("start", "number", "unit", "last"), LAST_DAYS.values(), ids=LAST_DAYS)
def test_last_day(start: date, number: int, unit: str, last: date) -> None:
    assert last_day(start, number, unit) == last
