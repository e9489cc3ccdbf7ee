"""One sealed committee for all tests of a module: each begins at a savepoint and ends there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assemblies.foundation.database import Database
from assemblies.foundation.secrets import Keys
from tests.support.agendas import NOON
from tests.support.registers import registered
from tests.support.sealing import Sealed, sealed
from tests.support.shared_database import database_url

__all__ = ["database_url"]


@pytest.fixture(scope="session")
def backend() -> str:
    """Stay on SQLite; the modules that speak of the database itself take both."""
    return "sqlite"


@pytest.fixture(scope="module")
def world(database_url: str, keys: Keys) -> Iterator[Sealed]:
    """Open one transaction in which a committee of five has its seal; it is thrown away."""
    database = Database(database_url)
    with database.writing() as session:
        estate = registered(session, NOON).estate
        yield sealed(session, estate, keys, NOON)
        session.rollback()
    database.close()


@pytest.fixture
def case(world: Sealed) -> Iterator[Sealed]:
    """Return the sealed committee as it was seated, whatever the test before it did."""
    held = world.session.begin_nested()
    yield replace(world)
    held.rollback()
    world.session.expire_all()
