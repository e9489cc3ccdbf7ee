"""Regular reports: begun the day after a period, drafted from the records, fixed when submitted."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from assemblies.duties.services import tell_late
from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.records.committees import CommitteeRecord, TermRecord, committee_of
from assemblies.records.duties import duty_of
from assemblies.records.oversight import ReportRecord
from assemblies.supervision.papers import report_pdf
from assemblies.supervision.periods import Period
from assemblies.supervision.queries.reports import PARTS, any_owed, report
from assemblies.supervision.services import reports
from assemblies.supervision.services.notes import Written
from tests.support.committee import resolved
from tests.support.overseen import STREET, Seated

QUARTER = Period(date(2026, 3, 2), date(2026, 3, 31))
WORDS = dict.fromkeys(PARTS, "无")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)


def began(seated: Seated, *, on: date, months: int = 0) -> CommitteeRecord:
    """Let the committee's first term begin on a day, and come here on the same."""
    committee = committee_of(seated.session, seated.estate, now=seated.now)
    committee.founded_at, committee.report_months = noon(on), months
    for term in seated.session.execute(select(TermRecord)).scalars():
        term.began_on = on
    seated.session.flush()
    return committee


def opened(seated: Seated, now: datetime) -> list[ReportRecord]:
    reports.open_due_reports(seated.session, seated.keys, now=now)
    held = select(ReportRecord).order_by(ReportRecord.since)
    return list(seated.session.execute(held).scalars())


CASES = {
    "nothing on the last day of the quarter": (date(2026, 2, 10), 0, date(2026, 3, 31), []),
    "a committee formed within the quarter": (
        date(2026, 2, 10),
        0,
        date(2026, 4, 1),
        [(date(2026, 2, 10), date(2026, 3, 31), date(2026, 4, 15))],
    ),
    "every month where the street asks for it": (
        date(2026, 2, 10),
        1,
        date(2026, 4, 1),
        [
            (date(2026, 2, 10), date(2026, 2, 28), date(2026, 3, 15)),
            (date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 15)),
        ],
    ),
    "once a year, not yet over": (date(2026, 2, 10), 12, date(2026, 12, 31), []),
    "once a year": (
        date(2026, 2, 10),
        12,
        date(2027, 1, 1),
        [(date(2026, 2, 10), date(2026, 12, 31), date(2027, 1, 15))],
    ),
}


@pytest.mark.parametrize(("start", "months", "today", "periods"), CASES.values(), ids=CASES)
def test_reports_begin_by_themselves(
    seated: Seated,
    start: date,
    months: int,
    today: date,
    periods: list[tuple[date, date, date]],
) -> None:
    began(seated, on=start, months=months)
    assert any_owed(seated.session, now=noon(today)) is bool(periods)
    found = opened(seated, noon(today))
    assert [(one.since, one.until, one.due_on) for one in found] == periods
    assert seated.kinds() == ["report.opened"] * len(periods)
    assert not any_owed(seated.session, now=noon(today))


def test_a_report_opens_its_duty_once(seated: Seated) -> None:
    began(seated, on=date(2026, 2, 10))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    assert opened(seated, noon(date(2026, 4, 2))) == [record]
    duty = duty_of(seated.session, record.id, "report_due_days")
    assert duty is not None
    assert (duty.due_on, duty.who, duty.about) == (
        date(2026, 4, 15),
        "committee",
        "2026年2月10日至3月31日",
    )


