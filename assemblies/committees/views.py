"""Pages of the committees room: the committee today and its history; the rest are beside it."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from assemblies.committees import (
    election_views,
    filing_views,
    group_views,
    handover_views,
    member_views,
)
from assemblies.committees.access import Visit
from assemblies.committees.queries.filed import filings_of, handovers_of
from assemblies.committees.queries.formed import duties_of
from assemblies.committees.queries.house import house_of
from assemblies.committees.queries.standing import published_elections
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site

bp = Blueprint("committees", __name__, url_prefix="/estates/<uuid:estate>/committee")
for part in (election_views, member_views, filing_views, handover_views, group_views):
    bp.register_blueprint(part.bp)


@bp.get("")
@needs(Need.SEE_COMMITTEE)
def home(estate: UUID) -> ResponseReturnValue:
    """Show the committee today: who sits, what is said of it, what it waits for."""
    visit, now = Visit(estate, Need.SEE_COMMITTEE), web.now()
    with reading() as session:
        house = house_of(session, estate, site().keys, now=now)
        term = house.term if house else None
        values = {
            "house": house,
            "term": term,
            "duties": duties_of(session, term.id, now=now) if term else (),
            "filings": filings_of(session, estate, now=now),
            "handovers": handovers_of(session, estate, now=now),
            "elections": published_elections(session, estate),
        }
    return render_template("committees/home.html", **visit.values(**values))


@bp.get("/history")
@needs(Need.SEE_COMMITTEE)
def history(estate: UUID) -> ResponseReturnValue:
    """Show every term with everybody who served."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    with reading() as session:
        house = house_of(session, estate, site().keys, now=web.now())
    return render_template("committees/history.html", **visit.values(house=house))
