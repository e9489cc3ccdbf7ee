"""The calendar's pages over HTTP: groups, who may mark what as done, the export, the worker."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from assemblies.cli.worker import work_once
from assemblies.foundation.clock import Clock
from assemblies.foundation.permissions import Role
from assemblies.records.duties import DutyRecord
from tests.support.committee import resolved
from tests.support.doors import Door, door
from tests.support.households import PDF
from tests.support.resolutions import opened
from tests.support.site import application

ROLES = (Role.DIRECTOR, Role.STREET, Role.COMMUNITY, Role.LIAISON)


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = application(database_url, tmp_path_factory.mktemp("site"))
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def place(app: Flask) -> Door:
    return door(app, *ROLES)


def asked(place: Door, name: str = "change_told_days", who: str = "", days: int = 0) -> UUID:
    """Open a duty some days ago and return its id."""
    now = place.site.clock.now() - timedelta(days=days)
    with place.site.database.writing() as session:
        record = resolved(session, place.estate.estate, now, title="修改管理规约", matter=2)
        duty = opened(session, record, name, now=now)
        duty.who = who or duty.who
        return duty.id


def proved() -> dict[str, object]:
    return {"said": "已送街道和主管部门", "proof": (io.BytesIO(PDF), "回执.pdf")}


def test_the_late_stand_first_and_say_so_in_words(place: Door) -> None:
    asked(place)
    asked(place, days=33)
    text = place.clients[Role.STREET].get(place.at("duties")).text
    assert "逾期 3 天" in text
    assert text.index("已经逾期（1）") < text.index("以后（1）")


def test_an_empty_calendar_says_what_will_stand_there(place: Door) -> None:
    assert "没有待办事项" in place.director.get(place.at("duties")).text
    assert place.clients[Role.LIAISON].get(place.at("duties")).status_code == 403


def test_the_chair_marks_a_duty_as_done_with_a_proof(place: Door) -> None:
    duty = asked(place)
    address = place.at(f"duties/{duty}/done")
    refused = place.director.post(address, data={"said": "已送"})
    assert refused.status_code == 422
    assert "请附上凭证" in refused.text
    answer = place.director.post(address, data=proved())
    page = place.director.get(answer.headers["Location"]).text
    assert "已送街道和主管部门" in page
    assert "回执.pdf" in page
    assert place.director.get(address).status_code == 409


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("committee", {Role.DIRECTOR}),
        ("community", {Role.STREET, Role.COMMUNITY}),
        ("street", {Role.STREET}),
    ],
)
def test_each_marks_only_what_is_its_own(place: Door, who: str, allowed: set[Role]) -> None:
    address = place.at(f"duties/{asked(place, who=who)}/done")
    for role in ROLES:
        expected = 200 if role in allowed else 403
        assert place.clients[role].get(address).status_code == expected, role


def test_a_duty_of_another_estate_is_not_found(app: Flask, place: Door) -> None:
    duty = asked(door(app, Role.DIRECTOR))
    assert place.director.get(place.at(f"duties/{duty}/done")).status_code == 404


def test_the_calendar_is_read_for_one_actor_by_month_and_on_a_telephone(place: Door) -> None:
    duty = asked(place)
    assert "修改管理规约" not in place.director.get(place.at("duties?who=street")).text
    assert "修改管理规约" in place.director.get(place.at("duties?who=committee")).text
    with place.site.database.reading() as session:
        due = session.get_one(DutyRecord, duty).due_on
    assert due is not None
    month = place.director.get(place.at(f"duties/month?month={due:%Y-%m}")).text
    assert f"{due.month}月{due.day}日" in month
    answer = place.director.get(place.at("duties/calendar.ics"))
    assert answer.mimetype == "text/calendar"
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}\r\n" in answer.text
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_worker_tells_of_what_is_late_exactly_once(place: Door) -> None:
    duty = asked(place)
    later = replace(place.site, clock=Clock(timedelta(days=31)))
    work_once(place.site)
    with place.site.database.reading() as session:
        assert session.get_one(DutyRecord, duty).late_at is None
    work_once(later)
    with place.site.database.reading() as session:
        first = session.get_one(DutyRecord, duty).late_at
    assert first is not None
    work_once(replace(place.site, clock=Clock(timedelta(days=40))))
    with place.site.database.reading() as session:
        assert session.get_one(DutyRecord, duty).late_at == first


def test_the_estates_own_page_shows_the_three_most_urgent(place: Door) -> None:
    asked(place, days=33)
    page = place.director.get(f"/estates/{place.estate.estate}").text
    assert "逾期 3 天" in page
    assert "全部待办事项" in page
    assert (
        "全部待办事项"
        not in place.clients[Role.LIAISON].get(f"/estates/{place.estate.estate}").text
    )
