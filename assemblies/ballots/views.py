"""The vote page, what its script posts, and the receipt."""

from http import HTTPStatus
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assemblies.ballots import services
from assemblies.ballots.forms import posted_key, posted_token
from assemblies.ballots.queries import papers, receipts
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, writing

bp = Blueprint("ballots", __name__, url_prefix="/vote")

# A viewer of PDF needs object-src in some browsers; nothing in a paper may run or load, and what
# is neither PDF nor picture is only handed out.
INLINE = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
PAPER_POLICY = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)


@bp.get("")
@needs(Need.VOTER)
def vote() -> ResponseReturnValue:
    """Show the ballot paper, or where things stand once this household has voted."""
    with reading() as database:
        paper = papers.paper(database, web.voter(), now=web.now())
    if paper.may_vote and paper.standing is None:
        return render_template("ballots/vote.html", paper=paper)
    return render_template("ballots/standing.html", paper=paper)


@bp.get("/change")
@needs(Need.VOTER)
def change() -> ResponseReturnValue:
    """Show the ballot paper again to a household that may change its mind."""
    with reading() as database:
        paper = papers.paper(database, web.voter(), now=web.now())
    page = "ballots/vote.html" if paper.may_vote else "ballots/standing.html"
    return render_template(page, paper=paper)


@bp.post("/credential")
@needs(Need.VOTER)
def credential() -> ResponseReturnValue:
    """Let this phone's key sign for the household; the answer says what its ballot must follow."""
    key = posted_key(request.get_json())
    with writing() as database:
        device = services.enrol(
            database, web.voter(), key, web.assurance(), web.site().keys, now=web.now()
        )
    return jsonify(token=device.token, counter=device.counter, previous=device.previous)


@bp.post("/cast")
@needs(Need.VOTER)
def cast() -> ResponseReturnValue:
    """Log a signed ballot and answer with its receipt; a repeated one gets the same answer."""
    presented = services.present(posted_token(request.get_json()))
    site = web.site()
    logged = site.together.write(
        lambda session, asked: services.cast_all(session, asked, site.keys, now=site.clock.now()),
        (web.voter(), presented),
        among=presented.ballot.bound.assembly,
    )
    place = url_for(".receipt", index=logged.receipt.index)
    return jsonify(receipt=logged.receipt.to_json(), late=logged.late, url=place)


@bp.get("/receipt")
@bp.get("/receipt/<int:index>")
@needs(Need.VOTER)
def receipt(index: int | None = None) -> ResponseReturnValue:
    """Show a receipt, the newest unless another one is asked for."""
    with reading() as database:
        paper = papers.paper(database, web.voter(), now=web.now())
    shown = receipts.receipt(paper, index, f"{web.site().config.public_url}/board")
    return render_template("ballots/receipt.html", paper=paper, shown=shown)


@bp.get("/receipt/<int:index>.json")
@needs(Need.VOTER)
def receipt_file(index: int) -> ResponseReturnValue:
    """Hand out a receipt as the file that a verifier reads."""
    with reading() as database:
        paper = papers.paper(database, web.voter(), now=web.now())
    content = receipts.logged(paper, index).receipt.to_json()
    answer = make_response(jsonify(content))
    answer.headers["Content-Disposition"] = f'attachment; filename="zhongjue-receipt-{index}.json"'
    return answer


@bp.get("/attachments/<uuid:wanted>")
@needs(Need.VOTER)
def attachment(wanted: UUID) -> ResponseReturnValue:
    """Show a paper of the assembly in the browser's own viewer, unable to do anything."""
    with reading() as database:
        paper = papers.attachment(database, web.voter(), wanted)
    answer = Response(paper.content, HTTPStatus.OK, mimetype=paper.media_type)
    shown = "inline" if paper.media_type in INLINE else "attachment"
    answer.headers["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(paper.name)}"
    answer.headers["Content-Security-Policy"] = PAPER_POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return answer
