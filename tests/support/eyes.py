"""What every page must pass in a real browser: axe finds nothing, nothing sticks out sideways."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def require_sound(page: Page) -> None:
    """Hold the page that is open against axe, sideways scrolling and a title of its own."""
    name = page.url.partition("?")[0]
    found = Axe().run(page)
    assert found.violations_count == 0, f"{name}\n{found.generate_report()}"
    width = page.evaluate("document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert page.title().endswith("· 众决"), name
