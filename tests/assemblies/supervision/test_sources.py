"""Every source that a room tells of leads to the page that shows it."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

import assemblies
from assemblies.supervision.sources import PAGES, href_of
from tests.support.site import application

SOURCE = re.compile(r'f"([a-z-]+):\{[^}]+\}"')

# Names of the same form that stand for something else: tokens of a log, keys of counters.
TOKENS = {"address", "ballot", "credential", "objection", "objections", "ruling", "staff", "text"}


def sources() -> set[str]:
    """Return the kinds of source in the modules that tell the record of something."""
    folder = Path(str(assemblies.__file__)).parent
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))]
    found = {kind for text in texts if "tell" in text for kind in SOURCE.findall(text)}
    return found - TOKENS


def test_every_kind_of_source_has_a_page() -> None:
    assert sources() >= {"assembly", "inquiry", "order", "repair", "seal-use"}
    assert sources() - set(PAGES) == set()


def test_every_page_is_there(sqlite_url: str, tmp_path: Path) -> None:
    app = application(sqlite_url, tmp_path)
    estate, thing = uuid4(), uuid4()
    with app.test_request_context():
        missing = [kind for kind in PAGES if not href_of(estate, f"{kind}:{thing}")]
        assert missing == []
        assert href_of(estate, f"repair:{thing}") == f"/estates/{estate}/repairs/{thing}"
        assert href_of(estate, f"weather:{thing}") == ""
    app.extensions["site"].database.close()


@pytest.mark.parametrize("kind", ["order", "inquiry", "report"])
def test_a_source_of_this_room_stays_in_it(kind: str) -> None:
    assert PAGES[kind][0].startswith("supervision.")
