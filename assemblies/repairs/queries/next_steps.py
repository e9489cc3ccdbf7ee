"""What comes next in a repair: one sentence, who does it, on which page, by when."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.wording import short_day_text
from assemblies.records.repairs import InstructionRecord, RepairRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.queries import votes
from assemblies.repairs.queries.periods import EMERGENCY, posting_period
from assemblies.repairs.queries.stations import station_words
from assemblies.repairs.queries.values import Next
from voting.law.duties import due

COMMITTEE, FUND = "业主委员会", "维修资金记账人"
A_DAY = timedelta(days=1)


def next_step(session: Session, record: RepairRecord, *, now: datetime) -> Next:
    """Return what is to be done next with a repair."""
    waits = select(InstructionRecord.id).where(
        InstructionRecord.repair_id == record.id, InstructionRecord.paid_at.is_(None)
    )
    if session.execute(waits).first() is not None:
        return Next(
            "记入银行回单", "已经通知银行划款，银行办好后上传回单，系统逐户记账。", FUND, "paid"
        )
    return _STEPS[record.state](session, record, now)


def _draft(_session: Session, record: RepairRecord, _now: datetime) -> Next:
    if record.path == EMERGENCY:
        return Next("现场查验确认", "三方到现场看过、拍照、确认，马上抢修。", COMMITTEE, "check")
    if not record.answers:
        return _ask()
    if not record.budget_fen:
        return Next("填写方案和预算", "写明预算、报价、施工单位，上传现场照片。", COMMITTEE, "plan")
    return Next("公示方案", "核对分摊清册，把方案张贴出去，上传张贴的照片。", COMMITTEE, "post")


def _ask() -> Next:
    return Next(
        "回答该不该由维修资金出",
        "保修、物业费、损坏的人、专业单位，先逐条排除。",
        COMMITTEE,
        "answer",
    )


def _checked(_session: Session, _record: RepairRecord, _now: datetime) -> Next:
    return Next("抢修完工后验收", "抢修完工，请验收并上传验收单。", COMMITTEE, "accept")


def _posted(session: Session, record: RepairRecord, now: datetime) -> Next:
    last = _last_day(session, record, now)
    if record.path == "ordinary":
        waiting = _before_vote(session, record, last, now)
        if waiting is not None:
            return waiting
    return _apply(last, now)


def _before_vote(session: Session, record: RepairRecord, last: date, now: datetime) -> Next | None:
    if record.item_id is None:
        said = f"方案公示到{short_day_text(last)}。把项目列入业主大会议程，由分摊的业主表决。"
        return Next("交业主表决", said, COMMITTEE, "vote")
    resolution = votes.resolution_of(session, record)
    if resolution is None:
        return Next("等待表决结果", "已经列入业主大会议程，等表决结果公布。", COMMITTEE, "vote")
    if in_china(now).date() <= last and votes.carries(resolution):
        return None
    return Next(
        "记入表决结果", f"表决结果已经公布（{resolution.number}），请记入。", COMMITTEE, "vote"
    )


def _voted(session: Session, record: RepairRecord, now: datetime) -> Next:
    return _apply(_last_day(session, record, now), now)


def _apply(last: date, now: datetime) -> Next:
    if in_china(now).date() <= last:
        first = short_day_text(last + A_DAY)
        return Next("等公示期满", f"公示还没有满，最早{first}可以申请。", COMMITTEE, "hear")
    return Next("申请使用维修资金", "公示期满，可以提交申请。", COMMITTEE, "apply")


def _applied(_session: Session, record: RepairRecord, _now: datetime) -> Next:
    stop = next(one for one in record.stations if one.decided_at is None)
    who = station_words(stop.station)
    return Next(
        "审核申请",
        f"申请在{who}，{short_day_text(stop.due_on)}前办理。",
        who,
        "station",
        stop.due_on,
    )


def _approved(_session: Session, record: RepairRecord, _now: datetime) -> Next:
    if record.path == EMERGENCY:
        return Next("通知银行拨付", "审核通过，可以通知银行一次付清。", FUND, "balance")
    return Next(
        "通知银行预付",
        "审核通过，可以通知银行付预付款；不预付的，完工后直接验收。",
        FUND,
        "advance",
    )


def _advanced(_session: Session, _record: RepairRecord, _now: datetime) -> Next:
    return Next("完工验收", "完工后验收，请业主代表到场，上传验收单。", COMMITTEE, "accept")


def _accepted(_session: Session, record: RepairRecord, _now: datetime) -> Next:
    if record.path == EMERGENCY and not record.budget_fen:
        return Next("补填方案和预算", "写明抢修了什么、预算、报价、施工单位。", COMMITTEE, "plan")
    return Next("结算", "按结算书填写总价，超过预算要有依据。", COMMITTEE, "settle")


def _settled(_session: Session, record: RepairRecord, _now: datetime) -> Next:
    if record.path != EMERGENCY:
        return Next("付清余款", "按结算价减去预付款，通知银行付清或者收回。", FUND, "balance")
    if not record.answers:
        return _ask()
    return Next("公示", "把方案、结算、验收和分摊清册张贴出去。", COMMITTEE, "post")


def _paid(_session: Session, _record: RepairRecord, _now: datetime) -> Next:
    return Next("公示结算", "把结算和逐户分摊张贴出去，项目就办结了。", COMMITTEE, "publish")


def _over(_session: Session, record: RepairRecord, _now: datetime) -> Next:
    words = {"closed": "已经办结。", "dropped": "项目已经撤回。"}
    return Next("", words.get(record.state, record.ended_why), "", "")


def _last_day(session: Session, record: RepairRecord, now: datetime) -> date:
    rules = rules_for(session, record.estate_id, now=now)
    posted = in_china(record.posted_at or now).date()
    return due(posting_period(record.path), posted, rules).last


_STEPS: Mapping[str, Callable[[Session, RepairRecord, datetime], Next]] = {
    "draft": _draft,
    "checked": _checked,
    "posted": _posted,
    "voted": _voted,
    "applied": _applied,
    "approved": _approved,
    "advanced": _advanced,
    "accepted": _accepted,
    "settled": _settled,
    "paid": _paid,
    "closed": _over,
    "refused": _over,
    "dropped": _over,
}
