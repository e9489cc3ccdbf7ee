"""Pages of the money and the works: advance, acceptance, settlement, balance, posting."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from assemblies.foundation import web
from assemblies.foundation.fields import on_the_wall
from assemblies.foundation.forms import VerbForm, offered
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.web import needs, reading
from assemblies.foundation.wording import money_text
from assemblies.repairs.access import actor, done, held, simple
from assemblies.repairs.forms import (
    AcceptanceForm,
    AdvanceForm,
    AdviceForm,
    PostingForm,
    SettlementForm,
)
from assemblies.repairs.queries import money, offers
from assemblies.repairs.queries.projects import Project
from assemblies.repairs.services import payments, settlements

bp = Blueprint("money", __name__, url_prefix="/<uuid:repair>")


@bp.route("/advance", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def advance(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Tell the bank to pay ahead."""
    view = held(Need.KEEP_FUND, estate, repair)
    with reading() as session:
        most = money.most_ahead(session, estate, view.budget, now=web.now())
        law = offers.said_rule(session, estate, "fund_advance", now=web.now())
    form = AdvanceForm(data={"amount": most})
    if form.sent_and_valid() and form.carry_out(
        lambda session: payments.instruct_advance(
            session, estate, repair, form.amount.data or 0, actor(), now=web.now()
        )
    ):
        return done(view, "划款通知已经生成，请打印盖章送银行；银行办好后回来上传回单。")
    facts = (*_payee(view), ("预算", money_text(view.budget)), ("最多预付", money_text(most)))
    lead = "系统只生成给银行的划款通知，不动钱。"
    return simple(view, form, "通知银行预付", lead, "生成划款通知", facts=facts, law=law)


@bp.route("/balance", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def balance(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Tell the bank to pay what is left, or to take back what was too much."""
    view, form = held(Need.KEEP_FUND, estate, repair), VerbForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: payments.instruct_balance(session, estate, repair, actor(), now=web.now())
    ):
        return done(view, "已经办好。有划款的，请打印划款通知送银行，办好后回来上传回单。")
    left = view.settled - view.advance
    facts = (
        *_payee(view),
        ("结算价", money_text(view.settled)),
        ("已经预付", money_text(view.advance)),
        ("应当退回" if left < 0 else "应当再付", money_text(abs(left))),
    )
    lead = "系统只生成给银行的通知，不动钱。"
    return simple(view, form, "付清余款", lead, "确认", facts=facts)


@bp.route("/paid", methods=["GET", "POST"])
@needs(Need.KEEP_FUND)
def paid(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Record the bank's advice and book it part by part."""
    view, form = held(Need.KEEP_FUND, estate, repair), AdviceForm()
    pending = view.pending
    if pending is None:
        raise WrongStep("没有等银行办理的划款。")
    if form.sent_and_valid() and form.carry_out(
        lambda session: payments.bank_paid(
            session, estate, pending.id, form.paper(), actor(), now=web.now()
        )
    ):
        return done(view, "银行回单已经记入，每一户的账都记好了。")
    facts = (*_payee(view), ("金额", money_text(abs(pending.fen))))
    lead = "银行办好以后，上传回单。系统按分摊清册逐户记账，记了就不能改。"
    return simple(view, form, "记入银行回单", lead, "记账", facts=facts)


@bp.route("/accept", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def accept(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Record who accepted the works."""
    view = held(Need.RUN_REPAIR, estate, repair)
    form = AcceptanceForm(data={"at": on_the_wall(web.now())})
    if form.sent_and_valid() and form.carry_out(
        lambda session: settlements.accept(
            session, estate, repair, form.draft(), actor(), now=web.now()
        )
    ):
        return done(view, "验收已经记下。")
    facts = (("怎么修", view.works), ("施工单位", view.contractor or "还没有填"))
    return simple(view, form, "验收", "请业主代表一起到场。", "验收合格", facts=facts)


@bp.route("/settle", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def settle(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Record what the works cost in the end."""
    view, form = held(Need.RUN_REPAIR, estate, repair), SettlementForm()
    with reading() as session:
        law = offers.said_rule(session, estate, "fund_settlement_over", now=web.now())
        later = money.later_resolutions(session, repair)
    if view.path != "ordinary" or not later:
        del form["supplement"]
    else:
        nothing = ("", "没有超过预算，不用选")
        form.supplement.choices = offered([nothing, *((str(one.id), one.said) for one in later)])
    if form.sent_and_valid() and form.carry_out(
        lambda session: settlements.settle(
            session, estate, repair, form.draft(), actor(), now=web.now()
        )
    ):
        return done(view, "结算已经记下。")
    facts = (("预算", money_text(view.budget)), ("已经预付", money_text(view.advance)))
    lead = "按结算书填写。应急维修按实际费用申请，比预算高得多的要有审计报告。"
    if view.path != "emergency":
        lead = "超过业主同意的预算的部分，没有新的决定不能动用维修资金。"
    return simple(view, form, "结算", lead, "记下结算", facts=facts, law=law)


@bp.route("/publish", methods=["GET", "POST"])
@needs(Need.RUN_REPAIR)
def publish(estate: UUID, repair: UUID) -> ResponseReturnValue:
    """Record where the settlement hangs; the project is closed."""
    view, form = held(Need.RUN_REPAIR, estate, repair), PostingForm()
    if form.sent_and_valid() and form.carry_out(
        lambda session: settlements.publish(
            session, estate, repair, form.draft(), actor(), now=web.now()
        )
    ):
        return done(view, "结算已经公示，项目办结。")
    facts = (("结算价", money_text(view.settled)), ("预算", money_text(view.budget)))
    lead = "先打印《结算公示》张贴好，再在这里上传张贴的照片。"
    return simple(view, form, "公示结算", lead, "已经张贴，办结", facts=facts)


def _payee(view: Project) -> tuple[tuple[str, str], ...]:
    return (("收款单位", view.contractor), ("收款账户", view.account))
