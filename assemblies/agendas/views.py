"""Pages of the agendas room: an assembly from its first draft to the posted notice."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.agendas import item_views, rail
from assemblies.agendas.access import convened, may_change, seen
from assemblies.agendas.forms import (
    AssemblyForm,
    CalendarForm,
    PostForm,
    ReviewForm,
    ToldForm,
    heard,
    on_the_wall,
    start_day,
)
from assemblies.agendas.printed import notice_pdf
from assemblies.agendas.queries import assemblies as queries
from assemblies.agendas.queries import notice as notices
from assemblies.agendas.queries.house import house_lines, parameter_lines
from assemblies.agendas.queries.readiness import gaps
from assemblies.agendas.rules_form import RulesForm, filled_from
from assemblies.agendas.services import assemblies as services
from assemblies.agendas.services.calendar import plan_dates
from assemblies.agendas.services.posting import post as post_notice
from assemblies.agendas.services.review import record_review
from assemblies.agendas.services.rules import record_rules
from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import OUTSIDE_ROLES, Need
from assemblies.foundation.pictures import Link
from assemblies.foundation.web import must, needs, reading, site
from voting.law.calendar import Plan, check_dates, propose

bp = Blueprint("agendas", __name__)
bp.register_blueprint(item_views.bp)
A = "/assemblies/<uuid:assembly>"


@bp.route("/estates/<uuid:estate>/assemblies/new", methods=["GET", "POST"])
@needs(Need.CONVENE)
def new(estate: UUID) -> ResponseReturnValue:
    """Show the form of a new assembly; create it when it comes back whole."""
    with reading() as session:
        held = queries.estate_of(session, estate)
    person = must(Need.CONVENE, at=held.node)
    form = AssemblyForm(data={"contact": held.contact})
    made: list[UUID] = []
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            services.create_assembly(session, estate, form.draft(), by=person.id, now=web.now())
        )
    ):
        flash("会议已经建立。接下来添加表决事项。", "ok")
        return redirect(to(".overview", assembly=made[0]))
    page = render_template("agendas/assembly.html", place=held.name, form=form, view=None)
    return page, form.status


@bp.get(A)
@needs(Need.SEE_ASSEMBLY)
def overview(assembly: UUID) -> ResponseReturnValue:
    """Show how far an assembly is and the one thing to do next."""
    view, now = seen(assembly), web.now()
    with reading() as session:
        missing = gaps(session, view) if view.editable else ()
        items = queries.item_views(session, view, now=now)
    step = rail.next_step(view, missing, now=now)
    need, href = _way(step.endpoint, view)
    return render_template(
        "agendas/overview.html",
        view=view,
        items=items,
        missing=missing,
        phases=rail.phases(view),
        step=step,
        need=need,
        href=href,
        links=_links(view),
        may_change=may_change(view),
    )


def _links(view: queries.AssemblyView) -> tuple[Link, ...]:
    """Return the pages of other rooms that this assembly has by now and the caller may open."""
    found = ((name, _way(endpoint, view)[1]) for name, endpoint in rail.pages(view))
    return tuple(Link(name, href) for name, href in found if href)


@bp.route(f"{A}/edit", methods=["GET", "POST"])
@needs(Need.CONVENE)
def change(assembly: UUID) -> ResponseReturnValue:
    """Describe an assembly anew."""
    view = convened(assembly)
    form = AssemblyForm(obj=view)
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.change_assembly(session, assembly, form.draft())
    ):
        return _saved("修改已经保存。", assembly)
    page = render_template("agendas/assembly.html", place=view.estate_name, form=form, view=view)
    return page, form.status


@bp.route(f"{A}/rules", methods=["GET", "POST"])
@needs(Need.SEE_ASSEMBLY)
def rules(assembly: UUID) -> ResponseReturnValue:
    """Show every rule that holds; record the estate's own when they come back lawful."""
    view, now = seen(assembly), web.now()
    held = view.rules(now)
    form = RulesForm(held, data=filled_from(view.pack, view.house)) if may_change(view) else None
    if (
        form is not None
        and form.sent_and_valid()
        and form.lawful_on(view.rules_on(now))
        and form.carry_out(
            lambda session: record_rules(
                session, assembly, str(form.pack.data), form.house(), now=now
            )
        )
    ):
        return _saved("议事规则已经记录。", assembly)
    page = render_template(
        "agendas/rules.html",
        view=view,
        form=form,
        rules=held,
        own=house_lines(held) if view.house else (),
        lines=parameter_lines(held),
    )
    return page, form.status if form else 200


