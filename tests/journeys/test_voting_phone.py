"""Owners vote on their phones, in a real browser: what it made opens and verifies in Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select

from assemblies.records.logs import LogEntryRecord
from tests.support.builders import Frozen, Letter, frozen_assembly
from tests.support.households import COUPLE, SINGLE, committee, company, covenant, roof
from tests.support.live import LiveSite
from voting.ballot import Ballot, Choice, Credential, open_choices
from voting.log.entries import Entry, Receipt

SLOW = 15_000
PHONE, NARROW, DESK = 390, 320, 1280
WEIGHT_LIMIT = 60_000
NO_STORE = "Object.defineProperty(window, 'indexedDB', { get() { return undefined; } })"
CLOSED_STORE = (
    "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
)
SILENT_STORE = "IDBFactory.prototype.open = () => ({})"
NO_CRYPTO = "Object.defineProperty(Crypto.prototype, 'subtle', { get() { return undefined; } })"
UNABLE = {
    "no IndexedDB": NO_STORE,
    "IndexedDB refuses": CLOSED_STORE,
    "IndexedDB never answers": SILENT_STORE,
    "no WebCrypto": NO_CRYPTO,
}
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile MicroMessenger/8.0.50"
ALL_FOUR: dict[str, Any] = {"items": (roof(), company(), covenant(), committee())}


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody with a letter and a phone."""

    live: LiveSite
    frozen: Frozen
    letter: Letter
    page: Page

    def enter(self, fact: str = "1234") -> None:
        self.page.goto(self.live.url(f"/v/{self.letter.code}"))
        self.page.get_by_role("textbox").fill(fact)
        self.page.get_by_role("button", name="进入投票").click()
        expect(self.page.locator("#to-check")).to_be_visible(timeout=SLOW)

    def choose(self, *words: str | dict[str, str]) -> None:
        for item, word in zip(self.frozen.agenda.items, words, strict=False):
            named = (
                {f"{item.id}.{one}": said for one, said in word.items()}
                if isinstance(word, dict)
                else {str(item.id): word}
            )
            for name, value in named.items():
                self.page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()

    def read_back(self) -> None:
        self.page.get_by_role("button", name="核对我的选择").click()
        expect(self.page.get_by_role("heading", level=1, name="核对您的选择")).to_be_focused()

    def sign(self) -> None:
        self.page.get_by_role("button", name="签名并提交").click()

    def receipt(self) -> int:
        self.page.wait_for_url("**/vote/receipt/*", timeout=SLOW)
        expect(self.page.get_by_text("您的表决票已收到")).to_be_visible()
        return int(self.page.url.rpartition("/")[2])

    def vote(self, *words: str) -> int:
        self.enter()
        self.choose(*words)
        self.read_back()
        self.sign()
        return self.receipt()

    def logged(self) -> list[tuple[int, str]]:
        return logged(self.live, self.frozen, self.letter.voter)

    def opened(self, token: str) -> dict[UUID, Choice]:
        """Check a logged ballot as a verifier would, and open it with the opening key."""
        ballot = Ballot.read(token, trusted=credentials(self.live, self.frozen))
        ballot.require_bound(self.frozen.bound)
        assert ballot.voter == self.letter.voter
        key, assembly = self.frozen.opening, self.frozen.assembly
        return dict(open_choices(ballot.sealed, key, assembly=assembly, voter=ballot.voter))


def entries(live: LiveSite, frozen: Frozen, kind: str) -> list[tuple[int, UUID | None, str]]:
    with live.site.database.reading() as session:
        found = select(LogEntryRecord.index, LogEntryRecord.subject, LogEntryRecord.data).where(
            LogEntryRecord.log_id == frozen.log, LogEntryRecord.kind == kind
        )
        rows = session.execute(found.order_by(LogEntryRecord.index)).all()
    return [(row[0], row[1], str(Entry.parse(row[2]).body["token"])) for row in rows]


def logged(live: LiveSite, frozen: Frozen, voter: UUID) -> list[tuple[int, str]]:
    return [(at, token) for at, whose, token in entries(live, frozen, "ballot") if whose == voter]


def credentials(live: LiveSite, frozen: Frozen) -> set[str]:
    tokens = [token for _, _, token in entries(live, frozen, "credential")]
    return {Credential.read(one, registrar=frozen.agenda.registrar).key for one in tokens}


