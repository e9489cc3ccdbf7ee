"""A repair carried to any point of its way, for the tests of many rooms."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.ledger import Account, Posting, book
from assemblies.records.repairs import AuthorityRecord, RepairRecord, StationRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.queries.questions import questions
from assemblies.repairs.services import (
    applications,
    emergencies,
    payments,
    plans,
    posting,
    projects,
    settlements,
    votes,
)
from assemblies.repairs.services.drafts import (
    AcceptanceDraft,
    AnswerDraft,
    ApplicationDraft,
    LineDraft,
    PartyDraft,
    PlanDraft,
    PostingDraft,
    ProjectDraft,
    QuoteDraft,
    SettlementDraft,
    SpotDraft,
)
from tests.support.committee import resolved
from tests.support.households import PDF, PNG
from tests.support.registers import Registered
from voting.law import funds
from voting.scope import Scope, ScopeKind

BUILDING_1 = Scope(ScopeKind.BUILDINGS, buildings=("1号楼",))
CONTRACTOR = "示例电梯工程有限公司"
ACCOUNT = "示例银行 6222 0000 0000 1234"
BUDGET = 186_000_07
# More than the posting's days, whatever the pack: the vote that lies between takes longer.
A_MONTH = timedelta(days=30)


def paper(name: str = "文件.pdf") -> Upload:
    """Return an honest little PDF."""
    return Upload(name, PDF)


def photo(name: str = "照片.png") -> Upload:
    """Return an honest little photograph."""
    return Upload(name, PNG)


def actor(keys: Keys) -> Actor:
    """Return the director, who takes most steps."""
    return Actor("林主任（业委会主任）", keys)


def draft(**changed: object) -> ProjectDraft:
    """Return a whole project: a lift of building 1."""
    fields: dict[str, object] = {
        "title": "1号楼电梯曳引机更换",
        "path": "ordinary",
        "reason": "曳引机磨损严重，检验单位要求三个月内更换。",
        "works": "更换曳引机和钢丝绳，调试后报检。",
        "common_part": "1号楼的电梯，本楼业主共有",
        "common_evidence": "购房合同附件四写明电梯由本幢业主共有（民法典第二百八十一条）",
        "scope": BUILDING_1,
        "uses": ("dwelling", "shop"),
        "evidence": (paper("购房合同附件四.pdf"),),
    }
    return ProjectDraft(**{**fields, **changed})  # type: ignore[arg-type]


def answers(session: Session, estate: UUID, now: datetime, yes: int = -1) -> list[AnswerDraft]:
    """Return all questions answered no, or one of them yes."""
    asked = questions(rules_for(session, estate, now=now))
    return [
        AnswerDraft(question, place == yes, "查看了合同和保修书，2019年已过保修期。")
        for place, question in enumerate(asked)
    ]


def plan(budget: int = BUDGET) -> PlanDraft:
    """Return a plan of two lines and two quotes."""
    return PlanDraft(
        lines=(
            LineDraft("曳引机", "1 台", budget - 1_000_00),
            LineDraft("安装调试和报检", "1 项", 1_000_00),
        ),
        quotes=(
            QuoteDraft(CONTRACTOR, budget, paper("报价一.pdf")),
            QuoteDraft("另一家示例公司", budget + 5_000_00, paper("报价二.pdf")),
        ),
        contractor=CONTRACTOR,
        account=ACCOUNT,
        photos=(photo("曳引机.png"),),
    )


def hung(place: str = "1号楼大厅公告栏") -> PostingDraft:
    """Return a posting with its photograph."""
    return PostingDraft(place, photo("张贴.png"))


def funded(session: Session, estate: Registered, now: datetime, each: int = 100_000_00) -> None:
    """Put the same sum into the fund for every part."""
    lines = dict.fromkeys(estate.parts.values(), each)
    posting_ = Posting("opening", "期初余额", "银行对账单", "出纳（示例）", lines=lines)
    book(session, estate.estate, Account.FUND, posting_, now=now)


def planned(
    session: Session, estate: Registered, keys: Keys, now: datetime, **changed: object
) -> UUID:
    """Begin an ordinary project, answer its questions and plan it."""
    budget = changed.pop("budget", BUDGET)
    repair = projects.begin(session, estate.estate, draft(**changed), actor(keys), now=now)
    asked = answers(session, estate.estate, now)
    projects.answer(session, estate.estate, repair, asked, actor(keys), now=now)
    assert isinstance(budget, int)
    plans.plan(session, estate.estate, repair, plan(budget), "林主任", now=now)
    return repair


def posted(
    session: Session, estate: Registered, keys: Keys, now: datetime, **changed: object
) -> UUID:
    """Plan a project and post it."""
    repair = planned(session, estate, keys, now, **changed)
    posting.post(session, estate.estate, repair, hung(), actor(keys), now=now)
    return repair


def decided(
    session: Session,
    estate: Registered,
    repair: UUID,
    keys: Keys,
    now: datetime,
    outcome: str = "passed",
) -> UUID:
    """Put a posted project on a draft agenda and enter its resolution in the register."""
    assembly = AssemblyRecord(
        id=uuid4(),
        estate_id=estate.estate,
        number=uuid4().int % 1_000_000,
        title="2026年第一次业主大会会议",
        convener="committee",
        convener_name="和平里小区业主委员会（示例）",
        created_at=now,
        created_by=estate.account,
    )
    session.add(assembly)
    session.flush()
    item = votes.put_to_vote(session, estate.estate, repair, assembly.id, actor(keys), now=now)
    title = session.get_one(RepairRecord, repair).title
    return resolved(session, estate.estate, now, title=title, outcome=outcome, item_id=item).id


def applied(
    session: Session, estate: Registered, keys: Keys, now: datetime, **changed: object
) -> UUID:
    """Carry an ordinary project to the first station; it was posted a month before `now`."""
    repair = posted(session, estate, keys, now - A_MONTH, **changed)
    decided(session, estate, repair, keys, now)
    applications.apply(session, estate.estate, repair, ApplicationDraft(), actor(keys), now=now)
    return repair


def waiting(session: Session, repair: UUID) -> StationRecord:
    """Return the stop where an application waits."""
    found = select(StationRecord).where(
        StationRecord.repair_id == repair, StationRecord.decided_at.is_(None)
    )
    return session.execute(found).scalar_one()


def cleared(session: Session, estate: UUID, repair: UUID, keys: Keys, now: datetime) -> None:
    """Let every station approve."""
    for _ in range(4):
        stop = waiting(session, repair).id
        applications.approve(session, estate, stop, "", actor(keys), now=now)


def approved(
    session: Session, estate: Registered, keys: Keys, now: datetime, **changed: object
) -> UUID:
    """Carry an ordinary project through all stations, with money in every part's account."""
    funded(session, estate, now - A_MONTH)
    repair = applied(session, estate, keys, now, **changed)
    cleared(session, estate.estate, repair, keys, now)
    return repair


