"""Pages of the register of resolutions (决议台账) of an estate."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.pictures import Option
from assemblies.foundation.web import must, needs, reading, site
from assemblies.resolutions import company_views, register_papers
from assemblies.resolutions.queries import register as register_queries
from assemblies.resolutions.queries.register import Line, Search
from assemblies.resolutions.register_forms import PostingForm, SupersedeForm
from assemblies.resolutions.resolution_pages import acted, crumbs, seen, today
from assemblies.resolutions.services import register as services
from voting.law.matters import Matter

bp = Blueprint("register", __name__, url_prefix="/estates/<uuid:estate>/resolutions")
bp.register_blueprint(company_views.bp)
ONE = "/<uuid:resolution>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTCOMES = (Option("", "全部结果"), Option("passed", "通过"), Option("failed", "没有通过"))
Made = Callable[..., bytes]


@bp.get("")
@needs(Need.SEE_DECISIONS)
def home(estate: UUID) -> ResponseReturnValue:
    """Show the register, searched and filtered."""
    asked = _asked()
    with reading() as session:
        place = register_queries.place_of(session, estate)
        must(Need.SEE_DECISIONS, at=place.node)
        found = register_queries.lines(session, estate, asked, now=web.now())
        years = register_queries.years(session, estate)
    return render_template(
        "resolutions/register.html",
        place=place,
        lines=found,
        asked=asked,
        kept={name: value for name, value in _pairs(asked) if value},
        outcomes=OUTCOMES,
        bodies=_options("业主大会和业委会", register_queries.BODIES),
        states=_options("全部", register_queries.STATE_WORDS),
        matters=_options("全部事项", {str(one.value): one.zh for one in Matter}),
        years=(Option("", "全部年份"), *years),
    )


@bp.get("/register.pdf")
@needs(Need.SEE_DECISIONS)
def pdf(estate: UUID) -> ResponseReturnValue:
    """Hand out the register on paper."""
    return _paper(estate, register_papers.register_pdf, "application/pdf", "pdf")


@bp.get("/register.xlsx")
@needs(Need.SEE_DECISIONS)
def xlsx(estate: UUID) -> ResponseReturnValue:
    """Hand out the register as a sheet."""
    return _paper(estate, register_papers.register_xlsx, XLSX, "xlsx")


@bp.get(ONE)
@needs(Need.SEE_DECISIONS)
def one(estate: UUID, resolution: UUID) -> ResponseReturnValue:
    """Show one resolution with everything that follows from it."""
    page = seen(estate, resolution, Need.SEE_DECISIONS)
    may_run = web.staff().may(Need.RUN_COMMITTEE, at=page.place.node)
    return render_template("resolutions/resolution.html", page=page, may_run=may_run)


@bp.route(f"{ONE}/posting", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def post(estate: UUID, resolution: UUID) -> ResponseReturnValue:
    """Record where the decision hangs, with its photograph."""
    page, form = seen(estate, resolution, Need.RUN_COMMITTEE), PostingForm(data=today())
    deed = acted(page)

    def verb(session: Session) -> None:
        services.post(session, deed, form.posted(), site().keys, now=web.now())

    if form.sent_and_valid() and form.carry_out(verb):
        flash("张贴情况已经登记，并写入监督纪实。", "ok")
        return redirect(to(".one", estate=estate, resolution=resolution))
    shown = render_template(
        "resolutions/act.html",
        page=page,
        form=form,
        crumbs=crumbs(page, "登记张贴"),
        title="登记公告张贴",
        lead="决定应当自作出之日起三日内书面公告（《山东省物业管理条例》第三十二条）。",
        verb="登记张贴",
    )
    return shown, form.status


@bp.route(f"{ONE}/supersede", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def supersede(estate: UUID, resolution: UUID) -> ResponseReturnValue:
    """Mark the resolution as replaced by a newer one."""
    page, form = seen(estate, resolution, Need.RUN_COMMITTEE), SupersedeForm()
    form.offer(page.newer)
    deed = acted(page)

    def verb(session: Session) -> None:
        services.supersede(session, deed, UUID(form.newer.data), site().keys, now=web.now())

    if form.sent_and_valid() and form.carry_out(verb):
        flash("已经标明这项决定被新的决定取代，没有办完的事项不再要求办理。", "ok")
        return redirect(to(".one", estate=estate, resolution=resolution))
    shown = render_template(
        "resolutions/act.html",
        page=page,
        form=form,
        crumbs=crumbs(page, "被新决定取代"),
        title="标明被新的决定取代",
        lead="取代之后，这项决定不再执行，它还没有办完的事项也不再要求办理。这一步不能撤回。",
        verb="标明已被取代",
    )
    return shown, form.status


def _paper(estate: UUID, make: Made, kind: str, ending: str) -> ResponseReturnValue:
    asked, now = _asked(), web.now()
    with reading() as session:
        place = register_queries.place_of(session, estate)
        must(Need.SEE_DECISIONS, at=place.node)
        found: tuple[Line, ...] = register_queries.lines(session, estate, asked, now=now)
    data = make(place.name, found, _in_words(asked), now=now)
    return send_file(
        BytesIO(data),
        kind,
        as_attachment=ending == "xlsx",
        download_name=f"{place.name}决议台账.{ending}",
    )


def _asked() -> Search:
    given = {name: request.args.get(name, "").strip()[:60] for name in Search.__slots__}
    return Search(**given)


def _pairs(asked: Search) -> list[tuple[str, str]]:
    return [(name, getattr(asked, name)) for name in Search.__slots__]


def _in_words(asked: Search) -> str:
    """Say which part of the register a paper shows."""
    matter = int(asked.matter) if asked.matter in {str(one.value) for one in Matter} else 0
    said = (
        f"{asked.year} 年" if asked.year else "",
        register_queries.BODIES.get(asked.body, ""),
        Matter(matter).zh if matter else "",
        {one.value: one.label for one in OUTCOMES[1:]}.get(asked.outcome, ""),
        register_queries.STATE_WORDS.get(asked.state, ""),
        f"含“{asked.words}”" if asked.words else "",
    )
    return "、".join(word for word in said if word) or "全部决议"


def _options(everything: str, held: dict[str, str]) -> tuple[Option, ...]:
    return (Option("", everything), *(Option(value, label) for value, label in held.items()))
