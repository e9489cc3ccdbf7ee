"""Pages of the committees room: groups, candidates, terms, members, filing, hand-over."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.committees import queries
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading

bp = Blueprint("committees", __name__, url_prefix="/estates/<uuid:estate>/committee")


@bp.get("")
@needs(Need.SEE_COMMITTEE)
def home(estate: UUID) -> ResponseReturnValue:
    """Show where things stand."""
    with reading() as session:
        place = queries.place(session, estate)
    must(Need.SEE_COMMITTEE, at=place.node)
    return render_template("committees/home.html", place=place)
