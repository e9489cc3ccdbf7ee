"""Pages of the orders to correct and the revocations; owners see them on the board."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site
from assemblies.supervision import papers
from assemblies.supervision.access import Seen, seen
from assemblies.supervision.forms import OrderForm, PaperForm, TextForm, paper_of
from assemblies.supervision.queries import orders
from assemblies.supervision.services import orders as services

bp = Blueprint("orders", __name__, url_prefix="/orders")
public = Blueprint("orders_board", __name__, url_prefix="/board/estates/<uuid:estate>/orders")


@public.get("")
@needs(Need.PUBLIC)
def board(estate: UUID) -> ResponseReturnValue:
    """Show owners and public the orders and revocations of an estate (PMR 19)."""
    with reading() as session:
        place = orders.place(session, estate)
        found = orders.listed(session, estate)
    return render_template(
        "supervision/orders_board.html", place=place, orders=found, now=web.now()
    )


@bp.get("")
@needs(Need.SEE_SUPERVISION)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show the orders and revocations of an estate."""
    who = seen(estate)
    with reading() as session:
        found = orders.listed(session, estate)
    return render_template(
        "supervision/orders.html", who=who, orders=found, now=web.now(), Need=Need
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Need.ORDER)
def new(estate: UUID) -> ResponseReturnValue:
    """Show the form of a new order; issue it when it comes back whole."""
    who = seen(estate, Need.ORDER)
    with reading() as session:
        targets = orders.targets(session, estate)
        office = orders.office_of(session, who.person, who.place)
        usual = services.usual_deadline(session, estate, now=web.now())
    form = OrderForm(targets, office, f"{who.place.name}业主委员会", usual.last)
    made: list[UUID] = []
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            services.issue(session, estate, form.draft(), who.by, site().keys, now=web.now())
        )
    ):
        flash("文书已经编号。请打印送达，并记录送达情况。", "ok")
        return redirect(to(".order", estate=estate, order=made[0]))
    page = render_template("supervision/order_form.html", who=who, form=form, usual=usual)
    return page, form.status


@bp.get("/<uuid:order>")
@needs(Need.SEE_SUPERVISION)
def order(estate: UUID, order: UUID) -> ResponseReturnValue:
    """Show an order with what is to be done next."""
    return _shown(seen(estate), order)


@bp.post("/<uuid:order>/serve")
@needs(Need.ORDER)
def serve(estate: UUID, order: UUID) -> ResponseReturnValue:
    """Record that an order was handed over."""
    who, form = seen(estate, Need.ORDER), _serving()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.serve(
            session,
            estate,
            order,
            form.written(who.by),
            paper_of(form.paper),
            site().keys,
            now=web.now(),
        )
    ):
        return _done("送达情况已经记录。", estate, order)
    return _shown(who, order, serving=form)


@bp.post("/<uuid:order>/reply")
@needs(Need.RUN_COMMITTEE)
def reply(estate: UUID, order: UUID) -> ResponseReturnValue:
    """Let the committee answer an order."""
    who, form = seen(estate, Need.RUN_COMMITTEE), _replying()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.reply(
            session,
            estate,
            order,
            form.written(who.by),
            paper_of(form.paper),
            site().keys,
            now=web.now(),
        )
    ):
        return _done("答复已经提交。", estate, order)
    return _shown(who, order, replying=form)


@bp.post("/<uuid:order>/close")
@needs(Need.ORDER)
def close(estate: UUID, order: UUID) -> ResponseReturnValue:
    """Close an order with what the office found."""
    who, form = seen(estate, Need.ORDER), _closing()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.close(
            session, estate, order, form.written(who.by), site().keys, now=web.now()
        )
    ):
        return _done("已经办结。", estate, order)
    return _shown(who, order, closing=form)


@bp.get("/<uuid:order>.pdf")
@needs(Need.SEE_SUPERVISION)
def paper(estate: UUID, order: UUID) -> ResponseReturnValue:
    """Hand out 责令限期改正通知书 or 撤销决定书."""
    seen(estate)
    with reading() as session:
        found = orders.order(session, estate, order)
    data = papers.order_pdf(found)
    return send_file(
        BytesIO(data), "application/pdf", download_name=f"{found.number} {found.name}.pdf"
    )


def _serving() -> PaperForm:
    return PaperForm(
        "怎样送达", "例如：3月5日当面交业委会主任签收", "送达回执", "照片或者扫描件", needed=True
    )


def _replying() -> PaperForm:
    return PaperForm("改正情况", "已经改正什么、怎样改正的", "证明材料", "例如改正后的公告照片")


def _closing() -> TextForm:
    return TextForm("核实情况", "例如：已经改正，予以办结")


def _done(said: str, estate: UUID, order: UUID) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(to(".order", estate=estate, order=order))


def _shown(
    who: Seen,
    order: UUID,
    *,
    serving: PaperForm | None = None,
    replying: PaperForm | None = None,
    closing: TextForm | None = None,
) -> ResponseReturnValue:
    with reading() as session:
        found = orders.order(session, who.place.id, order)
    forms = (serving or _serving(), replying or _replying(), closing or _closing())
    page = render_template(
        "supervision/order.html",
        who=who,
        order=found,
        serving=forms[0],
        replying=forms[1],
        closing=forms[2],
        now=web.now(),
        Need=Need,
    )
    return page, max(form.status for form in forms)
