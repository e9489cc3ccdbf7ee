"""Pages of re-election: when it begins, and the groups that the street forms for it."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, send_file
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.committees import papers
from assemblies.committees.access import Visit
from assemblies.committees.drafts import GroupKind
from assemblies.committees.election_forms import (
    AnnounceForm,
    AskGroupForm,
    EndForm,
    GroupForm,
    day_of,
)
from assemblies.committees.queries.asked import asked_of
from assemblies.committees.queries.formed import duties_of, group_of, groups_of
from assemblies.committees.queries.house import house_of
from assemblies.committees.queries.texts import street_of
from assemblies.committees.services import groups as services
from assemblies.foundation import web
from assemblies.foundation.fields import upload_of
from assemblies.foundation.forms import VerbForm
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading, site

bp = Blueprint("group", __name__)
G = "/groups/<uuid:group>"


@bp.get("/reelection", endpoint="listed")
@needs(Need.SEE_COMMITTEE)
def listed(estate: UUID) -> ResponseReturnValue:
    """Show when the term ends, when re-election is to begin, and the groups formed for it."""
    visit, now = Visit(estate, Need.SEE_COMMITTEE), web.now()
    with reading() as session:
        house = house_of(session, estate, site().keys, now=now)
        term = house.term if house else None
        duties = duties_of(session, term.id, now=now) if term else ()
        found = groups_of(session, estate, now=now)
        asked = asked_of(session, estate, now=now)
    return render_template(
        "committees/reelection.html",
        **visit.values(term=term, duties=duties, groups=found, asked=asked),
    )


@bp.route("/groups/new", methods=["GET", "POST"])
@needs(Need.FORM_GROUP)
def ask(estate: UUID) -> ResponseReturnValue:
    """Record that a group is due."""
    visit, form, made = Visit(estate, Need.FORM_GROUP), AskGroupForm(), list[UUID]()
    if form.sent_and_valid() and form.carry_out(
        lambda session: made.append(
            services.ask_group(
                session, visit.acting, GroupKind(form.kind.data), day_of(form.asked_on),
                now=web.now(),
            )
        )
    ):  # fmt: skip
        return redirect(to(".group", estate=estate, group=made[0]))
    return render_template("committees/group_new.html", **visit.values(form=form)), form.status


@bp.get(G)
@needs(Need.SEE_COMMITTEE)
def group(estate: UUID, group: UUID) -> ResponseReturnValue:
    """Show a group with its people and its periods."""
    return _page(Visit(estate, Need.SEE_COMMITTEE), group)


@bp.route(f"{G}/form", methods=["GET", "POST"])
@needs(Need.FORM_GROUP)
def form(estate: UUID, group: UUID) -> ResponseReturnValue:
    """Name the people of a group."""
    visit, sent = Visit(estate, Need.FORM_GROUP), GroupForm()
    if sent.sent_and_valid() and sent.carry_out(
        lambda session: services.form_group(
            session, visit.acting, group, sent.forming(), now=web.now()
        )
    ):
        return _done("已经组建，成员名单可以打印公告。", estate, group)
    with reading() as session:
        view = group_of(session, estate, group, now=web.now())
        asked = asked_of(session, estate, now=web.now())
    page = render_template(
        "committees/group_form.html", **visit.values(form=sent, view=view, asked=asked)
    )
    return page, sent.status


@bp.post(f"{G}/announce")
@needs(Need.FORM_GROUP)
def announce(estate: UUID, group: UUID) -> ResponseReturnValue:
    """Record that the names were posted."""
    visit, sent = Visit(estate, Need.FORM_GROUP), AnnounceForm()
    if sent.sent_and_valid() and sent.carry_out(
        lambda session: services.announce_group(
            session, visit.acting, group, day_of(sent.on), upload_of(sent.proof), now=web.now()
        )
    ):
        return _done("公告已经登记。", estate, group)
    return _page(visit, group, announce=sent)


@bp.post(f"{G}/end")
@needs(Need.FORM_GROUP)
def end(estate: UUID, group: UUID) -> ResponseReturnValue:
    """End a group's work."""
    visit, sent = Visit(estate, Need.FORM_GROUP), EndForm()
    if sent.sent_and_valid() and sent.carry_out(
        lambda session: services.end_group(
            session, visit.acting, group, sent.why.data or "", now=web.now()
        )
    ):
        return _done("已经结束。", estate, group)
    return _page(visit, group, end=sent)


@bp.get(f"{G}/notice.pdf")
@needs(Need.SEE_COMMITTEE)
def notice(estate: UUID, group: UUID) -> ResponseReturnValue:
    """Hand out the notice of a group's forming."""
    visit = Visit(estate, Need.SEE_COMMITTEE)
    with reading() as session:
        view = group_of(session, estate, group, now=web.now())
        street = street_of(session, estate)
    data = papers.group_pdf(visit.place.name, street, view, now=web.now())
    name = f"{view.kind.words}成立公告.pdf"
    return send_file(BytesIO(data), mimetype="application/pdf", download_name=name)


def _page(visit: Visit, group: UUID, **sent: VerbForm) -> ResponseReturnValue:
    with reading() as session:
        view = group_of(session, visit.estate, group, now=web.now())
    forms: dict[str, VerbForm] = {"announce": AnnounceForm(), "end": EndForm()}
    page = render_template(
        "committees/group.html", **visit.values(view=view, forms={**forms, **sent})
    )
    return page, next((one.status for one in sent.values()), 200)


def _done(said: str, estate: UUID, group: UUID) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(to(".group", estate=estate, group=group))
