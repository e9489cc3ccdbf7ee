"""Pages of the console room: every estate below a node on one page, and the monthly table."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from assemblies.console import month_views
from assemblies.console.queries import history, overview
from assemblies.console.queries.tree import estates, tree
from assemblies.console.queries.votings import stale
from assemblies.console.services import counting
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, writing

bp = Blueprint("console", __name__, url_prefix="/console")
bp.register_blueprint(month_views.bp)


@bp.get("")
@needs(Need.SEE_CONSOLE)
def home() -> ResponseReturnValue:
    """Show all estates within reach, and what to look at first."""
    wish = overview.Wish(
        request.args.get("q", "").strip(),
        late_only=request.args.get("late") == "1",
        grouped=request.args.get("group") == "1",
    )
    _count_anew()
    person, now = web.staff(), web.now()
    with reading() as session:
        grown = tree(session)
        shown = overview.console(session, grown, person, wish, now=now)
        due = history.due(session, grown, person, now=now)
    return render_template("console/home.html", console=shown, wish=wish, due=due, now=now)


def _count_anew() -> None:
    """Count a few turnouts that nobody counted for a minute."""
    person, now = web.staff(), web.now()
    with reading() as session:
        places = estates(session, tree(session), person.nodes(Need.SEE_CONSOLE))
        waiting = stale(session, places, now=now)
    if waiting:
        with writing() as session:
            counting.refresh(session, waiting, now=now)
