"""Numbers of the committee's decisions, and what changes when a resolution no longer stands."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.records.committees import TermRecord, committee_of
from assemblies.records.duties import Done, DutyRecord, Opening, fulfil, open_duty
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.resolutions import (
    ResolutionRecord,
    challengeable_until,
    change_state,
    enter_committee_decision,
)
from tests.support.committee import resolved
from tests.support.registers import Registered, registered
from voting.law.duties import due
from voting.law.rules import compose

A_YEAR = timedelta(days=365)


def decided(session: Session, estate: UUID, now: datetime) -> UUID:
    """Insert a decision of a meeting and return its id."""
    committee = committee_of(session, estate, now=now)
    number = len(session.execute(select(TermRecord)).scalars().all()) + 1
    term = TermRecord(
        id=uuid4(),
        committee_id=committee.id,
        number=number,
        seats=5,
        began_on=now.date(),
        ends_on=now.date() + A_YEAR,
    )
    meeting = MeetingRecord(
        id=uuid4(),
        term_id=term.id,
        number=1,
        title="业委会会议",
        place="社区会议室",
        called_by="主任",
        called_at=now,
        planned_for=now,
    )
    decision = DecisionRecord(id=uuid4(), meeting_id=meeting.id, number=1, title="更换门禁")
    for record in (term, meeting, decision):
        session.add(record)
        session.flush()
    return decision.id


def entered(session: Session, estate: UUID, now: datetime) -> ResolutionRecord:
    decision = decided(session, estate, now)
    counts = "应到 5 人，实到 4 人，同意 4 人。"
    return enter_committee_decision(
        session, estate, decision, "更换门禁", "passed", counts, now=now
    )


def test_committee_decisions_run_per_estate_and_year(
    session: Session, estate: Registered, now: datetime
) -> None:
    other = registered(session, now)
    found = [
        entered(session, estate.estate, now).number,
        entered(session, estate.estate, now).number,
        entered(session, other.estate, now).number,
        entered(session, estate.estate, now + A_YEAR).number,
    ]
    name = "和平里小区（示例）业委会决"
    assert found == [
        f"{name}〔2026〕1号",
        f"{name}〔2026〕2号",
        f"{name}〔2026〕1号",
        f"{name}〔2027〕1号",
    ]


def test_the_year_turns_at_midnight_in_china(session: Session, estate: Registered) -> None:
    last = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
    assert "〔2026〕" in entered(session, estate.estate, last).number
    assert "〔2027〕" in entered(session, estate.estate, last + timedelta(seconds=1)).number


def test_a_decision_is_entered_once(session: Session, estate: Registered, now: datetime) -> None:
    decision = decided(session, estate.estate, now)
    given = (session, estate.estate, decision, "更换门禁", "rejected", "")
    first = enter_committee_decision(*given, now=now)
    assert enter_committee_decision(*given, now=now).id == first.id
    assert first.outcome == "rejected"


def test_no_decision_of_an_unknown_estate(session: Session, now: datetime) -> None:
    with pytest.raises(NotFound):
        enter_committee_decision(session, uuid4(), uuid4(), "x", "passed", "", now=now)


def test_a_decision_may_be_challenged_until_the_last_second_of_its_last_day() -> None:
    rules = compose("shandong", on=date(2026, 3, 30))
    until = challengeable_until(datetime(2026, 3, 30, 1, tzinfo=UTC), rules)
    assert until == datetime(2027, 3, 30, 23, 59, 59, tzinfo=CHINA)
    leap = challengeable_until(datetime(2028, 2, 29, 1, tzinfo=UTC), rules)
    assert leap == datetime(2029, 2, 28, 23, 59, 59, tzinfo=CHINA)


@pytest.mark.parametrize("state", ["corrected", "revoked", "superseded"])
def test_what_no_longer_stands_asks_for_nothing_more(
    session: Session, estate: Registered, now: datetime, state: str
) -> None:
    record = resolved(session, estate.estate, now, title="聘用甲公司", matter=4)
    rules = compose("shandong", on=now.date())
    for name in ("decision_posted_days", "contract_signing_days"):
        opening = Opening(due(name, now.date(), rules), record.id, name, "甲")
        open_duty(session, estate.estate, opening, now=now)
    fulfil(session, record.id, "decision_posted_days", Done("主任"), now=now)
    order = uuid4()
    changed = change_state(session, record.id, state, order, "程序违法", now=now)
    assert (changed.state, changed.state_id, changed.state_at) == (state, order, now)
    found = session.execute(select(DutyRecord).where(DutyRecord.source_id == record.id)).scalars()
    void = {one.name: one.void_at is not None for one in found}
    assert void == {"decision_posted_days": False, "contract_signing_days": True}


def test_only_what_stands_or_is_to_be_corrected_can_be_revoked(
    session: Session, estate: Registered, now: datetime
) -> None:
    record = resolved(session, estate.estate, now, title="聘用甲公司", matter=4)
    change_state(session, record.id, "corrected", uuid4(), "限期改正", now=now)
    change_state(session, record.id, "revoked", uuid4(), "逾期不改", now=now)
    with pytest.raises(WrongStep, match="不再执行"):
        change_state(session, record.id, "corrected", uuid4(), "", now=now)
    with pytest.raises(NotFound):
        change_state(session, record.id, "standing", uuid4(), "", now=now)
