"""A posted project in public: plan, budget, share list by room without names, settlement."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.repairs import pictures
from assemblies.repairs.queries import projects as queries

bp = Blueprint("repair_board", __name__, url_prefix="/board/repairs")


@bp.get("/of/<uuid:estate>")
@needs(Need.PUBLIC)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show every posted project of an estate to everybody."""
    with reading() as session:
        place = queries.place(session, estate)
        lines = queries.posted_lines(session, estate, now=web.now())
    return render_template("repairs/public_list.html", place=place, lines=lines)


@bp.get("/<uuid:repair>")
@needs(Need.PUBLIC)
def project(repair: UUID) -> ResponseReturnValue:
    """Show a posted project to everybody."""
    with reading() as session:
        view = queries.posted_project(session, repair, now=web.now())
    return render_template("repairs/public.html", view=view, phases=pictures.phases(view))