@bp.route(f"{A}/calendar", methods=["GET", "POST"])
@needs(Need.SEE_ASSEMBLY)
def calendar(assembly: UUID) -> ResponseReturnValue:
    """Propose lawful dates from a start; set them when they come back lawful."""
    view, now = seen(assembly), web.now()
    plan = _proposed(view)
    form = CalendarForm(data=on_the_wall(plan)) if may_change(view) else None
    if (
        form is not None
        and form.sent_and_valid()
        and form.lawful_under(view.rules_at)
        and form.carry_out(lambda session: plan_dates(session, assembly, form.dates(), now=now))
    ):
        return _saved("日期已经保存。", assembly)
    plan = (form.plan() if form is not None else None) or plan
    page = render_template(
        "agendas/calendar.html",
        view=view,
        form=form,
        plan=plan,
        checks=check_dates(plan, view.rules_at(in_china(plan.posted).date())),
        today=in_china(now).date(),
    )
    return page, form.status if form else 200


@bp.route(f"{A}/review", methods=["GET", "POST"])
@needs(Need.SEE_ASSEMBLY)
def review(assembly: UUID) -> ResponseReturnValue:
    """Let the street or the community answer the plan, or the convener record that they heard."""
    view, now = seen(assembly), web.now()
    with reading() as session:
        missing = gaps(session, view) if view.editable else ()
        items = queries.item_views(session, view, now=now)
    person = web.staff()
    overseer = person.may(Need.REVIEW, at=view.node)
    if request.method == "POST" and not overseer:
        must(Need.CONVENE, at=view.node)
    form = ReviewForm() if overseer else ToldForm(data=heard(now))
    if form.sent_and_valid() and form.carry_out(
        lambda session: record_review(
            session,
            assembly,
            form.answer(f"{person.display_name}（{person.roles_zh}）", now=now),
            site().keys,
            now=now,
        )
    ):
        return _saved("答复已经记录，并写入会议日志。", assembly)
    page = render_template(
        "agendas/review.html",
        view=view,
        items=items,
        missing=missing,
        form=form,
        overseer=overseer,
    )
    return page, form.status


@bp.route(f"{A}/post", methods=["GET", "POST"])
@needs(Need.CONVENE)
def post(assembly: UUID) -> ResponseReturnValue:
    """Show the notice for a last look; post it when the convener says it was read."""
    view, form, now = convened(assembly), PostForm(), web.now()
    if form.sent_and_valid() and form.carry_out(
        lambda session: post_notice(session, assembly, site().keys, now=now)
    ):
        return _saved("公告已经张贴，议程、日期和规则从现在起不能再改。", assembly)
    with reading() as session:
        missing = gaps(session, view) if view.editable else ()
        draft = notices.notice_of(session, view, now) if not missing else None
    page = render_template(
        "agendas/post.html",
        view=view,
        form=form,
        missing=missing,
        notice=draft,
        items=notices.notice_items(draft) if draft else (),
    )
    return page, form.status


@bp.get(f"{A}/notice.pdf")
@needs(Need.PUBLIC)
def notice(assembly: UUID) -> ResponseReturnValue:
    """Hand out the notice: anybody gets the posted one, staff also the draft."""
    with reading() as session:
        view = queries.assembly_of(session, assembly)
        if view.editable:
            must(Need.SEE_ASSEMBLY, at=view.node)
            shown = notices.notice_of(session, view, view.planned_post or web.now())
        else:
            shown = notices.posted_notice(session, assembly)
    data = notice_pdf(shown, site().config.public_url, draft=view.editable)
    return send_file(
        BytesIO(data), mimetype="application/pdf", download_name=f"{view.title}公告.pdf"
    )


def _saved(said: str, assembly: UUID) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(to(".overview", assembly=assembly))


def _proposed(view: queries.AssemblyView) -> Plan:
    """Return the planned dates, or lawful ones from the start that was asked for."""
    start = start_day(request.args.get("start", ""))
    if start is None and view.plan is not None:
        return view.plan
    day = start or in_china(web.now()).date() + timedelta(days=1)
    return propose(view.rules_at(day), day)


def _way(endpoint: str, view: queries.AssemblyView) -> tuple[str, str]:
    """Return what a page asks of one, and its address: "" where the caller may not go there."""
    page = current_app.view_functions.get(endpoint)
    if page is None:
        return "", ""
    need: Need = getattr(page, "need", Need.STAFF)
    if need not in OUTSIDE_ROLES and not web.staff().may(need, at=view.node):
        return need.value, ""
    if endpoint == "estates.estate":
        return need.value, to(endpoint, estate=view.estate)
    return need.value, to(endpoint, assembly=view.id)
