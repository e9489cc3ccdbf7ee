"""A committee in office, and an application with a door to it, for the tests of this room."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from tests.support.committee import in_office
from tests.support.overseen import Seated
from tests.support.overseen_pages import Door, opened_door
from tests.support.registers import Registered
from tests.support.site import application


@pytest.fixture
def seated(session: Session, keys: Keys, now: datetime, estate: Registered) -> Seated:
    return Seated(session, keys, now, estate, in_office(session, estate.estate, now))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("site")
    path = folder / "zhongjue.db"
    path.write_bytes(sqlite_template.read_bytes())
    made = application(f"sqlite:///{path}", folder)
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def door(app: Flask) -> Door:
    return opened_door(app)