def assembly(live: LiveSite, **options: Any) -> Frozen:
    with live.site.database.writing() as session:
        return frozen_assembly(session, live.site.keys, live.site.clock.now(), **options)


@pytest.fixture
def frozen(live_site: LiveSite) -> Frozen:
    return assembly(live_site)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": PHONE, "height": 844}, locale="zh-CN")
    opened.set_default_timeout(SLOW)
    yield opened
    opened.close()


@pytest.fixture
def owner(live_site: LiveSite, frozen: Frozen, context: BrowserContext) -> Owner:
    return Owner(live_site, frozen, frozen.letter(SINGLE), context.new_page())


# --- the vote -----------------------------------------------------------------------------------


def test_what_the_phone_made_verifies_and_opens(owner: Owner) -> None:
    place = owner.vote("agree", "b", "against")
    [(index, token)] = owner.logged()
    assert index == place
    assert owner.opened(token) == owner.frozen.choices("agree", "b", "against")


def test_the_read_back_says_every_choice(owner: Owner) -> None:
    owner.enter()
    expect(owner.page.locator("#progress")).to_have_text("已选 0/3 项")
    owner.choose("agree", "b", "against")
    expect(owner.page.locator("#progress")).to_have_text("已选 3/3 项")
    owner.read_back()
    said = owner.page.locator("#chosen dd").all_inner_texts()
    assert said == ["同意", "乙物业服务有限公司（示例）", "反对"]
    assert owner.logged() == []


def test_a_choice_is_changed_from_the_read_back(owner: Owner) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    owner.page.get_by_role("button", name="修改：选聘物业服务企业").click()
    expect(owner.page.get_by_role("heading", name="选聘物业服务企业")).to_be_focused()
    owner.choose("agree", "none")
    owner.read_back()
    owner.sign()
    owner.receipt()
    assert owner.opened(owner.logged()[0][1]) == owner.frozen.choices("agree", "none", "agree")


def test_the_phones_own_back_button_leads_back_to_the_paper(owner: Owner) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    owner.page.go_back()
    expect(owner.page.locator("#to-check")).to_be_visible()
    expect(owner.page.locator("#progress")).to_have_text("已选 3/3 项")


def test_what_is_left_out_is_asked_for_once_and_may_stay_out(owner: Owner) -> None:
    owner.enter()
    owner.page.get_by_role("button", name="核对我的选择").click()
    expect(owner.page.get_by_text("还有 3 项没有选")).to_be_visible()
    expect(owner.page.locator("#leave-blank")).to_be_hidden()
    owner.choose("agree")
    owner.page.get_by_role("button", name="核对我的选择").click()
    expect(owner.page.locator("#missing")).to_be_focused()
    expect(owner.page.get_by_text("还有 2 项没有选")).to_be_visible()
    owner.page.get_by_role("button", name="不选了，就这样继续").click()
    expect(owner.page.get_by_text("这一项不算您参与")).to_have_count(2)
    owner.sign()
    owner.receipt()
    assert owner.opened(owner.logged()[0][1]) == owner.frozen.choices("agree")


def test_an_election_allows_as_many_as_there_are_seats(
    live_site: LiveSite, context: BrowserContext
) -> None:
    frozen = assembly(live_site, **ALL_FOUR)
    owner = Owner(live_site, frozen, frozen.letter(SINGLE), context.new_page())
    owner.enter()
    owner.choose("agree", "a", "agree", {"c1": "agree", "c2": "agree", "c3": "agree"})
    owner.page.get_by_role("button", name="核对我的选择").click()
    expect(owner.page.get_by_text("最多同意 2 人，您同意了 3 人")).to_be_visible()
    owner.choose("agree", "a", "agree", {"c2": "against"})
    owner.page.locator(f'input[name="{frozen.agenda.items[3].id}.c3"]').first.evaluate(
        "input => document.getElementsByName(input.name).forEach(one => { one.checked = false; })"
    )
    owner.read_back()
    owner.sign()
    owner.receipt()
    election = {"c1": "agree", "c2": "against", "c3": "abstain"}
    assert owner.opened(owner.logged()[0][1])[frozen.agenda.items[3].id] == election


