"""What every test may ask for: an empty database of the application, on SQLite and PostgreSQL.

Nothing of the application is imported here by name: the core's tests run where it is not installed.
"""

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.support.postgresql import PostgresqlMissing, Server, running_server

TEMPLATE = "zhongjue_template"

# A slow machine is no defect, and a run in CI must be the same run twice.
settings.register_profile("zhongjue", deadline=None, derandomize=True)
settings.load_profile("zhongjue")


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)], scope="session"
)
def backend(request: pytest.FixtureRequest) -> str:
    """Name the database that this round of tests runs on."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> str:
    """Address an empty database with the newest schema, this test's own."""
    url: str = request.getfixturevalue(f"{backend}_url")
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Address a fresh SQLite file with the newest schema."""
    path = tmp_path / "zhongjue.db"
    with (
        closing(sqlite3.connect(sqlite_template)) as source,
        closing(sqlite3.connect(path)) as target,
    ):
        source.backup(target)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_template: Server) -> Iterator[str]:
    """Address a fresh PostgreSQL database with the newest schema."""
    name = f"test_{uuid4().hex}"
    postgresql_template.create(name, template=TEMPLATE)
    yield postgresql_template.url(name)
    postgresql_template.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the schema once for all tests on SQLite."""
    path = tmp_path_factory.mktemp("template") / "zhongjue.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Server) -> Server:
    """Make the schema once for all tests on PostgreSQL."""
    postgresql.create(TEMPLATE)
    _migrate(postgresql.url(TEMPLATE))
    return postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Run one PostgreSQL server for the whole session; its absence is a failure, never a skip."""
    try:
        with running_server() as server:
            yield server
    except PostgresqlMissing as error:
        pytest.fail(str(error), pytrace=False)


def _migrate(url: str) -> None:
    importlib.import_module("assemblies.foundation.database").migrate(url)
