"""Pages of the register of resolutions (决议台账) of an estate."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading
from assemblies.resolutions import register_queries

bp = Blueprint("register", __name__, url_prefix="/estates/<uuid:estate>/resolutions")


@bp.get("")
@needs(Need.SEE_DECISIONS)
def home(estate: UUID) -> ResponseReturnValue:
    """Show the register."""
    with reading() as session:
        place = register_queries.place_of(session, estate)
    must(Need.SEE_DECISIONS, at=place.node)
    return render_template("resolutions/register.html", place=place)
