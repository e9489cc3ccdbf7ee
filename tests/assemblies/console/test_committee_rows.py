"""Rows 4-11 of the monthly table: each below, at and above, and at the month's boundary."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from assemblies.console.months import Month
from assemblies.console.queries.answers import Computed
from assemblies.console.queries.ground import ground
from assemblies.console.queries.table import computed
from assemblies.records.committees import CandidateRecord, CommitteeRecord, ReviewRecord
from assemblies.records.oversight import ReportRecord
from tests.support.district import (
    District,
    committee,
    district,
    filed,
    inquiry,
    order,
)
from voting.law.rules import compose

MARCH = Month(2026, 3)
LONG_AGO = datetime(2025, 6, 1, tzinfo=UTC)
APRIL = datetime(2026, 4, 2, tzinfo=UTC)
# The first moment of April in Shanghai, and the second before.
AFTER = datetime(2026, 3, 31, 16, tzinfo=UTC)
BEFORE = AFTER - timedelta(seconds=1)
TERM = date(2025, 9, 1)


@pytest.fixture
def town(session: Session) -> District:
    return district(session, LONG_AGO, estates=3)


def answers(session: Session, node: UUID, month: Month = MARCH) -> dict[int, Computed]:
    session.flush()
    return computed(session, ground(session, node, month, now=APRIL))


def value(session: Session, town: District, row: int) -> tuple[int, ...]:
    return answers(session, town.streets[0])[row].value


FILINGS = {
    "still being prepared": ("draft", BEFORE, 0),
    "handed in": ("submitted", BEFORE, 0),
    "returned": ("returned", BEFORE, 0),
    "accepted in the month's last second": ("accepted", BEFORE, 1),
    "certified in the month's last second": ("certified", BEFORE, 1),
    "certified a second too late": ("certified", AFTER, 0),
}


@pytest.mark.parametrize(("state", "at", "count"), FILINGS.values(), ids=FILINGS)
def test_row_4_counts_filed_committees(
    session: Session, town: District, state: str, at: datetime, count: int
) -> None:
    filed(session, committee(session, town.estates[0], TERM), at, state)
    assert value(session, town, 4) == (count,)


BEGINNINGS = {
    "last year": (date(2025, 12, 31), 1, 0),
    "the first day of the year": (date(2026, 1, 1), 1, 1),
    "the last day of the month": (date(2026, 3, 31), 1, 1),
    "after the month": (date(2026, 4, 1), 1, 0),
    "a second term is not new": (date(2026, 2, 1), 2, 0),
}


@pytest.mark.parametrize(("began", "number", "count"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_row_5_counts_committees_new_in_the_year(
    session: Session, town: District, began: date, number: int, count: int
) -> None:
    committee(session, town.estates[0], began, number=number)
    assert value(session, town, 5) == (count,)


PARTY = {
    "two of five": (2, 5, 0),
    "exactly three of five": (3, 5, 1),
    "four of five": (4, 5, 1),
    "four of seven": (4, 7, 0),
    "five of seven": (5, 7, 1),
    "six of ten exactly": (6, 10, 1),
}


@pytest.mark.parametrize(("party", "members", "count"), PARTY.values(), ids=PARTY)
def test_row_6_holds_the_party_share_exactly(
    session: Session, town: District, party: int, members: int, count: int
) -> None:
    term = committee(session, town.estates[0], TERM, party=party, members=members)
    filed(session, term, BEFORE)
    assert value(session, town, 6) == (count,)


def test_row_6_looks_at_who_held_a_seat_at_the_months_end(session: Session, town: District) -> None:
    term = committee(session, town.estates[0], TERM, party=3, members=5)
    filed(session, term, BEFORE)
    term.members[0].left_on = date(2026, 4, 1)
    assert value(session, town, 6) == (1,)
    term.members[0].left_on = date(2026, 3, 31)
    assert value(session, town, 6) == (0,)


def test_rows_7_and_8_count_filed_committees_with_a_party_organisation(
    session: Session, town: District
) -> None:
    for place, branch in enumerate(("alone", "joint", "none")):
        term = committee(session, town.estates[place], TERM)
        session.get_one(CommitteeRecord, term.committee_id).party_branch = branch
        filed(session, term, BEFORE)
    found = answers(session, town.streets[0])
    assert (found[7].value, found[8].value) == ((2,), (2,))
    assert len(found[7].missing) == 1


def candidate(session: Session, committee_id: UUID, reviews: int, *, given: datetime) -> None:
    departments = compose("zaozhuang", on=MARCH.last).listed("joint_review_departments")
    session.add(
        CandidateRecord(
            id=uuid4(),
            committee_id=committee_id,
            term_number=2,
            position=0,
            name="候选人",
            room="101",
            nominated_by="owners",
            nominated_at=datetime(2026, 2, 1, tzinfo=UTC),
            reviews=[
                ReviewRecord(
                    id=uuid4(),
                    department=str(one),
                    opinion="clear",
                    given_by="王",
                    given_at=given,
                )
                for one in departments[:reviews]
            ],
        )
    )


REVIEWS = {
    "one opinion is missing": ((5, 4), BEFORE, 0),
    "all five opinions": ((5, 5), BEFORE, 1),
    "the last came a second after the month": ((5, 5), AFTER, 0),
}


@pytest.mark.parametrize(("reviews", "given", "count"), REVIEWS.values(), ids=REVIEWS)
def test_row_9_counts_streets_where_every_candidate_was_reviewed_by_all(
    session: Session, town: District, reviews: tuple[int, ...], given: datetime, count: int
) -> None:
    for place, number in enumerate(reviews):
        term = committee(session, town.estates[place], TERM)
        candidate(session, term.committee_id, number, given=given)
    assert value(session, town, 9) == (count,)


def test_row_9_does_not_count_a_street_without_an_election(session: Session) -> None:
    town = district(session, LONG_AGO, streets=2)
    term = committee(session, town.estates[0], TERM)
    candidate(session, term.committee_id, 5, given=BEFORE)
    found = answers(session, town.authority)[9]
    assert (found.value, found.counted) == ((1,), ("示例1街道",))
    assert "没有选举的 1 个街道不计" in found.said


REPORTS = {
    "nothing was due": (date(2026, 4, 1), None, 1),
    "due on the last day and missing": (date(2026, 3, 31), None, 0),
    "handed in during the last second": (date(2026, 3, 31), BEFORE, 1),
    "handed in a second too late": (date(2026, 3, 31), AFTER, 0),
}


@pytest.mark.parametrize(("due_on", "submitted", "done"), REPORTS.values(), ids=REPORTS)
def test_row_10_asks_every_committee_for_its_last_report(
    session: Session, town: District, due_on: date, submitted: datetime | None, done: int
) -> None:
    term = committee(session, town.estates[0], TERM)
    session.add(
        ReportRecord(
            id=uuid4(),
            committee_id=term.committee_id,
            since=date(2025, 12, 1),
            until=date(2026, 2, 28),
            due_on=due_on,
            begun_at=LONG_AGO,
            submitted_at=submitted,
        )
    )
    assert value(session, town, 10) == (done,)


def test_without_a_committee_the_records_answer_neither_10_nor_11_nor_37(
    session: Session, town: District
) -> None:
    found = answers(session, town.streets[0])
    assert {10, 11, 37}.isdisjoint(found)
    assert found[4].value == (0,)


def test_row_11_says_how_often_the_mechanism_was_used(session: Session, town: District) -> None:
    term = committee(session, town.estates[0], TERM)
    session.add(order(town.estates[0], "街责改〔2026〕1号", closed=BEFORE))
    session.add(inquiry(town.estates[0], term.members[0].id))
    found = answers(session, town.streets[0])[11]
    assert found.value == (1,)
    assert "责令改正和撤销 1 件（办结 1 件），委员问询 1 件（办结 0 件）" in found.said
