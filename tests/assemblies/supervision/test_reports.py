"""Regular reports: begun the day after a period, drafted from the records, fixed when submitted."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from assemblies.foundation.clock import CHINA
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.records.committees import CommitteeRecord, TermRecord, committee_of
from assemblies.records.duties import Done, Opening, duty_of, fulfil, open_duty
from assemblies.records.files import keep
from assemblies.records.ledger import Account, Posting, book
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.oversight import ReportRecord
from assemblies.records.rules import rules_for
from assemblies.records.seals import SealRecord, SealUseRecord
from assemblies.supervision.papers import report_pdf
from assemblies.supervision.periods import Period
from assemblies.supervision.queries.figures import figures, money_lines
from assemblies.supervision.queries.reports import PARTS, any_owed, report
from assemblies.supervision.services import reports
from assemblies.supervision.services.notes import Written
from tests.support.committee import resolved
from tests.support.overseen import PAPER, STREET, Seated
from voting.law.duties import due

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


# --- the figures are those of the records


def test_money_of_the_period_is_the_ledgers(seated: Seated) -> None:
    session, estate = seated.session, seated.estate

    def income(kind: str, fen: int, day: date, corrects: UUID | None = None) -> UUID:
        posting = Posting(kind, "车位收益", "合同", "会计", amount=fen, corrects=corrects)
        return book(session, estate, Account.INCOME, posting, now=noon(day)).id

    income("income", 1_000_00, date(2026, 3, 1))
    income("income", 500_01, date(2026, 3, 2))
    wrong = income("expense", -200_00, date(2026, 3, 15))
    income("correction", 200_00, date(2026, 3, 16), wrong)
    income("expense", -30_02, date(2026, 3, 31))
    income("income", 7_00, date(2026, 4, 1))
    part = seated.registered.parts["1号楼1单元101"]
    book(
        session, estate, Account.FUND, Posting("opening", "期初", "对账单", "会计",
        lines={part: 88_00}), now=noon(date(2026, 3, 3)),
    )  # fmt: skip
    found = figures(session, estate, QUARTER)
    assert found["income"] == {
        "opening": 1_000_00,
        "came": 500_01,
        "went": -230_02,
        "corrected": 200_00,
        "closing": 1_469_99,
    }
    assert found["fund"]["closing"] == found["fund"]["came"] == 88_00
    assert money_lines(found["income"])[3] == ("更正", "200.00 元")
    for money in (found["income"], found["fund"]):
        assert money["closing"] == sum(value for name, value in money.items() if name != "closing")


def test_meetings_and_decisions_of_the_period_are_counted(seated: Seated) -> None:
    session, term = seated.session, seated.members[0].term
    for number, day in enumerate((date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31)), 1):
        held = MeetingRecord(
            id=uuid4(), term_id=term.id, number=number, title=f"第{number}次会议", place="活动室",
            called_by="主任", called_at=noon(day), planned_for=noon(day), held_at=noon(day),
            members=5, present=["a", "b", "c"],
        )  # fmt: skip
        session.add(held)
        session.flush()
        for point, outcome in enumerate(("passed", "rejected"), 1):
            session.add(
                DecisionRecord(
                    id=uuid4(), meeting_id=held.id, number=point, title="一项", outcome=outcome
                )
            )
    session.flush()
    session.expire_all()
    found = figures(session, seated.estate, QUARTER)["meetings"]
    assert [(one["title"], one["present"], one["members"], one["decided"]) for one in found] == [
        ("第2次会议", 3, 5, 1),
        ("第3次会议", 3, 5, 1),
    ]


def test_resolutions_say_how_much_of_what_follows_is_done(seated: Seated) -> None:
    session, day = seated.session, noon(date(2026, 3, 10))
    record = resolved(session, seated.estate, day, title="续聘物业")
    rules = rules_for(session, seated.estate, now=day)
    for name in ("decision_posted_days", "contract_filing_days"):
        opening = Opening(due(name, day.date(), rules), record.id, name, "续聘物业")
        open_duty(session, seated.estate, opening, now=day)
    fulfil(session, record.id, "decision_posted_days", Done("主任"), now=day)
    found = figures(session, seated.estate, QUARTER)
    assert [(one["title"], one["done"], one["duties"]) for one in found["resolutions"]] == [
        ("续聘物业", 1, 2)
    ]
    assert [one["title"] for one in found["next"]] == ["contract_filing_days"]
    assert found["duties"]["done"] == 1


DONE = {
    "done on its last day is not late": (date(2026, 3, 13), 0),
    "done a day after is late": (date(2026, 3, 14), 1),
    "never done is late": (None, 1),
}


@pytest.mark.parametrize(("done", "late"), DONE.values(), ids=DONE)
def test_duties_that_were_late_in_the_period(seated: Seated, done: date | None, late: int) -> None:
    session, day = seated.session, noon(date(2026, 3, 10))
    source = uuid4()
    rules = rules_for(session, seated.estate, now=day)
    duty = due("decision_posted_days", day.date(), rules)
    opening = Opening(duty, source, "张贴", "决定")
    open_duty(session, seated.estate, opening, now=day)
    if done is not None:
        fulfil(session, source, "decision_posted_days", Done("主任"), now=noon(done))
    assert len(figures(session, seated.estate, QUARTER)["duties"]["late"]) == late


def test_seal_uses_are_counted_by_their_stamping(seated: Seated) -> None:
    session = seated.session
    committee = committee_of(session, seated.estate, now=seated.now)
    seal = SealRecord(
        id=uuid4(), committee_id=committee.id, kind="committee", name="业主委员会章", state="kept",
        made_at=seated.now,
    )  # fmt: skip
    session.add(seal)
    session.flush()
    file = keep(session, seated.estate, PAPER, "主任", now=seated.now)
    basis = resolved(session, seated.estate, noon(date(2025, 3, 1)), title="依据")
    uses: tuple[tuple[date | None, str, list[str]], ...] = (
        (date(2026, 3, 2), "contract", ["x"]),
        (date(2026, 3, 9), "letter", []),
        (None, "", []),
    )
    for number, (day, kind, photographs) in enumerate(uses, 1):
        use = SealUseRecord(
            id=uuid4(), committee_id=committee.id, seal_id=seal.id, number=number, title="文件",
            document_kind=kind, document_id=file.id, copies=3, pages=2, purpose="", receiver="",
            applicant="", applicant_id=seated.members[0].id, applied_at=seated.now,
            basis_kind="resolution", basis_id=basis.id, covers="", state="stamped", needed=3,
            photo_ids=photographs, stamped_at=None if day is None else noon(day),
        )  # fmt: skip
        session.add(use)
    session.flush()
    found = figures(session, seated.estate, QUARTER)["seals"]
    assert found == {"uses": 2, "copies": 6, "contracts": 1, "bare": 1}


def test_the_paper_is_a_pdf_in_every_state(seated: Seated) -> None:
    began(seated, on=date(2026, 1, 1))
    [record] = opened(seated, noon(date(2026, 4, 1)))
    draft = report_pdf(report(seated.session, seated.estate, record.id), seated.now)
    submitted(seated, record.id, seated.now + timedelta(days=40))
    final = report_pdf(report(seated.session, seated.estate, record.id), seated.now)
    assert draft.startswith(b"%PDF-")
    assert final.startswith(b"%PDF-")
