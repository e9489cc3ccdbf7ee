"""An installation on an empty database, and one that holds the demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assemblies.cli import demo
from assemblies.cli.greeting import Made
from assemblies.foundation.config import Config
from assemblies.foundation.database import migrate
from assemblies.foundation.site import Site, open_site

URL = "http://localhost:8000"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """An installation with the demonstration in it, and what was said once."""

    site: Site
    made: Made


def installed(folder: Path, database_url: str) -> Site:
    return open_site(Config(folder / "instance", database_url, URL))


@pytest.fixture
def site(tmp_path: Path, database_url: str) -> Iterator[Site]:
    """Open an empty installation, on each database."""
    opened = installed(tmp_path, database_url)
    yield opened
    opened.database.close()


@pytest.fixture
def small_site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    """Open an empty installation on SQLite, where the database makes no difference."""
    opened = installed(tmp_path, sqlite_url)
    yield opened
    opened.database.close()


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Make the demonstration once; tests of one module look at it and change nothing."""
    folder = tmp_path_factory.mktemp("demonstration")
    url = f"sqlite:///{folder / 'zhongjue.db'}"
    migrate(url)
    site = installed(folder, url)
    with site.database.writing() as session:
        made = demo.make(session, site.keys, now=site.clock.now())
    yield Demonstration(site, made)
    site.database.close()
