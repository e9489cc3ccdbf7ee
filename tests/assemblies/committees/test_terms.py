"""A term from a published election: who sits, who waits, what follows, and what refuses."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Beginning
from assemblies.committees.queries.house import house_of
from assemblies.committees.queries.standing import published_elections
from assemblies.committees.services.joining import join_term
from assemblies.committees.services.terms import begin_term
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.committees import (
    CandidateRecord,
    TermRecord,
    members_in_office,
    remove_member,
    term_in_office,
)
from assemblies.records.duties import DutyRecord, duty_of, is_late
from assemblies.records.filings import FilingRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.streams import Stream, entries_of
from tests.support.committee import in_office
from tests.support.election import (
    TIED,
    Published,
    acting,
    name_of,
    published,
    stand,
)


def begun(
    session: Session, keys: Keys, now: datetime, election: Published, **how: object
) -> TermRecord:
    stand(session, keys, election, now=now)
    beginning = Beginning(election.item, **how)  # type: ignore[arg-type]  # a test names it
    made = begin_term(session, acting(election.estate, keys), beginning, now=now)
    return session.get_one(TermRecord, made)


def due(session: Session, source: UUID) -> dict[str, date | None]:
    found = select(DutyRecord).where(DutyRecord.source_id == source)
    return {one.name: one.due_on for one in session.execute(found).scalars()}


def test_seven_of_nine_sit_in_the_order_of_their_votes_and_two_wait(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    term = begun(session, keys, now, election)
    seated = [one.name for one in term.members if one.seat == "member"]
    waiting = [one.name for one in term.members if one.seat == "alternate"]
    assert seated == [name_of(one) for one in "defgabc"]
    assert waiting == [name_of("h"), name_of("i")]
    assert [(one.heads, one.area_dm2) for one in term.members][:1] == [(8, 80_000)]
    assert members_in_office(session, election.estate) == tuple(term.members[:7])


def test_a_term_opens_its_first_meeting_its_filing_and_its_own_end(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    term = begun(session, keys, now, election)
    today = in_china(now).date()
    opened = due(session, term.id)
    assert opened == {
        "first_committee_meeting_days": today + timedelta(days=7),
        "filing_days": today + timedelta(days=30),
        "reelection_start_days": term.ends_on - timedelta(days=90),
    }
    assert (term.began_on, term.ends_on) == (today, today.replace(year=today.year + 5))
    filing = session.query(FilingRecord).filter_by(term_id=term.id).one()
    assert (filing.kind, filing.state, filing.due_on) == ("new", "draft", opened["filing_days"])


def test_four_party_members_of_seven_are_a_flag_and_never_a_veto(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    begun(session, keys, now, election)
    house = house_of(session, election.estate, keys, now=now)
    assert house is not None
    assert house.term is not None
    first, *missing = house.term.flags
    assert first.startswith("委员中的党员 4/7 = 57.14%，低于 60%")
    assert len(missing) == 7
    assert missing[0].startswith("候选人甲的联审缺街道办事处、住建（房管）")
    assert not house.term.party.enough


def test_a_term_may_be_shorter_but_not_longer_than_the_law(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    with pytest.raises(Incomplete, match="任期最长 60 个月"):
        begun(session, keys, now, election, months=61)
    made = begin_term(session, acting(election.estate, keys), Beginning(election.item, 36), now=now)
    today = in_china(now).date()
    assert session.get_one(TermRecord, made).ends_on == today.replace(year=today.year + 3)


def test_a_tie_is_reported_and_not_drawn(session: Session, keys: Keys, now: datetime) -> None:
    election = published(session, keys, now, TIED, candidates="abcdefgh")
    with pytest.raises(Incomplete, match=r"候选人庚、候选人辛得票相同（3 户，300\.00 ㎡）.*不抽签"):
        begun(session, keys, now, election)
    assert term_in_office(session, election.estate) is None
    who = acting(election.estate, keys)
    made = begin_term(session, who, Beginning(election.item, leave_open=True), now=now)
    term = session.get_one(TermRecord, made)
    assert (len(term.members), term.seats) == (6, 7)


def test_fewer_winners_than_seats_leave_seats_open_and_say_so(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now, ("abcde",) * 5 + ("fg",), candidates="abcdefg")
    term = begun(session, keys, now, election)
    house = house_of(session, election.estate, keys, now=now)
    assert house is not None
    assert house.term is not None
    assert len(term.members) == 5
    assert "应选 7 人，现有委员 5 人，空缺 2 席。" in house.term.flags


def test_nobody_elected_begins_nothing(session: Session, keys: Keys, now: datetime) -> None:
    election = published(session, keys, now, ("ab", "cd", "ef", "gh"), candidates="abcdefgh")
    with pytest.raises(Incomplete, match="没有选出委员"):
        begun(session, keys, now, election)


def test_a_winner_who_is_no_candidate_on_record_is_refused(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    stand(session, keys, election, now=now)
    record = session.query(CandidateRecord).filter_by(option="d").one()
    record.name = "别人"
    session.flush()
    with pytest.raises(Incomplete, match="当选人“候选人丁”在候选人名单里找不到"):
        begin_term(session, acting(election.estate, keys), Beginning(election.item), now=now)


def test_an_election_begins_one_term_and_only_when_published(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    begun(session, keys, now, election)
    who = acting(election.estate, keys)
    with pytest.raises(WrongStep, match="已经登记"):
        begin_term(session, who, Beginning(election.item), now=now)
    other = published(session, keys, now)
    session.delete(session.get_one(ResolutionRecord, other.resolution))
    session.flush()
    with pytest.raises(WrongStep, match="还没有公布"):
        begin_term(session, acting(other.estate, keys), Beginning(other.item), now=now)


def test_the_record_tells_who_was_elected(session: Session, keys: Keys, now: datetime) -> None:
    election = published(session, keys, now)
    begun(session, keys, now, election)
    told = entries_of(session, election.estate, Stream.SUPERVISION)
    assert [one.kind for one in told].count("candidate.nominated") == 9
    last = [one for one in told if one.kind == "term.begun"]
    assert len(last) == 1
    assert "第1届业主委员会产生，应选 7 人，当选 7 人" in last[0].data.decode()


def test_a_by_election_fills_the_empty_seats_and_leaves_the_end_alone(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now, ("ab",) * 3, seats=2, candidates="ab")
    seated = in_office(session, election.estate, now, members=5)
    who, today = acting(election.estate, keys), in_china(now).date()
    stand(session, keys, election, now=now)
    remove_member(session, seated[0].id, today, "辞职", now=now)
    with pytest.raises(Incomplete, match="当选 2 人，本届只空缺 1 席"):
        join_term(session, who, election.item, now=now)
    remove_member(session, seated[1].id, today, "辞职", now=now)
    term = session.get_one(TermRecord, join_term(session, who, election.item, now=now))
    names = [one.name for one in members_in_office(session, election.estate)]
    assert names[-2:] == ["候选人甲", "候选人乙"]
    assert (len(names), term.number) == (5, 1)
    assert published_elections(session, election.estate) == ()
    with pytest.raises(WrongStep, match="已经登记"):
        join_term(session, who, election.item, now=now)


def test_an_election_older_than_the_term_in_office_ends_nothing(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now - timedelta(days=30))
    in_office(session, election.estate, now)
    with pytest.raises(WrongStep, match="早于本届"):
        begun(session, keys, now - timedelta(days=30), election)


def test_every_period_of_a_term_ends_on_its_day(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now)
    term = begun(session, keys, now, election)
    to_renewal = (term.ends_on - in_china(now).date()).days - 90
    periods = {
        "first_committee_meeting_days": 7,
        "filing_days": 30,
        "reelection_start_days": to_renewal,
    }
    for name, days in periods.items():
        duty = duty_of(session, term.id, name)
        assert duty is not None
        late = [is_late(duty, now + timedelta(days=day)) for day in (days - 1, days, days + 1)]
        assert late == [False, False, True], name


def test_too_few_elected_ask_for_another_election_at_once(
    session: Session, keys: Keys, now: datetime
) -> None:
    election = published(session, keys, now, ("abc",) * 5 + ("fg",), candidates="abcdefg")
    term = begun(session, keys, now, election)
    assert "vacancy_new_election" in due(session, term.id)