def test_another_interval_holds_from_the_next_period(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    opened(seated, noon(date(2026, 4, 1)))
    reports.set_interval(seated.session, seated.estate, 1, now=seated.now)
    found = opened(seated, noon(date(2026, 6, 1)))
    assert [one.until for one in found] == [
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]
    with pytest.raises(Incomplete):
        reports.set_interval(seated.session, seated.estate, 5, now=seated.now)


def test_nobody_reports_before_the_first_term(seated: Seated) -> None:
    for term in seated.session.execute(select(TermRecord)).scalars():
        term.began_on = date(2027, 1, 1)
    assert not any_owed(seated.session, now=noon(date(2026, 12, 31)))


def test_nobody_reports_on_the_years_before_coming_here(seated: Seated) -> None:
    committee = began(seated, on=date(2026, 1, 1))
    committee.founded_at = noon(date(2026, 3, 20))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    assert record.since == date(2026, 3, 20)


LATE = {
    "one day before the last day": (date(2026, 4, 14), False),
    "on the last day": (date(2026, 4, 15), False),
    "one day after the last day": (date(2026, 4, 16), True),
}


@pytest.mark.parametrize(("day", "late"), LATE.values(), ids=LATE)
def test_a_report_is_late_after_its_last_day(seated: Seated, day: date, late: bool) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    waiting = report(seated.session, seated.estate, record.id)
    assert waiting.late(noon(day)) is late
    submitted(seated, record.id, noon(day))
    handed_in = report(seated.session, seated.estate, record.id)
    assert handed_in.late(noon(date(2026, 6, 1))) is late


def test_a_late_report_is_told_once_as_what_it_is(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    assert tell_late(seated.session, seated.keys, now=noon(date(2026, 4, 15))) == 0
    for _ in range(2):
        tell_late(seated.session, seated.keys, now=noon(date(2026, 4, 16)))
    assert seated.kinds() == ["report.opened", "report.late"]
    assert str(seated.last().body["source"]) == f"report:{record.id}"


def submitted(seated: Seated, record: UUID, now: datetime) -> None:
    reports.complete(seated.session, seated.estate, record, WORDS)
    reports.submit(seated.session, seated.estate, record, "林主任", seated.keys, now=now)


def test_submitting_fixes_the_figures_and_fulfils_the_duty(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    submitted(seated, record.id, noon(date(2026, 4, 10)))
    duty = duty_of(seated.session, record.id, "report_due_days")
    assert duty is not None
    assert duty.done_by == "林主任"
    resolved(seated.session, seated.estate, noon(date(2026, 3, 5)), title="补录的决定")
    assert report(seated.session, seated.estate, record.id).figures["resolutions"] == []
    with pytest.raises(WrongStep, match="已经提交"):
        reports.complete(seated.session, seated.estate, record.id, WORDS)
    with pytest.raises(WrongStep, match="已经提交"):
        submitted(seated, record.id, seated.now)


def test_a_report_with_an_empty_heading_is_not_submitted(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    reports.complete(seated.session, seated.estate, record.id, {**WORDS, "party": " "})
    with pytest.raises(Incomplete, match="党建工作"):
        reports.submit(
            seated.session, seated.estate, record.id, "林主任", seated.keys, now=seated.now
        )


def test_a_report_is_received_once_after_it_was_submitted(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    opinion = Written("内容属实。", "陈书记（社区居委会）")

    def receive(words: Written) -> None:
        reports.receive(
            seated.session, seated.estate, record.id, words, seated.keys, now=seated.now
        )

    with pytest.raises(WrongStep, match="还没有提交"):
        receive(opinion)
    submitted(seated, record.id, seated.now)
    with pytest.raises(Incomplete):
        receive(Written(" ", STREET))
    receive(opinion)
    with pytest.raises(WrongStep, match="已经签收"):
        receive(opinion)
    assert seated.kinds() == ["report.opened", "report.submitted", "report.received"]
    assert "内容属实。" in str(seated.last().body["said"])


def test_a_report_of_another_estate_is_not_found(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    with pytest.raises(NotFound):
        report(seated.session, uuid4(), record.id)
    with pytest.raises(NotFound):
        reports.complete(seated.session, uuid4(), record.id, WORDS)


def test_the_paper_is_a_pdf_in_every_state(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    draft = report_pdf(report(seated.session, seated.estate, record.id), seated.now)
    submitted(seated, record.id, seated.now + timedelta(days=40))
    final = report_pdf(report(seated.session, seated.estate, record.id), seated.now)
    assert draft.startswith(b"%PDF-")
    assert final.startswith(b"%PDF-")
