"""What follows from an item that passed: the right duties for each matter, on the right days."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from assemblies.resolutions import following
from voting.agenda import Item, ItemKind, Option
from voting.law.matters import Matter
from voting.law.rules import Rules, compose
from voting.scope import Scope

DECIDED = date(2026, 3, 30)
POSTED = ("decision_posted_days", date(2026, 4, 2))


@pytest.fixture(scope="module")
def rules() -> Rules:
    return compose("shandong", on=DECIDED)


def item(matter: Matter, kind: ItemKind = ItemKind.DECISION, title: str = "一项决定") -> Item:
    options = () if kind is ItemKind.DECISION else (Option("a", "甲"), Option("b", "乙"))
    seats = 1 if kind is ItemKind.ELECTION else 0
    return Item(uuid4(), 1, matter, kind, title, "说明", Scope(), options, seats)


CASES = [
    pytest.param(item(Matter.RULES), {POSTED, ("change_told_days", date(2026, 4, 29))}, id="rules"),
    pytest.param(
        item(Matter.COVENANT), {POSTED, ("change_told_days", date(2026, 4, 29))}, id="covenant"
    ),
    pytest.param(
        item(Matter.COMMITTEE, ItemKind.ELECTION),
        {
            POSTED,
            ("first_committee_meeting_days", date(2026, 4, 6)),
            ("handover_days", date(2026, 4, 9)),
            ("filing_days", date(2026, 4, 29)),
            ("certificate_days", None),
        },
        id="election",
    ),
    pytest.param(item(Matter.COMMITTEE), {POSTED}, id="a member is removed"),
    pytest.param(
        item(Matter.MANAGER, ItemKind.CHOICE),
        {POSTED, ("contract_signing_days", date(2026, 4, 29)), ("contract_filing_days", None)},
        id="a company is chosen",
    ),
    pytest.param(
        item(Matter.MANAGER, title="续聘现任物业服务企业"),
        {POSTED, ("contract_signing_days", date(2026, 4, 29)), ("contract_filing_days", None)},
        id="a company is hired again",
    ),
    pytest.param(
        item(Matter.MANAGER, title="解聘现任物业服务企业"),
        {POSTED, ("dismissal_notice_days", None)},
        id="a company is dismissed",
    ),
    pytest.param(item(Matter.MANAGER, title="实行业主自行管理"), {POSTED}, id="self-management"),
    pytest.param(item(Matter.FUND_USE), {POSTED, ("fund_station_days", None)}, id="fund used"),
    pytest.param(
        item(Matter.FUND_RAISE), {POSTED, ("refill_notice_days", date(2026, 4, 29))}, id="fund"
    ),
    pytest.param(item(Matter.REBUILDING), {POSTED}, id="rebuilding"),
    pytest.param(item(Matter.COMMON_PARTS), {POSTED}, id="common parts"),
    pytest.param(item(Matter.OTHER), {POSTED}, id="other"),
]


@pytest.mark.parametrize(("asked", "expected"), CASES)
def test_each_matter_opens_its_own_duties(
    asked: Item, expected: set[tuple[str, date | None]], rules: Rules
) -> None:
    found = following.after(asked, DECIDED, rules)
    assert {(duty.name, duty.due) for duty in found} == expected


@pytest.mark.parametrize("matter", Matter)
@pytest.mark.parametrize("kind", ItemKind)
def test_every_duty_has_a_name_a_doer_and_a_clause(
    matter: Matter, kind: ItemKind, rules: Rules
) -> None:
    for duty in following.after(item(matter, kind), DECIDED, rules):
        task = following.TASKS[duty.name]
        assert task.title
        assert task.who
        assert duty.law


def test_the_day_of_the_decision_does_not_count(rules: Rules) -> None:
    (duty,) = following.posting(DECIDED, rules)
    assert duty.due == DECIDED + timedelta(days=3)


def test_a_task_leads_to_the_page_where_it_is_done() -> None:
    estate, resolution = UUID(int=1), UUID(int=2)
    pages = {name: task.href(estate, resolution) for name, task in following.TASKS.items()}
    assert pages["decision_posted_days"] == f"/estates/{estate}/resolutions/{resolution}"
    assert pages["filing_days"] == f"/estates/{estate}/committee"
    assert pages["change_told_days"] == ""
