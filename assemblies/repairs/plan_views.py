"""Pages of a project's preparation: the questions, the plan, the check on the spot, posting."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.fields import on_the_wall
from assemblies.foundation.permissions import Need
from assemblies.foundation.web import needs, reading
from assemblies.foundation.wording import money_text
from assemblies.repairs.access import actor, done, held, page, simple
from assemblies.repairs.forms import HeardForm, PostingForm, SpotForm
from assemblies.repairs.project_form import AnswersForm, PlanForm
from assemblies.repairs.queries import offers
from assemblies.repairs.queries.periods import posting_period
from assemblies.repairs.queries.questions import who_pays
from assemblies.repairs.services import emergencies, plans, posting, projects

bp = Blueprint("plans", __name__, url_prefix="/<uuid:repair>")


@bp.route("/answer", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def answer(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Ask whether the fund may pay at all; one yes ends the project."""
    view = held(Need.RUN_REPAIR, estate, repair)
    with reading() as session:
        asked, law = offers.asked(session, estate, now=web.now())
    form = AnswersForm(asked, view)
    if form.sent_and_valid() and form.carry_out(
        lambda session: projects.answer(
            session, estate, repair, form.drafts(), actor(), now=web.now()
        )
    ):
        return done(view, "回答已经记下。")
    payers = [who_pays(one) for one in asked]
    return page("repairs/answer.html", view, form, law=law, payers=payers)


@bp.route("/plan", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def plan(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Show budget, quotes, contractor and photographs; write them anew when they come back."""
    view = held(Need.RUN_REPAIR, estate, repair)
    form = PlanForm(view)
    if form.sent_and_valid() and form.carry_out(
        lambda session: plans.plan(session, estate, repair, form.draft(), actor().by, now=web.now())
    ):
        return done(view, "方案已经保存，分摊清册已经按面积算好。")
    return page("repairs/plan.html", view, form)


@bp.route("/check", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def check(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Record what three parties found on the spot, with photographs."""
    view = held(Need.RUN_REPAIR, estate, repair)
    at = on_the_wall(web.now())
    form = SpotForm(data={"owners": {"at": at}, "office": {"at": at}, "manager": {"at": at}})
    if form.sent_and_valid() and form.carry_out(
        lambda session: emergencies.confirm_danger(
            session, estate, repair, form.draft(), actor(), now=web.now()
        )
    ):
        return done(view, "查验已经记下，可以马上抢修。")
    return page("repairs/check.html", view, form)


@bp.route("/post", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def post(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Record where the plan hangs; from now on its shares are fixed."""
    view, form = held(Need.RUN_REPAIR, estate, repair), PostingForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: posting.post(session, estate, repair, form.draft(), actor(), now=web.now())
    ):
        return done(view, "方案已经公示，分摊清册不再改动。")
    with reading() as session:
        law = offers.said_rule(session, estate, posting_period(view.path), now=web.now())
    facts = (
        ("金额", money_text(view.amount)),
        ("分摊", f"{len(view.shares.shares)} 处房屋，合计 {money_text(view.shares.fen)}"),
        ("照片", f"{len(view.photos)} 张"),
    )
    lead = "先打印公示材料张贴好，再在这里上传张贴的照片。公示以后，预算和每户的分摊都不能再改。"
    return simple(view, form, "公示方案", lead, "已经张贴", facts=facts, law=law)


@bp.route("/heard", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def hear(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Record what owners said while the plan hung."""
    view, form = held(Need.RUN_REPAIR, estate, repair), HeardForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: posting.hear(session, estate, repair, form.draft(), actor(), now=web.now())
    ):
        return done(view, "公示情况已经记下。")
    lead = "公示最后一天或者以后，拍一张还贴着的照片，把业主的意见记下来。"
    return simple(view, form, "公示期满", lead, "记下")
