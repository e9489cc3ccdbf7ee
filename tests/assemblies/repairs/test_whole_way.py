"""An ordinary repair from its first sentence to the posted settlement, every figure to the fen."""

from collections import Counter
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records.duties import DutyRecord
from assemblies.records.ledger import LineRecord, PostingRecord
from assemblies.records.logs import LogEntryRecord
from assemblies.records.repairs import RepairRecord
from assemblies.repairs.queries.projects import project
from tests.support.registers import Registered
from tests.support.repairs import BUDGET, advanced, closed
from voting.law import funds

# Nothing but the advance and the settlement decides how a repair is booked.
COSTS = {
    "as much as the budget": BUDGET,
    "one fen less": BUDGET - 1,
    "far less, some of the advance comes back": 100_000_03,
    "exactly the advance": BUDGET * 7 // 10,
    "one fen more than the advance": BUDGET * 7 // 10 + 1,
    "one fen less than the advance": BUDGET * 7 // 10 - 1,
}


def booked(session: Session, repair: UUID) -> Counter[UUID]:
    found = (
        select(LineRecord.part_id, LineRecord.amount_fen)
        .join(PostingRecord, PostingRecord.id == LineRecord.posting_id)
        .where(PostingRecord.source_id == repair)
    )
    borne: Counter[UUID] = Counter()
    for part, fen in session.execute(found):
        borne[part] -= fen
    return borne


@pytest.mark.parametrize("cost", COSTS.values(), ids=COSTS)
def test_what_was_booked_is_each_parts_share_of_the_cost(
    session: Session, estate: Registered, keys: Keys, now: datetime, cost: int
) -> None:
    repair = closed(session, estate, keys, now, cost)
    record = session.get_one(RepairRecord, repair)
    borne = booked(session, repair)
    assert record.state == "closed"
    assert sum(borne.values()) == cost
    areas = {one.part_id: one.area_dm2 for one in record.shares}
    assert dict(borne) == funds.shares(cost, areas)


def test_the_advance_is_seven_tenths_and_never_a_fen_more(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = advanced(session, estate, keys, now)
    record = session.get_one(RepairRecord, repair)
    assert record.advance_fen == BUDGET * 7 // 10
    assert record.advance_fen * 10 <= BUDGET * 7 < (record.advance_fen + 1) * 10
    assert sum(booked(session, repair).values()) == record.advance_fen


def test_every_step_reaches_the_record_and_every_duty_is_done(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = closed(session, estate, keys, now, BUDGET)
    told = session.execute(
        select(LogEntryRecord.kind)
        .where(LogEntryRecord.subject == repair)
        .order_by(LogEntryRecord.index)
    ).scalars()
    assert list(told) == [
        "repair.begun",
        "repair.answered",
        "repair.posted",
        "repair.proposed",
        "repair.voted",
        "repair.applied",
        *["repair.approved"] * 4,
        "repair.instructed",
        "repair.advanced",
        "repair.accepted",
        "repair.settled",
        "repair.instructed",
        "repair.paid",
        "repair.closed",
    ]
    duties = session.execute(select(DutyRecord)).scalars().all()
    asked = {one.who for one in duties if one.name == "fund_station_days"}
    assert asked == {"committee", "community", "street", "authority"}
    assert all(one.done_at is not None for one in duties)
    assert project(session, estate.estate, repair, now=now).next.said == "已经办结。"
