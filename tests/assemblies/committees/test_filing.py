"""The filing and the hand-over: every state by its turn, every period to its day."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Beginning, Certificate, Planned, Received
from assemblies.committees.services import filing as services
from assemblies.committees.services import handovers
from assemblies.committees.services.terms import begin_term
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records import filings
from assemblies.records.committees import CommitteeRecord, TermRecord
from assemblies.records.duties import duty_of, is_late
from assemblies.records.filings import FilingRecord, HandoverRecord
from tests.support.committee import in_office
from tests.support.election import Published, acting, published, stand
from tests.support.households import PDF
from tests.support.registers import Registered

PAPER = Upload("材料.pdf", PDF)


def elected(session: Session, keys: Keys, now: datetime) -> tuple[Published, FilingRecord]:
    """Begin a term whose filing is still to be prepared."""
    from_vote = published(session, keys, now)
    stand(session, keys, from_vote, now=now)
    who = acting(from_vote.estate, keys)
    term = begin_term(session, who, Beginning(from_vote.item), now=now)
    return from_vote, session.query(FilingRecord).filter_by(term_id=term).one()


def changed(session: Session, estate: Registered, now: datetime) -> FilingRecord:
    """Open the filing of a change for a committee in office."""
    seated = in_office(session, estate.estate, now)
    today = in_china(now).date()
    return filings.open_change(
        session, estate.estate, seated[0].term_id, "议事规则修改", on=today, now=now
    )


@pytest.mark.parametrize(("day", "late"), [(29, False), (30, False), (31, True)])
def test_a_change_is_told_within_thirty_days(
    session: Session, now: datetime, estate: Registered, day: int, late: bool
) -> None:
    record = changed(session, estate, now)
    duty = duty_of(session, record.id, "change_told_days")
    assert duty is not None
    assert duty.due_on == record.due_on == in_china(now).date() + timedelta(days=30)
    assert is_late(duty, now + timedelta(days=day)) is late


def test_changes_of_one_time_are_told_together(
    session: Session, now: datetime, estate: Registered
) -> None:
    record = changed(session, estate, now)
    later = now + timedelta(days=3)
    day = in_china(later).date()
    again = filings.open_change(
        session, estate.estate, record.term_id, "甲任主任", on=day, now=later
    )
    assert again is record
    assert record.what == "议事规则修改；甲任主任"
    assert record.due_on == in_china(now).date() + timedelta(days=30)


def test_a_change_goes_from_draft_to_accepted_and_back_once(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    record, who = changed(session, estate, now), acting(estate.estate, keys)
    with pytest.raises(WrongStep):
        services.give_back(session, who, record.id, "缺", now=now)
    with pytest.raises(WrongStep):
        services.accept(session, who, record.id, now=now)
    services.submit(session, who, record.id, now=now)
    duty = duty_of(session, record.id, "change_told_days")
    assert duty is not None
    assert duty.done_at == now
    with pytest.raises(WrongStep, match="已经提交"):
        services.submit(session, who, record.id, now=now)
    with pytest.raises(Incomplete, match="全部内容"):
        services.give_back(session, who, record.id, " ", now=now)
    services.give_back(session, who, record.id, "缺会议纪要", now=now)
    assert (record.state, record.reasons) == ("returned", "缺会议纪要")
    services.submit(session, who, record.id, now=now)
    services.accept(session, who, record.id, now=now)
    assert (record.state, record.reasons) == ("accepted", "")


def test_a_new_committee_files_with_its_texts_and_gets_its_certificate(
    session: Session, keys: Keys, now: datetime
) -> None:
    election, record = elected(session, keys, now)
    who, today = acting(election.estate, keys), in_china(now).date()
    with pytest.raises(Incomplete, match="还缺业主大会议事规则和管理规约"):
        services.submit(session, who, record.id, now=now)
    for kind in ("rules", "covenant"):
        services.attach(session, who, record.id, (kind, PAPER), now=now)
    services.submit(session, who, record.id, now=now)
    filed = duty_of(session, record.term_id, "filing_days")
    asked = duty_of(session, record.id, "certificate_days")
    assert filed is not None
    assert asked is not None
    assert filed.done_at == now
    assert (asked.due_on, asked.who) == (today + timedelta(days=10), "authority")
    services.give_back(session, who, record.id, "缺签字", now=now)
    assert asked.void_at == now
    later = now + timedelta(days=4)
    services.submit(session, who, record.id, now=later)
    again = duty_of(session, record.id, "certificate_days")
    assert again is not None
    assert again.void_at is None
    assert again.due_on == today + timedelta(days=14)
    with pytest.raises(Incomplete, match="编号"):
        services.certify(session, who, record.id, Certificate(" ", PAPER), now=later)
    with pytest.raises(Incomplete, match="备案证明"):
        services.certify(session, who, record.id, Certificate("7号"), now=later)
    services.certify(session, who, record.id, Certificate("7号", PAPER, PAPER), now=later)
    assert (record.state, record.certificate, asked.done_at) == ("certified", "7号", later)
    with pytest.raises(WrongStep):
        services.attach(session, who, record.id, ("other", PAPER), now=later)


def test_another_estates_filing_is_not_found(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    record = changed(session, estate, now)
    with pytest.raises(NotFound):
        services.submit(session, acting(UUID(int=7), keys), record.id, now=now)


@pytest.mark.parametrize(("day", "late"), [(9, False), (10, False), (11, True)])
def test_a_hand_over_is_done_when_every_line_is_and_by_its_day(
    session: Session, keys: Keys, now: datetime, estate: Registered, day: int, late: bool
) -> None:
    in_office(session, estate.estate, now)
    who = acting(estate.estate, keys)
    plan = Planned("committee", "第1届", "第2届", ("印章", " ", "账册"))
    made = handovers.begin(session, who, plan, now=now)
    record = session.get_one(HandoverRecord, made)
    duty = duty_of(session, made, "handover_days")
    assert duty is not None
    assert is_late(duty, now + timedelta(days=day)) is late
    first, second = record.items
    with pytest.raises(Incomplete, match="数量"):
        handovers.receive(session, who, first.id, Received(" ", "林主任"), now=now)
    assert not handovers.receive(session, who, first.id, Received("1 枚", "林主任"), now=now)
    with pytest.raises(WrongStep):
        handovers.receive(session, who, first.id, Received("1 枚", "林主任"), now=now)
    assert handovers.receive(session, who, second.id, Received("3 本", "林主任"), now=now)
    assert (record.done_at, duty.done_at) == (now, now)


def test_the_term_hands_over_from_the_former_one(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    in_office(session, election.estate, now)
    stand(session, keys, election, now=now)
    begin_term(session, acting(election.estate, keys), Beginning(election.item), now=now)
    committee = session.query(CommitteeRecord).filter_by(estate_id=election.estate).one()
    record = session.query(HandoverRecord).filter_by(committee_id=committee.id).one()
    assert (record.from_whom, record.to_whom) == ("第1届业主委员会", "第2届业主委员会")
    assert record.due_on == in_china(now).date() + timedelta(days=10)
    former = session.query(TermRecord).filter_by(committee_id=committee.id, number=1).one()
    assert former.ended_on == in_china(now).date()
    assert {one.left_why for one in former.members} == {"任期结束"}
