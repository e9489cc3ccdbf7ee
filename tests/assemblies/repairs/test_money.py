"""Nothing is paid that owners did not agree to, that a part has not, or that a bank did not pay."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.details import FundPlan, PartShare
from assemblies.records.ledger import PostingRecord, part_balances
from assemblies.records.repairs import InstructionRecord, RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.repairs.services import applications, payments, settlements
from assemblies.repairs.services.drafts import ApplicationDraft, SettlementDraft
from tests.support.committee import resolved
from tests.support.registers import Registered
from tests.support.repairs import (
    A_MONTH,
    BUDGET,
    accepted_by_owners,
    actor,
    advanced,
    applied,
    approved,
    authority,
    cleared,
    funded,
    paper,
    posted,
    settle,
    settled,
)
from voting.agenda import ItemKind
from voting.law.matters import Matter
from voting.scope import Scope

MOST = BUDGET * 7 // 10


def test_the_advance_is_more_than_nothing_and_at_most_seven_tenths(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair, who = approved(session, estate, keys, now), actor(keys)
    for amount in (0, MOST + 1):
        with pytest.raises(Incomplete, match="预付款"):
            payments.instruct_advance(session, estate.estate, repair, amount, who, now=now)
    payments.instruct_advance(session, estate.estate, repair, MOST, who, now=now)
    with pytest.raises(WrongStep, match="还没有记入银行回单"):
        payments.instruct_advance(session, estate.estate, repair, 1, who, now=now)
    with pytest.raises(WrongStep, match="还没有记入银行回单"):
        accepted_by_owners(session, estate.estate, repair, keys, now)


def test_nothing_is_booked_before_the_bank_paid_and_never_twice(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair, who = approved(session, estate, keys, now), actor(keys)
    told = payments.instruct_advance(session, estate.estate, repair, MOST, who, now=now)
    counted = select(func.count()).where(PostingRecord.source_id == repair)
    assert session.execute(counted).scalar_one() == 0
    with pytest.raises(Incomplete, match="回单"):
        payments.bank_paid(session, estate.estate, told, None, who, now=now)
    payments.bank_paid(session, estate.estate, told, paper(), who, now=now)
    with pytest.raises(WrongStep, match="已经记过账"):
        payments.bank_paid(session, estate.estate, told, paper(), who, now=now)
    assert session.execute(counted).scalar_one() == 1


def test_a_part_that_cannot_bear_its_share_stops_the_instruction(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    funded(session, estate, now - A_MONTH, each=1_00)
    repair = applied(session, estate, keys, now, scope=Scope())
    cleared(session, estate.estate, repair, keys, now)
    with pytest.raises(WrongStep, match=r"续筹.*建设单位"):
        payments.instruct_advance(session, estate.estate, repair, MOST, actor(keys), now=now)


def test_the_works_may_be_done_without_an_advance(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = approved(session, estate, keys, now)
    accepted_by_owners(session, estate.estate, repair, keys, now)
    settle(session, estate.estate, repair, keys, now, BUDGET)
    told = payments.instruct_balance(session, estate.estate, repair, actor(keys), now=now)
    assert session.get_one(InstructionRecord, told).amount_fen == BUDGET


def test_what_was_paid_too_much_comes_back_to_each_part(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = settled(session, estate, keys, now, MOST - 10_00)
    parts = [one.part_id for one in session.get_one(RepairRecord, repair).shares]
    before = part_balances(session, parts)
    told = payments.instruct_balance(session, estate.estate, repair, actor(keys), now=now)
    assert told is not None
    payments.bank_paid(session, estate.estate, told, paper(), actor(keys), now=now)
    after = part_balances(session, parts)
    assert sum(after.values()) - sum(before.values()) == 10_00
    kinds = select(PostingRecord.kind).where(PostingRecord.source_id == repair)
    assert set(session.execute(kinds).scalars()) == {"payment", "refund"}


def test_a_fen_over_what_owners_agreed_to_needs_another_decision(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = advanced(session, estate, keys, now)
    accepted_by_owners(session, estate.estate, repair, keys, now)
    with pytest.raises(Incomplete, match="二百七十八条"):
        settle(session, estate.estate, repair, keys, now, BUDGET + 1)
    little = supplementary(session, estate, now, 99)
    enough = supplementary(session, estate, now, 100)
    elsewhere = supplementary(session, estate, now, 100, ("地下车库A01",))
    for decision, said in ((little, "不够"), (uuid4(), "不是关于"), (elsewhere, "同样的房屋")):
        over = SettlementDraft(BUDGET + 100, (paper(),), supplement=decision)
        with pytest.raises(Incomplete, match=said):
            settlements.settle(session, estate.estate, repair, over, actor(keys), now=now)
    over = SettlementDraft(BUDGET + 100, (paper(),), supplement=enough)
    settlements.settle(session, estate.estate, repair, over, actor(keys), now=now)
    assert session.get_one(RepairRecord, repair).settled_fen == BUDGET + 100
    session.get_one(ResolutionRecord, enough).state = "revoked"
    with pytest.raises(WrongStep, match=r"增加费用的决定.*撤销"):
        payments.instruct_balance(session, estate.estate, repair, actor(keys), now=now)
    session.get_one(ResolutionRecord, enough).state = "standing"
    assert payments.instruct_balance(session, estate.estate, repair, actor(keys), now=now)


def supplementary(
    session: Session, estate: Registered, now: datetime, amount: int, rooms: tuple[str, ...] = ()
) -> UUID:
    """Let owners agree to a further sum: those of the project, or of other rooms."""
    bearing = [estate.parts[room] for room in rooms] or [
        share.part_id for share in session.query(RepairRecord).one().shares
    ]
    shares = tuple(PartShare(part, "", 100, 0) for part in bearing)
    assembly = AssemblyRecord(
        id=uuid4(),
        estate_id=estate.estate,
        number=uuid4().int % 1_000_000,
        title="2026年第二次业主大会会议",
        convener="committee",
        convener_name="业主委员会",
        created_at=now,
        created_by=estate.account,
    )
    item = ItemRecord(
        id=uuid4(),
        assembly_id=assembly.id,
        number=1,
        matter=Matter.FUND_USE.value,
        kind=ItemKind.DECISION.value,
        title="追加费用",
        text="追加",
        scope={"kind": "estate"},
        details=dict(FundPlan("电梯", amount, "公司", "分户账", ("dwelling",), shares).plain()),
    )
    item.details["uses"] = list(item.details["uses"])
    session.add(assembly)
    session.flush()
    session.add(item)
    session.flush()
    return resolved(session, estate.estate, now, title="追加费用", item_id=item.id).id


def test_a_small_repair_may_cost_more_only_within_its_authority(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    before = now - A_MONTH
    funded(session, estate, before)
    given = authority(session, estate, before, each=5_000_00, yearly=9_000_00)
    repair = posted(
        session, estate, keys, before, path="standing", authority=given, budget=4_900_00
    )
    applied_small(session, estate, repair, keys, now)
    with pytest.raises(Incomplete, match="单项限额"):
        settle(session, estate.estate, repair, keys, now, 5_000_01)
    settle(session, estate.estate, repair, keys, now, 5_000_00)


def applied_small(
    session: Session, estate: Registered, repair: UUID, keys: Keys, now: datetime
) -> None:
    """Carry a small repair through the stations and its acceptance."""
    from_here = actor(keys)
    applications.apply(session, estate.estate, repair, ApplicationDraft(), from_here, now=now)
    cleared(session, estate.estate, repair, keys, now)
    accepted_by_owners(session, estate.estate, repair, keys, now)
