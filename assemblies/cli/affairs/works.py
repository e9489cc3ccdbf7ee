"""A repair from the first question to the posted settlement, on an item that owners decided."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from assemblies.agendas.services.drafts import FundDraft
from assemblies.cli.affairs.pictures import on_the_door, works
from assemblies.cli.affairs.stage import Stage, paper
from assemblies.cli.rehearsal import A_DAY, AN_HOUR, Motion
from assemblies.foundation.acting import Actor
from assemblies.records.repairs import RepairRecord, StationRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.queries.questions import questions
from assemblies.repairs.queries.votes import fitting_items
from assemblies.repairs.services import (
    applications,
    payments,
    plans,
    posting,
    projects,
    settlements,
    votes,
)
from assemblies.repairs.services import drafts as forms
from voting.law.funds import advance

BOARD = "小区南门公告栏和涉及各单元门口"
STATIONS = ("director", "community", "street", "authority")
ACCOUNT = "示例银行 6200 0000 0000 0000"


@dataclass(frozen=True, slots=True)
class Project:
    """What a motion puts to the vote, as a repair: what, for how much, by whom."""

    motion: Motion
    title: str
    reason: str
    common_part: str
    evidence: str

    @property
    def fund(self) -> FundDraft:
        """Return the motion's use of the fund."""
        details = self.motion.draft.details
        if not isinstance(details, FundDraft):
            raise TypeError("a repair rests on a use of the fund")
        return details


def roof(motion: Motion) -> Project:
    """Return the repair of the first building's roof."""
    return Project(
        motion,
        "翻修1号楼屋面防水",
        "1号楼屋面防水层老化，顶层九户多次渗漏。",
        "1号楼屋面，属1号楼全体业主共有",
        "《民法典》第二百七十四条、竣工图屋面平面图",
    )


def doors(motion: Motion) -> Project:
    """Return the new doors of the second building's entrances."""
    return Project(
        motion,
        "更换2号楼单元门禁",
        "2号楼两个单元的门禁停用多年，防盗门变形，关不严。",
        "2号楼单元门和门禁系统，属2号楼全体业主共有",
        "《民法典》第二百七十四条、竣工图首层平面图",
    )


def _by(stage: Stage, username: str = "director") -> Actor:
    return Actor(stage.who(username), stage.keys)


def plan_and_post(stage: Stage, project: Project, *, now: datetime) -> UUID:
    """Begin a repair, answer the questions, plan it and post the plan; return it."""
    session, estate, fund = stage.session, stage.estate, project.fund
    draft = forms.ProjectDraft(
        title=project.title,
        path="ordinary",
        reason=project.reason,
        works=fund.project,
        common_part=project.common_part,
        common_evidence=project.evidence,
        scope=project.motion.draft.scope,
        uses=fund.uses,
    )
    repair = projects.begin(session, estate, draft, _by(stage), now=now)
    asked = questions(rules_for(session, estate, now=now))
    answers = [forms.AnswerDraft(one, False, "已查合同和竣工资料，不属于。") for one in asked]  # noqa: FBT003
    projects.answer(session, estate, repair, answers, _by(stage), now=now + AN_HOUR)
    _plan(stage, repair, fund, now)
    posted = forms.PostingDraft(BOARD, on_the_door())
    posting.post(session, estate, repair, posted, _by(stage), now=now + 2 * AN_HOUR)
    return repair


def _plan(stage: Stage, repair: UUID, fund: FundDraft, now: datetime) -> None:
    material, labour = fund.budget * 62 // 100, fund.budget * 30 // 100
    rest = fund.budget - material - labour
    lines = (
        forms.LineDraft("材料和设备", "1 批", material),
        forms.LineDraft("施工和安装", "1 项", labour),
        forms.LineDraft("安全防护、清运和检测", "1 项", rest),
    )
    offers = ((fund.contractor, 0), ("示例第二建筑公司", 412_000), ("示例第三建筑公司", 655_000))
    said = [f"{who}报价 {_yuan(fund.budget + more)} 元，含税（演示）。" for who, more in offers]
    sheet = paper("三家报价汇总.pdf", "报价汇总", stage.name("director"), said, now)
    quotes = tuple(forms.QuoteDraft(who, fund.budget + more, sheet) for who, more in offers)
    draft = forms.PlanDraft(
        lines, quotes, fund.contractor, ACCOUNT, (works(), on_the_door("通知住户.png"))
    )
    by = stage.who("director")
    plans.plan(stage.session, stage.estate, repair, draft, by, now=now + AN_HOUR)


def apply_for(stage: Stage, repair: UUID, *, now: datetime) -> None:
    """Take the owners' decision over and bring the application through its four stations."""
    session, estate = stage.session, stage.estate
    record = session.get_one(RepairRecord, repair)
    [item] = fitting_items(session, record)
    votes.choose_item(session, estate, repair, item.id, _by(stage), now=now)
    votes.take_outcome(session, estate, repair, _by(stage), now=now)
    heard = forms.HeardDraft("公示期间没有收到反对意见。", works("公示期满照片.png"))
    posting.hear(session, estate, repair, heard, _by(stage), now=now)
    applications.apply(session, estate, repair, forms.ApplicationDraft(), _by(stage), now=now)
    for step, username in enumerate(STATIONS, 1):
        at = now + step * A_DAY
        waiting = select(StationRecord.id).where(
            StationRecord.repair_id == record.id, StationRecord.decided_at.is_(None)
        )
        station = session.execute(waiting).scalar_one()
        applications.approve(session, estate, station, "同意。", _by(stage, username), now=at)


def pay_ahead(stage: Stage, repair: UUID, *, now: datetime) -> None:
    """Tell the bank to pay the advance, and record that it did."""
    record = stage.session.get_one(RepairRecord, repair)
    amount = advance(record.budget_fen, rules_for(stage.session, stage.estate, now=now))
    told = payments.instruct_advance(
        stage.session, stage.estate, repair, amount, _by(stage), now=now
    )
    _bank(stage, told, now=now + A_DAY)


def finish(stage: Stage, repair: UUID, settled: int, *, now: datetime) -> None:
    """Accept, settle, pay the rest and post the settlement, each a day later."""
    session, estate = stage.session, stage.estate
    record = session.get_one(RepairRecord, repair)
    checked = forms.AcceptanceDraft(
        f"{stage.name('fourth')}、示例监理公司", "楼内业主三名", now, (works("验收照片.png"),)
    )
    settlements.accept(session, estate, repair, checked, _by(stage), now=now)
    said = (f"{record.title}结算价 {_yuan(settled)} 元（演示）。",)
    bill = paper("结算书.pdf", "工程结算书", record.contractor, said, now)
    draft = forms.SettlementDraft(settled, (bill,))
    settlements.settle(session, estate, repair, draft, _by(stage), now=now + AN_HOUR)
    told = payments.instruct_balance(session, estate, repair, _by(stage), now=now + 2 * AN_HOUR)
    if told is not None:
        _bank(stage, told, now=now + 3 * AN_HOUR)
    posted = forms.PostingDraft(BOARD, on_the_door("结算公示.png"))
    settlements.publish(session, estate, repair, posted, _by(stage), now=now + 4 * AN_HOUR)


def _bank(stage: Stage, told: UUID, *, now: datetime) -> None:
    advice = paper("银行回单.pdf", "银行回单", "示例银行和平里支行", ("款项已划出（演示）。",), now)
    payments.bank_paid(stage.session, stage.estate, told, advice, _by(stage), now=now)


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
