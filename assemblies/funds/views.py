"""Pages of the funds room: both pots, the ledger, one posting, one part's account."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.funds import booking_views, opening_views, publication_views
from assemblies.funds.access import granted
from assemblies.funds.exports import books_xlsx
from assemblies.funds.queries import accounts, entries, histories, openings, pots
from assemblies.funds.queries.entries import Search
from assemblies.funds.queries.granted import authorities
from assemblies.funds.queries.known import KINDS, Account, audited

bp = Blueprint("funds", __name__, url_prefix="/estates/<uuid:estate>/fund")
bp.register_blueprint(opening_views.bp)
bp.register_blueprint(booking_views.bp)
bp.register_blueprint(publication_views.bp)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES = 100


@bp.get("")
@needs(Need.SEE_FUND)
def home(estate: UUID) -> ResponseReturnValue:
    """Show the fund and the common income side by side."""
    place, person = granted(estate, Need.SEE_FUND)
    with reading() as session:
        held = accounts.part_accounts(session, estate, now=web.now())
        return render_template(
            "funds/home.html",
            place=place,
            may_keep=person.may(Need.KEEP_FUND, at=place.node),
            opened=openings.has_opened(session, estate),
            pots=pots.pots(session, estate, now=web.now()),
            buildings=accounts.building_sums(held),
            refill=pots.refill(session, estate, now=web.now()),
            authorities=[one for one in authorities(session, estate, now=web.now()) if one.valid],
        )


@bp.get("/ledger")
@needs(Need.SEE_FUND)
def ledger(estate: UUID) -> ResponseReturnValue:
    """Show the postings of one pot, newest first."""
    place, person = granted(estate, Need.SEE_FUND)
    with reading() as session:
        found = entries.page(session, estate, _search())
        check = audited(session, estate)
    return render_template(
        "funds/ledger.html",
        place=place,
        found=found,
        check=check,
        kinds=KINDS,
        pots=tuple(Account),
        may_keep=person.may(Need.KEEP_FUND, at=place.node),
    )


@bp.get("/postings/<uuid:posting>")
@needs(Need.SEE_FUND)
def posting(estate: UUID, posting: UUID) -> ResponseReturnValue:
    """Show one posting with what it means for each part."""
    place, person = granted(estate, Need.SEE_FUND)
    with reading() as session:
        entry = entries.entry(session, estate, posting)
        lines = entries.borne(session, estate, posting)
    return render_template(
        "funds/posting.html",
        place=place,
        entry=entry,
        lines=lines,
        may_keep=person.may(Need.KEEP_FUND, at=place.node),
    )


@bp.get("/parts")
@needs(Need.SEE_FUND)
def parts(estate: UUID) -> ResponseReturnValue:
    """Show what every part of a building holds."""
    place, _ = granted(estate, Need.SEE_FUND)
    with reading() as session:
        held = accounts.part_accounts(session, estate, now=web.now())
    buildings = tuple(dict.fromkeys(one.part.building for one in held))
    wanted = request.args.get("building", buildings[0] if buildings else "")
    return render_template(
        "funds/parts.html",
        place=place,
        buildings=buildings,
        wanted=wanted,
        accounts=tuple(one for one in held if one.part.building == wanted),
    )


@bp.get("/parts/<uuid:part>")
@needs(Need.SEE_FUND)
def part(estate: UUID, part: UUID) -> ResponseReturnValue:
    """Show the account of one part."""
    place, _ = granted(estate, Need.SEE_FUND)
    with reading() as session:
        found = histories.history(session, estate, part, now=web.now())
    return render_template("funds/part.html", place=place, found=found)


@bp.get("/refill")
@needs(Need.SEE_FUND)
def refill(estate: UUID) -> ResponseReturnValue:
    """Show which parts have to be re-funded, and how that is decided."""
    place, person = granted(estate, Need.SEE_FUND)
    with reading() as session:
        found = pots.refill(session, estate, now=web.now())
    may_convene = person.may(Need.CONVENE, at=place.node)
    return render_template("funds/refill.html", place=place, refill=found, may_convene=may_convene)


@bp.get("/export.xlsx")
@needs(Need.SEE_FUND)
def export(estate: UUID) -> ResponseReturnValue:
    """Hand out balances and both ledgers as a workbook."""
    place, _ = granted(estate, Need.SEE_FUND)
    with reading() as session:
        content = books_xlsx(session, estate, now=web.now())
    name = f"{place.name}维修资金和公共收益账簿.xlsx"
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=name)


YEARS = range(2000, 2200)  # what an address may ask for; beyond lies no posting


def _search() -> Search:
    """Read what is asked for; what makes no sense is as if it were not asked."""
    asked = request.args
    account = Account.INCOME if asked.get("account") == "income" else Account.FUND
    kind = asked.get("kind", "")
    return Search(
        account,
        kind if kind in KINDS else "",
        year if (year := asked.get("year", 0, int)) in YEARS else 0,
        asked.get("page", 1, int),
    )
