"""What is handed out: the register, the log, the public list; and what the street looks for."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site
from assemblies.seals import papers
from assemblies.seals.access import here
from assemblies.seals.forms import PublishForm
from assemblies.seals.queries import gaps as seal_gaps
from assemblies.seals.queries import lists, register, seals
from assemblies.seals.services import publishing

bp = Blueprint("papers", __name__)
E = "/estates/<uuid:estate>/seals"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get(f"{E}/register.pdf")
@needs(Need.SEE_SEALS)
def register_pdf(estate: UUID) -> ResponseReturnValue:
    """Hand out 印章使用登记表 as PDF."""
    drawn = _register(estate)
    name = f"{drawn.estate}{papers.TITLE}.pdf"
    return _file(papers.register_pdf(drawn), "application/pdf", name)


@bp.get(f"{E}/register.xlsx")
@needs(Need.SEE_SEALS)
def register_xlsx(estate: UUID) -> ResponseReturnValue:
    """Hand out 印章使用登记表 as XLSX."""
    drawn = _register(estate)
    return _file(papers.register_xlsx(drawn), XLSX, f"{drawn.estate}{papers.TITLE}.xlsx")


def _register(estate: UUID) -> register.Register:
    here(estate, Need.SEE_SEALS)
    with reading() as session:
        return register.register_of(session, estate, now=web.now())


@bp.get(f"{E}/log.zip")
@needs(Need.SEE_SEALS)
def log(estate: UUID) -> ResponseReturnValue:
    """Hand out the seal log for `python -m voting verify`."""
    at = here(estate, Need.SEE_SEALS)
    with reading() as session:
        data = seal_gaps.exported(session, estate)
    return _file(data, "application/zip", f"{at.place.name}印章使用日志.zip")


@bp.get(f"{E}/gaps")
@needs(Need.SEE_SEALS)
def gaps(estate: UUID) -> ResponseReturnValue:
    """Show what is missing or late, all in one place."""
    at = here(estate, Need.SEE_SEALS)
    with reading() as session:
        found = seal_gaps.gaps(session, estate, now=web.now())
    return render_template("seals/gaps.html", place=at.place, gaps=found)


@bp.route(f"{E}/publish", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def publish(estate: UUID) -> ResponseReturnValue:
    """Show the next public list; publish it when the committee says it was read."""
    at, form = here(estate, Need.RUN_COMMITTEE), PublishForm()
    address = f"{site().config.public_url}{to('seals.papers.public', estate=estate)}"
    if form.sent_and_valid() and form.carry_out(
        lambda session: publishing.publish_list(
            session, at.actor, lambda drawn: papers.list_pdf(drawn, address), now=web.now()
        )
    ):
        flash("用印清单已经公布，任何人都能看到。请同时打印张贴。", "ok")
        return redirect(to(".public", estate=estate))
    with reading() as session:
        drawn = lists.next_list(session, estate, now=web.now())
    page = render_template("seals/publish.html", place=at.place, form=form, drawn=drawn)
    return page, form.status


@bp.get("/board/estates/<uuid:estate>/seals")
@needs(Need.PUBLIC)
def public(estate: UUID) -> ResponseReturnValue:
    """Show everybody the published lists of an estate."""
    with reading() as session:
        place = seals.place(session, estate)
        found = lists.published(session, estate)
        rule = lists.rule_of(session, estate, now=web.now())
    return render_template("seals/public.html", place=place, lists=found, rule=rule)


def _file(data: bytes, kind: str, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(data), mimetype=kind, download_name=name)
