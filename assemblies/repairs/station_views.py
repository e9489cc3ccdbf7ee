"""Pages of an application: it is handed in, and each station decides on one screen."""

from uuid import UUID

from flask import Blueprint, redirect
from flask import url_for as to
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.web import must, needs, reading
from assemblies.foundation.wording import money_text
from assemblies.repairs.access import actor, done, held, page, simple
from assemblies.repairs.forms import ApplicationForm, StationForm
from assemblies.repairs.queries import offers
from assemblies.repairs.queries.periods import station_period
from assemblies.repairs.queries.stations import station_need
from assemblies.repairs.services import applications

bp = Blueprint("stations", __name__, url_prefix="/<uuid:repair>")


@bp.route("/apply", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def apply(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Hand the application in, for the first time or mended."""
    view, form = held(Need.RUN_REPAIR, estate, repair), ApplicationForm()
    if not view.stops:
        del form["note"], form["account"]
    if form.sent_and_valid() and form.carry_out(
        lambda session: applications.apply(
            session, estate, repair, form.draft(), actor(), now=web.now()
        )
    ):
        return done(view, "申请已经提交，先由业主委员会审核。")
    back = next((one for one in reversed(view.stops) if one.decision == "returned"), None)
    facts = [("申请金额", money_text(view.applied_for)), ("收款单位", view.contractor)]
    if back is not None:
        facts.append((f"{back.station_zh}退回的理由", back.reasons))
    with reading() as session:
        law = offers.said_rule(session, estate, station_period(view.path), now=web.now())
    lead = "全套申请材料由系统一并提交，依次由业委会、社区、街道、主管部门审核。"
    return simple(view, form, "申请使用维修资金", lead, "提交申请", facts=facts, law=law)


@bp.get("/station")
@needs(Need.SEE_FUND)
def station(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Lead to the stop where the application waits."""
    view = held(Need.SEE_FUND, estate, repair)
    if view.waiting is None:
        return redirect(to("repairs.project", estate=estate, repair=repair))
    return redirect(to(".decide", estate=estate, repair=repair, stop=view.waiting.id))


@bp.route("/stations/<uuid:stop>", methods=["GET", "POST"])
@needs(Need.SEE_FUND)
def decide(estate: UUID, repair: UUID, stop: UUID) -> ResponseReturnValue:
    """Show a station all it needs on one screen; approve, or return with reasons."""
    view, form = held(Need.SEE_FUND, estate, repair), StationForm()
    at = next((one for one in view.stops if one.id == stop), None)
    if at is None:
        raise NotFound
    person = must(Need.SEE_FUND, at=view.estate.node)
    if form.sent_and_valid():
        must(station_need(at.station), at=view.estate.node)
        verb = applications.approve if form.decision.data == "approve" else applications.give_back
        if form.carry_out(
            lambda session: verb(
                session, estate, stop, form.reasons.data or "", actor(), now=web.now()
            )
        ):
            return done(view, "审核意见已经记下。")
    may_decide = at.decided_at is None and person.may(station_need(at.station), at=view.estate.node)
    return page("repairs/station.html", view, form, stop=at, may_decide=may_decide)
