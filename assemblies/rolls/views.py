"""Pages of the rolls room: the draft roll, freezing it, and the letters."""

from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.foundation.web import must, needs, reading, site, writing
from assemblies.rolls import letters
from assemblies.rolls.forms import AnswerForm, FreezeForm, ObjectionForm, ReprintForm
from assemblies.rolls.queries import letters as letter_queries
from assemblies.rolls.queries import meetings
from assemblies.rolls.services import freezing, objections
from assemblies.rolls.services import letters as letter_services
from voting import canonical

bp = Blueprint("rolls", __name__, url_prefix="/assemblies/<uuid:assembly>")
PAGE = 100


@bp.get("/roll")
@needs(Need.SEE_REGISTER)
def roll(assembly: UUID) -> ResponseReturnValue:
    """Show the draft roll with its sums and the objections to it."""
    with reading() as session:
        page = meetings.roll_page(session, assembly)
    must(Need.SEE_REGISTER, at=page.meeting.node)
    return render_template("rolls/roll.html", page=page, form=AnswerForm(), now=web.now())


@bp.post("/roll/objections/<uuid:objection>")
@needs(Need.ANSWER)
def answer(assembly: UUID, objection: UUID) -> ResponseReturnValue:
    """Answer an objection to the roll."""
    form = AnswerForm()
    form.validate()
    with writing() as session:
        must(Need.ANSWER, at=meetings.meeting(session, assembly).node)
        objections.answer(
            session, assembly, objection, form.answer.data or "", site().keys, now=web.now()
        )
    flash("已记录复核结果。", "ok")
    return redirect(to(".roll", assembly=assembly))


@bp.route("/objection", methods=["GET", "POST"])
@needs(Need.PUBLIC)
def object_to_roll(assembly: UUID) -> ResponseReturnValue:
    """Let anybody concerned object to the posted roll."""
    form = ObjectionForm()
    if form.sent_and_valid():
        with writing() as session:
            objections.object_to_roll(
                session,
                assembly,
                objections.Objection(
                    form.text.data or "", form.contact.data or "", request.remote_addr or ""
                ),
                site().keys,
                now=web.now(),
            )
        flash("您的异议已经收到并记入会议日志，筹办人会复核并答复。", "ok")
        return redirect(to("board.assembly", assembly=assembly))
    with reading() as session:
        page = meetings.roll_page(session, assembly)
    if page.meeting.phase != "posted":
        raise WrongStep("名册不在公示期内，现在不能对名册提出异议。")
    return render_template("rolls/objection.html", page=page, form=form)


@bp.route("/freeze", methods=["GET", "POST"])
@needs(Need.FREEZE)
def freeze(assembly: UUID) -> ResponseReturnValue:
    """Let the keeper make the opening key, then freeze roll, agenda and rules."""
    form = FreezeForm()
    if form.sent_and_valid():
        opening = freezing.opening_key(
            canonical.decode((form.public.data or "").encode()),
            form.wrapped.data or "",
            form.keeper.data or "",
        )
        with writing() as session:
            must(Need.FREEZE, at=meetings.meeting(session, assembly).node)
            freezing.freeze(session, assembly, opening, site().keys, now=web.now())
        flash("名册、议程和规则已经锁定，写入会议日志。下一步：打印投票信。", "ok")
        return redirect(to(".letters", assembly=assembly))
    with reading() as session:
        page = meetings.roll_page(session, assembly)
    must(Need.FREEZE, at=page.meeting.node)
    return render_template("rolls/freeze.html", page=page, form=form, now=web.now())


@bp.get("/letters", endpoint="letters")
@needs(Need.PRINT_LETTERS)
def letters_page(assembly: UUID) -> ResponseReturnValue:
    """Show the letters, the printing jobs, and a search for one to reprint."""
    search = request.args.get("room", "").strip()
    with reading() as session:
        meeting = meetings.meeting(session, assembly)
        must(Need.PRINT_LETTERS, at=meeting.node)
        lines = letter_queries.letters(session, assembly, search)
        jobs = letter_queries.jobs(session, assembly)
        total = letter_queries.voters(session, assembly)
    return render_template(
        "rolls/letters.html",
        meeting=meeting,
        lines=lines[:PAGE],
        total=total,
        jobs=jobs,
        search=search,
        form=ReprintForm(),
        now=web.now(),
    )


@bp.post("/letters/print")
@needs(Need.PRINT_LETTERS)
def print_letters(assembly: UUID) -> ResponseReturnValue:
    """Ask for the whole set as one PDF."""
    with writing() as session:
        must(Need.PRINT_LETTERS, at=meetings.meeting(session, assembly).node)
        letter_services.ask_for_letters(session, assembly, web.staff().id, now=web.now())
    return redirect(to(".letters", assembly=assembly))


@bp.get("/letters/jobs/<uuid:job>")
@needs(Need.PRINT_LETTERS)
def progress(assembly: UUID, job: UUID) -> ResponseReturnValue:
    """Say how far a printing job is, for the page to show."""
    with reading() as session:
        must(Need.PRINT_LETTERS, at=meetings.meeting(session, assembly).node)
        line = letter_queries.job(session, assembly, job)
    return jsonify(state=line.state, done=line.done, total=line.total, said=line.said)


@bp.get("/letters/jobs/<uuid:job>/letters.pdf")
@needs(Need.PRINT_LETTERS)
def download(assembly: UUID, job: UUID) -> ResponseReturnValue:
    """Hand out the printed set."""
    with reading() as session:
        must(Need.PRINT_LETTERS, at=meetings.meeting(session, assembly).node)
        line = letter_queries.job(session, assembly, job)
    path = site().config.outputs / line.output
    if line.state != "done" or not path.is_file():
        raise NotFound("这份文件已经清理，请重新生成。")
    return send_file(
        path, mimetype="application/pdf", as_attachment=True, download_name="投票信.pdf"
    )


@bp.post("/letters/<uuid:voter>/reprint")
@needs(Need.PRINT_LETTERS)
def reprint(assembly: UUID, voter: UUID) -> ResponseReturnValue:
    """Make a voter's old code void and hand out a new letter."""
    form = ReprintForm()
    form.validate()
    with writing() as session:
        must(Need.PRINT_LETTERS, at=meetings.meeting(session, assembly).node)
        letter_services.reprint_letter(
            session, assembly, voter, form.reason.data or "", site().keys, now=web.now()
        )
        page = letter_queries.letter_page(session, assembly)
        line = letter_queries.letter(session, assembly, voter)
    return Response(letters.letters_pdf(site(), page, [line]), mimetype="application/pdf")
