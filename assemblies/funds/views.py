"""Pages of the funds room: accounts by part, the ledger, common income, authorisations."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading
from assemblies.funds.queries import places as queries

bp = Blueprint("funds", __name__, url_prefix="/estates/<uuid:estate>/fund")


@bp.get("")
@needs(Need.SEE_FUND)
def home(estate: UUID) -> ResponseReturnValue:
    """Show where things stand."""
    with reading() as session:
        place = queries.place(session, estate)
    must(Need.SEE_FUND, at=place.node)
    return render_template("funds/home.html", place=place)
