"""Regular reports (定期报告): begun by the clock, completed, submitted, received."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.wording import day_text
from assemblies.records.committees import CommitteeRecord, committee_of
from assemblies.records.duties import Done, Opening, fulfil, open_duty
from assemblies.records.oversight import ReportRecord
from assemblies.records.rules import rules_for
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.supervision.periods import INTERVALS, Period
from assemblies.supervision.queries.figures import figures
from assemblies.supervision.queries.reports import PARTS, Owed, any_owed, owed
from assemblies.supervision.services.notes import LONGEST, Written
from voting.law.duties import due

__all__ = ["any_owed", "complete", "open_due_reports", "receive", "set_interval", "submit"]

DUE = "report_due_days"
THE_CLOCK = "系统（按期自动起草）"


def open_due_reports(session: Session, keys: Keys, *, now: datetime) -> int:
    """Begin every report whose period is over, with its duty; return how many were begun.

    Source: DZ 10, ZZ 2 -- the committee reports to the community's party organisation.
    """
    waiting = list(owed(session, now=now))
    for one in waiting:
        for period in one.periods:
            _begin(session, one, period, keys, now=now)
    return sum(len(one.periods) for one in waiting)


def _begin(session: Session, one: Owed, period: Period, keys: Keys, *, now: datetime) -> None:
    duty = due(DUE, period.until, rules_for(session, one.estate, now=now))
    record = ReportRecord(
        id=uuid4(),
        committee_id=one.committee,
        since=period.since,
        until=period.until,
        due_on=duty.last,
        begun_at=now,
        figures={},
        parts={},
    )
    session.add(record)
    session.flush()
    href = f"/estates/{one.estate}/supervision/reports/{record.id}"
    opening = Opening(duty, record.id, "提交定期报告", period.words, "committee", href)
    open_duty(session, one.estate, opening, now=now)
    said = f"{period.words}定期报告起草，应于{day_text(duty.last)}前提交。"
    digest = digest_of({"since": str(period.since), "until": str(period.until)})
    happened = Happened("report.opened", said, THE_CLOCK, f"report:{record.id}", digest)
    tell(session, one.estate, happened, keys, now=now)


def set_interval(session: Session, estate: UUID, months: int, *, now: datetime) -> None:
    """Set how often a committee reports, 0 for the pack's interval; raises `Incomplete`."""
    if months and months not in INTERVALS:
        raise Incomplete("请选择报告的间隔。")
    committee_of(session, estate, now=now).report_months = months


def complete(session: Session, estate: UUID, report: UUID, parts: Mapping[str, str]) -> None:
    """Record what the committee adds in its own words; raises `WrongStep` once submitted."""
    record = _open_report(session, estate, report)
    texts = {name: parts.get(name, "").strip() for name in PARTS}
    if any(len(text) > LONGEST for text in texts.values()):
        raise Incomplete(f"每一项不超过 {LONGEST} 字。")
    record.parts = texts


def submit(
    session: Session, estate: UUID, report: UUID, by: str, keys: Keys, *, now: datetime
) -> None:
    """Submit a report: its figures are fixed as the records hold them now.

    Raises `Incomplete` while a heading is empty, `WrongStep` once submitted, `NotFound`.
    """
    record = _open_report(session, estate, report)
    empty = [words for name, (words, _) in PARTS.items() if not record.parts.get(name)]
    if empty:
        raise Incomplete(f"请先写完：{'、'.join(empty)}。没有内容的写“无”。")
    period = Period(record.since, record.until)
    record.figures = figures(session, estate, period)
    record.submitted_at, record.submitted_by = now, by
    said = f"{by}提交{period.words}定期报告。"
    happened = Happened("report.submitted", said, by, f"report:{record.id}", _digest(record))
    tell(session, estate, happened, keys, now=now)
    fulfil(session, record.id, DUE, Done(by, f"{period.words}定期报告"), now=now)


def receive(
    session: Session, estate: UUID, report: UUID, opinion: Written, keys: Keys, *, now: datetime
) -> None:
    """Sign for a submitted report with an opinion, once; `WrongStep`, `Incomplete`, `NotFound`."""
    record = _report(session, estate, report)
    if record.submitted_at is None:
        raise WrongStep("报告还没有提交。")
    if record.received_at is not None:
        raise WrongStep("这份报告已经签收。")
    record.opinion = opinion.required()
    record.received_at, record.received_by = now, opinion.by
    words = Period(record.since, record.until).words
    said = f"{opinion.by}签收{words}定期报告，意见：{record.opinion}"
    happened = Happened("report.received", said, opinion.by, f"report:{record.id}", _digest(record))
    tell(session, estate, happened, keys, now=now)


def _digest(record: ReportRecord) -> str:
    return digest_of({"figures": record.figures, "opinion": record.opinion, "parts": record.parts})


def _open_report(session: Session, estate: UUID, report: UUID) -> ReportRecord:
    record = _report(session, estate, report)
    if record.submitted_at is not None:
        raise WrongStep("报告已经提交，不能再改。需要补充的，请写进下一期。")
    return record


def _report(session: Session, estate: UUID, report: UUID) -> ReportRecord:
    record = session.get(ReportRecord, report, with_for_update=True)
    if record is None or session.get_one(CommitteeRecord, record.committee_id).estate_id != estate:
        raise NotFound
    return record
