"""The three acts: before the assembly, after its publication, and the days just past."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from assemblies.cli.affairs import money, office, stamping, standing, works
from assemblies.cli.affairs.stage import Stage, paper
from assemblies.cli.affairs.stamping import Document
from assemblies.cli.affairs.works import Project
from assemblies.cli.rehearsal import A_DAY, AN_HOUR
from assemblies.meetings.drafts import Point
from assemblies.records.assemblies import ItemRecord
from assemblies.records.repairs import RepairRecord
from assemblies.records.seals import SealRecord
from voting.agenda import ItemKind
from voting.log.seals import SealKind

FIRST_POINTS = (
    Point("推选主任和副主任", "从委员中推选主任一名、副主任一名。"),
    Point("确定印章保管人和刻制印章", "印章由一名不任主任、副主任的委员保管，刻制三枚印章。"),
    Point("签订维修施工合同", "按业主大会决定，与中选的施工单位签订合同并用印。"),
)


def before(stage: Stage, project: Project, *, now: datetime) -> UUID:
    """Open the fund's accounts and post the plan of a repair; return the repair."""
    money.open_fund(stage, now=now)
    standing.stand(stage, now=now + AN_HOUR)
    return works.plan_and_post(stage, project, now=now + A_DAY)


def after(stage: Stage, repair: UUID, assembly: UUID, *, published: datetime) -> None:
    """Take office, meet, file, carve the seals, apply for the money and seal the contract."""
    day = published + AN_HOUR
    office.post_decisions(stage, assembly, now=published)
    office.take_office(stage, _election(stage, assembly), now=day)
    _, decided = office.meet(
        stage,
        "第一次全体会议",
        FIRST_POINTS,
        called=day + AN_HOUR,
        planned=day + 5 * A_DAY,
    )
    office.give_posts(stage, decided[0], now=day + 6 * A_DAY + AN_HOUR)
    works.apply_for(stage, repair, now=day + 7 * A_DAY)
    office.file(stage, now=day + 12 * A_DAY, certified=day + 15 * A_DAY)
    seals = stamping.carve(stage, now=day + 16 * A_DAY)
    _sign_contract(stage, repair, seals[SealKind.COMMITTEE], decided[2], day + 16 * A_DAY)
    works.pay_ahead(stage, repair, now=day + 18 * A_DAY)
    money.earn(stage, now=day + 19 * A_DAY + AN_HOUR)


def lately(stage: Stage, repair: UUID, settled: int, *, now: datetime) -> None:
    """Finish the repair two days ago; since yesterday a filing letter lacks its photographs."""
    works.finish(stage, repair, settled, now=now - 2 * A_DAY)
    basis = stage.resolution("确定印章保管人")
    found = select(SealRecord.id).where(SealRecord.kind == SealKind.COMMITTEE.value)
    letter = paper(
        "变更银行预留印鉴函.pdf",
        "关于变更银行预留印鉴的函",
        "和平里小区业主委员会",
        ("因业主委员会换届，请变更我会账户的预留印鉴（演示）。",),
        now,
    )
    document = Document(
        title="变更银行预留印鉴函",
        kind="letter",
        receiver=money.BANK,
        purpose="换届后变更账户预留印鉴",
        covers="会议确定了新的印章和保管人，银行预留印鉴随之变更。",
        basis=basis,
        content=letter,
    )
    seal = stage.session.execute(found).scalar_one()
    applied = stamping.use(stage, seal, document, now=now - A_DAY - 5 * AN_HOUR)
    stamping.stamp_only(stage, applied, now=now - A_DAY)


def _election(stage: Stage, assembly: UUID) -> UUID:
    found = select(ItemRecord.id).where(
        ItemRecord.assembly_id == assembly, ItemRecord.kind == ItemKind.ELECTION.value
    )
    return stage.session.execute(found).scalar_one()


def _sign_contract(stage: Stage, repair: UUID, seal: UUID, basis: UUID, carved: datetime) -> None:
    record = stage.session.get_one(RepairRecord, repair)
    title = f"{record.title}施工合同"
    said = (f"甲方：和平里小区业主委员会。乙方：{record.contractor}。合同条款从略（演示）。",)
    document = Document(
        title=title,
        kind="contract",
        receiver=record.contractor,
        purpose="签订施工合同",
        covers="会议同意与中选施工单位签订合同并用印。",
        basis=basis,
        content=paper("施工合同.pdf", title, "和平里小区业主委员会", said, carved),
    )
    applied = stamping.use(stage, seal, document, now=carved + 4 * AN_HOUR)
    stamping.finish(stage, applied, now=carved + A_DAY + AN_HOUR)