def advanced(
    session: Session, estate: Registered, keys: Keys, now: datetime, **changed: object
) -> UUID:
    """Carry an ordinary project to the booked advance of seven tenths."""
    repair = approved(session, estate, keys, now, **changed)
    budget = session.get_one(RepairRecord, repair).budget_fen
    most = funds.advance(budget, rules_for(session, estate.estate, now=now))
    told = payments.instruct_advance(session, estate.estate, repair, most, actor(keys), now=now)
    payments.bank_paid(session, estate.estate, told, paper("回单.pdf"), actor(keys), now=now)
    return repair


def accepted_by_owners(
    session: Session, estate: UUID, repair: UUID, keys: Keys, now: datetime
) -> None:
    """Accept the works."""
    seen = AcceptanceDraft("监理工程师（示例）", "王一、张四（示例）", now, (paper("验收单.pdf"),))
    settlements.accept(session, estate, repair, seen, actor(keys), now=now)


def settled(
    session: Session, estate: Registered, keys: Keys, now: datetime, cost: int, **changed: object
) -> UUID:
    """Carry an ordinary project to its settlement."""
    repair = advanced(session, estate, keys, now, **changed)
    accepted_by_owners(session, estate.estate, repair, keys, now)
    settle(session, estate.estate, repair, keys, now, cost)
    return repair


