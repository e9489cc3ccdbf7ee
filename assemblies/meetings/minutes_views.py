"""Pages from the meeting itself to its posted minutes: hold, confirm, post, and the papers."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site, writing
from assemblies.meetings import papers, steps
from assemblies.meetings.access import meeting_seen
from assemblies.meetings.forms import ConfirmForm, MinutesPosterForm
from assemblies.meetings.hold_form import CHOICES, HoldForm, came
from assemblies.meetings.queries import meetings as queries
from assemblies.meetings.queries import rules as law
from assemblies.meetings.services import minutes as services
from assemblies.meetings.services.holding import hold as record_meeting

bp = Blueprint("minutes", __name__, url_prefix="/<uuid:meeting>")


@bp.route("/hold", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def hold(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Ask who came; then how they voted; record the meeting when it comes back whole."""
    view, acting = meeting_seen(estate, meeting, Need.RUN_COMMITTEE)
    now = web.now()
    with reading() as session:
        members = queries.members(session, estate)
        present = came(members)
        presence = law.presence(session, estate, len(present), len(members), now=now)
    if not view.open or now < view.planned or "counted" not in request.args:
        early = view.open and now < view.planned
        return render_template("meetings/attend.html", view=view, members=members, early=early)
    form = HoldForm(view, present, now)
    decides = presence.holds and not steps.barred(view, now)
    if form.sent_and_valid() and form.carry_out(
        lambda session: record_meeting(
            session, acting, meeting, form.held(decides=decides), now=now
        )
    ):
        flash("会议已经记录。请到会的委员用自己的账号确认纪要，并按时公示。", "ok")
        return redirect(to("meetings.meeting", estate=estate, meeting=meeting))
    page = render_template(
        "meetings/hold.html",
        view=view,
        form=form,
        present=present,
        presence=presence,
        decides=decides,
        flags=steps.flags(view, now),
        choices=CHOICES,
    )
    return page, form.status


@bp.post("/confirm")
@needs(Need.SIGN_AS_MEMBER)
def confirm(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Let a member who was present confirm the minutes."""
    _, acting = meeting_seen(estate, meeting, Need.SIGN_AS_MEMBER)
    form, person = ConfirmForm(), web.staff()
    with writing() as session:
        services.confirm(session, acting, meeting, person.id, form.note.data or "", now=web.now())
    flash("您已经确认这份纪要。", "ok")
    return redirect(to("meetings.meeting", estate=estate, meeting=meeting))


@bp.route("/post", methods=["GET", "POST"])
@needs(Need.RUN_COMMITTEE)
def post(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Record that the minutes hang on the door."""
    view, acting = meeting_seen(estate, meeting, Need.RUN_COMMITTEE)
    form = MinutesPosterForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: services.post(session, acting, meeting, form.posted(), now=web.now())
    ):
        flash("纪要公示已经记录，业主现在可以在网上看到。", "ok")
        return redirect(to("meetings.meeting", estate=estate, meeting=meeting))
    late = view.late(web.now())
    return render_template("meetings/post.html", view=view, form=form, late=late), form.status


@bp.get("/notice.pdf")
@needs(Need.SEE_COMMITTEE)
def notice_pdf(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Hand out 会议通知 with the agenda, to be posted."""
    view, _ = meeting_seen(estate, meeting, Need.SEE_COMMITTEE)
    return _paper(papers.notice_pdf(view), f"{view.place.name}{view.name}通知.pdf")


@bp.get("/minutes.pdf")
@needs(Need.SEE_COMMITTEE)
def minutes_pdf(estate: UUID, meeting: UUID) -> ResponseReturnValue:
    """Hand out 业委会会议纪要 to those who see the committee's files."""
    view, _ = meeting_seen(estate, meeting, Need.SEE_COMMITTEE)
    data = papers.minutes_pdf(view, site().config.public_url)
    return _paper(data, f"{view.place.name}{view.name}纪要.pdf")


def _paper(data: bytes, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(data), "application/pdf", download_name=name)
