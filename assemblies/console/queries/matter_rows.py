"""Rows 33, 34, 44 and 45: what was called for and answered, what was found and put right.

All are counted from the first of the year to the month's last moment, so that a matter raised on
the last day of a month is not for ever missing among those that were closed.
"""

from datetime import datetime
from typing import TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assemblies.console.queries.answers import Computed
from assemblies.console.queries.ground import Ground
from assemblies.records.assemblies import AssemblyRecord, ObjectionRecord
from assemblies.records.committees import CommitteeRecord
from assemblies.records.duties import DutyRecord
from assemblies.records.oversight import InquiryRecord, NoteRecord, OrderRecord

# When each matter began and when it was done, if it was.
Spans: TypeAlias = list[tuple[datetime, datetime | None]]


def matter_rows(session: Session, ground: Ground) -> dict[int, Computed]:
    """Answer rows 33, 34, 44 and 45 for the year until the month's last moment."""
    raised, written = _objections(session, ground), _notes(session, ground)
    calls = [*raised, *written]
    ordered, asked, late = (
        orders(session, ground),
        inquiries(session, ground),
        _late(session, ground),
    )
    found = [*ordered, *asked, *late]
    called, answered = told(calls, ground)
    problems, settled = told(found, ground)
    from_owners, from_offices = told(raised, ground)[0], told(written, ground)[0]
    this_month, these = _of_month(calls, ground), _of_month(found, ground)
    return {
        33: Computed(
            (called,),
            f"本年累计，其中本月 {this_month} 件：业主对名册和结果的异议 {from_owners} 件，"
            f"街道、社区的监督记事 {from_offices} 件。平台以外的呼叫未计入。",
        ),
        34: Computed(
            (answered, answered),
            "以上事项中到月末已经答复的；平台上的异议和记事一经答复即办结，两数相同。",
        ),
        44: Computed(
            (problems,),
            f"本年累计，其中本月 {these} 条：责令改正 {told(ordered, ground)[0]} 条，"
            f"委员问询 {told(asked, ground)[0]} 条，法定事项逾期 {told(late, ground)[0]} 条。"
            "现场排查的问题未计入。",
        ),
        45: Computed((settled,), "以上问题中到月末已经办结或者补办的。"),
    }


def orders(session: Session, ground: Ground) -> Spans:
    """Return the year's orders: when each was issued and when it was closed."""
    rows = session.execute(
        select(OrderRecord.issued_at, OrderRecord.closed_at).where(
            OrderRecord.estate_id.in_(ground.ids),
            OrderRecord.issued_at >= ground.month.year_begins,
            OrderRecord.issued_at <= ground.as_of,
        )
    )
    return [(begun, done) for begun, done in rows]


def inquiries(session: Session, ground: Ground) -> Spans:
    """Return the year's inquiries about members: when each was opened and when it ended."""
    rows = session.execute(
        select(InquiryRecord.opened_at, InquiryRecord.ended_at).where(
            InquiryRecord.estate_id.in_(ground.ids),
            InquiryRecord.opened_at >= ground.month.year_begins,
            InquiryRecord.opened_at <= ground.as_of,
        )
    )
    return [(begun, done) for begun, done in rows]


def told(spans: Spans, ground: Ground) -> tuple[int, int]:
    """Return how many matters there were, and how many were done by the month's last moment."""
    return len(spans), sum(done is not None and done <= ground.as_of for _, done in spans)


def _of_month(spans: Spans, ground: Ground) -> int:
    return sum(begun >= ground.month.begins for begun, _ in spans)


def _objections(session: Session, ground: Ground) -> Spans:
    rows = session.execute(
        select(ObjectionRecord.raised_at, ObjectionRecord.answered_at)
        .join(AssemblyRecord, ObjectionRecord.assembly_id == AssemblyRecord.id)
        .where(
            AssemblyRecord.estate_id.in_(ground.ids),
            ObjectionRecord.raised_at >= ground.month.year_begins,
            ObjectionRecord.raised_at <= ground.as_of,
        )
    )
    return [(begun, done) for begun, done in rows]


def _notes(session: Session, ground: Ground) -> Spans:
    rows = session.execute(
        select(NoteRecord.written_at, NoteRecord.answered_at)
        .join(CommitteeRecord, NoteRecord.committee_id == CommitteeRecord.id)
        .where(
            CommitteeRecord.estate_id.in_(ground.ids),
            NoteRecord.written_at >= ground.month.year_begins,
            NoteRecord.written_at <= ground.as_of,
        )
    )
    return [(begun, done) for begun, done in rows]


def _late(session: Session, ground: Ground) -> Spans:
    """Return the duties whose lateness the record heard of this year, and when each was done."""
    rows = session.execute(
        select(DutyRecord.late_at, DutyRecord.done_at).where(
            DutyRecord.estate_id.in_(ground.ids),
            DutyRecord.late_at >= ground.month.year_begins,
            DutyRecord.late_at <= ground.as_of,
            or_(DutyRecord.void_at.is_(None), DutyRecord.void_at > ground.as_of),
        )
    )
    return [(late, done) for late, done in rows if late is not None]
