"""Pages of the estates room: the list, one estate, its register, imports and exports."""

import logging
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.estates import packs, part_views, preview_pages
from assemblies.estates.access import granted
from assemblies.estates.forms import ApplyForm, EstateForm, ParticularsForm, UploadForm
from assemblies.estates.queries import batches as batch_queries
from assemblies.estates.queries import estates as queries
from assemblies.estates.queries.lines import Search, lines
from assemblies.estates.queries.register import stored
from assemblies.estates.queries.urgent import urgent
from assemblies.estates.register.export import export as written
from assemblies.estates.register.template import blank_template
from assemblies.estates.register.values import Status, Use
from assemblies.estates.services import estates as services
from assemblies.estates.services import imports, undoing
from assemblies.estates.surveys import figures
from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need, Staff
from assemblies.foundation.pictures import Option
from assemblies.foundation.web import needs, reading, site, writing

bp = Blueprint("estates", __name__, url_prefix="/estates")
bp.register_blueprint(part_views.bp)
LOG = logging.getLogger("zhongjue.estates")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONE = "/<uuid:estate>"


@bp.route("", methods=["GET", "POST"])
@needs(Need.SEE_ESTATE)
def estates() -> ResponseReturnValue:
    """List the estates within reach; found a new one where the caller may."""
    person = web.staff()
    with reading() as session:
        found = queries.estates(session, person.nodes(Need.SEE_ESTATE))
        places = queries.places(session, _founding(person))
    form = EstateForm()
    form.offer(places)
    if form.sent_and_valid():
        estate = form.carry_out(lambda: _found_estate(form))
        if estate:
            flash("小区已经建好。下一步：导入业主名册。", "ok")
            return redirect(to(".estate", estate=estate))
    return render_template("estates/estates.html", estates=found, places=places, form=form)


def _founding(person: Staff) -> frozenset[UUID]:
    return person.nodes(Need.EDIT_REGISTER) | person.nodes(Need.MANAGE_STAFF)


def _found_estate(form: EstateForm) -> UUID:
    with writing() as session:
        parent = UUID(form.place.data)
        return services.create_estate(session, form.particulars(), parent=parent, now=web.now())


@bp.get("/template.xlsx")
@needs(Need.EDIT_REGISTER)
def template() -> ResponseReturnValue:
    """Hand out a blank register to fill in."""
    return _workbook(blank_template(), "业主名册模板.xlsx")


@bp.get(ONE)
@needs(Need.SEE_ESTATE)
def estate(estate: UUID) -> ResponseReturnValue:
    """Show an estate: its sums by building, its assemblies, and what can be done."""
    granted(estate, Need.SEE_ESTATE)
    with reading() as session:
        view = queries.overview(session, estate)
        held = urgent(session, estate, now=web.now())
    return render_template(
        "estates/estate.html",
        view=view,
        now=web.now(),
        may=_may(view.node),
        urgent=held,
        pack=packs.title(view.pack),
    )


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@needs(Need.EDIT_REGISTER)
def change(estate: UUID) -> ResponseReturnValue:
    """Correct an estate's name, address, developer and contact."""
    granted(estate, Need.EDIT_REGISTER)
    with reading() as session:
        view = queries.overview(session, estate)
    form = ParticularsForm()
    if form.sent_and_valid():
        with writing() as session:
            services.change_estate(session, estate, form.particulars())
        flash("小区信息已保存。", "ok")
        return redirect(to(".estate", estate=estate))
    if request.method == "GET":
        form.fill(view)
    cities = packs.cities(in_china(web.now()).date())
    return render_template("estates/change.html", view=view, form=form, cities=cities)


@bp.get(f"{ONE}/register")
@needs(Need.SEE_REGISTER)
def register(estate: UUID) -> ResponseReturnValue:
    """Show the register, searched and a page at a time."""
    head = granted(estate, Need.SEE_REGISTER)
    asked = {name: request.args.get(name, "").strip()[:60] for name in Search.__slots__}
    with reading() as session:
        page = lines(session, estate, Search(**asked), request.args.get("page", 1, int))
    return render_template(
        "estates/register.html",
        head=head,
        page=page,
        asked=asked,
        position=f"第 {page.number} 页，共 {page.pages} 页",
        turns=_turns("estates.register", estate, page.number, page.pages, asked),
        uses=_options("全部用途", [(use.value, use.label) for use in Use]),
        statuses=_options("全部状态", [(one.value, one.label) for one in Status]),
        buildings=_options("全部楼栋", page.buildings),
        may=_may(head.node),
    )


@bp.route(f"{ONE}/import", methods=["GET", "POST"])
@needs(Need.EDIT_REGISTER)
def upload(estate: UUID) -> ResponseReturnValue:
    """Take a file and the survey's figures, and go on to the preview; nothing is written yet."""
    head = granted(estate, Need.EDIT_REGISTER)
    form = UploadForm()
    if form.sent_and_valid():
        batch = form.carry_out(lambda: _kept(estate, form.upload()))
        if batch:
            return redirect(to(".preview", estate=estate, batch=batch))
    with reading() as session:
        waiting = [one for one in batch_queries.batches(session, estate) if one.waiting]
    return render_template("estates/upload.html", head=head, form=form, waiting=waiting)