def test_the_length_of_a_ballot_tells_nothing(live_site: LiveSite, browser: Browser) -> None:
    frozen = assembly(live_site, **ALL_FOUR)
    lengths = set()
    for words in (("agree", "a", "agree"), ("abstain", "abstain", "against"), ("agree",)):
        with browser.new_context(locale="zh-CN") as context:
            owner = Owner(live_site, frozen, frozen.letter(SINGLE), context.new_page())
            owner.page.goto(live_site.url(f"/v/{owner.letter.code}"))
            owner.page.get_by_role("textbox").fill("1234")
            owner.page.get_by_role("button", name="进入投票").click()
            owner.page.goto(live_site.url("/vote/change"))
            expect(owner.page.locator("#to-check")).to_be_visible(timeout=SLOW)
            owner.choose(*words)
            owner.page.get_by_role("button", name="核对我的选择").click()
            owner.page.get_by_role("button", name="不选了，就这样继续").click()
            owner.sign()
            owner.receipt()
        token = owner.logged()[-1][1]
        lengths.add(len(Ballot.read(token, trusted=credentials(live_site, frozen)).sealed))
    assert len(lengths) == 1


def test_the_key_never_leaves_the_phone(owner: Owner) -> None:
    owner.vote("agree", "a", "agree")
    refusal = owner.page.evaluate(
        """async (name) => {
          const { get } = await import("/static/ballots/store.js");
          const { privateKey } = await get("keys", name);
          return crypto.subtle.exportKey("jwk", privateKey).then(() => "", (error) => error.name);
        }""",
        f"{owner.frozen.assembly}/{owner.letter.voter}",
    )
    assert refusal == "InvalidAccessError"


def test_nothing_of_the_choice_stays_on_the_phone(owner: Owner) -> None:
    owner.vote("agree", "a", "agree")
    assert owner.page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert owner.page.evaluate(OUTBOX) == []


OUTBOX = """async () => {
  const opened = await new Promise((resolve) => {
    const asked = indexedDB.open("zhongjue", 1);
    asked.onsuccess = () => resolve(asked.result);
  });
  return new Promise((resolve) => {
    const asked = opened.transaction("outbox").objectStore("outbox").getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
}"""


def test_a_draft_survives_a_look_at_a_paper(owner: Owner) -> None:
    owner.enter()
    owner.choose("agree", "b")
    paper = owner.frozen.agenda.items[0].attachments[1]
    owner.page.goto(owner.live.url(f"/vote/attachments/{paper.id}"))
    owner.page.goto(owner.live.url("/vote"))
    expect(owner.page.locator("#progress")).to_have_text("已选 2/3 项")


# --- a change of mind ---------------------------------------------------------------------------


def test_a_change_of_mind_is_a_second_ballot_of_the_same_phone(owner: Owner) -> None:
    owner.vote("agree", "a", "agree")
    owner.page.goto(owner.live.url("/vote"))
    expect(owner.page.get_by_role("heading", name="您家已经投好票了")).to_be_visible()
    owner.page.get_by_role("link", name="改主意了，重新投").click()
    expect(owner.page.locator("#to-check")).to_be_visible()
    owner.choose("against", "b", "abstain")
    owner.read_back()
    owner.sign()
    owner.page.wait_for_url("**/vote/receipt/*")
    (_, first), (_, second) = owner.logged()
    trusted = credentials(owner.live, owner.frozen)
    old, new = Ballot.read(first, trusted=trusted), Ballot.read(second, trusted=trusted)
    assert (new.key, new.counter, new.previous) == (old.key, 2, old.identity)
    assert owner.opened(second) == owner.frozen.choices("against", "b", "abstain")


def test_where_the_first_ballot_stands_it_is_said_before_signing(
    live_site: LiveSite, context: BrowserContext
) -> None:
    frozen = assembly(live_site, revote="first")
    owner = Owner(live_site, frozen, frozen.letter(SINGLE), context.new_page())
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    expect(owner.page.locator("#check .notice")).to_contain_text("提交以后不能再改")
    owner.sign()
    owner.receipt()
    owner.page.goto(live_site.url("/vote/change"))
    expect(owner.page.get_by_text("所以不能再改")).to_be_visible()
    expect(owner.page.locator("form#paper")).to_have_count(0)


