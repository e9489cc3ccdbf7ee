"""A plan hangs for all its days before the money is applied for; its shares are fixed with it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.duties import duty_of
from assemblies.records.premises import PartRecord
from assemblies.records.repairs import RepairRecord
from assemblies.repairs.queries.projects import project
from assemblies.repairs.services import plans, posting, projects
from assemblies.repairs.services.drafts import (
    AnswerDraft,
    HeardDraft,
    LineDraft,
    PlanDraft,
    PostingDraft,
)
from assemblies.repairs.services.posting import require_posting_over
from tests.support.registers import Registered
from tests.support.repairs import (
    BUDGET,
    actor,
    answers,
    draft,
    hung,
    photo,
    plan,
    planned,
    posted,
)
from voting.scope import Scope

A_DAY = timedelta(days=1)
AWKWARD = (1, 3, 100, 99_999_99, 186_000_07)


def test_the_posting_lasts_its_seven_days_and_not_a_day_less(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = posted(session, estate, keys, now)
    record = session.get_one(RepairRecord, repair)
    for days in (0, 1, 6, 7):
        with pytest.raises(WrongStep, match="最早3月10日"):
            require_posting_over(session, record, now=now + days * A_DAY)
    require_posting_over(session, record, now=now + 8 * A_DAY)
    duty = duty_of(session, repair, "fund_posting_days")
    assert duty is not None
    assert duty.due_on == (now + 7 * A_DAY).date()


def test_what_owners_said_is_recorded_on_the_last_day_at_the_earliest(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = posted(session, estate, keys, now)
    said = HeardDraft("没有收到意见", photo())
    with pytest.raises(WrongStep, match="3月9日"):
        posting.hear(session, estate.estate, repair, said, actor(keys), now=now + 6 * A_DAY)
    posting.hear(session, estate.estate, repair, said, actor(keys), now=now + 7 * A_DAY)
    duty = duty_of(session, repair, "fund_posting_days")
    assert duty is not None
    assert duty.done_at is not None


def test_nothing_is_posted_without_plan_photographs_place_and_answers(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    who = actor(keys)
    bare = projects.begin(session, estate.estate, draft(), who, now=now)
    with pytest.raises(WrongStep, match="该不该由维修资金出"):
        posting.post(session, estate.estate, bare, hung(), who, now=now)
    with pytest.raises(WrongStep, match="该不该由维修资金出"):
        plans.plan(session, estate.estate, bare, plan(), "林主任", now=now)
    ready = planned(session, estate, keys, now)
    with pytest.raises(Incomplete, match="张贴地点"):
        posting.post(session, estate.estate, ready, hung(" "), who, now=now)
    with pytest.raises(Incomplete, match="照片"):
        posting.post(session, estate.estate, ready, PostingDraft("大厅", None), who, now=now)


@pytest.mark.parametrize("budget", AWKWARD)
def test_the_shares_sum_to_the_budget(
    session: Session, estate: Registered, keys: Keys, now: datetime, budget: int
) -> None:
    repair = projects.begin(session, estate.estate, draft(scope=Scope()), actor(keys), now=now)
    asked = answers(session, estate.estate, now)
    projects.answer(session, estate.estate, repair, asked, actor(keys), now=now)
    usual = plan()
    whole = PlanDraft(
        lines=(LineDraft("全部", "", budget),),
        quotes=usual.quotes,
        contractor=usual.contractor,
        account=usual.account,
        photos=usual.photos,
    )
    plans.plan(session, estate.estate, repair, whole, "林主任", now=now)
    record = session.get_one(RepairRecord, repair)
    assert record.budget_fen == budget
    assert sum(one.fen for one in record.shares) == budget
    assert [one.position for one in record.shares] == list(range(1, len(record.shares) + 1))


def test_shares_follow_the_scope_in_the_draft_and_nothing_once_posted(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = planned(session, estate, keys, now)
    record = session.get_one(RepairRecord, repair)
    assert {one.building for one in record.shares} == {"1号楼"}
    projects.change(session, estate.estate, repair, draft(scope=Scope()), "林主任", now=now)
    assert {one.building for one in record.shares} == {"1号楼", "2号楼"}
    assert sum(one.fen for one in record.shares) == BUDGET
    unsold = [one.label for one in record.shares if one.unsold]
    assert unsold == ["2号楼1单元201"]
    posting.post(session, estate.estate, repair, hung(), actor(keys), now=now)
    before = [(one.part_id, one.fen) for one in record.shares]
    session.get_one(PartRecord, record.shares[0].part_id).area_dm2 += 1_00
    with pytest.raises(WrongStep):
        projects.change(session, estate.estate, repair, draft(), "林主任", now=now)
    with pytest.raises(WrongStep):
        plans.plan(session, estate.estate, repair, plan(), "林主任", now=now)
    session.expire(record)
    assert [(one.part_id, one.fen) for one in record.shares] == before


def test_one_yes_ends_the_project_and_says_who_pays(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    said = {0: "建设单位", 1: "专业单位", 2: "造成损坏的人", 3: "物业服务企业", 4: "这一户"}
    for yes, payer in said.items():
        repair = projects.begin(session, estate.estate, draft(), actor(keys), now=now)
        asked = answers(session, estate.estate, now, yes)
        projects.answer(session, estate.estate, repair, asked, actor(keys), now=now)
        view = project(session, estate.estate, repair, now=now)
        assert view.state == "refused"
        assert payer in view.ended_why
        with pytest.raises(WrongStep):
            plans.plan(session, estate.estate, repair, plan(), "林主任", now=now)


def test_every_question_needs_its_answer_and_what_shows_it(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = projects.begin(session, estate.estate, draft(), actor(keys), now=now)
    asked = answers(session, estate.estate, now)
    with pytest.raises(Incomplete, match="每一个问题"):
        projects.answer(session, estate.estate, repair, asked[1:], actor(keys), now=now)
    bare = [AnswerDraft(asked[0].question, False, " "), *asked[1:]]  # noqa: FBT003
    with pytest.raises(Incomplete, match="根据"):
        projects.answer(session, estate.estate, repair, bare, actor(keys), now=now)
