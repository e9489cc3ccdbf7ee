"""What was published of an estate's money, for everybody."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.funds.queries.known import Account
from assemblies.funds.queries.places import place
from assemblies.funds.queries.statements import published

bp = Blueprint("fund_board", __name__, url_prefix="/board/funds")


@bp.get("/of/<uuid:estate>")
@needs(Need.PUBLIC)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show every statement that was published, the fund and the common income apart."""
    with reading() as session:
        found = place(session, estate)
        pots = [(account, published(session, estate, account)) for account in Account]
    return render_template("funds/public.html", place=found, pots=pots)