def test_co_owners_vote_on_two_phones(live_site: LiveSite, browser: Browser) -> None:
    frozen = assembly(live_site)
    letter = frozen.letter(COUPLE)
    places: list[int] = []
    for fact in ("3456", "7890"):
        with browser.new_context(locale="zh-CN") as context:
            owner = Owner(live_site, frozen, letter, context.new_page())
            owner.page.goto(live_site.url(f"/v/{letter.code}"))
            owner.page.get_by_role("textbox").fill(fact)
            owner.page.get_by_role("button", name="进入投票").click()
            if places:
                owner.page.get_by_role("link", name="改主意了，重新投").click()
                expect(owner.page.get_by_text("您家已经投过票了")).to_be_visible()
            expect(owner.page.locator("#to-check")).to_be_visible()
            owner.choose("agree", "a", "agree")
            owner.read_back()
            owner.sign()
            places.append(owner.receipt())
    assert [index for index, _ in logged(live_site, frozen, letter.voter)] == places
    assert len(credentials(live_site, frozen)) == 2


# --- the connection is lost ---------------------------------------------------------------------


def test_the_answer_is_lost_after_the_ballot_was_logged(owner: Owner) -> None:
    """Golden 15: the page sends the same ballot again and gets the receipt of the first time."""
    answers: list[Any] = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.json())
        if len(answers) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    owner.page.route("**/vote/cast", lose_the_first)
    place = owner.vote("agree", "a", "agree")
    assert len(answers) == 2
    assert answers[0] == answers[1]
    assert [index for index, _ in owner.logged()] == [place]


def test_a_reload_sends_what_was_signed_before(owner: Owner) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    owner.page.route("**/vote/cast", lambda route: (route.fetch(), route.abort())[1])
    owner.sign()
    expect(owner.page.locator("#status")).to_contain_text("存在这部手机里")
    owner.page.unroute("**/vote/cast")
    owner.page.goto(owner.live.url("/vote"))
    place = owner.receipt()
    assert [index for index, _ in owner.logged()] == [place]


def test_without_a_network_the_page_waits_and_then_sends(
    owner: Owner, context: BrowserContext
) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    owner.page.route("**/vote/cast", lambda route: route.abort())
    owner.sign()
    expect(owner.page.locator("#status")).to_contain_text("自动再试")
    context.set_offline(True)
    owner.page.unroute("**/vote/cast")
    expect(owner.page.locator("#status")).to_contain_text("网络断了")
    context.set_offline(False)
    owner.receipt()
    assert len(owner.logged()) == 1


def test_before_anything_is_signed_the_page_does_not_say_it_is_safe(owner: Owner) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    owner.page.route("**/vote/credential", lambda route: route.abort())
    owner.sign()
    expect(owner.page.locator("#status")).to_contain_text("请先不要关掉这一页")
    owner.page.unroute("**/vote/credential")
    owner.page.reload()
    expect(owner.page.locator("#progress")).to_have_text("已选 3/3 项")
    owner.read_back()
    owner.sign()
    owner.receipt()


def test_the_button_tries_again_at_once(owner: Owner) -> None:
    owner.page.clock.install()
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    owner.page.route("**/vote/cast", lambda route: route.fulfill(status=503, body="busy"))
    owner.sign()
    retry = owner.page.get_by_role("button", name="现在再试一次")
    expect(retry).to_be_visible()
    owner.page.clock.pause_at(owner.live.site.clock.now() + timedelta(hours=1))
    owner.page.wait_for_timeout(500)
    owner.page.unroute("**/vote/cast")
    assert owner.logged() == []  # time stands still: nothing is sent by itself
    retry.click()
    owner.receipt()


def test_a_broken_chain_is_signed_again_without_a_question(owner: Owner) -> None:
    owner.vote("agree", "a", "agree")
    owner.page.goto(owner.live.url("/vote/change"))
    expect(owner.page.locator("#to-check")).to_be_visible()
    owner.choose("against", "b", "against")
    owner.read_back()
    stale = {"token": "", "counter": 1, "previous": None}
    owner.page.route("**/vote/credential", lambda route: route.fulfill(json=stale), times=1)
    owner.sign()
    owner.page.wait_for_url("**/vote/receipt/*")
    assert owner.opened(owner.logged()[1][1]) == owner.frozen.choices("against", "b", "against")


