"""One database for all tests of a module, and an estate with a browser for each role at it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.staff import services as staff
from tests.support.registers import Registered, registered
from tests.support.shared_database import database_url
from tests.support.site import application

__all__ = ["database_url"]

PASSWORD = "correct-horse-battery"


@dataclass(frozen=True, slots=True)
class Door:
    """An estate, and a browser signed in for each role at it."""

    site: Site
    estate: Registered
    clients: dict[Role, FlaskClient]
    public: FlaskClient

    @property
    def director(self) -> FlaskClient:
        return self.clients[Role.DIRECTOR]

    @property
    def home(self) -> str:
        return f"/estates/{self.estate.estate}/repairs"

    def page(self, repair: UUID, name: str = "") -> str:
        return f"{self.home}/{repair}{'/' if name else ''}{name}"

    def move_on(self, days: int) -> None:
        self.site.clock.ahead += timedelta(days=days)


@pytest.fixture(scope="module")
def app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return one application; HTTP is the same on either database, so SQLite is enough."""
    folder = tmp_path_factory.mktemp("door")
    path = folder / "zhongjue.db"
    shutil.copyfile(sqlite_template, path)
    made = application(f"sqlite:///{path}", folder)
    yield made
    made.extensions["site"].database.close()


@pytest.fixture
def door(app: Flask) -> Door:
    """Return an estate of its own with everybody who deals with a repair."""
    site: Site = app.extensions["site"]
    now: datetime = site.clock.now()
    clients = {}
    with site.database.writing() as session:
        estate = registered(session, now)
        roles = (Role.DIRECTOR, Role.MEMBER, Role.COMMUNITY, Role.STREET, Role.AUTHORITY)
        names = {role: f"{role.name.lower()}-{uuid4().hex[:6]}" for role in roles}
        for role, name in names.items():
            account = staff.open_account(session, name, role.value, PASSWORD, now=now)
            staff.grant(session, account, role, estate.node)
    for role, name in names.items():
        clients[role] = app.test_client()
        # Each browser comes from an address of its own: tries are counted per address.
        clients[role].environ_base["REMOTE_ADDR"] = f"10.7.{len(clients)}.{uuid4().int % 250}"
        signed = clients[role].post("/staff/sign-in", data={"username": name, "password": PASSWORD})
        assert signed.status_code == 302
    return Door(site, estate, clients, app.test_client())
