"""Browsers of everybody who comes to an estate's supervision room, signed in when first used."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assemblies.foundation.permissions import Role
from assemblies.foundation.site import Site
from assemblies.records.people import AccountRecord
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.staff import services as staff
from tests.support.committee import PASSWORD, in_office
from tests.support.registers import Registered, registered

ROLES = (Role.STREET, Role.COMMUNITY, Role.AUTHORITY, Role.LIAISON, Role.SEAL_KEEPER)


class Browsers:
    """A browser for each of several people, signed in when it is first used."""

    def __init__(self, app: Flask, names: Mapping[Any, str]) -> None:
        self._app, self._names = app, names
        self._open: dict[object, FlaskClient] = {}

    def __getitem__(self, who: object) -> FlaskClient:
        if who not in self._open:
            self._open[who] = signed_in(self._app, self._names[who])
        return self._open[who]


@dataclass(frozen=True, slots=True)
class Door:
    """An estate of one test's own, with a browser for each role and each member."""

    app: Flask
    site: Site
    estate: Registered
    members: "Browsers"
    seats: tuple[UUID, ...]
    offices: "Browsers"

    @property
    def director(self) -> FlaskClient:
        """Return the chair's browser."""
        return self.members[0]

    @property
    def street(self) -> FlaskClient:
        """Return the street's browser."""
        return self.offices[Role.STREET]

    def at(self, path: str = "") -> str:
        """Return an address in the room."""
        return f"/estates/{self.estate.estate}/supervision{path}"

    def told(self, kind: str, said: str, source: str | None = None) -> None:
        """Let something happen at the estate."""
        now = self.site.clock.now()
        happened = Happened(kind, said, "林主任", source or f"note:{uuid4()}", digest_of({}))
        with self.site.database.writing() as session:
            tell(session, self.estate.estate, happened, self.site.keys, now=now)


def opened_door(app: Flask) -> Door:
    """Return an estate with a committee in office and a browser for everybody."""
    site: Site = app.extensions["site"]
    now = site.clock.now()
    with site.database.writing() as session:
        estate = registered(session, now)
        seated = in_office(session, estate.estate, now)
        names = [session.get_one(AccountRecord, one.account_id).username for one in seated]
        hashed = session.get_one(AccountRecord, seated[0].account_id).password_hash
        offices = {role: f"{role.name.lower()}-{uuid4().hex[:8]}" for role in ROLES}
        for role, name in offices.items():
            account = AccountRecord(
                id=uuid4(), username=name, display_name=role.value, password_hash=hashed,
                created_at=now, session_mark="",
            )  # fmt: skip
            session.add(account)
            session.flush()
            staff.grant(session, account.id, role, estate.node)
    return Door(
        app,
        site,
        estate,
        Browsers(app, dict(enumerate(names))),
        tuple(one.id for one in seated),
        Browsers(app, offices),
    )


def signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"10.1.{uuid4().int % 250}.{uuid4().int % 250}"
    sent = {"username": name, "password": PASSWORD}
    assert client.post("/staff/sign-in", data=sent).status_code == 302
    return client


def paper() -> tuple[BytesIO, str]:
    return BytesIO(b"%PDF-1.7\n%%EOF"), "回执.pdf"


def went_well(answer: TestResponse) -> str:
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]
