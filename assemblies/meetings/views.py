"""Pages of the meetings room: a committee meeting from its call to the posted minutes."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading
from assemblies.meetings import queries

bp = Blueprint("meetings", __name__, url_prefix="/estates/<uuid:estate>/meetings")


@bp.get("")
@needs(Need.SEE_COMMITTEE)
def home(estate: UUID) -> ResponseReturnValue:
    """Show where things stand."""
    with reading() as session:
        place = queries.place(session, estate)
    must(Need.SEE_COMMITTEE, at=place.node)
    return render_template("meetings/home.html", place=place)
