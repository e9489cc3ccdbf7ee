"""The desk over HTTP: who may come in, what is shown, and the blank paper."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff
from tests.support.builders import Frozen, Letter, Phone, frozen_assembly
from tests.support.households import SINGLE, THREE_FLATS, committee, company, covenant, roof
from tests.support.site import application
from voting.ballot import Channel

PASSWORD = "a-desk-in-the-hall"
PAGES = ("", "/{voter}", "/{voter}/ballot.pdf")


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = application(sqlite_url, tmp_path)
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def site(app: Flask) -> Site:
    site: Site = app.extensions["site"]
    return site


@pytest.fixture
def frozen(site: Site) -> Frozen:
    """Freeze an assembly, and give tellers to its estate and to another one."""
    now = site.clock.now()
    items = (roof(), company(), covenant(), committee())
    with site.database.writing() as session:
        frozen = frozen_assembly(session, site.keys, now, items=items)
        elsewhere = frozen_assembly(session, site.keys, now)
        for name, estate in (("teller", frozen.estate), ("stranger", elsewhere.estate)):
            account = staff.open_account(session, name, name, PASSWORD, now=now)
            node = session.get_one(EstateRecord, estate).node_id
            staff.grant(session, account, Role.TELLER, node)
    return frozen


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    answer = client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def desk(frozen: Frozen, letter: Letter, page: str = "/{voter}") -> str:
    return f"/assemblies/{frozen.assembly}/desk" + page.format(voter=letter.voter)


def paper(site: Site, frozen: Frozen, letter: Letter) -> dict[str, str]:
    browser = Phone(frozen, letter.voter, Channel.PAPER)
    token = browser.sign(frozen.choices("agree"), site.clock.now())
    return {"token": token, "note": "票号 1"}


def test_another_estates_teller_is_refused(app: Flask, site: Site, frozen: Frozen) -> None:
    letter = frozen.letter(SINGLE)
    stranger = signed_in(app, "stranger")
    assert [stranger.get(desk(frozen, letter, one)).status_code for one in PAGES] == [403] * 3
    posted = stranger.post(desk(frozen, letter, "/{voter}/cast"), json=paper(site, frozen, letter))
    assert posted.status_code == 403
    shown = signed_in(app, "teller").get(desk(frozen, letter)).text
    assert "还没有收到这一户的票" in shown


def test_a_paper_is_taken_and_shown_without_its_choice(
    app: Flask, site: Site, frozen: Frozen
) -> None:
    letter, teller = frozen.letter(SINGLE), signed_in(app, "teller")
    answer = teller.post(desk(frozen, letter, "/{voter}/cast"), json=paper(site, frozen, letter))
    assert (answer.status_code, answer.get_json()["late"]) == (200, False)
    shown = teller.get(answer.get_json()["url"]).text
    assert "纸质票已录入会议日志" in shown
    assert "纸质票，第 " in shown
    assert "录入人 teller，票号 1" in shown
    assert " checked" not in shown


def test_a_note_that_is_too_long_is_refused(app: Flask, site: Site, frozen: Frozen) -> None:
    letter, teller = frozen.letter(SINGLE), signed_in(app, "teller")
    posted = {**paper(site, frozen, letter), "note": "长" * 61}
    answer = teller.post(desk(frozen, letter, "/{voter}/cast"), json=posted)
    assert answer.status_code == 422


def test_the_list_is_found_by_room(app: Flask, frozen: Frozen) -> None:
    letter, teller = frozen.letter(SINGLE), signed_in(app, "teller")
    found = teller.get(desk(frozen, letter, ""), query_string={"room": letter.label}).text
    assert letter.label in found
    assert "打印空白票" in found
    assert "没有找到这个房号" in teller.get(desk(frozen, letter, "?room=九九号楼")).text


def test_the_blank_paper_says_who_votes_on_what(app: Flask, frozen: Frozen, tmp_path: Path) -> None:
    letter = frozen.letter(THREE_FLATS)
    answer = signed_in(app, "teller").get(desk(frozen, letter, "/{voter}/ballot.pdf"))
    assert answer.mimetype == "application/pdf"
    path = tmp_path / "ballot.pdf"
    path.write_bytes(answer.data)
    read = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    said = "".join(read.split())
    voter = next(one for one in frozen.roll if one.id == letter.voter)
    position = [one.id for one in frozen.roll].index(letter.voter) + 1
    assert said.count(f"票号：{position}") == 2
    assert all(part.label in said for part in voter.parts)
    assert all("".join(item.title.split()) in said for item in frozen.agenda.items)
    assert all(word in said for word in ("同意", "反对", "弃权", "都不选", "业主签名", "存根"))
