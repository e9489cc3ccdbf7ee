"""Reads of the regular reports: which are due, which wait, and one of them with its figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotFound
from assemblies.records.committees import CommitteeRecord, TermRecord
from assemblies.records.oversight import ReportRecord
from assemblies.records.premises import EstateRecord
from assemblies.supervision.periods import INTERVALS, Period, ended
from assemblies.supervision.queries.figures import figures
from voting.law.rules import compose

# What the committee writes in its own words, and the hint beside it.
PARTS: Mapping[str, tuple[str, str]] = {
    "decisions": ("决定的执行情况", "本期决定办到哪一步，没有办完的说明原因"),
    "manager": ("对物业服务的监督", "服务质量、收费公示、维修养护，发现的问题和督促情况"),
    "complaints": ("业主诉求办理", "投诉、建议收到多少，怎样答复和处理"),
    "party": ("党建工作", "党组织活动、党员委员发挥作用、接龙议事"),
    "problems": ("存在问题", "需要街道、社区协调帮助的事情"),
    "plan": ("下一步打算", "下一期准备办的事情；法定事项系统已经列出"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """A regular report as pages and the paper show it."""

    id: UUID
    estate: UUID
    committee: str
    period: Period
    due_on: date
    figures: Mapping[str, Any]
    parts: Mapping[str, str]
    begun_at: datetime
    submitted_at: datetime | None
    submitted_by: str
    received_at: datetime | None
    received_by: str
    opinion: str

    def late(self, now: datetime) -> bool:
        """Say whether it was submitted after its last day, or is still missing then."""
        return in_china(self.submitted_at or now).date() > self.due_on

    def state(self, now: datetime) -> tuple[str, str]:
        """Return the kind of tag and the words for where it stands."""
        if self.received_at is not None:
            return "passed", "已签收"
        if self.submitted_at is not None:
            return "took", "已提交，待签收"
        return ("failed", "逾期未交") if self.late(now) else ("waiting", "待提交")


@dataclass(frozen=True, slots=True)
class Owed:
    """A committee and the periods over which it has no report yet."""

    committee: UUID
    estate: UUID
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """How often a committee reports, and whether the street set it or the pack."""

    months: int
    chosen: bool

    @property
    def words(self) -> str:
        """Return the interval in words."""
        return INTERVALS.get(self.months, f"每 {self.months} 个月")


def listed(session: Session, estate: UUID) -> tuple[Report, ...]:
    """Return an estate's reports, newest first, without computing their figures."""
    found = (
        select(ReportRecord, CommitteeRecord)
        .join(CommitteeRecord, ReportRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == estate)
        .order_by(ReportRecord.since.desc())
    )
    return tuple(_report(record, held, record.figures) for record, held in session.execute(found))


def report(session: Session, estate: UUID, report: UUID) -> Report:
    """Return a report: figures live until it is submitted, fixed from then on; `NotFound`."""
    record = session.get(ReportRecord, report)
    held = None if record is None else session.get(CommitteeRecord, record.committee_id)
    if record is None or held is None or held.estate_id != estate:
        raise NotFound
    if record.submitted_at is not None:
        return _report(record, held, record.figures)
    period = Period(record.since, record.until)
    return _report(record, held, figures(session, estate, period))


def interval(session: Session, estate: UUID, *, now: datetime) -> Interval:
    """Return how often an estate's committee reports; raises `NotFound`."""
    found = select(CommitteeRecord.report_months).where(CommitteeRecord.estate_id == estate)
    chosen = session.execute(found).scalar_one_or_none() or 0
    return Interval(chosen, chosen=True) if chosen else usual_interval(session, estate, now=now)


def usual_interval(session: Session, estate: UUID, *, now: datetime) -> Interval:
    """Return the interval of the pack, for an estate whose street set none; raises `NotFound`."""
    place = session.get(EstateRecord, estate)
    if place is None:
        raise NotFound
    return Interval(_usual_months(place.pack, in_china(now).date()), chosen=False)


def owed(session: Session, *, now: datetime) -> Iterator[Owed]:
    """Yield the committees with periods that are over and have no report yet.

    The first period begins with the first term, or with the committee's coming here if that is
    later: nobody is asked about the years before. Source: DZ 10, ZZ 2.
    """
    today = in_china(now).date()
    last = select(
        ReportRecord.committee_id, func.max(ReportRecord.until).label("until")
    ).group_by(ReportRecord.committee_id).subquery()  # fmt: skip
    first = (
        select(TermRecord.committee_id, func.min(TermRecord.began_on).label("began"))
        .group_by(TermRecord.committee_id)
        .subquery()
    )
    held = (
        select(CommitteeRecord, EstateRecord.pack, first.c.began, last.c.until)
        .join(EstateRecord, CommitteeRecord.estate_id == EstateRecord.id)
        .join(first, first.c.committee_id == CommitteeRecord.id)
        .outerjoin(last, last.c.committee_id == CommitteeRecord.id)
    )
    for record, pack, began, until in session.execute(held):
        since = max(began, in_china(record.founded_at).date())
        if until is not None:
            since = until + timedelta(days=1)
        months = record.report_months or _usual_months(pack, today)
        periods = tuple(ended(since, months, today))
        if periods:
            yield Owed(record.id, record.estate_id, periods)


def any_owed(session: Session, *, now: datetime) -> bool:
    """Say whether any committee has a report to begin, without taking a lock."""
    return next(owed(session, now=now), None) is not None


@cache
def _usual_months(pack: str, day: date) -> int:
    return compose(pack, on=day).number("report_months")


def _report(record: ReportRecord, held: CommitteeRecord, found: Mapping[str, Any]) -> Report:
    return Report(
        id=record.id,
        estate=held.estate_id,
        committee=held.name,
        period=Period(record.since, record.until),
        due_on=record.due_on,
        figures=found,
        parts=record.parts,
        begun_at=record.begun_at,
        submitted_at=record.submitted_at,
        submitted_by=record.submitted_by,
        received_at=record.received_at,
        received_by=record.received_by,
        opinion=record.opinion,
    )
