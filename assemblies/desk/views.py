"""Pages of the desk: find a voter, print a blank paper, key in a filled one."""

from http import HTTPStatus
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assemblies.desk import queries, services
from assemblies.desk.forms import LONGEST_NOTE, posted_paper
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.printing import printed
from assemblies.foundation.web import must, needs, reading, writing

bp = Blueprint("desk", __name__, url_prefix="/assemblies/<uuid:assembly>/desk")
PAGE = 100


@bp.get("")
@needs(Need.KEY_PAPER)
def home(assembly: UUID) -> ResponseReturnValue:
    """Find a voter by room, to print a blank paper or to key in a filled one."""
    room = request.args.get("room", "").strip()
    with reading() as session:
        meeting = queries.meeting(session, assembly)
        must(Need.KEY_PAPER, at=meeting.node)
        lines = queries.voters(session, assembly, room, PAGE) if room else ()
    return render_template(
        "desk/home.html", meeting=meeting, lines=lines, room=room, most=PAGE, now=web.now()
    )


@bp.get("/<uuid:voter>")
@needs(Need.KEY_PAPER)
def paper(assembly: UUID, voter: UUID) -> ResponseReturnValue:
    """Show one voter's paper to be transcribed, and what is in the log already."""
    with reading() as session:
        must(Need.KEY_PAPER, at=queries.meeting(session, assembly).node)
        sheet = queries.sheet(session, assembly, voter)
    just = request.args.get("logged", type=int)
    done = next((one for one in sheet.received if one.index == just), None)
    return render_template(
        "desk/paper.html", sheet=sheet, done=done, note_most=LONGEST_NOTE, now=web.now()
    )


@bp.get("/<uuid:voter>/ballot.pdf")
@needs(Need.KEY_PAPER)
def blank(assembly: UUID, voter: UUID) -> ResponseReturnValue:
    """Print one voter's blank paper ballot."""
    with reading() as session:
        must(Need.KEY_PAPER, at=queries.meeting(session, assembly).node)
        sheet = queries.sheet(session, assembly, voter)
    answer = Response(
        printed("print/ballot.html", sheet=sheet), HTTPStatus.OK, mimetype="application/pdf"
    )
    name = quote(f"表决票 {sheet.label}.pdf")
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    return answer


@bp.post("/<uuid:voter>/cast")
@needs(Need.KEY_PAPER)
def cast(assembly: UUID, voter: UUID) -> ResponseReturnValue:
    """Log a paper that the teller's browser sealed and signed."""
    token, note = posted_paper(request.get_json())
    keyed = services.Keyed(services.present(token), web.staff().username, note)
    with writing() as session:
        must(Need.KEY_PAPER, at=queries.meeting(session, assembly).node)
        logged = services.key_paper(session, assembly, voter, keyed, web.site().keys, now=web.now())
    index = logged.receipt.index
    place = url_for(".paper", assembly=assembly, voter=voter, logged=index)
    return jsonify(receipt=logged.receipt.to_json(), late=logged.late, url=place)
