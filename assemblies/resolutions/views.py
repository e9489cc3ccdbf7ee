"""Pages of the resolutions room: objections, the street's verification, publication, papers."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import verdicts, web
from assemblies.foundation.kept import kept
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.web import must, needs, reading, site, writing
from assemblies.resolutions import papers
from assemblies.resolutions.forms import AnswerForm, CertifyForm, ObjectionForm
from assemblies.resolutions.queries import results as queries
from assemblies.resolutions.services import results as services
from voting.bundle import Edition

bp = Blueprint("resolutions", __name__, url_prefix="/assemblies/<uuid:assembly>")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/result/objection", methods=["GET", "POST"])
@needs(Need.PUBLIC)
def object_to_result(assembly: UUID) -> ResponseReturnValue:
    """Let anybody concerned object to the preliminary result."""
    form = ObjectionForm()
    if form.sent_and_valid():
        raised = services.Objection(
            form.text.data or "", form.contact.data or "", request.remote_addr or ""
        )
        with writing() as session:
            services.object_to_result(session, assembly, raised, site().keys, now=web.now())
        flash("您的异议已经收到并记入会议日志，筹办人会复核并答复。", "ok")
        return redirect(to("board.assembly", assembly=assembly))
    with reading() as session:
        page = queries.page(session, assembly)
    if page.meeting.phase != "counted" or web.now() >= page.meeting.objections_until:
        raise WrongStep("初步结果的公示期已过，或者还没有开始。")
    return render_template("resolutions/objection.html", page=page, form=form)


@bp.get("/result/objections")
@needs(Need.SEE_ASSEMBLY)
def objections(assembly: UUID) -> ResponseReturnValue:
    """Show the objections to the result and let the convener answer."""
    with reading() as session:
        page = queries.page(session, assembly)
    person = must(Need.SEE_ASSEMBLY, at=page.meeting.node)
    may_answer = person.may(Need.ANSWER, at=page.meeting.node)
    return render_template(
        "resolutions/objections.html", page=page, form=AnswerForm(), may_answer=may_answer
    )


@bp.post("/result/objections/<uuid:objection>")
@needs(Need.ANSWER)
def answer(assembly: UUID, objection: UUID) -> ResponseReturnValue:
    """Answer an objection to the result."""
    form = AnswerForm()
    form.validate()
    with writing() as session:
        must(Need.ANSWER, at=queries.meeting(session, assembly).node)
        services.answer(
            session, assembly, objection, form.answer.data or "", site().keys, now=web.now()
        )
    flash("答复已经记录。", "ok")
    return redirect(to(".objections", assembly=assembly))


@bp.route("/certify", methods=["GET", "POST"])
@needs(Need.CERTIFY)
def certify(assembly: UUID) -> ResponseReturnValue:
    """Run the verifier's numbered steps for the street and take its word."""
    form = CertifyForm()
    if form.sent_and_valid():
        with writing() as session:
            person = must(Need.CERTIFY, at=queries.meeting(session, assembly).node)
            by = f"{person.display_name}（{person.roles_zh}）"
            services.certify(
                session, assembly, by, form.note.data or "", site().keys, now=web.now()
            )
        flash("核验结果已经确认并写入会议日志。下一步：召集人公布结果。", "ok")
        return redirect(to("agendas.overview", assembly=assembly))
    with reading() as session:
        page = queries.page(session, assembly)
        must(Need.CERTIFY, at=page.meeting.node)
        report = services.examine(session, assembly, site().keys)
    return render_template(
        "resolutions/certify.html",
        page=page,
        report=report,
        verdicts=verdicts.verdicts(page.result),
        form=form,
        now=web.now(),
    )


@bp.route("/publish", methods=["GET", "POST"])
@needs(Need.PUBLISH)
def publish(assembly: UUID) -> ResponseReturnValue:
    """Publish the certified result under its number."""
    with reading() as session:
        page = queries.page(session, assembly)
    must(Need.PUBLISH, at=page.meeting.node)
    if request.method == "GET":
        return render_template(
            "resolutions/publish.html", page=page, verdicts=verdicts.verdicts(page.result)
        )
    with writing() as session:
        number = services.publish(session, assembly, site().keys, now=web.now())
    flash(f"已公布，文号：{number}。请打印公告张贴，张贴不少于三日。", "ok")
    return redirect(to(".publish", assembly=assembly))


@bp.get("/result.pdf")
@needs(Need.PUBLIC)
def notice_pdf(assembly: UUID) -> ResponseReturnValue:
    """Hand out 表决结果公告."""
    with reading() as session:
        page = queries.page(session, assembly)
    url = site().config.public_url
    data = _kept(page.meeting, "result.pdf", lambda: papers.result_notice_pdf(page, url))
    return _file(data, "application/pdf", f"{page.meeting.title} 表决结果公告.pdf", inline=True)


@bp.get("/summary.xlsx")
@needs(Need.PUBLIC)
def summary(assembly: UUID) -> ResponseReturnValue:
    """Hand out 计票结果汇总表."""
    with reading() as session:
        page = queries.page(session, assembly)
    return _file(papers.summary_xlsx(page), XLSX, f"{page.meeting.title} 计票结果汇总表.xlsx")


@bp.get("/result.json")
@needs(Need.PUBLIC)
def result_json(assembly: UUID) -> ResponseReturnValue:
    """Hand out the result object, the same bytes as in the bundle."""
    with reading() as session:
        page = queries.page(session, assembly)
    return Response(page.result.encode(), mimetype="application/json")


@bp.get("/public.zip")
@needs(Need.PUBLIC)
def public_bundle(assembly: UUID) -> ResponseReturnValue:
    """Hand out the public edition of the evidence."""
    with reading() as session:
        meeting = queries.meeting(session, assembly)
        data = _kept(
            meeting,
            "public.zip",
            lambda: queries.bundle_of(session, assembly, site().keys, Edition.PUBLIC),
        )
    return _file(data, "application/zip", f"{meeting.title} 存证包-public.zip")


@bp.get("/audit.zip")
@needs(Need.SEE_EVIDENCE)
def audit_bundle(assembly: UUID) -> ResponseReturnValue:
    """Hand out the audit edition to those who supervise."""
    with reading() as session:
        meeting = queries.meeting(session, assembly)
        must(Need.SEE_EVIDENCE, at=meeting.node)
        data = queries.bundle_of(session, assembly, site().keys, Edition.AUDIT)
    return _file(data, "application/zip", f"{meeting.title} 存证包-audit.zip")


def _kept(meeting: queries.Meeting, name: str, make: Callable[[], bytes]) -> bytes:
    """Return a paper made once for this size of the log: whatever changes, changes the log."""
    return kept(site().config.outputs, f"{meeting.id}-{meeting.log_size}-{name}", make)


def _file(data: bytes, kind: str, name: str, *, inline: bool = False) -> ResponseReturnValue:
    return send_file(BytesIO(data), kind, as_attachment=not inline, download_name=name)
