"""Pages of the owner's door: the code, one fact, and the way out again."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import LetterNeeded
from assemblies.foundation.web import ASSURANCE_KEY, VOTER_KEY, needs, reading, writing
from assemblies.owners import queries, services
from assemblies.owners.forms import CodeForm, FactForm

bp = Blueprint("owners", __name__)
PENDING_KEY = "letter"


@bp.route("/v", methods=["GET", "POST"])
@needs(Need.PUBLIC)
def enter() -> ResponseReturnValue:
    """Ask for the code of a letter."""
    form = CodeForm()
    if form.sent_and_valid():
        return _open(form.code.data or "")
    said = form.code.errors[0] if form.code.errors else ""
    return render_template("owners/enter.html", typed=form.code.data or "", said=said)


@bp.get("/v/<code>")
@needs(Need.PUBLIC)
def code(code: str) -> ResponseReturnValue:
    """Take the code out of a QR's address and go on without it, so that no record keeps it."""
    return _open(code)


@bp.route("/prove", methods=["GET", "POST"])
@needs(Need.PUBLIC)
def prove() -> ResponseReturnValue:
    """Ask for one fact of the register and sign in by it."""
    form = FactForm()
    letter = _pending()
    said, status = (form.fact.errors[0] if form.fact.errors else ""), HTTPStatus.OK
    if form.sent_and_valid():
        with writing() as database:
            proof = services.prove(
                database, letter, form.fact.data or "", web.site().keys, _address(), now=web.now()
            )
        if proof.kind is not None:
            cookie[VOTER_KEY], cookie[ASSURANCE_KEY] = str(letter), proof.kind.value
            return redirect(url_for("ballots.vote"), HTTPStatus.SEE_OTHER)
        said, status = proof.said, _status(locked=proof.locked)
    with reading() as database:
        envelope = queries.envelope(database, letter)
        known = queries.known_facts(database, envelope.voter, web.site().keys)
    page = render_template("owners/prove.html", envelope=envelope, known=known, said=said)
    return page, status


@bp.post("/leave")
@needs(Need.PUBLIC)
def leave() -> ResponseReturnValue:
    """Forget this owner on this browser; the key on the phone stays."""
    for key in (PENDING_KEY, VOTER_KEY, ASSURANCE_KEY):
        cookie.pop(key, None)
    return redirect(url_for(".enter"), HTTPStatus.SEE_OTHER)


def _open(typed: str) -> ResponseReturnValue:
    with writing() as database:
        opened = services.open_letter(database, typed, web.site().keys, _address(), now=web.now())
    if opened.letter is None:
        page = render_template("owners/enter.html", typed="", said=opened.said)
        return _unseen(make_response(page, _status(locked=opened.locked)))
    cookie[PENDING_KEY] = str(opened.letter)
    known = cookie.get(VOTER_KEY) == str(opened.letter)
    onwards = url_for("ballots.vote") if known else url_for(".prove")
    return _unseen(make_response(redirect(onwards, HTTPStatus.SEE_OTHER)))


def _unseen(response: Response) -> Response:
    """Let no other site learn the address that held a code."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _pending() -> UUID:
    letter = cookie.get(PENDING_KEY)
    if letter is None:
        raise LetterNeeded
    return UUID(letter)


def _status(*, locked: bool) -> HTTPStatus:
    return HTTPStatus.TOO_MANY_REQUESTS if locked else HTTPStatus.UNPROCESSABLE_ENTITY


def _address() -> str:
    return request.remote_addr or ""
