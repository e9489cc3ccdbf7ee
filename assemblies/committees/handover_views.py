"""Pages of the hand-over (移交): its checklist, line by line."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.committees import papers
from assemblies.committees.access import Visit
from assemblies.committees.filing_forms import HandoverForm, LineForm, ReceiveForm
from assemblies.committees.queries.filed import handover_of, handovers_of
from assemblies.committees.services import handovers as services
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading

bp = Blueprint("handover", __name__, url_prefix="/handovers")
H = "/<uuid:handover>"


@bp.get("", endpoint="listed")
@needs(Need.SEE_COMMITTEE)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show every hand-over."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    with reading() as session:
        found = handovers_of(session, estate, now=web.now())
    return render_template("committees/handovers.html", **visit.values(handovers=found))


@bp.route("/new", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def new(estate: UUID) -> ResponseReturnValue:
    """Begin a hand-over with its checklist."""
    visit, form, made = Visit(estate, Need.RUN_COMMITTEE), HandoverForm(), list[UUID]()
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            services.begin(session, visit.acting, form.planned(), now=web.now())
        )
    ):
        return redirect(to(".handover", estate=estate, handover=made[0]))
    return render_template("committees/handover_new.html", **visit.values(form=form)), form.status


@bp.route(H, methods=["GET"])
@needs(Need.SEE_COMMITTEE)
def handover(estate: UUID, handover: UUID) -> ResponseReturnValue:
    """Show a hand-over with its checklist."""
    return _page(Visit(estate, Need.SEE_COMMITTEE), handover)


@bp.post(f"{H}/receive")
@needs(Need.RUN_COMMITTEE)
def receive(estate: UUID, handover: UUID) -> ResponseReturnValue:
    """Record one line as received."""
    visit, last = Visit(estate, Need.RUN_COMMITTEE), list[bool]()
    with reading() as session:
        view = handover_of(session, estate, handover, now=web.now())
    form = ReceiveForm().offering(view)
    if form.sent_and_valid() and form.carry_out(
        lambda session: last.append(
            services.receive(
                session, visit.acting, UUID(form.line.data), form.received(), now=web.now()
            )
        )
    ):
        flash("全部移交完成。" if last[0] else "这一项已经移交。", "ok")
        return redirect(to(".handover", estate=estate, handover=handover))
    return _page(visit, handover, form)


@bp.post(f"{H}/lines")
@needs(Need.RUN_COMMITTEE)
def add(estate: UUID, handover: UUID) -> ResponseReturnValue:
    """Add a line to the checklist."""
    visit, form = Visit(estate, Need.RUN_COMMITTEE), LineForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.add_line(session, visit.acting, handover, form.what.data or "")
    ):
        return redirect(to(".handover", estate=estate, handover=handover))
    return _page(visit, handover)


@bp.get(f"{H}/list.pdf")
@needs(Need.SEE_COMMITTEE)
def paper(estate: UUID, handover: UUID) -> ResponseReturnValue:
    """Hand out 移交清单."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    with reading() as session:
        view = handover_of(session, estate, handover, now=web.now())
    data = papers.handover_pdf(visit.place.name, view, now=web.now())
    return send_file(BytesIO(data), mimetype="application/pdf", download_name="移交清单.pdf")


def _page(visit: Visit, handover: UUID, sent: ReceiveForm | None = None) -> ResponseReturnValue:
    with reading() as session:
        view = handover_of(session, visit.estate, handover, now=web.now())
    form = sent or ReceiveForm().offering(view)
    page = render_template(
        "committees/handover.html", **visit.values(view=view, form=form, adding=LineForm())
    )
    return page, sent.status if sent else 200
