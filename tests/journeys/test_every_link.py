"""Whoever follows the links of an estate's affairs meets no dead end and no page that is unsound.

One page of every route is opened by each of its people, on a phone or at a desk.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException

from tests.journeys.screenshots import Scene, estate_of, scene_of, sign_in
from tests.support.eyes import require_sound

# Who walks, from where, at which width, and at least how many different pages are to be met.
WALKS = {
    "": ("/", 390, 8),
    "director": ("/staff", 1280, 55),
    "street": ("/console", 390, 40),
    "keeper": ("/staff", 390, 12),
}
PAPERS = (".pdf", ".xlsx", ".zip", ".ics", ".json", ".csv")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene_of(tmp_path_factory.mktemp("links")) as made:
        yield made


@pytest.mark.parametrize("person", WALKS, ids=[name or "anybody" for name in WALKS])
def test_every_link_leads_to_a_sound_page(scene: Scene, browser: Browser, person: str) -> None:
    start, width, least = WALKS[person]
    with browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN") as context:
        page = context.new_page()
        if person:
            sign_in(page, scene, person)
        met = walk(page, scene, [start, *([estate_of(scene)] if person else [])])
    assert len(met) >= least, sorted(met)


def walk(page: Page, scene: Scene, waiting: list[str]) -> set[str]:
    """Open one page of each route that links lead to, and return the routes."""
    met: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(scene, path)
        if endpoint is None or endpoint in met:
            continue
        met.add(endpoint)
        answer = page.request.get(scene.live.url(path))
        assert answer.ok, f"{path} ({endpoint}): {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page.goto(scene.live.url(path))
        require_sound(page)
        waiting += links(page)
    return met


def links(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "a[href]", "all => all.map(one => one.getAttribute('href'))"
    )
    return [
        path for path in found if path.startswith("/") and not urlsplit(path).path.endswith(PAPERS)
    ]


def endpoint_of(scene: Scene, path: str) -> str | None:
    """Name the route of an address; None for files, whose page is not ours to draw."""
    parts = urlsplit(path)
    if parts.path.startswith(("/files/", "/static/")) or parts.path.endswith("/export"):
        return None
    urls = scene.live.app.url_map.bind("localhost")
    try:
        endpoint: str = urls.match(parts.path)[0]
    except HTTPException:
        pytest.fail(f"a link leads nowhere: {path}")
    return endpoint
