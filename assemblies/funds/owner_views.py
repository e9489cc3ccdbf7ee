"""What an owner sees of the fund: their own homes, and the repairs they pay for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.funds.queries.households import household

bp = Blueprint("owners_fund", __name__)


@bp.get("/my/fund")
@needs(Need.VOTER)
def mine() -> ResponseReturnValue:
    """Show the owner who signed in by a letter what their homes hold and pay for."""
    with reading() as session:
        found = household(session, web.voter(), now=web.now())
    return render_template("funds/mine.html", found=found)
