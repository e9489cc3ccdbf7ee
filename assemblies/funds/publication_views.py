"""Publishing the accounts, and the standing authorisations."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.uploads import PDF
from assemblies.foundation.web import must, needs, reading, writing
from assemblies.funds.access import actor, granted
from assemblies.funds.forms import AuthorityForm
from assemblies.funds.printed import statement_pdf
from assemblies.funds.queries import bases
from assemblies.funds.queries.granted import authorities as all_of
from assemblies.funds.queries.known import ASSEMBLY, Account, Place
from assemblies.funds.queries.statements import Statement, published, statement
from assemblies.funds.services import authorities as granting
from assemblies.funds.services import publications

bp = Blueprint("publishing", __name__)


@bp.get("/publish/<account>")
@needs(Need.SEE_FUND)
def ready(estate: UUID, account: str) -> ResponseReturnValue:
    """Show what would be published of a pot now, and what was published before."""
    place, person = granted(estate, Need.SEE_FUND)
    pot = _account(account)
    with reading() as session:
        return render_template(
            "funds/publish.html",
            place=place,
            pot=pot,
            statement=statement(session, estate, pot, now=web.now()),
            published=published(session, estate, pot),
            may_keep=person.may(Need.KEEP_FUND, at=place.node),
        )


@bp.get("/publish/<account>/draft.pdf")
@needs(Need.SEE_FUND)
def draft(estate: UUID, account: str) -> ResponseReturnValue:
    """Hand out the paper as it would be published now."""
    place, _ = granted(estate, Need.SEE_FUND)
    _, content = _printed(place, _account(account))
    name = f"{place.name}{_account(account).words}收支公示（稿）.pdf"
    return send_file(BytesIO(content), PDF, download_name=name)


@bp.post("/publish/<account>")
@needs(Need.KEEP_FUND)
def publish(estate: UUID, account: str) -> ResponseReturnValue:
    """Publish a pot: keep the paper for everybody."""
    place, person = granted(estate, Need.KEEP_FUND)
    shown, content = _printed(place, _account(account))
    paper = publications.Paper(shown.account, shown.since, shown.until, shown.postings, content)
    with writing() as session:
        publications.publish(session, estate, paper, actor(person), now=web.now())
    flash("已公布。请下载打印，张贴在公告栏；业主在手机上也能看到。", "ok")
    return redirect(to(".ready", estate=estate, account=account))


def _printed(place: Place, account: Account) -> tuple[Statement, bytes]:
    with reading() as session:
        shown = statement(session, place.id, account, now=web.now())
    return shown, statement_pdf(place.name, shown)


def _account(text: str) -> Account:
    """Return the pot that an address names; raises `NotFound`."""
    for one in Account:
        if one.value == text:
            return one
    raise NotFound


@bp.route("/authorities", methods=["GET", "POST"])
@needs(Need.SEE_FUND)
def authorities(estate: UUID) -> ResponseReturnValue:
    """Show the standing authorisations; record one that an assembly granted."""
    place, person = granted(estate, Need.SEE_FUND)
    form = AuthorityForm(data={"since": in_china(web.now()).date()})
    with reading() as session:
        found = all_of(session, estate, now=web.now())
        wanted = bases.bases(session, estate, matters=(bases.FUND_USE,), body=ASSEMBLY)
    form.offer(wanted)
    if form.sent_and_valid():
        must(Need.KEEP_FUND, at=place.node)
        if form.carry_out(
            lambda session: granting.grant(
                session, estate, form.draft(), actor(person), now=web.now()
            )
        ):
            flash("授权已经记下。", "ok")
            return redirect(to(".authorities", estate=estate))
    page = render_template(
        "funds/authorities.html", place=place, form=form, found=found, bases=wanted,
        may_keep=person.may(Need.KEEP_FUND, at=place.node),
    )  # fmt: skip
    return page, form.status


@bp.post("/authorities/<uuid:authority>/end")
@needs(Need.KEEP_FUND)
def end(estate: UUID, authority: UUID) -> ResponseReturnValue:
    """End an authorisation today."""
    _, person = granted(estate, Need.KEEP_FUND)
    with writing() as session:
        today = in_china(web.now()).date()
        granting.end(session, estate, authority, today, actor(person), now=web.now())
    flash("授权到今天为止。", "ok")
    return redirect(to(".authorities", estate=estate))