def test_a_session_that_ended_keeps_the_signed_ballot(
    owner: Owner, context: BrowserContext
) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()

    def end_the_session(route: Route) -> None:
        context.clear_cookies()
        route.continue_()

    owner.page.route("**/vote/cast", end_the_session)
    owner.sign()
    expect(owner.page.locator("#status")).to_contain_text("重新输入投票码")
    owner.page.unroute("**/vote/cast")
    owner.page.goto(owner.live.url(f"/v/{owner.letter.code}"))
    owner.page.get_by_role("textbox").fill("1234")
    owner.page.get_by_role("button", name="进入投票").click()
    owner.receipt()
    assert len(owner.logged()) == 1


def test_a_ballot_that_comes_too_late_is_told_so(owner: Owner) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()

    def wait_until_closed(route: Route) -> None:
        owner.live.site.clock.ahead = timedelta(days=14)
        route.continue_()

    owner.page.route("**/vote/cast", wait_until_closed)
    owner.sign()
    owner.receipt()
    expect(owner.page.get_by_text("此票记录为逾期，不计入")).to_be_visible()


def test_an_unconfirmed_ballot_of_a_late_return_is_confirmed(owner: Owner) -> None:
    owner.enter()
    owner.choose("agree", "a", "agree")
    owner.read_back()
    owner.page.route("**/vote/cast", lambda route: (route.fetch(), route.abort())[1])
    owner.sign()
    expect(owner.page.locator("#status")).to_contain_text("存在这部手机里")
    owner.live.site.clock.ahead = timedelta(days=15)
    owner.page.unroute("**/vote/cast")
    owner.page.goto(owner.live.url("/vote"))
    owner.receipt()
    expect(owner.page.get_by_text("逾期")).to_have_count(0)


# --- a browser that cannot ----------------------------------------------------------------------


@pytest.mark.parametrize("fault", UNABLE.values(), ids=UNABLE)
def test_a_browser_that_cannot_keep_keys_is_told_at_the_door(owner: Owner, fault: str) -> None:
    owner.page.add_init_script(fault)
    owner.page.goto(owner.live.url(f"/v/{owner.letter.code}"))
    panel = owner.page.locator("#cannot")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("1号楼大厅")
    expect(owner.page.locator("#in-app")).to_be_hidden()
    owner.page.get_by_role("textbox").fill("1234")
    owner.page.get_by_role("button", name="进入投票").click()
    expect(panel).to_be_visible()
    expect(owner.page.locator("#progress")).to_contain_text("不能投票")
    expect(owner.page.locator("#to-check")).to_be_hidden()


def test_inside_wechat_the_way_to_the_browser_is_shown(
    live_site: LiveSite, frozen: Frozen, browser: Browser
) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with browser.new_context(user_agent=WECHAT, permissions=permissions) as context:
        context.add_init_script(CLOSED_STORE)
        page = context.new_page()
        page.goto(live_site.url(f"/v/{frozen.letter(SINGLE).code}"))
        expect(page.get_by_text("选“在浏览器打开”")).to_be_visible()
        page.get_by_role("button", name="复制网址").click()
        expect(page.locator("#copied")).to_contain_text("已复制")
        assert page.evaluate("navigator.clipboard.readText()") == live_site.url("/v")


