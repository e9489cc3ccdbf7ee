"""What a regular report says by itself: everything the records hold about its period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assemblies.foundation.wording import day_text, money_text
from assemblies.records.assemblies import AssemblyRecord, ObjectionRecord
from assemblies.records.committees import CommitteeRecord, TermRecord
from assemblies.records.duties import DutyRecord
from assemblies.records.ledger import Account, AccountRecord, PostingRecord
from assemblies.records.meetings import MeetingRecord
from assemblies.records.oversight import OrderRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seals import SealUseRecord
from assemblies.supervision.periods import Period
from assemblies.supervision.queries.composition import composition
from assemblies.supervision.queries.stream import midnight

OUTCOMES = {"passed": "通过", "rejected": "未通过", "no_decision": "未形成有效决定"}
STATES = {"standing": "", "superseded": "已被取代", "corrected": "被责令改正", "revoked": "已撤销"}


@dataclass(frozen=True, slots=True)
class Span:
    """A period as the moments between which a record counts, and the estate it is about."""

    estate: UUID
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, estate: UUID, period: Period) -> "Span":
        """Return a period from its first midnight in China to the one after its last day."""
        return cls(estate, midnight(period.since), midnight(period.until + timedelta(days=1)))

    def holds(self, moment: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """Return the condition that a moment lies within."""
        return (moment >= self.begins) & (moment < self.ends)


def figures(session: Session, estate: UUID, period: Period) -> dict[str, Any]:
    """Return the figures of a period as JSON: counts are integers, money is fen."""
    span = Span.of(estate, period)
    return {
        "assemblies": _assemblies(session, span),
        "meetings": _meetings(session, span),
        "resolutions": _resolutions(session, span),
        "fund": _money(session, span, Account.FUND),
        "income": _money(session, span, Account.INCOME),
        "seals": _seals(session, span),
        "objections": _objections(session, span),
        "duties": _duties(session, span, period),
        "orders": _orders(session, span),
        "next": _next(session, span),
        "committee": composition(session, estate, now=span.ends - timedelta(seconds=1)),
    }


def _assemblies(session: Session, span: Span) -> list[dict[str, Any]]:
    at = AssemblyRecord
    held = select(at).where(
        at.estate_id == span.estate, span.holds(at.posted_at) | span.holds(at.published_at)
    )
    return [
        {
            "title": one.title,
            "posted": _day(one.posted_at),
            "published": _day(one.published_at if _before(one.published_at, span) else None),
            "number": one.publication_number if _before(one.published_at, span) else "",
        }
        for one in session.execute(held.order_by(at.number)).scalars()
    ]


def _meetings(session: Session, span: Span) -> list[dict[str, Any]]:
    held = (
        select(MeetingRecord)
        .join(TermRecord, MeetingRecord.term_id == TermRecord.id)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == span.estate, span.holds(MeetingRecord.held_at))
        .order_by(MeetingRecord.held_at)
    )
    return [
        {
            "title": one.title,
            "held": _day(one.held_at),
            "present": len(one.present),
            "members": one.members,
            "decided": sum(point.outcome == "passed" for point in one.decisions),
            "posted": _day(one.posted_at),
        }
        for one in session.execute(held).scalars()
    ]


def _resolutions(session: Session, span: Span) -> list[dict[str, Any]]:
    made = select(ResolutionRecord).where(
        ResolutionRecord.estate_id == span.estate, span.holds(ResolutionRecord.published_at)
    )
    found = session.execute(made.order_by(ResolutionRecord.published_at)).scalars().all()
    asked = _per_source(session, select(DutyRecord), [one.id for one in found])
    return [
        {
            "number": one.number,
            "title": one.title,
            "outcome": OUTCOMES[one.outcome],
            "state": STATES[one.state],
            "duties": len(asked.get(one.id, ())),
            "done": sum(duty.done_at is not None for duty in asked.get(one.id, ())),
        }
        for one in found
    ]


def _per_source(
    session: Session, duties: Select[DutyRecord], sources: list[UUID]
) -> Mapping[UUID, list[DutyRecord]]:
    wanted = duties.where(DutyRecord.source_id.in_(sources), DutyRecord.void_at.is_(None))
    found: dict[UUID, list[DutyRecord]] = {}
    for duty in session.execute(wanted).scalars():
        found.setdefault(duty.source_id, []).append(duty)
    return found


def _money(session: Session, span: Span, account: Account) -> dict[str, int]:
    amount, at = PostingRecord.amount_fen, PostingRecord.booked_at
    whole = (
        select(func.coalesce(func.sum(amount), 0))
        .join(AccountRecord, PostingRecord.account_id == AccountRecord.id)
        .where(AccountRecord.estate_id == span.estate, AccountRecord.kind == account.value)
    )
    within = whole.where(span.holds(at))
    undoes = PostingRecord.corrects_id.is_not(None)
    asked = {
        "opening": whole.where(at < span.begins),
        "came": within.where(amount > 0, ~undoes),
        "went": within.where(amount < 0, ~undoes),
        "corrected": within.where(undoes),
        "closing": whole.where(at < span.ends),
    }
    return {name: int(session.execute(query).scalar_one()) for name, query in asked.items()}


def _seals(session: Session, span: Span) -> dict[str, int]:
    used = (
        select(SealUseRecord)
        .join(CommitteeRecord, SealUseRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == span.estate, span.holds(SealUseRecord.stamped_at))
    )
    found = session.execute(used).scalars().all()
    return {
        "uses": len(found),
        "copies": sum(one.copies for one in found),
        "contracts": sum(one.document_kind == "contract" for one in found),
        "bare": sum(not one.photo_ids for one in found),
    }


def _objections(session: Session, span: Span) -> dict[str, int]:
    of_estate = (
        select(func.count())
        .select_from(ObjectionRecord)
        .join(AssemblyRecord, ObjectionRecord.assembly_id == AssemblyRecord.id)
        .where(AssemblyRecord.estate_id == span.estate)
    )
    raised = of_estate.where(span.holds(ObjectionRecord.raised_at))
    answered = raised.where(ObjectionRecord.answered_at < span.ends)
    return {
        "raised": session.execute(raised).scalar_one(),
        "answered": session.execute(answered).scalar_one(),
    }


def _duties(session: Session, span: Span, period: Period) -> dict[str, Any]:
    mine = select(DutyRecord).where(
        DutyRecord.estate_id == span.estate, DutyRecord.void_at.is_(None)
    )
    done = session.execute(mine.where(span.holds(DutyRecord.done_at))).scalars().all()
    due = mine.where(DutyRecord.due_on >= period.since, DutyRecord.due_on <= period.until)
    asked = session.execute(due.order_by(DutyRecord.due_on)).scalars().all()
    late = [one for one in asked if _was_late(one)]
    return {
        "done": len(done),
        "late": [
            {"title": one.title, "about": one.about, "due": _due(one), "done": _day(one.done_at)}
            for one in late
        ],
    }


def _was_late(duty: DutyRecord) -> bool:
    if duty.due_on is None:
        return False
    return duty.done_at is None or duty.done_at >= midnight(duty.due_on + timedelta(days=1))


def _orders(session: Session, span: Span) -> list[dict[str, str]]:
    issued = select(OrderRecord).where(
        OrderRecord.estate_id == span.estate,
        span.holds(OrderRecord.issued_at) | span.holds(OrderRecord.closed_at),
    )
    return [
        {"number": one.number, "demand": one.demand, "closed": _day(one.closed_at)}
        for one in session.execute(issued.order_by(OrderRecord.issued_at)).scalars()
    ]


def _next(session: Session, span: Span) -> list[dict[str, str]]:
    ahead = select(DutyRecord).where(
        DutyRecord.estate_id == span.estate,
        DutyRecord.void_at.is_(None),
        DutyRecord.done_at.is_(None),
        DutyRecord.name != "report_due_days",
    )
    return [
        {"title": one.title, "about": one.about, "due": _due(one)}
        for one in session.execute(ahead.order_by(DutyRecord.due_on)).scalars()
    ]


def _before(moment: datetime | None, span: Span) -> bool:
    return moment is not None and moment < span.ends


def _day(moment: datetime | None) -> str:
    return "" if moment is None else day_text(moment)


def _due(duty: DutyRecord) -> str:
    return "" if duty.due_on is None else day_text(duty.due_on)


def money_lines(money: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Return an account's figures in words; a correction only where there was one."""
    lines = [
        ("期初余额", money_text(money["opening"])),
        ("本期收入", money_text(money["came"])),
        ("本期支出", money_text(-money["went"])),
    ]
    if money["corrected"]:
        lines.append(("更正", money_text(money["corrected"])))
    return (*lines, ("期末余额", money_text(money["closing"])))
