"""Pages of the repairs room: the list, a new project, one project with where it stands."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import must, needs, reading
from assemblies.repairs import (
    money_views,
    paper_views,
    pictures,
    plan_views,
    station_views,
    vote_views,
)
from assemblies.repairs.access import actor, done, held, simple
from assemblies.repairs.forms import DropForm
from assemblies.repairs.project_form import ProjectForm, filled_from
from assemblies.repairs.queries import offers
from assemblies.repairs.queries import projects as queries
from assemblies.repairs.queries.stations import station_need
from assemblies.repairs.services import projects as services

bp = Blueprint("repairs", __name__, url_prefix="/estates/<uuid:estate>/repairs")
for pages in (plan_views, vote_views, station_views, money_views, paper_views):
    bp.register_blueprint(pages.bp)


@bp.get("")
@needs(Need.SEE_FUND)
def home(estate: UUID) -> ResponseReturnValue:
    """Show every project of the estate, what it costs and what comes next."""
    with reading() as session:
        place = queries.place(session, estate)
        person = must(Need.SEE_FUND, at=place.node)
        lines = queries.lines(session, estate, now=web.now())
    return render_template(
        "repairs/home.html",
        place=place,
        lines=lines,
        today=in_china(web.now()).date(),
        may_begin=person.may(Need.RUN_REPAIR, at=place.node),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def new(estate: UUID) -> ResponseReturnValue:
    """Show an empty project; begin it when it comes back whole."""
    with reading() as session:
        place = queries.place(session, estate)
        must(Need.RUN_REPAIR, at=place.node)
        offer = offers.offer(session, estate, now=web.now())
    model = request.args.get("from", type=UUID)
    data = None
    if model is not None:
        data = filled_from(held(Need.RUN_REPAIR, estate, model), offer.register)
    form = ProjectForm(offer.register, offer.dangers, offer.authorities, data=data)
    made: list[UUID] = []
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            services.begin(session, estate, form.draft(), actor(), now=web.now())
        )
    ):
        flash("项目已经建立。", "ok")
        return redirect(to(".project", estate=estate, repair=made[0]))
    return _project_form(place, form, offer, "新建维修项目")


@bp.route("/<uuid:repair>/edit", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def change(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Show a project's form; describe it anew when it comes back whole."""
    view = held(Need.RUN_REPAIR, estate, repair)
    with reading() as session:
        offer = offers.offer(session, estate, now=web.now())
    form = ProjectForm(
        offer.register, offer.dangers, offer.authorities, data=filled_from(view, offer.register)
    )
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.change(
            session, estate, repair, form.draft(), actor().by, now=web.now()
        )
    ):
        return done(view, "修改已经保存，分摊清册已经重新计算。")
    return _project_form(view.estate, form, offer, "修改维修项目")


@bp.get("/<uuid:repair>")
@needs(Need.SEE_FUND)
def project(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Show one project: where it stands, its figures, shares, papers, and what comes next."""
    view = held(Need.SEE_FUND, estate, repair)
    person = must(Need.SEE_FUND, at=view.estate.node)
    stop = view.waiting
    return render_template(
        "repairs/project.html",
        view=view,
        phases=pictures.phases(view),
        may_run=person.may(Need.RUN_REPAIR, at=view.estate.node),
        may_book=person.may(Need.KEEP_FUND, at=view.estate.node),
        may_decide=stop is not None and person.may(station_need(stop.station), at=view.estate.node),
        may_seal=person.may(Need.SIGN_AS_MEMBER, at=view.estate.node),
    )


@bp.route("/<uuid:repair>/drop", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def drop(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Give a project up, with the reason."""
    view, form = held(Need.RUN_REPAIR, estate, repair), DropForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.drop(
            session, estate, repair, form.why.data or "", actor(), now=web.now()
        )
    ):
        return done(view, "项目已经撤回。")
    return simple(
        view, form, "撤回项目", "提交申请以前可以撤回。撤回的项目仍然留在台账里。", "撤回"
    )


def _project_form(
    place: queries.Place, form: ProjectForm, offer: offers.Offer, title: str
) -> ResponseReturnValue:
    page = render_template(
        "repairs/project_form.html",
        place=place,
        form=form,
        title=title,
        places=form.places(),
        dangers_zh=offer.dangers_zh,
    )
    return page, form.status
