"""A site with a registered estate and a committee's director signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.permissions import Role
from assemblies.foundation.secrets import Keys
from assemblies.foundation.site import Site
from assemblies.foundation.uploads import Upload
from assemblies.funds.services import opening
from assemblies.funds.services.opening import Answer
from assemblies.staff import services as staff
from tests.support.fund_sheets import tidy
from tests.support.registers import Registered, registered
from tests.support.site import application

PASSWORD = "correct-horse-battery"


@dataclass(frozen=True, slots=True)
class Office:
    """A running application, an estate in it, and who is signed in."""

    app: Flask
    site: Site
    estate: Registered
    client: FlaskClient

    def fund(self, rest: str = "") -> str:
        """Return an address of the room."""
        return f"/estates/{self.estate.estate}/fund{rest}"

    def signed_in(self, role: Role) -> FlaskClient:
        """Return a browser in which somebody with this role at the estate is signed in."""
        name = f"{role.name.lower()}-{id(self)}"
        with self.site.database.writing() as session:
            now = self.site.clock.now()
            account = staff.open_account(session, name, role.value, PASSWORD, now=now)
            staff.grant(session, account, role, self.estate.node)
        client = self.app.test_client()
        client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})
        return client


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    app = application(sqlite_url, tmp_path)
    site: Site = app.extensions["site"]
    with site.database.writing() as session:
        estate = registered(session, site.clock.now())
    made = Office(app, site, estate, app.test_client())
    yield Office(app, site, estate, made.signed_in(Role.DIRECTOR))
    site.database.close()


@pytest.fixture
def actor(keys: Keys) -> Actor:
    return Actor("林主任（业委会主任）", keys)


def open_accounts(
    session: Session, estate: Registered, actor: Actor, now: datetime, sheet: bytes | None = None
) -> None:
    """Open the accounts of an estate from a sheet, every question confirmed."""
    upload = Upload("期初余额.xlsx", sheet or tidy())
    file = opening.take(session, estate.estate, upload, actor.by, now=now)
    laid = opening.lay_kept(session, estate.estate, file)
    accepted = frozenset(one.id for one in laid.opening.questions)
    opening.apply(session, laid, file, Answer(laid.version, accepted), actor, now=now)
