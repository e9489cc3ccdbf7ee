"""Pages of the console room: every estate below a node on one page, and the monthly table."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs

bp = Blueprint("console", __name__, url_prefix="/console")


@bp.get("")
@needs(Need.SEE_CONSOLE)
def home() -> ResponseReturnValue:
    """Show all estates within reach."""
    return render_template("console/home.html")
