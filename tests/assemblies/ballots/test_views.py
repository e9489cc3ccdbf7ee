"""The owner's pages over HTTP: the code leaves no trace, the states are kind, posts are guarded."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from assemblies.app import create_app
from assemblies.ballots.views import PAPER_POLICY
from assemblies.foundation.config import Config
from assemblies.foundation.site import Site
from assemblies.owners import services as door
from assemblies.records.assemblies import AssemblyRecord, AttachmentRecord, LetterRecord
from assemblies.records.logs import LogRecord
from tests.support.builders import Frozen, Letter, Phone, frozen_assembly
from tests.support.households import COUPLE, PDF, PNG, SINGLE, THREE_FLATS
from voting.log.entries import Receipt

AGREE = ("agree", "a", "agree")
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"|data-csrf="([^"]+)"')


@dataclass(slots=True)
class Visitor:
    """A browser without a script."""

    client: FlaskClient
    frozen: Frozen
    csrf: str = ""

    def get(self, path: str) -> TestResponse:
        answer = self.client.get(path)
        found = CSRF.search(answer.text) if answer.mimetype == "text/html" else None
        self.csrf = next(filter(None, found.groups())) if found else self.csrf
        return answer

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.csrf, **fields})

    def send(self, path: str, body: object) -> TestResponse:
        return self.client.post(path, json=body, headers={"X-CSRFToken": self.csrf})

    def enter(self, letter: Letter, fact: str) -> TestResponse:
        self.get(f"/v/{letter.code}")
        self.get("/prove")
        self.post("/prove", fact=fact)
        return self.get("/vote")

    def phone(self, letter: Letter) -> Phone:
        phone = Phone(self.frozen, letter.voter)
        assert self.send("/vote/credential", {"jwk": phone.jwk}).status_code == 200
        return phone

    def cast(self, phone: Phone, *words: str) -> TestResponse:
        token = phone.sign(self.frozen.choices(*words), self.frozen.agenda.opens)
        return self.send("/vote/cast", {"token": token})


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(Config(tmp_path / "instance", database_url, "http://localhost"))
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def site(app: Flask) -> Site:
    inside: Site = app.extensions["site"]
    return inside


@pytest.fixture
def frozen(site: Site) -> Frozen:
    with site.database.writing() as session:
        return frozen_assembly(session, site.keys, site.clock.now())


@pytest.fixture
def visitor(app: Flask, frozen: Frozen) -> Visitor:
    return Visitor(app.test_client(), frozen)


@pytest.fixture
def letter(frozen: Frozen) -> Letter:
    return frozen.letter(SINGLE)


# --- the door -----------------------------------------------------------------------------------


def test_the_code_leaves_the_address_at_once(visitor: Visitor, letter: Letter) -> None:
    answer = visitor.get(f"/v/{letter.code}")
    assert (answer.status_code, answer.location) == (303, "/prove")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert letter.code not in visitor.get("/prove").text


@pytest.mark.parametrize("code", ["23456789ABCD", "x", "中文中文中文中文中文中文"])
def test_an_unknown_code_gets_one_kind_answer(visitor: Visitor, code: str) -> None:
    answer = visitor.get(f"/v/{code}")
    assert answer.status_code == 422
    assert door.UNKNOWN in answer.text


def test_a_typed_code_leads_on(visitor: Visitor, letter: Letter) -> None:
    visitor.get("/v")
    typed = f"{letter.code[:4].lower()} {letter.code[4:]}"
    assert visitor.post("/v", code=typed).location == "/prove"


def test_the_door_shows_the_home_and_no_name(visitor: Visitor, letter: Letter) -> None:
    visitor.get(f"/v/{letter.code}")
    page = visitor.get("/prove").text
    assert "1号楼1单元101" in page
    assert not [owner.name for owner in SINGLE.owners if owner.name in page]


def test_a_wrong_fact_is_told_and_counted(visitor: Visitor, letter: Letter) -> None:
    visitor.get(f"/v/{letter.code}")
    visitor.get("/prove")
    answers = [visitor.post("/prove", fact="0000") for _ in range(door.FACTS_PER_LETTER + 1)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert door.WRONG in answers[0].text
    assert door.LOCKED in answers[-1].text
    assert visitor.get("/vote").status_code == 401


def test_without_a_letter_there_is_a_way_to_the_door(visitor: Visitor) -> None:
    for path in ("/prove", "/vote", "/vote/change", "/vote/receipt"):
        answer = visitor.get(path)
        assert answer.status_code == 401
        assert 'href="/v"' in answer.text


def test_scanning_again_needs_no_second_proof(visitor: Visitor, letter: Letter) -> None:
    visitor.enter(letter, "1234")
    assert visitor.get(f"/v/{letter.code}").location == "/vote"


def test_leaving_forgets_the_owner(visitor: Visitor, letter: Letter) -> None:
    visitor.enter(letter, "1234")
    visitor.post("/leave")
    assert visitor.get("/vote").status_code == 401


def test_a_letter_made_void_meanwhile_is_told(visitor: Visitor, site: Site, letter: Letter) -> None:
    visitor.enter(letter, "1234")
    with site.database.writing() as session:
        session.get_one(LetterRecord, letter.id).voided_at = site.clock.now()
    answer = visitor.get("/vote")
    assert answer.status_code == 401
    assert door.VOID in answer.text


# --- the paper ----------------------------------------------------------------------------------


def test_the_paper_shows_everything_on_one_page(visitor: Visitor, letter: Letter) -> None:
    page = visitor.enter(letter, "1234").text
    for wanted in (
        "1 户 · 89.23 ㎡",
        "使用 1号楼维修资金",
        "1.80 元/㎡·月",
        "第十二条",
        "工程预算.pdf",
        "民法典第278条",
    ):
        assert wanted in page


def test_an_item_that_does_not_concern_a_voter_offers_no_choice(
    visitor: Visitor, frozen: Frozen
) -> None:
    letter = next(one for one in frozen.letters if one.label.startswith("2号楼"))
    page = visitor.enter(letter, "de7k").text
    first, second = frozen.agenda.items[:2]
    assert "与您的房屋无关" in page
    assert f'name="{first.id}"' not in page
    assert f'name="{second.id}"' in page


def test_several_homes_are_one_head(visitor: Visitor, frozen: Frozen) -> None:
    page = visitor.enter(frozen.letter(THREE_FLATS), "4321").text
    assert "1 户 · 280.73 ㎡" in page


def test_nothing_is_inline(visitor: Visitor, letter: Letter) -> None:
    visitor.get(f"/v/{letter.code}")
    door_page = visitor.get("/prove").text
    for text in (door_page, visitor.enter(letter, "1234").text):
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", text)


def test_attachments_are_shown_and_can_do_nothing(
    visitor: Visitor, letter: Letter, frozen: Frozen
) -> None:
    visitor.enter(letter, "1234")
    for paper, content in zip(frozen.agenda.items[0].attachments, (PDF, PNG), strict=True):
        answer = visitor.get(f"/vote/attachments/{paper.id}")
        assert answer.data == content
        assert answer.mimetype == paper.media_type
        assert answer.headers["Content-Security-Policy"] == PAPER_POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''%E5")


def test_a_paper_of_another_kind_is_only_handed_out(
    visitor: Visitor, site: Site, letter: Letter, frozen: Frozen
) -> None:
    paper = frozen.agenda.items[0].attachments[0].id
    with site.database.writing() as session:
        session.get_one(AttachmentRecord, paper).media_type = "text/html"
    visitor.enter(letter, "1234")
    answer = visitor.get(f"/vote/attachments/{paper}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == PAPER_POLICY


def test_papers_of_another_assembly_are_not_found(
    visitor: Visitor, site: Site, letter: Letter
) -> None:
    with site.database.writing() as session:
        other = frozen_assembly(session, site.keys, site.clock.now())
    visitor.enter(letter, "1234")
    foreign = other.agenda.items[0].attachments[0].id
    assert visitor.get(f"/vote/attachments/{foreign}").status_code == 404
    assert visitor.get(f"/vote/attachments/{uuid4()}").status_code == 404


# --- the states ---------------------------------------------------------------------------------

STATES = {
    "before": ("frozen", timedelta(days=-1), "投票还没有开始"),
    "closed by the clock": ("frozen", timedelta(days=14), "投票已经截止"),
    "closed": ("closed", timedelta(days=14), "投票已经截止"),
    "counted": ("counted", timedelta(days=15), "投票已经截止"),
    "published": ("published", timedelta(days=40), "结果已经公布"),
}


@pytest.mark.parametrize(("phase", "ahead", "said"), STATES.values(), ids=STATES)
def test_every_state_has_a_kind_page(
    visitor: Visitor, site: Site, letter: Letter, phase: str, ahead: timedelta, said: str
) -> None:
    visitor.enter(letter, "1234")
    with site.database.writing() as session:
        session.execute(update(AssemblyRecord).values(phase=phase))
    site.clock.ahead = ahead
    for path in ("/vote", "/vote/change"):
        page = visitor.get(path).text
        assert said in page
        assert "签名并提交" not in page


def test_a_change_of_mind_follows_the_frozen_policy(
    app: Flask, site: Site, visitor: Visitor
) -> None:
    for revote, may in (("first", False), ("last", True), ("paper", True)):
        with site.database.writing() as session:
            frozen = frozen_assembly(session, site.keys, site.clock.now(), revote=revote)
        owner = Visitor(app.test_client(), frozen)
        letter = frozen.letter(SINGLE)
        first_page = owner.enter(letter, "1234").text
        assert ("提交以后不能再改" in first_page) is not may
        assert owner.cast(owner.phone(letter), *AGREE).status_code == 200
        assert "您家已经投好票了" in owner.get("/vote").text
        assert ("签名并提交" in owner.get("/vote/change").text) is may


# --- what the script posts ----------------------------------------------------------------------


def test_a_cast_ballot_gives_a_receipt_that_verifies(
    visitor: Visitor, site: Site, letter: Letter
) -> None:
    visitor.enter(letter, "1234")
    answer = visitor.cast(visitor.phone(letter), *AGREE)
    assert answer.status_code == 200
    posted = answer.get_json()
    kept = visitor.get(f"{posted['url']}.json")
    assert kept.get_json() == posted["receipt"]
    assert kept.headers["Content-Disposition"].startswith("attachment")
    with site.database.reading() as session:
        origin = session.get_one(LogRecord, visitor.frozen.log).origin
    Receipt.from_json(kept.get_json()).verify(site.keys.log_signer(origin).verifier)


def test_the_receipt_page_proves_without_telling(visitor: Visitor, letter: Letter) -> None:
    visitor.enter(letter, "1234")
    place = visitor.cast(visitor.phone(letter), "against", "b", "abstain").get_json()["url"]
    page = visitor.get(place).text
    for wanted in ("您的表决票已收到", "1 户 · 89.23 ㎡", "第 7 条", "zhongjue.local/assembly"):
        assert wanted in page
    for choice in ("反对", "弃权", "乙物业", "against"):
        assert choice not in page


def test_a_retry_over_http_gets_the_same_answer(visitor: Visitor, letter: Letter) -> None:
    visitor.enter(letter, "1234")
    phone = visitor.phone(letter)
    body = {"token": phone.sign(visitor.frozen.choices(*AGREE), visitor.frozen.agenda.opens)}
    first, again = visitor.send("/vote/cast", body), visitor.send("/vote/cast", body)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.get_json() == again.get_json()


def test_the_other_owners_receipt_is_not_mine(
    app: Flask, visitor: Visitor, letter: Letter, frozen: Frozen
) -> None:
    visitor.enter(letter, "1234")
    place = visitor.cast(visitor.phone(letter), *AGREE).get_json()["url"]
    other = Visitor(app.test_client(), frozen)
    other.enter(frozen.letter(COUPLE), "3456")
    assert other.get(place).status_code == 404
    assert other.get(f"{place}.json").status_code == 404
    assert other.get("/vote/receipt").status_code == 404


def test_a_late_ballot_says_that_it_does_not_count(
    visitor: Visitor, site: Site, letter: Letter
) -> None:
    visitor.enter(letter, "1234")
    phone = visitor.phone(letter)
    site.clock.ahead = timedelta(days=14)
    posted = visitor.cast(phone, *AGREE).get_json()
    assert posted["late"] is True
    page = visitor.get(posted["url"]).text
    assert "已过截止时间，此票记录为逾期，不计入" in page
    assert "您家没有在截止以前投票" in visitor.get("/vote").text


POSTS = {
    "a key that is none": ("/vote/credential", {"jwk": {"kty": "EC"}}, 422, "Malformed"),
    "a token that is none": ("/vote/cast", {"token": "x"}, 422, "Malformed"),
    "one field too many": ("/vote/cast", {"token": "x", "y": 1}, 422, "Malformed"),
    "a list": ("/vote/cast", [], 422, "Malformed"),
    "too long": ("/vote/cast", {"token": "x" * 100_001}, 422, "Malformed"),
}


@pytest.mark.parametrize(("path", "body", "status", "refusal"), POSTS.values(), ids=POSTS)
def test_what_is_refused_says_why(
    visitor: Visitor, letter: Letter, path: str, body: object, status: int, refusal: str
) -> None:
    visitor.enter(letter, "1234")
    answer = visitor.send(path, body)
    assert answer.status_code == status
    assert answer.get_json()["refusal"] == refusal
    assert answer.get_json()["said"]


def test_no_json_at_all_is_refused(visitor: Visitor, letter: Letter) -> None:
    visitor.enter(letter, "1234")
    answer = visitor.client.post(
        "/vote/cast",
        data="{",
        content_type="application/json",
        headers={"X-CSRFToken": visitor.csrf},
    )
    assert answer.status_code == 400


def test_a_post_without_the_pages_token_is_refused(visitor: Visitor, letter: Letter) -> None:
    visitor.enter(letter, "1234")
    visitor.csrf = "forged"
    assert visitor.send("/vote/cast", {"token": "x"}).status_code == 400


def test_a_post_without_a_letter_is_told_so(visitor: Visitor) -> None:
    visitor.get("/v")
    answer = visitor.send("/vote/cast", {"token": "x"})
    assert (answer.status_code, answer.get_json()["refusal"]) == (401, "LetterNeeded")


def test_nothing_is_logged_of_codes_names_or_choices(
    visitor: Visitor, letter: Letter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor.enter(letter, "1234")
    visitor.cast(visitor.phone(letter), *AGREE)
    for secret in (letter.code, "张三丰", "1234", "agree"):
        assert secret not in caplog.text
