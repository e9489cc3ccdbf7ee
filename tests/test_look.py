"""The look holds: axe finds nothing, a narrow phone is enough, weight and contrast are kept."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.support import gallery

CSS = (gallery.ROOT / "static/css/base.css").read_text("utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", CSS))
CSS_LIMIT = 20_000
VOTER_PAGE_LIMIT = 36_000  # of 60,000 in all: the rest is for the page that signs
TEXT, SHAPE = 4.5, 3.0

PAIRS = {
    "ink on paper": ("ink", "paper", TEXT),
    "ink on card": ("ink", "card", TEXT),
    "soft words on paper": ("soft", "paper", TEXT),
    "soft words on card": ("soft", "card", TEXT),
    "soft words on a checked choice": ("soft", "not-yet-pale", TEXT),
    "the one next step": ("on-accent", "accent", TEXT),
    "the one next step, pointed at": ("on-accent", "accent-deep", TEXT),
    "links on paper": ("info", "paper", TEXT),
    "links on card": ("info", "card", TEXT),
    "danger button": ("error", "card", TEXT),
    "danger button, pointed at": ("error", "error-pale", TEXT),
    "field error on paper": ("error", "paper", TEXT),
    "took part on its pale ground": ("took", "took-pale", TEXT),
    "took part as words on card": ("took", "card", TEXT),
    "words on took part": ("card", "took", TEXT),
    "words on not yet": ("ink", "not-yet", TEXT),
    "words on a warning": ("ink", "warn-pale", TEXT),
    "soft words on a receipt number": ("soft", "took-pale", TEXT),
    "rejected": ("card", "ink", TEXT),
    "info sign": ("info", "info-pale", SHAPE),
    "warning sign": ("warn", "warn-pale", SHAPE),
    "took part beside not yet": ("took", "not-yet", SHAPE),
    "the mark on not yet": ("ink", "not-yet", SHAPE),
    "border of a field": ("edge", "card", SHAPE),
    "border of a field on paper": ("edge", "paper", SHAPE),
    "focus ring on card": ("focus", "card", SHAPE),
    "focus ring on paper": ("focus", "paper", SHAPE),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gallery")
    gallery.write_pages(made)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with gallery.served(folder) as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with gallery.browser() as started:
        yield started


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 320, "height": 640}, locale="zh-CN")
    yield page
    page.close()


def luminance(colour: str) -> float:
    """Give the relative luminance of WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("front", "back", "least"), PAIRS.values(), ids=PAIRS)
def test_tokens_contrast(front: str, back: str, least: float) -> None:
    lighter, darker = sorted((luminance(TOKENS[front]), luminance(TOKENS[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_the_sheet_stays_small() -> None:
    assert len(CSS.encode()) < CSS_LIMIT


def test_a_voters_page_stays_within_its_weight(folder: Path) -> None:
    parts = ("owner.html", "static/css/base.css", "static/layout/size.js", "static/icons/mark.svg")
    assert sum((folder / part).stat().st_size for part in parts) < VOTER_PAGE_LIMIT


@pytest.mark.parametrize("name", gallery.PAGES)
def test_nothing_is_inline(folder: Path, name: str) -> None:
    text = (folder / f"{name}.html").read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", text)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", gallery.PAGES)
def test_axe_finds_nothing(chromium: Browser, address: str, name: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, locale="zh-CN")
    page.goto(f"{address}/{name}.html")
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", gallery.PAGES)
def test_a_narrow_phone_scrolls_one_way(phone: Page, address: str, name: str) -> None:
    phone.goto(f"{address}/{name}.html")
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", gallery.PAGES)
def test_the_policy_blocks_nothing_of_ours(phone: Page, address: str, name: str) -> None:
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text))
    phone.goto(f"{address}/{name}.html", wait_until="networkidle")
    assert said == []


@pytest.mark.parametrize("name", ["owner", "owner-larger", "entry"])
def test_every_target_is_large_enough_for_a_thumb(phone: Page, address: str, name: str) -> None:
    phone.goto(f"{address}/{name}.html")
    targets = ".button, .choice, summary, .size-switch, .affix input, .code-input"
    heights = phone.eval_on_selector_all(
        targets, "found => found.map(each => each.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 48


def test_larger_type_is_larger_and_is_remembered(phone: Page, address: str) -> None:
    phone.goto(f"{address}/entry.html")
    size = "getComputedStyle(document.body).fontSize"
    assert phone.evaluate(size) == "18px"
    phone.click("[data-size-switch]")
    assert phone.evaluate(size) == "23px"
    phone.reload()
    assert phone.evaluate(size) == "23px"
    assert phone.inner_text("[data-size-switch]").strip() == "标准字"
    phone.click("[data-size-switch]")
    assert phone.evaluate(size) == "18px"


def test_the_picture_puts_its_mark_exactly_at_two_thirds(phone: Page, address: str) -> None:
    phone.goto(f"{address}/owner.html")
    mark, width = phone.evaluate(
        """() => { const picture = document.querySelector(".bar-picture").getBoundingClientRect();
        const mark = document.querySelector(".bar-mark").getBoundingClientRect();
        return [mark.left + mark.width / 2 - picture.left, picture.width]; }"""
    )
    assert abs(mark / width - 2 / 3) < 0.001


def test_paper_is_set_in_noto_and_misses_no_glyph(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        gallery.write_prints(tmp_path)
    assert [record.getMessage() for record in caplog.records] == []
    for name in gallery.PRINTS:
        assert all("CJK-SC" in font for font in fonts_of(tmp_path / f"{name}.pdf"))


def test_each_letter_is_one_sheet(tmp_path: Path) -> None:
    gallery.write_prints(tmp_path)
    pages = PdfReader(tmp_path / "print_letters.pdf").pages
    assert len(pages) == 2
    assert all("补发后旧编码作废" in page.extract_text() for page in pages)


def fonts_of(path: Path) -> set[str]:
    """List the names of the fonts on every page."""
    names: set[str] = set()
    for page in PdfReader(path).pages:
        fonts = cast(Any, page["/Resources"])["/Font"]
        names |= {str(fonts[key]["/BaseFont"]) for key in fonts}
    assert names
    return names
