"""What a view needs of the running application: its database, clock, keys and the caller."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from flask import current_app, session
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from assemblies.foundation.permissions import OUTSIDE_ROLES, Need, Staff
from assemblies.foundation.refusals import LetterNeeded, NotAllowed, SignInNeeded
from assemblies.foundation.site import Site

P = ParamSpec("P")
R = TypeVar("R")
VOTER_KEY = "voter"
ASSURANCE_KEY = "assurance"


def site() -> Site:
    """Return the parts of the application that serves this request."""
    return cast(Site, current_app.extensions["site"])


def writing() -> AbstractContextManager[Session]:
    """Begin the request's one transaction that may write."""
    return site().database.writing()


def reading() -> AbstractContextManager[Session]:
    """Begin a transaction that only reads."""
    return site().database.reading()


def now() -> datetime:
    """Return the time of this request."""
    return site().clock.now()


def staff() -> Staff:
    """Return the signed-in member of staff; raises `SignInNeeded`."""
    if not current_user.is_authenticated:
        raise SignInNeeded
    return cast(Staff, current_user._get_current_object())  # noqa: SLF001 -- werkzeug's own way


def must(need: Need, *, at: UUID) -> Staff:
    """Return the member of staff if they may do `need` on node `at`; raises `NotAllowed`."""
    person = staff()
    if not person.may(need, at=at):
        raise NotAllowed
    return person


def voter() -> UUID:
    """Return the letter by which this owner signed in; raises `LetterNeeded`."""
    letter = session.get(VOTER_KEY)
    if letter is None:
        raise LetterNeeded
    return UUID(letter)


def assurance() -> str:
    """Return by which fact of the register this owner signed in; raises `LetterNeeded`."""
    known: str | None = session.get(ASSURANCE_KEY)
    if known is None:
        raise LetterNeeded
    return known


def needs(need: Need) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a route asks; a test walks every route and refuses one without it.

    Role needs are checked here as "somewhere" and by `must` at the estate in question.
    """

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            _guard(need)
            return view(*args, **kwargs)

        cast(Any, guarded).need = need
        return guarded

    return declare


def may_open(path: str) -> bool:
    """Say whether a link to a page of this house would let the person at the screen in.

    Links that a record keeps, as a duty's does, lead to where somebody else may have to act.
    """
    urls = current_app.url_map.bind("")
    try:
        endpoint, _ = urls.match(path.partition("?")[0].partition("#")[0], method="GET")
    except HTTPException:
        return False
    need = getattr(current_app.view_functions[endpoint], "need", None)
    if need in OUTSIDE_ROLES:
        return need is not Need.VOTER
    return bool(current_user.is_authenticated and current_user.may_somewhere(need))


def _guard(need: Need) -> None:
    if need is Need.VOTER:
        voter()
    elif need is Need.STAFF:
        staff()
    elif need not in OUTSIDE_ROLES and not staff().may_somewhere(need):
        raise NotAllowed
