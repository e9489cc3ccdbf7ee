"""The console: every estate within reach on one page, the most urgent first, few statements."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import event
from sqlalchemy.orm import Session

from assemblies.console.queries.overview import Console, Shown, Wish, console
from assemblies.console.queries.tree import estates, tree
from assemblies.console.queries.urgent import Level
from assemblies.console.queries.votings import stale
from assemblies.console.services.counting import refresh
from assemblies.foundation.permissions import Role, Staff
from assemblies.records.assemblies import TurnoutRecord
from assemblies.records.committees import CandidateRecord, GroupRecord, ReviewRecord
from assemblies.records.logs import LogRecord
from assemblies.records.oversight import ReportRecord
from assemblies.records.repairs import RepairRecord, StationRecord
from tests.support.district import (
    committee,
    district,
    duty,
    filed,
    inquiry,
    officer,
    order,
    voting,
)
from voting.law.rules import compose

NOW = datetime(2026, 4, 2, 4, tzinfo=UTC)
TODAY = date(2026, 4, 2)
ALL = Wish()
MOST_STATEMENTS = 25  # however many estates there are


def seen(session: Session, person: Staff, wish: Wish = ALL) -> Console:
    session.flush()
    return console(session, tree(session), person, wish, now=NOW)


def lines(shown: Console) -> list[Shown]:
    return [one for _, several in shown.groups for one in several]


def test_a_street_sees_its_own_estates_and_never_its_neighbours(session: Session) -> None:
    town = district(session, NOW, streets=2, estates=2)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    names = {one.line.estate.name for one in lines(seen(session, street))}
    assert names == {"1街1社区第1小区", "1街1社区第2小区"}
    community = officer(session, Role.COMMUNITY, town.communities[1], NOW)
    names = {one.line.estate.name for one in lines(seen(session, community))}
    assert names == {"2街1社区第1小区", "2街1社区第2小区"}
    authority = officer(session, Role.AUTHORITY, town.authority, NOW)
    assert seen(session, authority).estates == 4


def test_duties_are_told_apart_by_their_day(session: Session) -> None:
    town = district(session, NOW)
    for days in (-1, 0, 7, 8):
        duty(session, town.estates[0], TODAY + timedelta(days=days))
    duty(session, town.estates[0], None)
    done = duty(session, town.estates[0], TODAY - timedelta(days=9))
    done.done_at = NOW
    street = officer(session, Role.STREET, town.streets[0], NOW)
    calendar = lines(seen(session, street))[0].line.calendar
    found = (len(calendar.late), len(calendar.soon), calendar.later, calendar.waiting)
    assert found == (1, 2, 1, 1)


def test_a_vote_shows_both_counts_against_two_thirds(session: Session) -> None:
    town = district(session, NOW)
    voting(session, town.estates[0], town.account, NOW, voters=9, took_part=6)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    vote = lines(seen(session, street))[0].line.votings[0]
    assert vote.open
    assert vote.heads is not None
    assert vote.area is not None
    assert vote.enough
    assert (vote.heads.part, vote.area.part) == ("6 户", "600.00 ㎡")
    held = session.get_one(TurnoutRecord, vote.id)
    held.heads, held.area_dm2 = 5, 500_00
    vote = lines(seen(session, street))[0].line.votings[0]
    assert not vote.enough
    assert vote.heads is not None
    assert vote.heads.missing == "还差 1 户"


def test_a_stale_count_is_counted_anew(session: Session) -> None:
    town = district(session, NOW)
    record = voting(session, town.estates[0], town.account, NOW, voters=3, took_part=2)
    held = session.get_one(TurnoutRecord, record.id)
    places = estates(session, tree(session), frozenset(tree(session).nodes))
    assert stale(session, places, now=NOW + timedelta(seconds=59)) == ()
    later = NOW + timedelta(minutes=1)
    assert stale(session, places, now=later) == (record.id,)
    refresh(session, [record.id], now=NOW)
    assert (held.counted_at, held.heads) == (NOW, 2)
    log = LogRecord(id=uuid4(), origin=f"test/{uuid4()}", size=0)
    session.add(log)
    session.flush()
    record.log_id = log.id
    refresh(session, [record.id], now=later)
    assert (held.counted_at, held.heads) == (later, 0)
    session.delete(held)
    session.flush()
    assert stale(session, places, now=later) == (record.id,)


def test_what_is_late_at_ones_own_desk_comes_first_and_no_kind_takes_all_places(
    session: Session,
) -> None:
    town = district(session, NOW, estates=6)
    for place, estate in enumerate(town.estates[:4]):
        duty(session, estate, TODAY - timedelta(days=10 + place))
    repair(session, town.estates[4], "street", TODAY - timedelta(days=1))
    session.add(order(town.estates[5], "街责改〔2026〕1号"))
    session.flush()
    first = seen(session, officer(session, Role.STREET, town.streets[0], NOW)).first
    assert (first[0].kind, first[0].level) == ("repair", Level.MINE_LATE)
    assert "已超过 1 天" in first[0].said
    assert [one.days for one in first if one.kind == "duty"] == [13, 12, 11, 10]


def test_many_late_duties_leave_room_for_other_matters(session: Session) -> None:
    town = district(session, NOW, estates=6)
    for estate in town.estates:
        duty(session, estate, TODAY - timedelta(days=50))
    for estate in town.estates[:3]:
        committee(session, estate, date(2021, 3, 1), ends=date(2026, 3, 31))
    first = seen(session, officer(session, Role.STREET, town.streets[0], NOW)).first
    assert len(first) == 5
    assert sum(one.kind == "term" for one in first) == 2


def repair(session: Session, estate: Any, station: str, due_on: date) -> None:
    record = RepairRecord(
        id=uuid4(),
        estate_id=estate,
        number=1,
        title="电梯大修",
        path="ordinary",
        state="applied",
        created_by="林主任",
        created_at=NOW,
        stations=[
            StationRecord(id=uuid4(), station=station, round=1, entered_at=NOW, due_on=due_on)
        ],
    )
    session.add(record)
    session.flush()


def test_a_repair_waits_at_the_office_whose_station_it_is(session: Session) -> None:
    town = district(session, NOW)
    repair(session, town.estates[0], "community", TODAY)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    community = officer(session, Role.COMMUNITY, town.communities[0], NOW)
    assert lines(seen(session, street))[0].line.repairs == ()
    waiting = lines(seen(session, community))[0].matters[0]
    assert waiting.level is Level.MINE
    assert waiting.said == "“电梯大修”等您审核，今天到期"


def test_a_committee_shows_its_term_its_party_share_and_its_filing(session: Session) -> None:
    town = district(session, NOW, estates=2)
    ending = committee(session, town.estates[0], date(2023, 6, 1), party=2, ends=date(2026, 6, 1))
    filed(session, ending, NOW, "submitted")
    committee(session, town.estates[1], date(2025, 6, 1), party=3)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    first, second = sorted(lines(seen(session, street)), key=lambda one: one.line.estate.name)
    assert first.line.body is not None
    assert second.line.body is not None
    assert (first.line.body.reelection, second.line.body.reelection) == ("due", "")
    assert (first.line.body.party_enough, second.line.body.party_enough) == (False, True)
    assert (first.line.body.filing_zh, second.line.body.filing_zh) == (
        "已提交备案，待审核",
        "还没有备案",
    )
    assert {"term", "filing"} <= {one.kind for one in first.matters}
    session.add(
        GroupRecord(
            id=uuid4(),
            committee_id=ending.committee_id,
            kind="reelection",
            asked_on=TODAY,
            formed_on=TODAY,
        )
    )
    again = min(lines(seen(session, street)), key=lambda one: one.line.estate.name)
    assert again.line.body is not None
    assert again.line.body.reelection == "begun"


def test_reports_are_late_due_or_wait_to_be_received(session: Session) -> None:
    town = district(session, NOW)
    held = committee(session, town.estates[0], date(2025, 6, 1)).committee_id
    for month, submitted in ((1, None), (2, NOW), (4, None)):
        session.add(
            ReportRecord(
                id=uuid4(),
                committee_id=held,
                since=date(2026, month, 1),
                until=date(2026, month, 28),
                due_on=date(2026, month, 20),
                begun_at=NOW,
                submitted_at=submitted,
            )
        )
    street = officer(session, Role.STREET, town.streets[0], NOW)
    shown = lines(seen(session, street))[0]
    reports = shown.line.reports
    assert (reports.late, reports.due, reports.unreceived) == (1, 1, 1)
    assert shown.late
    assert "定期报告逾期 72 天没有交" in [one.said for one in shown.matters]


def test_a_seal_gap_shows_on_the_estates_line(session: Session) -> None:
    town = district(session, NOW, estates=2)
    signed = duty(session, town.estates[0], None, "签订物业服务合同")
    signed.name, signed.done_at = "contract_signing_days", NOW - timedelta(days=5)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    first, second = sorted(lines(seen(session, street)), key=lambda one: one.line.estate.name)
    assert [gap.kind for gap in first.line.gaps] == ["contract"]
    assert first.late
    assert first.matters[0].said == "签订物业服务合同的合同已经签订，却没有办结的用印登记"
    assert second.line.gaps == ()


def test_a_reply_waits_for_the_office_that_ordered_and_for_nobody_else(session: Session) -> None:
    town = district(session, NOW)
    replied = order(town.estates[0], "街责改〔2026〕7号")
    replied.replied_at = NOW
    session.add(replied)
    held = committee(session, town.estates[0], date(2025, 6, 1))
    asked = inquiry(town.estates[0], held.members[0].id)
    asked.reply_due_on = TODAY - timedelta(days=2)
    session.add(asked)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    community = officer(session, Role.COMMUNITY, town.communities[0], NOW)
    for_street = {one.kind: one for one in lines(seen(session, street))[0].matters}
    for_community = {one.kind: one for one in lines(seen(session, community))[0].matters}
    assert for_street["order"].said == "街责改〔2026〕7号已经答复，等您办结"
    assert "order" not in for_community
    assert for_street["inquiry"].said == "委员问询逾期 2 天没有答复"
    asked.replied_at = NOW
    for_street = {one.kind: one for one in lines(seen(session, street))[0].matters}
    assert for_street["inquiry"].level is Level.MINE


def test_candidates_whose_review_is_not_complete_are_flagged_until_their_term_begins(
    session: Session,
) -> None:
    town = district(session, NOW)
    held = committee(session, town.estates[0], date(2023, 6, 1), number=1)
    departments = compose("zaozhuang", on=TODAY).listed("joint_review_departments")
    given = [departments, departments[:-1], ()]
    session.add_all(candidate(held.committee_id, several) for several in given)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    shown = lines(seen(session, street))[0]
    assert shown.line.unreviewed == 2
    assert "2 名候选人的联审意见不齐" in [one.said for one in shown.matters]
    committee(session, town.estates[0], TODAY, number=2)
    assert lines(seen(session, street))[0].line.unreviewed == 0


def candidate(committee_id: UUID, departments: Iterable[Any]) -> CandidateRecord:
    return CandidateRecord(
        id=uuid4(),
        committee_id=committee_id,
        term_number=2,
        position=0,
        name="候选人",
        room="101",
        nominated_by="owners",
        nominated_at=NOW,
        reviews=[
            ReviewRecord(
                id=uuid4(), department=str(one), opinion="clear", given_by="王", given_at=NOW
            )
            for one in departments
        ],
    )


def test_one_may_look_for_a_name_for_what_is_late_or_by_community(session: Session) -> None:
    town = district(session, NOW, communities=2, estates=2)
    duty(session, town.estates[3], TODAY - timedelta(days=1))
    street = officer(session, Role.STREET, town.streets[0], NOW)
    assert len(lines(seen(session, street, Wish("2社区")))) == 2
    late = lines(seen(session, street, Wish(late_only=True)))
    assert [one.line.estate.id for one in late] == [town.estates[3]]
    grouped = seen(session, street, Wish(grouped=True))
    assert [name for name, _ in grouped.groups] == ["1街2社区", "1街1社区"]


def test_forty_estates_take_a_handful_of_statements(session: Session) -> None:
    town = district(session, NOW, communities=2, estates=20)
    for place, estate in enumerate(town.estates):
        filed(session, committee(session, estate, date(2025, 6, 1)), NOW)
        duty(session, estate, TODAY - timedelta(days=place))
        session.add(order(estate, f"街责改〔2026〕{place}号"))
        if place % 8 == 0:
            voting(session, estate, town.account, NOW, voters=3, took_part=1)
    street = officer(session, Role.STREET, town.streets[0], NOW)
    session.flush()
    session.expire_all()
    with statements(session) as counted:
        assert seen(session, street).estates == 40
    assert len(counted) <= MOST_STATEMENTS


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Write down every statement that a session sends."""
    sent: list[str] = []

    def note(*said: Any) -> None:
        sent.append(said[2])

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
