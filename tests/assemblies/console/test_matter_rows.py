"""Rows 33-45 that the records answer: what was called, found, published and voted."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from assemblies.console.months import Month
from assemblies.console.queries.answers import Computed
from assemblies.console.queries.ground import ground
from assemblies.console.queries.table import computed
from assemblies.records.assemblies import (
    AssemblyRecord,
    CredentialRecord,
    ObjectionRecord,
    VoterRecord,
)
from assemblies.records.duties import DutyRecord
from assemblies.records.files import FileRecord
from assemblies.records.logs import LogEntryRecord, LogRecord
from assemblies.records.oversight import NoteRecord
from assemblies.records.seals import SealListRecord
from tests.support.district import (
    District,
    committee,
    district,
    duty,
    inquiry,
    order,
    voting,
)

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


def test_rows_33_and_34_count_what_was_called_for_and_answered_in_the_year(
    session: Session, town: District
) -> None:
    term = committee(session, town.estates[0], TERM)
    meeting = assembly(session, town)
    raised = (datetime(2025, 12, 31, 15, tzinfo=UTC), datetime(2025, 12, 31, 16, tzinfo=UTC))
    for at in (*raised, BEFORE, AFTER):  # last year, this year, this month, next month
        session.add(
            ObjectionRecord(
                id=uuid4(),
                assembly_id=meeting.id,
                stage="roll",
                text="面积不对",
                raised_at=at,
                answered_at=BEFORE if at < BEFORE else None,
            )
        )
    session.add(
        NoteRecord(
            id=uuid4(),
            committee_id=term.committee_id,
            text="请说明",
            written_by="王",
            written_at=datetime(2026, 3, 9, tzinfo=UTC),
            answered_at=AFTER,
        )
    )
    found = answers(session, town.streets[0])
    assert found[33].value == (3,)
    assert "其中本月 2 件：业主对名册和结果的异议 2 件，街道、社区的监督记事 1 件" in found[33].said
    assert found[34].value == (1, 1)


def test_rows_44_and_45_count_what_was_found_and_put_right(
    session: Session, town: District
) -> None:
    term = committee(session, town.estates[0], TERM)
    session.add(order(town.estates[0], "街责改〔2026〕2号", closed=BEFORE))
    session.add(order(town.estates[0], "街责改〔2026〕3号", closed=AFTER))
    session.add(inquiry(town.estates[0], term.members[0].id))
    late = duty(session, town.estates[1], date(2026, 3, 5))
    late.late_at = datetime(2026, 3, 6, tzinfo=UTC)
    found = answers(session, town.streets[0])
    assert (found[44].value, found[45].value) == ((4,), (1,))
    late.done_at = BEFORE
    assert value(session, town, 45) == (2,)


def published(session: Session, estate: UUID, name: str, on: datetime) -> DutyRecord:
    record = duty(session, estate, None)
    record.name, record.done_at = name, on
    return record


INTERVALS = {
    "all three in time": (date(2025, 10, 1), True, 1),
    "the income was published a day too long ago": (date(2025, 9, 30), True, 0),
    "no list of seal uses": (date(2026, 3, 1), False, 0),
}


@pytest.mark.parametrize(("income", "listed", "count"), INTERVALS.values(), ids=INTERVALS)
def test_row_37_asks_for_fund_income_and_seal_uses_within_their_intervals(
    session: Session, town: District, income: date, listed: bool, count: int
) -> None:
    estate = town.estates[0]
    term = committee(session, estate, TERM)
    published(session, estate, "fund_publication_months", datetime(2026, 1, 5, tzinfo=UTC))
    moment = datetime(income.year, income.month, income.day, 4, tzinfo=UTC)
    published(session, estate, "income_publication_months", moment)
    if listed:
        session.add(seal_list(session, estate, term.committee_id))
    assert value(session, town, 37) == (count,)


def seal_list(session: Session, estate: UUID, committee_id: UUID) -> SealListRecord:
    paper = FileRecord(
        id=uuid4(),
        estate_id=estate,
        name="清单.pdf",
        media_type="application/pdf",
        size=1,
        sha256="",
        kept_by="王",
        kept_at=BEFORE,
        content=b"x",
    )
    session.add(paper)
    session.flush()
    return SealListRecord(
        id=uuid4(),
        committee_id=committee_id,
        since=date(2025, 10, 1),
        until=date(2026, 3, 31),
        uses=0,
        file_id=paper.id,
        published_by="王",
        published_at=BEFORE,
    )


PHONES = {
    "a ballot by phone": ("name-last4", BEFORE, 1),
    "paper only": ("paper:desk", BEFORE, 0),
    "published a second too late": ("name-last4", AFTER, 0),
    "not published": ("name-last4", None, 0),
}


@pytest.mark.parametrize(("assurance", "at", "done"), PHONES.values(), ids=PHONES)
def test_row_38_asks_for_a_published_vote_by_phone(
    session: Session, town: District, assurance: str, at: datetime | None, done: int
) -> None:
    meeting = assembly(session, town)
    meeting.published_at = at
    voter = session.query(VoterRecord).filter_by(assembly_id=meeting.id).first()
    assert voter is not None
    session.add(
        CredentialRecord(
            id=uuid4(),
            assembly_id=meeting.id,
            voter_id=voter.id,
            thumbprint="x",
            assurance=assurance,
            token="x",
            issued_at=LONG_AGO,
        )
    )
    session.add(
        LogEntryRecord(
            log_id=meeting.log_id,
            index=0,
            kind="ballot",
            at=LONG_AGO,
            subject=voter.id,
            data=b"x",
            leaf_hash=b"x",
            proof=b"",
            checkpoint="",
        )
    )
    assert value(session, town, 38) == (done,)


def assembly(session: Session, town: District) -> AssemblyRecord:
    log = LogRecord(id=uuid4(), origin=f"test/{uuid4()}", size=1)
    session.add(log)
    session.flush()
    record = voting(session, town.estates[0], town.account, BEFORE, voters=1, took_part=1)
    record.log_id = log.id
    session.flush()
    return record
