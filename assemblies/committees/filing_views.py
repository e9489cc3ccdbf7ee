"""Pages of the filing (备案): the package, handing in, and the authority's answer."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.committees import papers
from assemblies.committees.access import Visit
from assemblies.committees.filing_forms import (
    CertificateForm,
    ChangeForm,
    PaperForm,
    ReturnForm,
)
from assemblies.committees.queries.filed import filing_of, filings_of
from assemblies.committees.queries.package import Package, package_of
from assemblies.committees.services import filing as services
from assemblies.foundation import web
from assemblies.foundation.fields import upload_of
from assemblies.foundation.forms import VerbForm
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site, writing

bp = Blueprint("filing", __name__, url_prefix="/filings")
F = "/<uuid:filing>"


@bp.get("", endpoint="listed")
@needs(Need.SEE_COMMITTEE)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show every filing of the committee."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    with reading() as session:
        found = filings_of(session, estate, now=web.now())
    return render_template("committees/filings.html", **visit.values(filings=found))


@bp.route("/new", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def new(estate: UUID) -> ResponseReturnValue:
    """Begin the filing of a change or of the end."""
    visit, form, made = Visit(estate, Need.RUN_COMMITTEE), ChangeForm(), list[UUID]()
    if form.sent_and_valid():
        verb = services.begin_end if form.kind.data == "end" else services.begin_change
        what = form.what.data or ""
        if form.carry_out(
            lambda session: made.append(verb(session, visit.acting, what, now=web.now()))
        ):
            return redirect(to(".filing", estate=estate, filing=made[0]))
    return render_template("committees/filing_new.html", **visit.values(form=form)), form.status


@bp.get(F)
@needs(Need.SEE_COMMITTEE)
def filing(estate: UUID, filing: UUID) -> ResponseReturnValue:
    """Show a filing: its papers, how it stands, and what may be done now."""
    return _page(Visit(estate, Need.SEE_COMMITTEE), filing)


@bp.post(f"{F}/papers")
@needs(Need.RUN_COMMITTEE)
def attach(estate: UUID, filing: UUID) -> ResponseReturnValue:
    """Add a paper to the package."""
    visit, form = Visit(estate, Need.RUN_COMMITTEE), PaperForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.attach(
            session, visit.acting, filing, (form.kind.data, upload_of(form.paper)), now=web.now()
        )
    ):
        return _done("材料已经加入。", estate, filing)
    return _page(visit, filing, paper=form)


@bp.post(f"{F}/submit")
@needs(Need.RUN_COMMITTEE)
def submit(estate: UUID, filing: UUID) -> ResponseReturnValue:
    """Hand the package in."""
    visit, form = Visit(estate, Need.RUN_COMMITTEE), VerbForm()
    if form.carry_out(
        lambda session: services.submit(session, visit.acting, filing, now=web.now())
    ):
        return _done("备案材料已经提交。", estate, filing)
    return _page(visit, filing, submit=form)


@bp.post(f"{F}/return")
@needs(Need.DECIDE_FILING)
def give_back(estate: UUID, filing: UUID) -> ResponseReturnValue:
    """Return the package with the reasons."""
    visit, form = Visit(estate, Need.DECIDE_FILING), ReturnForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.give_back(
            session, visit.acting, filing, form.reasons.data or "", now=web.now()
        )
    ):
        return _done("已经退回，并写明要补正的内容。", estate, filing)
    return _page(visit, filing, back=form)


@bp.post(f"{F}/accept")
@needs(Need.DECIDE_FILING)
def accept(estate: UUID, filing: UUID) -> ResponseReturnValue:
    """Take the package in."""
    visit = Visit(estate, Need.DECIDE_FILING)
    with writing() as session:
        services.accept(session, visit.acting, filing, now=web.now())
    return _done("已经受理。", estate, filing)


@bp.post(f"{F}/certify")
@needs(Need.DECIDE_FILING)
def certify(estate: UUID, filing: UUID) -> ResponseReturnValue:
    """Close the filing with its certificate."""
    visit, form = Visit(estate, Need.DECIDE_FILING), CertificateForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.certify(
            session, visit.acting, filing, form.given(), now=web.now()
        )
    ):  # fmt: skip
        return _done("备案已经办结。", estate, filing)
    return _page(visit, filing, certificate=form)


@bp.get(f"{F}/package.pdf")
@needs(Need.SEE_COMMITTEE)
def package(estate: UUID, filing: UUID) -> ResponseReturnValue:
    """Hand out the whole package as one PDF."""
    found = _package(Visit(estate, Need.SEE_COMMITTEE), filing)
    return _pdf(papers.package_pdf(found), f"{found.committee}备案材料.pdf")


@bp.get(f"{F}/<part>.pdf")
@needs(Need.SEE_COMMITTEE)
def paper(estate: UUID, filing: UUID, part: str) -> ResponseReturnValue:
    """Hand out one paper of the package; raises `NotFound` for a part it does not have."""
    found = _package(Visit(estate, Need.SEE_COMMITTEE), filing)
    data, name = papers.part_pdf(found, part)
    return _pdf(data, f"{name}.pdf")


def _package(visit: Visit, filing: UUID) -> Package:
    with reading() as session:
        return package_of(session, visit.estate, filing, site().keys, now=web.now())


def _page(visit: Visit, filing: UUID, **sent: VerbForm) -> ResponseReturnValue:
    with reading() as session:
        view = filing_of(session, visit.estate, filing, now=web.now())
    forms: dict[str, VerbForm] = {
        "paper": PaperForm(),
        "submit": VerbForm(),
        "back": ReturnForm(),
        "certificate": CertificateForm(),
    }
    page = render_template(
        "committees/filing.html",
        **visit.values(view=view, forms={**forms, **sent}, parts=papers.parts_of(view.kind)),
    )
    return page, next((form.status for form in sent.values()), 200)


def _done(said: str, estate: UUID, filing: UUID) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(to(".filing", estate=estate, filing=filing))


def _pdf(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(data), mimetype="application/pdf", download_name=name)
