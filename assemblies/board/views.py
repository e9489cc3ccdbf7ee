"""Public pages: the list of assemblies, and one assembly with everything anybody may know."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.board import pictures, services
from assemblies.board.queries import pages as queries
from assemblies.board.queries import register as register_queries
from assemblies.foundation import verdicts, web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site, writing

bp = Blueprint("board", __name__)


@bp.get("/")
@needs(Need.PUBLIC)
def home() -> ResponseReturnValue:
    """Show the estates and their assemblies, and the way in for owners."""
    with reading() as session:
        estates = queries.estates(session)
    return render_template("board/home.html", estates=estates, now=web.now())


@bp.get("/board/<uuid:assembly>")
@needs(Need.PUBLIC)
def assembly(assembly: UUID) -> ResponseReturnValue:
    """Show one assembly: what is decided, dates, rules, turnout, log, results, downloads."""
    now = web.now()
    with reading() as session:
        stale = queries.needs_recount(session, assembly, now=now)
    if stale:
        with writing() as session:
            services.refresh(session, assembly, now=now)
    with reading() as session:
        page = queries.page(session, assembly)
    return render_template(
        "board/assembly.html",
        page=page,
        now=now,
        phases=pictures.phases(page, now),
        bars=pictures.bars(page),
        verdicts=verdicts.verdicts(page.result) if page.result else (),
        log_key=site().keys.log_signer(page.log_origin).verifier.vkey,
    )


@bp.get("/board/estates/<uuid:estate>/resolutions")
@needs(Need.PUBLIC)
def resolutions(estate: UUID) -> ResponseReturnValue:
    """Show what an estate decided: every resolution, whether it stands, where it hangs."""
    with reading() as session:
        place, lines = register_queries.register(session, estate)
    return render_template("board/resolutions.html", place=place, lines=lines)
