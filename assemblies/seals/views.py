"""Pages of the seals room: seals and their keepers, uses from application to closing."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading
from assemblies.seals import queries

bp = Blueprint("seals", __name__, url_prefix="/estates/<uuid:estate>/seals")


@bp.get("")
@needs(Need.SEE_SEALS)
def home(estate: UUID) -> ResponseReturnValue:
    """Show where things stand."""
    with reading() as session:
        place = queries.place(session, estate)
    must(Need.SEE_SEALS, at=place.node)
    return render_template("seals/home.html", place=place)
