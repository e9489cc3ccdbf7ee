"""An estate of a test's own with a browser signed in for each role that comes there."""

from dataclasses import dataclass
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.staff import services as staff
from tests.support.registers import Registered, registered

PASSWORD = "correct-horse-battery"


@dataclass(frozen=True, slots=True)
class Door:
    """An estate, and a browser signed in for each role at it."""

    site: Site
    estate: Registered
    clients: dict[Role, FlaskClient]
    anybody: FlaskClient

    @property
    def director(self) -> FlaskClient:
        """Return the chair's browser."""
        return self.clients[Role.DIRECTOR]

    def at(self, path: str) -> str:
        """Return an address of the estate's pages."""
        return f"/estates/{self.estate.estate}/{path}"


def door(app: Flask, *roles: Role) -> Door:
    """Open an estate with an account for each role on its node."""
    site: Site = app.extensions["site"]
    now = site.clock.now()
    names = {role: f"{role.name.lower()}-{uuid4().hex[:8]}" for role in roles}
    with site.database.writing() as session:
        estate = registered(session, now)
        for role, name in names.items():
            account = staff.open_account(session, name, role.value, PASSWORD, now=now)
            staff.grant(session, account, role, estate.node)
    clients = {role: signed_in(app, name) for role, name in names.items()}
    return Door(site, estate, clients, app.test_client())


def signed_in(app: Flask, name: str) -> FlaskClient:
    """Return a browser signed in, from an address of its own: tries are counted per address."""
    client = app.test_client()
    address = f"10.{uuid4().int % 250}.{uuid4().int % 250}.{uuid4().int % 250}"
    client.environ_base["REMOTE_ADDR"] = address
    sent = {"username": name, "password": PASSWORD}
    assert client.post("/staff/sign-in", data=sent).status_code == 302
    return client