def _kept(estate: UUID, file: imports.Upload) -> UUID:
    with reading() as session:
        laid = imports.lay(session, estate, file, site().keys)
    with writing() as session:
        return imports.keep(session, laid, site().keys, by=web.staff().id, now=web.now())


@bp.route(f"{ONE}/import/<uuid:batch>", methods=["GET", "POST"])
@needs(Need.EDIT_REGISTER)
def preview(estate: UUID, batch: UUID) -> ResponseReturnValue:
    """Show what a file would do, row by row; apply it whole when everything is confirmed."""
    head = granted(estate, Need.EDIT_REGISTER)
    with reading() as session:
        waiting = batch_queries.preview(session, estate, batch, site().keys)
    plan = waiting.plan
    form = ApplyForm(plan.version, plan.questions)
    if form.sent_and_valid():
        with reading() as session:
            ready = imports.prepare(session, estate, batch, site().keys, form.answer())
        with writing() as session:
            imports.apply(session, ready, site().keys, now=web.now())
        flash("名册已导入。请核对下面的合计。", "ok")
        return redirect(to(".estate", estate=estate))
    page = preview_pages.page(plan, request.args.get("only", ""), request.args.get("page", 1, int))
    return render_template(
        "estates/preview.html",
        head=head,
        waiting=waiting,
        plan=plan,
        page=page,
        blocked=preview_pages.blocked(waiting),
        questions=preview_pages.questions(plan),
        figures=figures(waiting.survey, plan.after, plan.counted),
        form=form,
        turns=_turns(
            "estates.preview", estate, page.number, page.pages, {"only": page.only}, batch=batch
        ),
    )


@bp.post(f"{ONE}/import/<uuid:batch>/refresh")
@needs(Need.EDIT_REGISTER)
def refresh(estate: UUID, batch: UUID) -> ResponseReturnValue:
    """Lay a waiting file beside the register of today."""
    granted(estate, Need.EDIT_REGISTER)
    with reading() as session:
        laid = imports.lay_again(session, estate, batch, site().keys)
    with writing() as session:
        imports.keep_again(session, batch, laid, site().keys)
    return redirect(to(".preview", estate=estate, batch=batch))


@bp.post(f"{ONE}/import/<uuid:batch>/give-up")
@needs(Need.EDIT_REGISTER)
def give_up(estate: UUID, batch: UUID) -> ResponseReturnValue:
    """Drop an upload that was not applied."""
    granted(estate, Need.EDIT_REGISTER)
    with writing() as session:
        imports.give_up(session, estate, batch)
    flash("已放弃这次上传，文件已经删除，名册没有变化。", "ok")
    return redirect(to(".upload", estate=estate))


@bp.get(f"{ONE}/imports")
@needs(Need.SEE_REGISTER)
def batches(estate: UUID) -> ResponseReturnValue:
    """Show what was imported, and what can still be undone."""
    head = granted(estate, Need.SEE_REGISTER)
    with reading() as session:
        found = batch_queries.batches(session, estate)
    return render_template("estates/batches.html", head=head, batches=found, may=_may(head.node))


@bp.post(f"{ONE}/imports/<uuid:batch>/undo")
@needs(Need.EDIT_REGISTER)
def undo(estate: UUID, batch: UUID) -> ResponseReturnValue:
    """Undo a whole import."""
    granted(estate, Need.EDIT_REGISTER)
    with writing() as session:
        undoing.undo_batch(session, estate, batch, site().keys, now=web.now())
    flash("整批已撤销，名册恢复到导入之前的样子。", "ok")
    return redirect(to(".batches", estate=estate))


@bp.get(f"{ONE}/export")
@needs(Need.EDIT_REGISTER)
def export(estate: UUID) -> ResponseReturnValue:
    """Hand out the whole register with all numbers; that it was handed out is logged."""
    head = granted(estate, Need.EDIT_REGISTER)
    with reading() as session:
        parts = [one.part for one in stored(session, estate, site().keys).parts.values()]
    LOG.info("register of estate %s exported by account %s", estate, web.staff().id)
    return _workbook(written(parts), f"{head.name}业主名册.xlsx")


def _workbook(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(data), mimetype=XLSX, as_attachment=True, download_name=name)


def _may(node: UUID) -> dict[str, bool]:
    """Say what to offer this person at this estate."""
    person = web.staff()
    offered = {"see": Need.SEE_REGISTER, "edit": Need.EDIT_REGISTER, "convene": Need.CONVENE}
    offered |= {"follow": Need.SEE_DECISIONS}
    return {name: person.may(need, at=node) for name, need in offered.items()}


def _options(everything: str, choices: Any) -> tuple[Option, ...]:
    return (Option("", everything), *(Option(value, label) for value, label in choices))


def _turns(
    endpoint: str, estate: UUID, number: int, pages: int, asked: dict[str, str], **more: Any
) -> tuple[str, str]:
    """Return the addresses of the pages before and after; empty where there is none."""
    kept = {name: value for name, value in asked.items() if value} | more
    before, after = (
        to(endpoint, estate=estate, page=page, **kept) if 1 <= page <= pages else ""
        for page in (number - 1, number + 1)
    )
    return before, after
