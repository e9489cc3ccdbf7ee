"""Pages of the repairs room: a project from the first question to the posted settlement."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading
from assemblies.repairs.queries import projects as queries

bp = Blueprint("repairs", __name__, url_prefix="/estates/<uuid:estate>/repairs")


@bp.get("")
@needs(Need.SEE_FUND)
def home(estate: UUID) -> ResponseReturnValue:
    """Show where things stand."""
    with reading() as session:
        place = queries.place(session, estate)
    must(Need.SEE_FUND, at=place.node)
    return render_template("repairs/home.html", place=place)