def settle(
    session: Session, estate: UUID, repair: UUID, keys: Keys, now: datetime, cost: int
) -> None:
    """Settle a project at a cost, with an invoice only."""
    bill = SettlementDraft(cost, (paper("结算书.pdf"),))
    settlements.settle(session, estate, repair, bill, actor(keys), now=now)


def closed(
    session: Session, estate: Registered, keys: Keys, now: datetime, cost: int, **changed: object
) -> UUID:
    """Carry an ordinary project to its end."""
    repair = settled(session, estate, keys, now, cost, **changed)
    told = payments.instruct_balance(session, estate.estate, repair, actor(keys), now=now)
    if told is not None:
        payments.bank_paid(session, estate.estate, told, paper("回单.pdf"), actor(keys), now=now)
    settlements.publish(session, estate.estate, repair, hung(), actor(keys), now=now)
    return repair


def authority(
    session: Session, estate: Registered, now: datetime, *, each: int, yearly: int
) -> UUID:
    """Let an assembly grant a standing authorisation from yesterday on."""
    decision = resolved(session, estate.estate, now, title="小额维修授权")
    record = AuthorityRecord(
        id=uuid4(),
        estate_id=estate.estate,
        resolution_id=decision.id,
        each_fen=each,
        yearly_fen=yearly,
        covers="门禁、照明、管道的小修",
        since=(now - timedelta(days=1)).date(),
        granted_by="林主任",
    )
    session.add(record)
    session.flush()
    return record.id


def emergency(session: Session, estate: Registered, keys: Keys, now: datetime) -> UUID:
    """Begin an emergency: the lift stands still."""
    dangers = rules_for(session, estate.estate, now=now).listed("fund_emergency_dangers")
    urgent = draft(path="emergency", danger=str(dangers[1]), title="1号楼电梯应急抢修")
    return projects.begin(session, estate.estate, urgent, actor(keys), now=now)


def spot(now: datetime, *missing: str) -> SpotDraft:
    """Return what owners, committee and manager found, but for the missing parties."""
    said = (
        ("owners", "王一（101 业主）", "电梯困人两次，轿厢抖动。"),
        ("committee", "周副主任", "钢丝绳断股，不能运行。"),
        ("manager", "物业王经理", "已经停梯挂牌。"),
    )
    parties = tuple(
        PartyDraft(who, name, seen, now) for who, name, seen in said if who not in missing
    )
    return SpotDraft(parties, (photo("现场.png"),))


def repaired_at_once(
    session: Session, estate: Registered, keys: Keys, now: datetime, cost: int = 30_000_01
) -> UUID:
    """Carry an emergency through check, repair, acceptance, plan and settlement."""
    repair = emergency(session, estate, keys, now)
    who = actor(keys)
    emergencies.confirm_danger(session, estate.estate, repair, spot(now), who, now=now)
    accepted_by_owners(session, estate.estate, repair, keys, now)
    plans.plan(session, estate.estate, repair, plan(30_000_00), "林主任", now=now)
    settle(session, estate.estate, repair, keys, now, cost)
    return repair


def claimed(
    session: Session, estate: Registered, keys: Keys, now: datetime, cost: int = 30_000_01
) -> UUID:
    """Carry an emergency to the first station; it was posted a month before `now`."""
    before = now - A_MONTH
    repair = repaired_at_once(session, estate, keys, before, cost)
    asked = answers(session, estate.estate, before)
    projects.answer(session, estate.estate, repair, asked, actor(keys), now=before)
    posting.post(session, estate.estate, repair, hung(), actor(keys), now=before)
    applications.apply(session, estate.estate, repair, ApplicationDraft(), actor(keys), now=now)
    return repair
