"""A crowd ready to vote: an assembly frozen and open, a phone for each voter, ballots signed.

Everything that must be checked when a ballot comes is really there: letter, session, credential,
signature, seal, and the token against forged requests. Only the waiting for people is left out.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask import session as cookie
from flask_wtf.csrf import generate_csrf

from assemblies.app import create_app
from assemblies.ballots.services import enrol
from assemblies.foundation.config import Config
from assemblies.foundation.site import Site
from assemblies.foundation.web import ASSURANCE_KEY, VOTER_KEY
from tests.support.builders import Frozen, Letter, Phone, frozen_assembly
from tests.support.households import Home, Household, Owner

ASSURANCE = "letter+phone4"
ROOMS_IN_A_BUILDING = 100
CHOICES = ("agree", "a", "agree")


@dataclass(frozen=True, slots=True)
class Crowd:
    """An assembly open for voting, and the site it is on."""

    app: Flask
    site: Site
    frozen: Frozen
    now: datetime


def gathered(settings: Config, voters: int) -> Crowd:
    """Freeze an assembly of so many voters in an empty, migrated database."""
    app = create_app(settings)
    site: Site = app.extensions["site"]
    now = site.clock.now()
    with site.database.writing() as session:
        homes = [household(number) for number in range(voters)]
        frozen = frozen_assembly(session, site.keys, now, voters=homes)
    return Crowd(app, site, frozen, now)


def household(number: int) -> Household:
    """Return an invented household with one flat."""
    building, room = divmod(number, ROOMS_IN_A_BUILDING)
    owner = Owner(f"业主{number}", "", (f"139{number:08d}",))
    home = Home(f"{building + 1}号楼", "1单元", str(101 + room), 8_000 + number % 4_000)
    return Household((owner,), (home,))


def casts(crowd: Crowd, letters: Sequence[Letter]) -> Iterator[bytes]:
    """Enrol a phone for each of these letters and return the requests that cast their ballots."""
    site, frozen = crowd.site, crowd.frozen
    choices = frozen.choices(*CHOICES)
    with site.database.writing() as session:
        for letter in letters:
            phone = Phone(frozen, letter.voter)
            key = frozen.agenda.opening.from_jwk(dict(phone.jwk))
            enrol(session, letter.id, key, ASSURANCE, site.keys, now=crowd.now)
            headers = _signed_in(crowd.app, letter)
            yield post("/vote/cast", {"token": phone.sign(choices, crowd.now)}, headers)


def post(path: str, body: object, headers: str = "") -> bytes:
    """Return the bytes of one request."""
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n{headers}"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode("ascii") + content


def _signed_in(app: Flask, letter: Letter) -> str:
    """Return the headers of a browser whose owner came in by this letter; the app makes them."""
    with app.test_request_context():
        cookie[VOTER_KEY], cookie[ASSURANCE_KEY] = str(letter.id), ASSURANCE
        csrf: str = generate_csrf()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        written = serializer.dumps(dict(cookie))
    return f"Cookie: {app.config['SESSION_COOKIE_NAME']}={written}\r\nX-CSRFToken: {csrf}\r\n"
