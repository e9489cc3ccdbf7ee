"""Pages of the duties room: one calendar of an estate, every duty ahead and late."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.duties import queries, services
from assemblies.duties.forms import DoneForm
from assemblies.duties.icalendar import icalendar
from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.pictures import Option
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.web import must, needs, reading, site

bp = Blueprint("duties", __name__, url_prefix="/estates/<uuid:estate>/duties")


@bp.get("")
@needs(Need.SEE_DECISIONS)
def home(estate: UUID) -> ResponseReturnValue:
    """Show what is late, soon, later, waiting, and what was done lately."""
    who, now = _who(), web.now()
    with reading() as session:
        held = queries.calendar(session, estate, who, now=now)
    person = must(Need.SEE_DECISIONS, at=held.place.node)
    mine = frozenset(
        actor for actor, need in services.NEEDS.items() if person.may(need, at=held.place.node)
    )
    return render_template(
        "duties/home.html", held=held, place=held.place, who=who, actors=_actors(), mine=mine
    )


@bp.get("/month")
@needs(Need.SEE_DECISIONS)
def month(estate: UUID) -> ResponseReturnValue:
    """Show what falls due in a month, day by day."""
    who, now = _who(), web.now()
    with reading() as session:
        place = queries.place_of(session, estate)
        must(Need.SEE_DECISIONS, at=place.node)
        shown = queries.month(session, estate, who, request.args.get("month", ""), now=now)
    return render_template("duties/month.html", place=place, month=shown, who=who)


@bp.get("/calendar.ics")
@needs(Need.SEE_DECISIONS)
def ics(estate: UUID) -> ResponseReturnValue:
    """Hand out the calendar for a telephone."""
    now = web.now()
    with reading() as session:
        place = queries.place_of(session, estate)
        must(Need.SEE_DECISIONS, at=place.node)
        found = queries.dated(session, estate, _who(), now=now)
    text = icalendar(place.name, found, site().config.public_url, now=now)
    return send_file(
        BytesIO(text.encode()),
        "text/calendar; charset=utf-8",
        as_attachment=True,
        download_name=f"{place.name}待办事项.ics",
    )


@bp.route("/<uuid:duty>/done", methods=["GET", "POST"])
@needs(Need.SEE_DECISIONS)
def done(estate: UUID, duty: UUID) -> ResponseReturnValue:
    """Mark a duty that has no page of its own as done, with its proof."""
    now, form = web.now(), DoneForm()
    with reading() as session:
        place = queries.place_of(session, estate)
        person = must(Need.SEE_DECISIONS, at=place.node)
        entry = queries.duty(session, estate, duty, now=now)
    must(services.NEEDS.get(entry.who, Need.RUN_COMMITTEE), at=place.node)
    if entry.href or entry.when in ("done", "void"):
        raise WrongStep("这件事已经办结，或者在它自己的页面上办理。")
    by = f"{person.display_name}（{person.roles_zh}）"
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.finish(session, duty, form.finished(), by, site().keys, now=now)
    ):
        flash("已经办结，并写入监督纪实。", "ok")
        return redirect(to(".home", estate=estate))
    page = render_template("duties/done.html", place=place, entry=entry, form=form)
    return page, form.status


def _who() -> str:
    asked = request.args.get("who", "")
    return asked if asked in queries.WHO else ""


def _actors() -> tuple[Option, ...]:
    return (
        Option("", "所有人"),
        *(Option(value, label) for value, label in queries.WHO.items()),
    )
