"""Pages of the regular reports: the list, one to complete and submit, its receipt, its paper."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site
from assemblies.supervision import papers
from assemblies.supervision.access import seen
from assemblies.supervision.forms import IntervalForm, PartsForm, StepForm, TextForm
from assemblies.supervision.queries import figures, reports
from assemblies.supervision.services import reports as services

bp = Blueprint("reports", __name__, url_prefix="/reports")
OPINION = "例如：内容属实；下一步请抓紧……"


@bp.route("", methods=["GET", "POST"])
@needs(Need.SEE_SUPERVISION)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show the reports; let the street set how often they come."""
    who = seen(estate)
    with reading() as session:
        interval = reports.interval(session, estate, now=web.now())
        found = reports.listed(session, estate)
        usual = reports.usual_interval(session, estate, now=web.now())
    form = IntervalForm(usual.words, interval.months if interval.chosen else 0)
    if form.sent_and_valid():
        seen(estate, Need.RECEIVE_REPORT)
        if form.carry_out(
            lambda session: services.set_interval(session, estate, form.months.data, now=web.now())
        ):
            flash("报告间隔已经设定，从下一个报告期开始适用。", "ok")
            return redirect(to(".listed", estate=estate))
    page = render_template(
        "supervision/reports.html",
        who=who,
        reports=found,
        interval=interval,
        form=form,
        now=web.now(),
        Need=Need,
    )
    return page, form.status


@bp.route("/<uuid:report>", methods=["GET", "POST"])
@needs(Need.SEE_SUPERVISION)
def report(estate: UUID, report: UUID) -> ResponseReturnValue:
    """Show a report; let the committee write what the records do not know."""
    who = seen(estate)
    with reading() as session:
        found = reports.report(session, estate, report)
    form = PartsForm(data=found.parts)
    if form.sent_and_valid():
        seen(estate, Need.RUN_COMMITTEE)
        if form.carry_out(lambda session: services.complete(session, estate, report, form.parts())):
            flash("已经保存。核对无误后提交。", "ok")
            return redirect(to(".report", estate=estate, report=report))
    return _shown(who, found, form)


@bp.post("/<uuid:report>/submit")
@needs(Need.RUN_COMMITTEE)
def submit(estate: UUID, report: UUID) -> ResponseReturnValue:
    """Submit a report; its figures are fixed."""
    who, form = seen(estate, Need.RUN_COMMITTEE), StepForm()
    if form.carry_out(
        lambda session: services.submit(session, estate, report, who.by, site().keys, now=web.now())
    ):
        flash("报告已经提交给社区党组织，数字从现在起固定。", "ok")
        return redirect(to(".report", estate=estate, report=report))
    with reading() as session:
        found = reports.report(session, estate, report)
    parts = PartsForm(data=found.parts)
    parts.refused = form.refused
    return _shown(who, found, parts)


@bp.post("/<uuid:report>/receive")
@needs(Need.RECEIVE_REPORT)
def receive(estate: UUID, report: UUID) -> ResponseReturnValue:
    """Sign for a report with an opinion."""
    who, form = seen(estate, Need.RECEIVE_REPORT), TextForm("意见", OPINION)
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.receive(
            session, estate, report, form.written(who.by), site().keys, now=web.now()
        )
    ):
        flash("已经签收，意见业委会看得到。", "ok")
        return redirect(to(".report", estate=estate, report=report))
    with reading() as session:
        found = reports.report(session, estate, report)
    return _shown(who, found, PartsForm(data=found.parts), form)


@bp.get("/<uuid:report>.pdf")
@needs(Need.SEE_SUPERVISION)
def paper(estate: UUID, report: UUID) -> ResponseReturnValue:
    """Hand out 业委会定期报告."""
    seen(estate)
    with reading() as session:
        found = reports.report(session, estate, report)
    name = f"{found.committee} {found.period.words}定期报告.pdf"
    data = papers.report_pdf(found, web.now())
    return send_file(BytesIO(data), "application/pdf", download_name=name)


def _shown(
    who: object, found: reports.Report, form: PartsForm, opinion: TextForm | None = None
) -> ResponseReturnValue:
    opinion = opinion or TextForm("意见", OPINION)
    page = render_template(
        "supervision/report.html",
        who=who,
        report=found,
        parts=reports.PARTS,
        money_lines=figures.money_lines,
        form=form,
        opinion=opinion,
        now=web.now(),
        Need=Need,
    )
    return page, max(form.status, opinion.status)
