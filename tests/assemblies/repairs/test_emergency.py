"""An emergency: listed dangers only, three parties on the spot, repair, posting, then the claim."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.repairs import RepairRecord
from assemblies.repairs.services import (
    applications,
    emergencies,
    payments,
    posting,
    projects,
    settlements,
)
from assemblies.repairs.services.drafts import ApplicationDraft, SettlementDraft, SpotDraft
from tests.assemblies.repairs.test_whole_way import booked
from tests.support.registers import Registered
from tests.support.repairs import (
    accepted_by_owners,
    actor,
    answers,
    claimed,
    cleared,
    draft,
    emergency,
    funded,
    hung,
    paper,
    repaired_at_once,
    spot,
    waiting,
)
from voting.law import funds

A_DAY = timedelta(days=1)
BUDGET = 30_000_00


def test_a_danger_outside_the_list_is_no_emergency(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    for danger in ("", "墙面不好看"):
        urgent = draft(path="emergency", danger=danger)
        with pytest.raises(Incomplete, match="清单"):
            projects.begin(session, estate.estate, urgent, actor(keys), now=now)


def test_all_three_parties_must_have_been_there_with_a_photograph(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair, who = emergency(session, estate, keys, now), actor(keys)
    for missing in ("owners", "committee", "manager"):
        with pytest.raises(Incomplete, match="三方"):
            emergencies.confirm_danger(
                session, estate.estate, repair, spot(now, missing), who, now=now
            )
    bare = SpotDraft(spot(now).parties, ())
    with pytest.raises(Incomplete, match="照片"):
        emergencies.confirm_danger(session, estate.estate, repair, bare, who, now=now)
    with pytest.raises(Incomplete, match="不能晚于现在"):
        emergencies.confirm_danger(session, estate.estate, repair, spot(now + A_DAY), who, now=now)
    with pytest.raises(WrongStep):
        accepted_by_owners(session, estate.estate, repair, keys, now)
    emergencies.confirm_danger(session, estate.estate, repair, spot(now), who, now=now)
    assert session.get_one(RepairRecord, repair).state == "checked"


def test_an_ordinary_project_is_never_checked_on_the_spot(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = projects.begin(session, estate.estate, draft(), actor(keys), now=now)
    with pytest.raises(WrongStep, match="应急"):
        emergencies.confirm_danger(session, estate.estate, repair, spot(now), actor(keys), now=now)


def test_it_is_posted_for_five_days_before_the_claim(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair, who = repaired_at_once(session, estate, keys, now), actor(keys)
    with pytest.raises(WrongStep, match="该不该由维修资金出"):
        posting.post(session, estate.estate, repair, hung(), who, now=now)
    asked = answers(session, estate.estate, now)
    projects.answer(session, estate.estate, repair, asked, who, now=now)
    posting.post(session, estate.estate, repair, hung(), who, now=now)
    for days in (4, 5):
        with pytest.raises(WrongStep, match="最早"):
            applications.apply(
                session, estate.estate, repair, ApplicationDraft(), who, now=now + days * A_DAY
            )
    applications.apply(session, estate.estate, repair, ApplicationDraft(), who, now=now + 6 * A_DAY)
    # A Sunday: two working days later is Tuesday.
    entered = now + 6 * A_DAY
    assert waiting(session, repair).due_on == (entered + 2 * A_DAY).date()


def test_it_is_claimed_at_its_true_cost_and_paid_at_once(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    funded(session, estate, now)
    repair, who = claimed(session, estate, keys, now, 30_000_01), actor(keys)
    record = session.get_one(RepairRecord, repair)
    assert sum(one.fen for one in record.shares) == 30_000_01
    cleared(session, estate.estate, repair, keys, now)
    with pytest.raises(WrongStep, match="一次拨付"):
        payments.instruct_advance(session, estate.estate, repair, 1, who, now=now)
    told = payments.instruct_balance(session, estate.estate, repair, who, now=now)
    assert told is not None
    payments.bank_paid(session, estate.estate, told, paper(), who, now=now)
    assert record.state == "closed"
    areas = {one.part_id: one.area_dm2 for one in record.shares}
    assert dict(booked(session, repair)) == funds.shares(30_000_01, areas)


AUDITS = {
    "a fen under ten in a hundred over": (BUDGET * 11 // 10 - 1, False),
    "exactly ten in a hundred over": (BUDGET * 11 // 10, False),
    "a fen more": (BUDGET * 11 // 10 + 1, True),
}


@pytest.mark.parametrize(("cost", "audited"), AUDITS.values(), ids=AUDITS)
def test_more_than_a_tenth_over_asks_for_an_audit(
    session: Session, estate: Registered, keys: Keys, now: datetime, cost: int, audited: bool
) -> None:
    if not audited:
        repaired_at_once(session, estate, keys, now, cost)
        return
    with pytest.raises(Incomplete, match="审计报告"):
        repaired_at_once(session, estate, keys, now, cost)
    found = session.query(RepairRecord).filter_by(estate_id=estate.estate).one()
    bill = SettlementDraft(cost, (paper(),), audit=paper("审计报告.pdf"))
    settlements.settle(session, estate.estate, found.id, bill, actor(keys), now=now)
    assert found.state == "settled"
    assert found.audit_file_id is not None
