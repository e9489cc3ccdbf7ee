"""Pages after a manager was chosen or dismissed: contract, filing, notice, hand-over."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.foundation.web import needs, site
from assemblies.resolutions.register_forms import (
    ContractForm,
    FilingForm,
    HandoverForm,
    NoticeForm,
    PaperForm,
    ReceiveForm,
)
from assemblies.resolutions.resolution_pages import acted, crumbs, seen, today
from assemblies.resolutions.services import company as services
from assemblies.resolutions.services.register import Deed

bp = Blueprint("company", __name__, url_prefix="/<uuid:resolution>")
Step = Callable[..., None]


@bp.route("/contract", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def sign(estate: UUID, resolution: UUID) -> ResponseReturnValue:
    """Record the signed contract."""
    lead = "签订之后，物业服务企业应在规定的日子里备案，系统从签订日期算起。"
    words = ("登记合同签订", lead, "合同已经登记，备案的期限从签订日期算起。")
    return _papered(estate, resolution, ContractForm(data=today()), services.sign_contract, words)


@bp.route("/filing", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def file(estate: UUID, resolution: UUID) -> ResponseReturnValue:
    """Record the proof that the contract was filed."""
    lead = "合同由物业服务企业备案（《山东省物业管理条例》第五十七条），这里登记回执。"
    words = ("登记合同备案", lead, "合同备案已经登记。")
    return _papered(estate, resolution, FilingForm(data=today()), services.file_contract, words)


@bp.route("/notice", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def notify(estate: UUID, resolution: UUID) -> ResponseReturnValue:
    """Record that the notice of dismissal was served."""
    lead = "解聘要提前六十日书面通知，合同另有约定的除外（《民法典》第九百四十六条）。"
    words = ("登记解聘通知送达", lead, "送达已经登记，通知期从送达日期算起。")
    return _papered(estate, resolution, NoticeForm(data=today()), services.serve_notice, words)


@bp.route("/handover", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def handover(estate: UUID, resolution: UUID) -> ResponseReturnValue:
    """Begin the hand-over between managers with its checklist."""
    page, form = seen(estate, resolution, Need.RUN_COMMITTEE), HandoverForm()
    deed = acted(page)

    def verb(session: Session) -> None:
        services.begin_handover(session, deed, form.handing(), site().keys, now=web.now())

    if form.sent_and_valid() and form.carry_out(verb):
        flash("移交清单已经建立，每移交一项就登记一项。", "ok")
        return redirect(to("register.one", estate=estate, resolution=resolution))
    shown = render_template(
        "resolutions/act.html",
        page=page,
        form=form,
        crumbs=crumbs(page, "移交清单"),
        title="建立移交清单",
        lead="原物业服务企业应当交出物业服务用房、资料、账目和钱款（《民法典》第九百四十九条）。",
        verb="建立清单",
    )
    return shown, form.status


@bp.route("/handover/<uuid:item>", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def receive(estate: UUID, resolution: UUID, item: UUID) -> ResponseReturnValue:
    """Record that one thing of the list was handed over."""
    page, form = seen(estate, resolution, Need.RUN_COMMITTEE), ReceiveForm(data=today())
    lines = page.handover.lines if page.handover else ()
    line = next((one for one in lines if one.id == item), None)
    if line is None:
        raise NotFound
    deed = acted(page)

    def verb(session: Session) -> None:
        services.receive(session, deed, item, form.received(), site().keys, now=web.now())

    if form.sent_and_valid() and form.carry_out(verb):
        flash(f"“{line.what}”已经登记移交。", "ok")
        return redirect(to("register.one", estate=estate, resolution=resolution))
    shown = render_template(
        "resolutions/act.html",
        page=page,
        form=form,
        crumbs=crumbs(page, "登记移交"),
        title="登记移交一项",
        lead=f"{line.what} {line.quantity}".strip(),
        verb="登记移交",
    )
    return shown, form.status


def _papered(
    estate: UUID, resolution: UUID, form: PaperForm, step: Step, words: tuple[str, str, str]
) -> ResponseReturnValue:
    """Take a day and a paper for one step, and show the form until they are good."""
    page = seen(estate, resolution, Need.RUN_COMMITTEE)
    title, lead, done = words
    verb = _verb(step, acted(page), form, site().keys, web.now())
    if form.sent_and_valid() and form.carry_out(verb):
        flash(done, "ok")
        return redirect(to("register.one", estate=estate, resolution=resolution))
    shown = render_template(
        "resolutions/act.html",
        page=page,
        form=form,
        crumbs=crumbs(page, title),
        title=title,
        lead=lead,
        verb=title,
    )
    return shown, form.status


def _verb(
    step: Step, deed: Deed, form: PaperForm, keys: Keys, now: datetime
) -> Callable[[Session], None]:
    return lambda session: step(session, deed, form.paper(), keys, now=now)
