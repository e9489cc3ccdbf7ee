"""A register, keys and a moment for the tests of every room."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from assemblies.foundation.database import Database
from assemblies.foundation.secrets import Keys, load_keys
from tests.support.agendas import NOON
from tests.support.registers import Registered, registered


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return load_keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """Open one transaction that is thrown away."""
    database = Database(database_url)
    with database.writing() as opened:
        yield opened
        opened.rollback()
    database.close()


@pytest.fixture
def estate(session: Session, now: datetime) -> Registered:
    return registered(session, now)
