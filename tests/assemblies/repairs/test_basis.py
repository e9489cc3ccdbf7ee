"""What lets a repair use the fund: the owners' decision that stands, or an authority's limits."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from assemblies.agendas.services import items
from assemblies.estates.queries.dependents import with_money
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.details import FundPlan
from assemblies.records.repairs import AuthorityRecord, RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.repairs.queries.projects import project
from assemblies.repairs.services import applications, posting, projects, votes
from assemblies.repairs.services.basis import require_authority
from assemblies.repairs.services.drafts import ApplicationDraft
from tests.support.agendas import drafted
from tests.support.agendas import item as fund_item
from tests.support.registers import Registered
from tests.support.repairs import (
    A_MONTH,
    BUDGET,
    actor,
    authority,
    decided,
    draft,
    hung,
    planned,
    posted,
)
from voting.canonical import decode, encode
from voting.law.matters import Matter

EACH, YEARLY = 5_000_00, 12_000_00
STANDINGS = {"standing": True, "corrected": True, "superseded": False, "revoked": False}
FAILURES = ("rejected", "no_decision", "tied")


def apply_for(session: Session, estate: UUID, repair: UUID, keys: Keys, now: datetime) -> str:
    applications.apply(session, estate, repair, ApplicationDraft(), actor(keys), now=now)
    return session.get_one(RepairRecord, repair).state


@pytest.mark.parametrize(("state", "carries"), STANDINGS.items(), ids=STANDINGS)
def test_a_resolution_carries_while_it_stands(
    session: Session, estate: Registered, keys: Keys, now: datetime, state: str, carries: bool
) -> None:
    repair = posted(session, estate, keys, now - A_MONTH)
    found = decided(session, estate, repair, keys, now)
    session.get_one(ResolutionRecord, found).state = state
    if carries:
        assert apply_for(session, estate.estate, repair, keys, now) == "applied"
    else:
        with pytest.raises(WrongStep, match="撤销或者被取代"):
            apply_for(session, estate.estate, repair, keys, now)


def test_a_motion_that_failed_is_said_as_not_decided(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    for outcome in FAILURES:
        repair = posted(session, estate, keys, now - A_MONTH)
        decided(session, estate, repair, keys, now, outcome)
        with pytest.raises(WrongStep):
            apply_for(session, estate.estate, repair, keys, now)
        state = votes.take_outcome(session, estate.estate, repair, actor(keys), now=now)
        view = project(session, estate.estate, repair, now=now)
        assert state == view.state == "refused"
        assert "决定" in view.ended_why
        assert "不同意" not in view.ended_why


def test_nothing_is_applied_for_before_the_owners_decided(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = posted(session, estate, keys, now - A_MONTH)
    with pytest.raises(WrongStep, match="还没有作出决定"):
        apply_for(session, estate.estate, repair, keys, now)
    with pytest.raises(WrongStep, match="还没有公布"):
        votes.take_outcome(session, estate.estate, repair, actor(keys), now=now)


def test_the_agenda_carries_the_very_shares_that_were_posted(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = posted(session, estate, keys, now)
    assembly = drafted(session, estate, now)
    item = votes.put_to_vote(session, estate.estate, repair, assembly, actor(keys), now=now)
    record = session.get_one(ItemRecord, item)
    plan = FundPlan.read(decode(encode(record.details)))
    shares = session.get_one(RepairRecord, repair).shares
    assert plan.budget == BUDGET
    assert [(one.part, one.fen) for one in plan.shares] == [
        (one.part_id, one.fen) for one in shares
    ]
    assert [one.name for one in record.attachments] == ["费用分摊清册.csv"]
    with pytest.raises(WrongStep, match="已经列入"):
        votes.put_to_vote(session, estate.estate, repair, assembly, actor(keys), now=now)


def test_a_decision_on_other_figures_is_none(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = posted(session, estate, keys, now - A_MONTH)
    decided(session, estate, repair, keys, now)
    item = session.get_one(ItemRecord, session.get_one(RepairRecord, repair).item_id)
    item.details = {**item.details, "budget": BUDGET + 1}
    with pytest.raises(WrongStep, match="不一致"):
        apply_for(session, estate.estate, repair, keys, now)


def test_only_an_open_agenda_of_this_estate_takes_the_project(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = posted(session, estate, keys, now)
    assembly = drafted(session, estate, now)
    with pytest.raises(NotFound):
        votes.put_to_vote(session, estate.estate, repair, uuid4(), actor(keys), now=now)
    session.get_one(AssemblyRecord, assembly).phase = "posted"
    with pytest.raises(WrongStep, match="已经张贴"):
        votes.put_to_vote(session, estate.estate, repair, assembly, actor(keys), now=now)


def test_an_item_that_says_the_same_may_be_chosen(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    first = posted(session, estate, keys, now)
    item = votes.put_to_vote(
        session, estate.estate, first, drafted(session, estate, now), actor(keys), now=now
    )
    second = posted(session, estate, keys, now)
    with pytest.raises(Incomplete, match="不一致"):
        votes.choose_item(session, estate.estate, second, item, actor(keys), now=now)
    session.get_one(RepairRecord, first).item_id = None
    session.flush()
    votes.choose_item(session, estate.estate, second, item, actor(keys), now=now)
    assert session.get_one(RepairRecord, second).item_id == item


def test_a_project_leaves_the_agenda_whole_and_is_not_changed_on_it(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = posted(session, estate, keys, now)
    assembly = drafted(session, estate, now)
    item = votes.put_to_vote(session, estate.estate, repair, assembly, actor(keys), now=now)
    with pytest.raises(WrongStep, match="由维修项目提请"):
        items.change_item(session, assembly, item, fund_item(Matter.FUND_USE))
    items.remove_item(session, assembly, item)
    assert session.get_one(RepairRecord, repair).item_id is None
    again = votes.put_to_vote(session, estate.estate, repair, assembly, actor(keys), now=now)
    assert again != item


def test_a_part_that_bears_a_share_stays_in_the_register(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    posted(session, estate, keys, now)
    gone = [estate.parts["1号楼1单元101"], estate.parts["地下车库A01"]]
    assert with_money(session, gone) == ("101",)
    assert with_money(session, gone[1:]) == ()


SMALL = {"below": EACH - 1, "at": EACH}


@pytest.mark.parametrize("amount", SMALL.values(), ids=SMALL)
def test_a_small_repair_needs_no_vote(
    session: Session, estate: Registered, keys: Keys, now: datetime, amount: int
) -> None:
    before = now - A_MONTH
    given = authority(session, estate, before, each=EACH, yearly=YEARLY)
    repair = posted(session, estate, keys, before, path="standing", authority=given, budget=amount)
    assert apply_for(session, estate.estate, repair, keys, now) == "applied"


def test_above_the_limit_of_one_repair_owners_are_asked(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    given = authority(session, estate, now, each=EACH, yearly=YEARLY)
    with pytest.raises(Incomplete, match="单项限额"):
        posted(session, estate, keys, now, path="standing", authority=given, budget=EACH + 1)


def test_the_limit_of_the_year_counts_what_was_posted_in_it(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    given = authority(session, estate, now, each=EACH, yearly=YEARLY)
    small = {"path": "standing", "authority": given}
    posted(session, estate, keys, now, budget=EACH, **small)
    posted(session, estate, keys, now, budget=EACH, **small)
    with pytest.raises(Incomplete, match="全年限额"):
        posted(session, estate, keys, now, budget=YEARLY - 2 * EACH + 1, **small)
    exactly = posted(session, estate, keys, now, budget=YEARLY - 2 * EACH, **small)
    with pytest.raises(Incomplete, match="全年限额"):
        posted(session, estate, keys, now, budget=1_000_01, **small)
    projects.drop(session, estate.estate, exactly, "不修了", actor(keys), now=now)
    posted(session, estate, keys, now, budget=1_000_01, **small)
    next_year = now + timedelta(days=365)
    posted(session, estate, keys, next_year, budget=EACH, **small)


def test_a_small_repair_draws_on_the_year_of_its_posting_to_the_end(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    given = authority(session, estate, now, each=EACH, yearly=YEARLY)
    small = {"path": "standing", "authority": given}
    repair = posted(session, estate, keys, now, budget=2_000_00, **small)
    posted(session, estate, keys, now, budget=EACH, **small)
    posted(session, estate, keys, now, budget=EACH, **small)
    later = now + timedelta(days=365)
    posted(session, estate, keys, later, budget=EACH, **small)
    posted(session, estate, keys, later, budget=EACH, **small)
    posted(session, estate, keys, later, budget=2_000_00, **small)
    session.get_one(AuthorityRecord, given).until = now.date()
    session.flush()
    record = session.get_one(RepairRecord, repair)
    assert require_authority(session, record, 2_000_00, now=later).id == given
    with pytest.raises(Incomplete, match=f"{now.year}年已经用了"):
        require_authority(session, record, 2_000_01, now=later)


def test_an_authority_that_ended_or_was_revoked_carries_nothing(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    given = authority(session, estate, now, each=EACH, yearly=YEARLY)
    repair = planned(session, estate, keys, now, path="standing", authority=given, budget=EACH)
    record = session.get_one(AuthorityRecord, given)
    record.until = (now - timedelta(days=1)).date()
    with pytest.raises(WrongStep, match="到期"):
        posting.post(session, estate.estate, repair, hung(), actor(keys), now=now)
    record.until = now.date()
    session.get_one(ResolutionRecord, record.resolution_id).state = "revoked"
    with pytest.raises(WrongStep, match="撤销"):
        posting.post(session, estate.estate, repair, hung(), actor(keys), now=now)
    with pytest.raises(Incomplete, match="授权"):
        projects.begin(session, estate.estate, draft(path="standing"), actor(keys), now=now)
