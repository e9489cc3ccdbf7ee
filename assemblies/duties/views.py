"""Pages of the duties room: one calendar of an estate, every duty ahead and late."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.duties import queries
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading

bp = Blueprint("duties", __name__, url_prefix="/estates/<uuid:estate>/duties")


@bp.get("")
@needs(Need.SEE_DECISIONS)
def home(estate: UUID) -> ResponseReturnValue:
    """Show where things stand."""
    with reading() as session:
        place = queries.place(session, estate)
    must(Need.SEE_DECISIONS, at=place.node)
    return render_template("duties/home.html", place=place)
