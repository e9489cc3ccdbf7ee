"""The console over HTTP: reach, keying, submission, papers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.records.files import FileRecord
from assemblies.staff import services as staff
from tests.support.district import District, committee, district, duty, filed
from tests.support.households import PDF
from tests.support.site import application

LONG_AGO = datetime(2025, 6, 1, tzinfo=UTC)
NOW = datetime(2026, 4, 2, 4, tzinfo=UTC)
PASSWORD = "correct-horse-battery"


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    made = application(sqlite_url, tmp_path)
    site: Site = made.extensions["site"]
    site.clock.ahead = NOW - datetime.now(UTC)
    yield made
    site.database.close()


@pytest.fixture
def town(app: Flask) -> District:
    site: Site = app.extensions["site"]
    with site.database.writing() as session:
        made = district(session, LONG_AGO, streets=2)
        for estate in made.estates:
            filed(session, committee(session, estate, date(2025, 9, 1)), LONG_AGO)
            duty(session, estate, date(2026, 3, 30))
        people = (("street", Role.STREET, 0), ("neighbour", Role.STREET, 1))
        for name, role, place in people:
            account = staff.open_account(session, name, "王主任", PASSWORD, now=LONG_AGO)
            staff.grant(session, account, role, made.streets[place])
        account = staff.open_account(session, "community", "社区李", PASSWORD, now=LONG_AGO)
        staff.grant(session, account, Role.COMMUNITY, made.communities[0])
    return made


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})
    return client


def test_the_console_shows_what_is_late_and_what_is_due(app: Flask, town: District) -> None:
    street = signed_in(app, "street")
    page = street.get("/console").get_data(as_text=True)
    assert "1街1社区第1小区" in page
    assert "2街1社区第1小区" not in page
    assert "备案（业委会）逾期 3 天" in page
    assert "示例1街道 2026年3月工作进展情况统计表" in page
    assert "还有 1 天" in page
    assert f'href="/estates/{town.estates[0]}/duties"' in page
    assert "没有符合的小区" in street.get("/console?q=别处").get_data(as_text=True)


def test_a_street_never_sees_the_table_or_the_proof_of_another(app: Flask, town: District) -> None:
    street, neighbour = signed_in(app, "street"), signed_in(app, "neighbour")
    at = f"/console/months/{town.streets[0]}"
    sent = street.post(
        f"{at}/2026-03/sections/2",
        data={"v12_0": "5", "f12": (BytesIO(PDF), "证明.pdf")},
        content_type="multipart/form-data",
    )
    assert sent.status_code == 302
    site: Site = app.extensions["site"]
    with site.database.reading() as session:
        file = session.query(FileRecord).one().id
    places = (at, f"{at}/2026-03", f"{at}/2026-03/table.pdf", f"/files/{file}")
    assert [street.get(one).status_code for one in places] == [200] * 4
    assert [neighbour.get(one).status_code for one in places] == [403] * 4
    assert neighbour.post(f"{at}/2026-03/submit", data={"seen": "y"}).status_code == 403


def test_a_community_looks_at_its_own_table_and_keys_nothing(app: Flask, town: District) -> None:
    community = signed_in(app, "community")
    at = f"/console/months/{town.communities[0]}"
    assert community.get(f"{at}/2026-03").status_code == 200
    assert community.get(f"{at}/2026-03/sections/1").status_code == 403
    assert community.get(f"/console/months/{town.streets[0]}/2026-03").status_code == 403


def test_a_number_without_its_paper_is_refused_where_it_was_typed(
    app: Flask, town: District
) -> None:
    street = signed_in(app, "street")
    at = f"/console/months/{town.streets[0]}/2026-03/sections/2"
    answer = street.post(at, data={"v12_0": "5"})
    assert answer.status_code == 422
    assert "请附上证明材料" in answer.get_data(as_text=True)
    assert "请填写整数" in street.post(at, data={"v12_0": "五"}).get_data(as_text=True)
    assert street.post(at, data={"v12_0": "０"}).status_code == 302


def test_a_month_is_keyed_section_by_section_submitted_and_handed_out(
    app: Flask, town: District
) -> None:
    street = signed_in(app, "street")
    at = f"/console/months/{town.streets[0]}/2026-03"
    assert "还有 40 行没有填" in street.get(at).get_data(as_text=True)
    first = street.get(f"{at}/sections/1").get_data(as_text=True)
    assert "1 个，属实就直接保存" in first
    data = {f"v{number}_0": "1" for number in (1, 2, 3)}
    assert street.post(f"{at}/sections/1", data=data).status_code == 302
    refused = street.post(f"{at}/submit", data={"seen": "y"})
    assert refused.status_code == 422
    assert "还有 37 行没有填" in refused.get_data(as_text=True)
    for section in range(2, 9):
        noughts = {f"v{number}_0": "0" for number in range(12, 55) if number not in COMPUTED}
        assert street.post(f"{at}/sections/{section}", data=noughts).status_code == 302
    assert street.post(f"{at}/submit", data={"seen": "y"}).status_code == 302
    page = street.get(at).get_data(as_text=True)
    assert "已于2026年4月2日" in page
    assert "填报“" not in page
    assert "业委会组建率" in page
    assert street.get(f"{at}/table.xlsx").data.startswith(b"PK")
    assert street.get(f"{at}/table.pdf").data.startswith(b"%PDF")
    closed = street.post(f"{at}/sections/2", data={"v12_0": "7"})
    assert closed.status_code == 409
    history = street.get(f"/console/months/{town.streets[0]}").get_data(as_text=True)
    assert "按时提交" in history
    assert "示例1街道" in street.get("/console/months").get_data(as_text=True)


COMPUTED = {33, 34, 37, 38, 44, 45}


@pytest.mark.parametrize("path", ["2026-13", "x", "2026-03/sections/0", "2026-03/sections/9"])
def test_what_is_no_month_or_section_is_not_found(app: Flask, town: District, path: str) -> None:
    street = signed_in(app, "street")
    assert street.get(f"/console/months/{town.streets[0]}/{path}").status_code == 404
