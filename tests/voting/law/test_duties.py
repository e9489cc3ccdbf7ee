"""What follows a decision or another event: the duties with their last days."""

from datetime import date

import pytest

from tests.support.laws import rules
from voting.errors import NoSuchRule
from voting.law.duties import due, duties, last_day
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
    Matter.FUND_RAISE: {"refill_notice_days": date(2027, 1, 20)},
    Matter.FUND_USE: {
        "decision_posted_days": date(2026, 12, 24),
        "evidence_months": date(2031, 12, 21),
    },
}
LATER = {
    Matter.COMMITTEE: {"certificate_days", "minutes_posted_days"},
    Matter.MANAGER: {"contract_signing_days", "contract_filing_days", "dismissal_notice_days"},
    Matter.FUND_USE: {"challenge_months", "fund_station_days", "posting_lasts_days"},
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


# Saturday, 21 November 2026: the event of every period below.
OPENED = {
    "preparatory_group_days": date(2027, 1, 20),
    "preparatory_announce_days": date(2026, 12, 1),
    "preparation_days": date(2027, 2, 19),
    "reelection_group_days": date(2026, 12, 21),
    "reelection_done_days": date(2027, 2, 19),
    "minutes_posted_days": date(2026, 11, 24),
    "member_handover_days": date(2026, 11, 24),
    "handover_days": date(2026, 12, 1),
    "filing_days": date(2026, 12, 21),
    "change_told_days": date(2026, 12, 21),
    "certificate_days": date(2026, 12, 1),
    "first_committee_meeting_days": date(2026, 11, 28),
    "contract_signing_days": date(2026, 12, 21),
    "contract_filing_days": date(2026, 12, 1),
    "dismissal_notice_days": date(2027, 1, 20),
    "seal_stamp_days": date(2026, 11, 24),
    "seal_publication_months": date(2027, 5, 21),
    "fund_posting_days": date(2026, 11, 28),
    "fund_emergency_posting_days": date(2026, 11, 26),
    "fund_station_days": date(2026, 11, 27),
    "fund_emergency_station_days": date(2026, 11, 24),
    "fund_publication_months": date(2027, 11, 21),
    "income_publication_months": date(2027, 5, 21),
    "refill_notice_days": date(2026, 12, 21),
    "report_months": date(2027, 2, 21),
    "report_due_days": date(2026, 12, 6),
    "inquiry_reply_days": date(2026, 11, 28),
    "order_reply_days": date(2026, 11, 28),
    "challenge_months": date(2027, 11, 21),
    "decision_posted_days": date(2026, 11, 24),
}
BEFORE = {
    "committee_agenda_days": date(2026, 11, 14),
    "reelection_start_days": date(2026, 8, 23),
    "renewal_refusal_days": date(2026, 8, 23),
    "notice_days": date(2026, 11, 6),
    "draft_roll_days": date(2026, 11, 6),
}
EVENT = date(2026, 11, 21)


@pytest.mark.parametrize(("name", "last"), OPENED.items())
def test_an_event_opens_a_duty(name: str, last: date) -> None:
    duty = due(name, EVENT, RULES)
    assert (duty.name, duty.due, duty.last) == (name, last, last)
    assert duty.starts_zh.startswith("自")
    assert duty.starts_zh.endswith("之日起算，当日不计")
    assert duty.said_zh == RULES.parameter(name).said_zh
    assert duty.law == RULES.citations(name)
    assert duty.binding is RULES.parameter(name).verified


@pytest.mark.parametrize(("name", "last"), BEFORE.items())
def test_some_periods_count_back_from_their_event(name: str, last: date) -> None:
    duty = due(name, EVENT, RULES)
    assert duty.last == last
    assert duty.starts_zh.endswith("之日往前算，当日不计")


def test_two_cities_tell_the_community_five_days_before_a_meeting() -> None:
    for pack in ("zibo", "weifang"):
        assert due("committee_tell_community_days", EVENT, rules(pack)).last == date(2026, 11, 16)
        assert due("vacancy_street_days", EVENT, rules(pack)).last == date(2027, 2, 19)


@pytest.mark.parametrize("name", ["proxies_most", "committee_least", "monthly_table_day", "x"])
def test_what_is_no_period_opens_no_duty(name: str) -> None:
    with pytest.raises(NoSuchRule):
        due(name, EVENT, RULES)


def test_a_duty_that_has_not_begun_has_no_last_day() -> None:
    waiting = next(duty for duty in duties(Matter.MANAGER, DECIDED, RULES) if duty.due is None)
    with pytest.raises(NoSuchRule):
        _ = waiting.last
