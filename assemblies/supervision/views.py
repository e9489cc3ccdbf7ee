"""Pages of the record: the stream with its notes, its print and the file for the verifier.

No route writes an entry of the record or takes one away: entries come from what happens.
"""

from datetime import date
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site
from assemblies.supervision import inquiry_views, order_views, papers, report_views
from assemblies.supervision.access import seen
from assemblies.supervision.forms import TextForm
from assemblies.supervision.queries import stream
from assemblies.supervision.services import notes
from assemblies.supervision.sources import href_of
from assemblies.supervision.subjects import SUBJECTS, Subject, subject_of

bp = Blueprint("supervision", __name__, url_prefix="/estates/<uuid:estate>/supervision")
bp.register_blueprint(report_views.bp)
bp.register_blueprint(order_views.bp)
bp.register_blueprint(inquiry_views.bp)

YEARS = range(2000, 2200)  # what an address may ask for; beyond lies no record


class Asked(NamedTuple):
    """What of the record is asked for: a subject, a year, a page of it."""

    subject: Subject | None
    year: int
    page: int

    def href(self, **changed: object) -> str:
        """Return the address with something changed: subject, year, page."""
        values = {
            "subject": self.subject.name if self.subject else "",
            "year": self.year,
            "page": self.page,
            **changed,
        }
        chosen = {name: value for name, value in values.items() if value and value != 1}
        return f"?{urlencode(chosen)}" if chosen else request.path


@bp.get("")
@needs(Need.SEE_SUPERVISION)
def home(estate: UUID) -> ResponseReturnValue:
    """Show the record, newest first."""
    return _record(estate, TextForm("记事"))


@bp.post("/notes")
@needs(Need.NOTE)
def write_note(estate: UUID) -> ResponseReturnValue:
    """Write a note beside the whole record."""
    return _noted(estate, None)


@bp.route("/entries/<int:entry>", methods=["GET", "POST"])
@needs(Need.SEE_SUPERVISION)
def entry(estate: UUID, entry: int) -> ResponseReturnValue:
    """Show one entry with its notes; let community and street write one beside it."""
    if request.method == "POST":
        seen(estate, Need.NOTE)
        return _noted(estate, entry)
    return _entry(estate, entry, TextForm("记事"))


@bp.route("/notes/<uuid:note>", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def answer(estate: UUID, note: UUID) -> ResponseReturnValue:
    """Let the committee answer a note."""
    who, form = seen(estate, Need.RUN_COMMITTEE), TextForm("答复")
    if form.sent_and_valid() and form.carry_out(
        lambda session: notes.answer(
            session, estate, note, form.written(who.by), site().keys, now=web.now()
        )
    ):
        flash("答复已经记入监督纪实。", "ok")
        return redirect(to(".home", estate=estate))
    with reading() as session:
        found = stream.note(session, estate, note)
    page = render_template("supervision/answer.html", who=who, note=found, form=form)
    return page, form.status


@bp.get("/record.pdf")
@needs(Need.SEE_SUPERVISION)
def printed(estate: UUID) -> ResponseReturnValue:
    """Hand out 监督纪实 of a period, the present year unless asked otherwise."""
    who, today = seen(estate), in_china(web.now()).date()
    since = _day(request.args.get("since", "")) or date(today.year, 1, 1)
    until = _day(request.args.get("until", "")) or today
    with reading() as session:
        lines = stream.lines_between(session, estate, since, until)
        head = stream.head(session, estate)
    data = papers.record_pdf(who.place.name, (since, until), lines, head, web.now())
    return send_file(
        BytesIO(data), "application/pdf", download_name=f"{who.place.name} 监督纪实.pdf"
    )


@bp.get("/record.zip")
@needs(Need.SEE_SUPERVISION)
def exported(estate: UUID) -> ResponseReturnValue:
    """Hand out the whole record for the verifier: `python -m voting verify`."""
    who = seen(estate)
    with reading() as session:
        data = stream.exported(session, estate)
    name = f"{who.place.name} 监督纪实.zip"
    return send_file(BytesIO(data), "application/zip", as_attachment=True, download_name=name)


def _noted(estate: UUID, entry: int | None) -> ResponseReturnValue:
    who, form = seen(estate, Need.NOTE), TextForm("记事")
    if form.sent_and_valid() and form.carry_out(
        lambda session: notes.write(
            session, estate, entry, form.written(who.by), site().keys, now=web.now()
        )
    ):
        flash("已经记下，业委会会看到并答复。", "ok")
        return redirect(to(".home", estate=estate))
    return _record(estate, form) if entry is None else _entry(estate, entry, form)


def _record(estate: UUID, form: TextForm) -> ResponseReturnValue:
    who, asked = seen(estate), _asked()
    with reading() as session:
        page = stream.page(session, estate, asked.subject, asked.year, asked.page)
    shown = render_template(
        "supervision/home.html",
        who=who,
        page=page,
        asked=asked,
        subjects=SUBJECTS,
        form=form,
        Need=Need,
        href_of=lambda source: href_of(estate, source),
    )
    return shown, form.status


def _entry(estate: UUID, number: int, form: TextForm) -> ResponseReturnValue:
    who = seen(estate)
    with reading() as session:
        line = stream.line(session, estate, number)
    page = render_template(
        "supervision/entry.html",
        who=who,
        line=line,
        form=form,
        Need=Need,
        href=href_of(estate, line.source),
    )
    return page, form.status


def _asked() -> Asked:
    arguments = request.args
    return Asked(
        subject_of(arguments.get("subject", "")),
        year if (year := arguments.get("year", 0, type=int)) in YEARS else 0,
        arguments.get("page", 1, type=int),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