def test_without_a_script_the_desk_is_shown(
    live_site: LiveSite, frozen: Frozen, browser: Browser
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(live_site.url(f"/v/{frozen.letter(SINGLE).code}"))
        assert "1号楼大厅" in page.locator("#main").inner_text()
        page.locator("#f-fact").fill("1234")
        page.get_by_role("button", name="进入投票").click()
        page.wait_for_url("**/vote")
        assert "这个浏览器关掉了脚本" in page.locator("#main").inner_text()
        expect(page.get_by_role("button", name="核对我的选择")).to_have_count(0)


# --- for everybody ------------------------------------------------------------------------------


def test_keyboard_alone_is_enough(owner: Owner) -> None:
    keyboard = owner.page.keyboard
    owner.page.goto(owner.live.url(f"/v/{owner.letter.code}"))
    tab_to(owner.page, "#f-fact")
    keyboard.type("1234")
    keyboard.press("Enter")
    expect(owner.page.locator("#to-check")).to_be_visible()
    for item in owner.frozen.agenda.items:
        tab_to(owner.page, f'input[name="{item.id}"]')
        keyboard.press("ArrowDown")
    tab_to(owner.page, "#to-check")
    keyboard.press("Enter")
    tab_to(owner.page, "#sign")
    keyboard.press("Enter")
    owner.receipt()
    assert owner.opened(owner.logged()[0][1]) == owner.frozen.choices("against", "b", "against")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


@pytest.mark.parametrize(
    ("width", "larger"),
    [(NARROW, False), (NARROW, True), (PHONE, False), (DESK, False)],
    ids=["narrow", "narrow, larger type", "phone", "desk"],
)
def test_every_page_suits_everybody(
    live_site: LiveSite, browser: Browser, width: int, larger: bool
) -> None:
    frozen = assembly(live_site, **ALL_FOUR)
    with browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN") as context:
        if larger:
            context.add_cookies([{"name": "size", "value": "larger", "url": live_site.base_url}])
        page = context.new_page()
        owner = Owner(live_site, frozen, frozen.letter(SINGLE), page)
        page.goto(live_site.url("/v"))
        suits(page, width)
        page.goto(live_site.url(f"/v/{owner.letter.code}"))
        suits(page, width)
        page.get_by_role("textbox").fill("0000")
        page.get_by_role("button", name="进入投票").click()
        suits(page, width)
        owner.enter()
        suits(page, width)
        page.get_by_role("button", name="核对我的选择").click()
        suits(page, width)
        owner.choose("agree", "a", "agree", {"c1": "agree"})
        owner.read_back()
        suits(page, width)
        page.route("**/vote/cast", lambda route: route.abort())
        owner.sign()
        expect(page.locator("#retry")).to_be_visible()
        suits(page, width)
        page.unroute("**/vote/cast")
        owner.receipt()
        suits(page, width)
        page.goto(live_site.url("/vote"))
        suits(page, width)
        live_site.site.clock.ahead = timedelta(days=15)
        page.goto(live_site.url("/vote"))
        suits(page, width)
        page.goto(live_site.url("/vote/receipt/99999"))
        suits(page, width)


def suits(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 18
    targets = ".button, .choice, summary, .linklike, .affix input, .code-input"
    heights = page.eval_on_selector_all(
        targets, "found => found.filter(e => e.offsetParent).map(e => e.offsetHeight)"
    )
    assert min(heights, default=48) >= 48


def test_the_way_out_suits_everybody(owner: Owner) -> None:
    owner.page.add_init_script(CLOSED_STORE)
    owner.page.goto(owner.live.url(f"/v/{owner.letter.code}"))
    expect(owner.page.locator("#cannot")).to_be_visible()
    suits(owner.page, PHONE)


def test_the_policy_blocks_nothing_of_ours(owner: Owner) -> None:
    said: list[str] = []
    owner.page.on("console", lambda message: said.append(message.text))
    owner.page.on("pageerror", lambda error: said.append(str(error)))
    owner.vote("agree", "a", "agree")
    assert said == []


def test_the_page_that_votes_is_light(owner: Owner, context: BrowserContext) -> None:
    owner.enter()
    wire = context.new_cdp_session(owner.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    owner.page.reload(wait_until="networkidle")
    expect(owner.page.locator("#to-check")).to_be_visible()
    assert len(sizes) >= 8  # the page, its sheet, its six scripts
    assert sum(sizes) < WEIGHT_LIMIT


def test_the_receipt_file_is_the_proof(owner: Owner) -> None:
    place = owner.vote("agree", "a", "agree")
    with owner.page.expect_download() as download:
        owner.page.get_by_role("link", name="保存回执文件").click()
    assert re.fullmatch(r"zhongjue-receipt-\d+\.json", download.value.suggested_filename)
    answer = owner.page.request.get(owner.live.url(f"/vote/receipt/{place}.json")).json()
    receipt = Receipt.from_json(answer)
    origin = receipt.checkpoint.split("\n", 1)[0]
    head = receipt.verify(owner.live.site.keys.log_signer(origin).verifier).checkpoint
    assert head.size == place + 1
    assert receipt.entry.body["token"] == owner.logged()[0][1]
