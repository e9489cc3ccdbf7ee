"""Pages of the supervision room: the record, notes, reports, orders, inquiries."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading
from assemblies.supervision import queries

bp = Blueprint("supervision", __name__, url_prefix="/estates/<uuid:estate>/supervision")


@bp.get("")
@needs(Need.SEE_SUPERVISION)
def home(estate: UUID) -> ResponseReturnValue:
    """Show where things stand."""
    with reading() as session:
        place = queries.place(session, estate)
    must(Need.SEE_SUPERVISION, at=place.node)
    return render_template("supervision/home.html", place=place)
