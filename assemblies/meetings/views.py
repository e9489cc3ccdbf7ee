"""Pages of a committee meeting until it is held: list, call, agenda, announcement, change."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.fields import on_the_wall
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.meetings import minutes_views, steps
from assemblies.meetings.access import meeting_seen, place_seen
from assemblies.meetings.forms import (
    AgendaForm,
    CallForm,
    CancelForm,
    ConfirmForm,
    MoveForm,
    PosterForm,
    ToldForm,
)
from assemblies.meetings.queries import meetings as queries
from assemblies.meetings.queries import rules as law
from assemblies.meetings.services import announcing, calling

bp = Blueprint("meetings", __name__, url_prefix="/estates/<uuid:estate>/meetings")
bp.register_blueprint(minutes_views.bp)


@bp.get("")
@needs(Need.SEE_COMMITTEE)
def home(estate: UUID) -> ResponseReturnValue:
    """Show the meetings that come, and those that were held with their minutes."""
    place, _ = place_seen(estate, Need.SEE_COMMITTEE)
    now = web.now()
    with reading() as session:
        found = queries.meetings_of(session, estate, now=now)
        term = queries.term_number(session, estate)
    return render_template(
        "meetings/home.html",
        place=place,
        coming=tuple(reversed([one for one in found if one.open])),
        past=tuple(one for one in found if not one.open),
        standing=lambda one: steps.standing(one, now),
        outcome=steps.outcome,
        term=term,
        may_run=web.staff().may(Need.RUN_COMMITTEE, at=place.node),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def new(estate: UUID) -> ResponseReturnValue:
    """Call a meeting."""
    place, acting = place_seen(estate, Need.RUN_COMMITTEE)
    now = web.now()
    with reading() as session:
        members = queries.members(session, estate)
        sayings = law.sayings(session, estate, now=now)
    form = CallForm(members)
    made: list[UUID] = []
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(calling.call(session, acting, form.call(), now=now))
    ):
        flash("会议已经召集。接下来把会议通知和议程贴出去，并通知每一位委员。", "ok")
        return redirect(to(".meeting", estate=estate, meeting=made[0]))
    page = render_template(
        "meetings/new.html",
        place=place,
        form=form,
        members=members,
        sayings=sayings,
    )
    return page, form.status


@bp.get("/<uuid:meeting>")
@needs(Need.SEE_COMMITTEE)
def meeting(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Show one meeting: its steps, the next of them, its agenda or what was decided."""
    view, _ = meeting_seen(estate, meeting, Need.SEE_COMMITTEE)
    now, person = web.now(), web.staff()
    with reading() as session:
        member = queries.signing(session, estate, person.id)
    confirmed = {one.member for one in view.confirmed}
    return render_template(
        "meetings/meeting.html",
        view=view,
        steps=steps.steps(view, now),
        standing=steps.standing(view, now),
        flags=steps.flags(view, now),
        barred=view.open and steps.barred(view, now),
        late=view.late(now),
        ready=view.open and now >= view.planned,
        locked=view.locked(now),
        may_run=person.may(Need.RUN_COMMITTEE, at=view.place.node),
        may_confirm=member is not None
        and person.may(Need.SIGN_AS_MEMBER, at=view.place.node)
        and member in {one.id for one in view.of("present")} - confirmed,
        form=ConfirmForm(),
    )


@bp.route("/<uuid:meeting>/agenda", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def agenda(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Change the points of an agenda that was not posted yet."""
    view, acting = meeting_seen(estate, meeting, Need.RUN_COMMITTEE)
    form = AgendaForm(view.points)
    if form.sent_and_valid() and form.carry_out(
        lambda session: calling.change_agenda(
            session, acting, meeting, form.written(), now=web.now()
        )
    ):
        return _done("议程已经修改。", estate, meeting)
    locked = view.locked(web.now())
    page = render_template("meetings/agenda.html", view=view, form=form, locked=locked)
    return page, form.status


@bp.route("/<uuid:meeting>/notice", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def notice(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Record that the agenda hangs on the door."""
    view, acting = meeting_seen(estate, meeting, Need.RUN_COMMITTEE)
    form = PosterForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: announcing.post_agenda(
            session, acting, meeting, form.posted(), now=web.now()
        )
    ):
        return _done("议程公示已经记录，从现在起议题不能再增减。", estate, meeting)
    flags = steps.flags(view, web.now())
    return render_template("meetings/notice.html", view=view, form=form, flags=flags), form.status


@bp.route("/<uuid:meeting>/community", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def community(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Record whom of the residents' committee one told."""
    view, acting = meeting_seen(estate, meeting, Need.RUN_COMMITTEE)
    form = ToldForm(data={"at": on_the_wall(web.now())})
    if form.sent_and_valid() and form.carry_out(
        lambda session: announcing.tell_community(
            session, acting, meeting, form.told(), now=web.now()
        )
    ):
        return _done("已经记录告知社区居委会。", estate, meeting)
    return render_template("meetings/community.html", view=view, form=form), form.status


@bp.route("/<uuid:meeting>/move", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def move(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Put a meeting off to a later time."""
    view, acting = meeting_seen(estate, meeting, Need.RUN_COMMITTEE)
    form = MoveForm(data={"planned": on_the_wall(view.planned), "place": view.where})
    if form.sent_and_valid() and form.carry_out(
        lambda session: calling.move(
            session, acting, meeting, form.moment(), form.place.data or "", now=web.now()
        )
    ):
        return _done("会议已经改期。请把新的会议通知贴出去，并告诉每一位委员。", estate, meeting)
    return render_template("meetings/move.html", view=view, form=form), form.status


@bp.route("/<uuid:meeting>/cancel", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def cancel(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Cancel a meeting that was not held."""
    view, acting = meeting_seen(estate, meeting, Need.RUN_COMMITTEE)
    form = CancelForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: calling.cancel(session, acting, meeting, form.why.data or "", now=web.now())
    ):
        return _done("会议已经取消。", estate, meeting)
    return render_template("meetings/cancel.html", view=view, form=form), form.status


def _done(said: str, estate: UUID, meeting: UUID) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(to(".meeting", estate=estate, meeting=meeting))
