"""Opening the accounts: a blank sheet, an upload, what it would open, and the one button."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.pictures import Option
from assemblies.foundation.web import needs, reading, writing
from assemblies.foundation.wording import money_text
from assemblies.funds.access import actor, granted
from assemblies.funds.forms import OpenForm, SheetForm
from assemblies.funds.queries import openings
from assemblies.funds.queries.known import register
from assemblies.funds.services import opening as services
from assemblies.funds.spreadsheets import blank_template

bp = Blueprint("opening", __name__)
XLSX = openings.MEDIA_TYPES[0]
LINES = 200


@bp.route("/opening", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def upload(estate: UUID) -> ResponseReturnValue:
    """Take a sheet of opening balances and lay it beside the register."""
    place, person = granted(estate, Need.KEEP_FUND)
    form = SheetForm()
    with reading() as session:
        opened = openings.has_opened(session, estate)
        waiting = () if opened else openings.waiting(session, estate)
    kept: list[UUID] = []
    if (
        not opened
        and form.sent_and_valid()
        and form.carry_out(
            lambda session: kept.append(
                services.take(session, estate, form.upload(), actor(person).by, now=web.now())
            )
        )
    ):
        return redirect(to(".preview", estate=estate, file=kept[0]))
    page = render_template(
        "funds/upload.html", place=place, form=form, opened=opened, waiting=waiting
    )
    return page, form.status


@bp.get("/opening/template.xlsx")
@needs(Need.KEEP_FUND)
def template(estate: UUID) -> ResponseReturnValue:
    """Hand out the blank sheet with every part of the register."""
    place, _ = granted(estate, Need.KEEP_FUND)
    with reading() as session:
        content = blank_template(register(session, estate).parts)
    name = f"{place.name}维修资金期初余额表.xlsx"
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=name)


@bp.route("/opening/<uuid:file>", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def preview(estate: UUID, file: UUID) -> ResponseReturnValue:
    """Show what a sheet would open, line by line; open it when it comes back confirmed."""
    place, person = granted(estate, Need.KEEP_FUND)
    with reading() as session:
        laid = services.lay_kept(session, estate, file)
    form = OpenForm(laid.version, laid.opening.questions)
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.apply(
            session, laid, file, form.answer(), actor(person), now=web.now()
        )
    ):
        total = money_text(laid.opening.whole.balance)
        flash(f"已建账：{laid.opening.whole.parts} 处房屋，余额合计 {total}。", "ok")
        return redirect(to("funds.home", estate=estate))
    page = render_template(
        "funds/preview.html",
        place=place,
        form=form,
        file=file,
        laid=laid,
        opening=laid.opening,
        questions=[Option(one.id, one.text, one.note) for one in laid.opening.questions],
        shown=laid.opening.lines[:LINES],
    )
    return page, form.status


@bp.post("/opening/<uuid:file>/give-up")
@needs(Need.KEEP_FUND)
def give_up(estate: UUID, file: UUID) -> ResponseReturnValue:
    """Drop a sheet that was not applied."""
    granted(estate, Need.KEEP_FUND)
    with writing() as session:
        services.give_up(session, estate, file)
    flash("这份表已经删除，什么也没有写入。", "info")
    return redirect(to(".upload", estate=estate))
