"""Somebody with a browser of their own, for journeys through the whole house."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Download, Page, expect

from tests.support.eyes import require_sound
from tests.support.live import LiveSite

PASSWORD = "a-journey-through-the-house"
SLOW = 20_000
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(slots=True)
class Person:
    """Somebody with a browser of their own who meets every page with open eyes."""

    live: LiveSite
    page: Page
    seen: set[str] = field(default_factory=set)

    def go(self, path: str) -> None:
        self.page.goto(self.live.url(path))
        self.look()

    def look(self) -> None:
        """Hold the page, once for each address, against axe and sideways scrolling."""
        name = self.page.url.partition("?")[0]
        if name in self.seen:
            return
        self.seen.add(name)
        require_sound(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.fill(f"[name='{name.replace('__', '-')}']", value)

    def tick(self, name: str, value: str) -> None:
        box = f'label:has(input[name="{name}"][value="{value}"])'
        self.page.evaluate(
            "document.querySelectorAll('details').forEach(one => { one.open = true; })"
        )
        self.page.locator(box).first.click()

    def sign_in(self, username: str) -> None:
        self.go("/staff/sign-in")
        self.fill(username=username, password=PASSWORD)
        self.press("登录")
        expect(self.page).to_have_url(self.live.url("/staff"))

    def download(self, name: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).first.click()
        handed: Download = waiting.value
        return Path(handed.path()).read_bytes()


@contextmanager
def people_at(
    live: LiveSite, browser: Browser, widths: Mapping[str, int]
) -> Iterator[dict[str, Person]]:
    """Open a browser for each name, a desk's or a phone's by its width."""
    contexts, found = [], {}
    for name, width in widths.items():
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", accept_downloads=True
        )
        context.set_default_timeout(SLOW)
        contexts.append(context)
        found[name] = Person(live, context.new_page())
    yield found
    for context in contexts:
        context.close()
