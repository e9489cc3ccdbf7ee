"""A teller keys in a paper in a real browser: sealed there, logged once, opened in Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from assemblies.foundation.permissions import Role
from assemblies.records.logs import LogEntryRecord
from assemblies.records.premises import EstateRecord
from assemblies.staff import services as staff
from tests.support.builders import Frozen, Letter, frozen_assembly
from tests.support.households import SINGLE, committee, company, covenant, roof
from tests.support.live import LiveSite
from voting.ballot import Ballot, Channel, Choice, Credential, open_choices
from voting.log.entries import Entry

PASSWORD = "a-desk-in-the-hall"
WIDTH = 1280
SLOW = 15_000


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody at the desk with a stack of papers."""

    live: LiveSite
    frozen: Frozen
    letter: Letter
    page: Page

    def look(self) -> None:
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        assert self.page.evaluate("document.documentElement.scrollWidth") <= WIDTH

    def find(self) -> None:
        self.page.goto(self.live.url(f"/assemblies/{self.frozen.assembly}/desk"))
        self.look()
        self.page.get_by_label("房号").fill(self.letter.label)
        self.page.get_by_role("button", name="查找").click()
        self.look()
        self.page.get_by_role("link", name=re.compile(f"^录入.*{self.letter.label}")).click()

    def tick(self, **words: str) -> None:
        for name, value in words.items():
            number, _, option = name.removeprefix("item").partition("_")
            item = self.frozen.agenda.items[int(number) - 1].id
            field = f"{item}.{option}" if option else str(item)
            self.page.locator(f'label:has(input[name="{field}"][value="{value}"])').click()

    def entries(self, kind: str) -> list[str]:
        with self.live.site.database.reading() as session:
            found = select(LogEntryRecord.data).where(
                LogEntryRecord.log_id == self.frozen.log, LogEntryRecord.kind == kind
            )
            rows = session.execute(found.order_by(LogEntryRecord.index)).scalars().all()
        return [str(Entry.parse(data).body["token"]) for data in rows]

    def opened(self) -> tuple[Credential, Ballot, dict[UUID, Choice]]:
        """Check the one credential and the one ballot as a verifier would, and open it."""
        [written], [token] = self.entries("credential"), self.entries("ballot")
        credential = Credential.read(written, registrar=self.frozen.agenda.registrar)
        ballot = Ballot.read(token, trusted={credential.key})
        ballot.require_bound(self.frozen.bound)
        key, assembly = self.frozen.opening, self.frozen.assembly
        choices = open_choices(ballot.sealed, key, assembly=assembly, voter=ballot.voter)
        return credential, ballot, dict(choices)


@pytest.fixture
def teller(live_site: LiveSite, browser: Browser) -> Iterator[Teller]:
    with live_site.site.database.writing() as session:
        now = live_site.site.clock.now()
        items = (roof(), company(), covenant(), committee())
        frozen = frozen_assembly(session, live_site.site.keys, now, items=items)
        node = session.get_one(EstateRecord, frozen.estate).node_id
        account = staff.open_account(session, "teller", "计票人甲", PASSWORD, now=now)
        staff.grant(session, account, Role.TELLER, node)
    with browser.new_context(viewport={"width": WIDTH, "height": 900}, locale="zh-CN") as context:
        context.set_default_timeout(SLOW)
        page = context.new_page()
        page.goto(live_site.url("/staff/sign-in"))
        page.fill("[name=username]", "teller")
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/staff")
        yield Teller(live_site, frozen, frozen.letter(SINGLE), page)


def test_a_paper_is_keyed_in_read_back_sealed_and_opens(teller: Teller) -> None:
    teller.find()
    expect(teller.page.get_by_text("还没有收到这一户的票")).to_be_visible()
    teller.look()
    teller.tick(item1="agree", item2="b", item3="against", item4_c1="agree")
    teller.page.get_by_role("button", name="清除这一项").nth(2).click()
    teller.page.get_by_label("纸票编号或备注").fill("票号 12")
    teller.page.get_by_role("button", name="下一步：与纸票核对").click()
    expect(teller.page.locator("#check h1")).to_be_focused()
    said = teller.page.locator("#chosen dd").all_inner_texts()
    assert said[:4] == ["同意", "乙物业服务有限公司（示例）", "这一项不算参与", "同意"]
    assert teller.entries("ballot") == []
    teller.look()
    teller.page.get_by_role("button", name="与纸票逐项核对无误，录入").click()
    expect(teller.page.get_by_text("纸质票已录入会议日志")).to_be_visible()
    expect(teller.page.get_by_text("录入人 teller，票号 12")).to_be_visible()
    teller.look()
    credential, ballot, choices = teller.opened()
    assert credential.assurance == "paper:teller:票号 12"
    assert (ballot.channel, ballot.voter) == (Channel.PAPER, teller.letter.voter)
    first, second, _, fourth = (item.id for item in teller.frozen.agenda.items)
    assert (choices[first], choices[second]) == ("agree", "b")
    assert set(choices) == {first, second, fourth}


def test_an_answer_that_was_lost_is_asked_for_again_and_logged_once(teller: Teller) -> None:
    teller.find()
    teller.tick(item1="abstain")
    teller.page.get_by_role("button", name="下一步：与纸票核对").click()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    teller.page.route("**/cast", lose, times=1)
    sign = teller.page.get_by_role("button", name="与纸票逐项核对无误，录入")
    sign.click()
    expect(teller.page.locator("#status")).to_contain_text("请再按一次")
    sign.click()
    expect(teller.page.get_by_text("纸质票已录入会议日志")).to_be_visible()
    _, _, choices = teller.opened()
    assert choices == {teller.frozen.agenda.items[0].id: "abstain"}
