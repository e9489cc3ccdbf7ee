"""The committees of many estates: term, party share, filing and regular reports."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from assemblies.console.queries.tree import Estate
from assemblies.foundation.clock import in_china
from assemblies.records.committees import CommitteeRecord, GroupRecord, MemberRecord, TermRecord
from assemblies.records.filings import FilingRecord
from assemblies.records.oversight import ReportRecord
from voting.law.committees import party_share, reelection_begins
from voting.law.rules import compose

FILED = ("accepted", "certified")
HANDED_IN = ("submitted", "accepted")  # what the office has still to decide or to certify
FILING: Mapping[str, str] = {
    "": "还没有备案",
    "draft": "备案材料在准备",
    "submitted": "已提交备案，待审核",
    "returned": "备案退回补正",
    "accepted": "备案已受理",
    "certified": "已备案",
}


@dataclass(frozen=True, slots=True)
class Reports:
    """The regular reports of a committee that are late, still to come, or not yet received."""

    late: int = 0
    due: int = 0
    unreceived: int = 0
    received: int = 0
    oldest: date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A committee in office as the console shows it.

    `reelection`: "" long before the end, else due, begun or over; `waiting` counts filings that
    wait for the office.
    """

    number: int
    ends_on: date
    reelection: str
    begins_on: date
    members: int
    party: int
    party_enough: bool
    party_least: int
    filing: str
    waiting: int

    @property
    def filing_zh(self) -> str:
        """Return where the filing of the term stands."""
        return FILING[self.filing]


def bodies(session: Session, estates: Sequence[Estate], *, now: datetime) -> dict[UUID, Body]:
    """Return by estate the committee in office, where there is one."""
    terms = _terms(session, [one.id for one in estates])
    ids = [term.id for _, term in terms]
    seats, filings = _seats(session, ids), _filings(session, ids)
    groups = _groups(session, [term.committee_id for _, term in terms])
    packs = {one.id: one.pack for one in estates}
    today = in_china(now).date()
    return {
        estate: _body(
            term, packs[estate], seats.get(term.id, (0, 0)), filings[term.id], groups, today
        )
        for estate, term in terms
    }


def reports(session: Session, estates: Sequence[UUID], *, now: datetime) -> dict[UUID, Reports]:
    """Return by estate how its regular reports stand."""
    rows = session.execute(
        select(
            CommitteeRecord.estate_id,
            ReportRecord.due_on,
            ReportRecord.submitted_at,
            ReportRecord.received_at,
        )
        .join(CommitteeRecord, ReportRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id.in_(list(estates)))
    )
    held: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        held[row.estate_id].append(row)
    today = in_china(now).date()
    return {estate: _reports(several, today) for estate, several in held.items()}


def _reports(rows: Sequence[Any], today: date) -> Reports:
    open_ = [row.due_on for row in rows if row.submitted_at is None]
    late = sorted(one for one in open_ if one < today)
    received = sum(row.received_at is not None for row in rows)
    unreceived = sum(row.submitted_at is not None for row in rows) - received
    oldest = late[0] if late else None
    return Reports(len(late), len(open_) - len(late), unreceived, received, oldest)


def _terms(session: Session, estates: list[UUID]) -> list[tuple[UUID, TermRecord]]:
    """Return the latest term of each estate that has not ended."""
    rows = session.execute(
        select(CommitteeRecord.estate_id, TermRecord)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id.in_(estates), TermRecord.ended_on.is_(None))
        .order_by(TermRecord.number)
    )
    return list({estate: (estate, term) for estate, term in rows}.values())


def _seats(session: Session, terms: list[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return by term how many members hold a seat, and how many of them belong to the party."""
    rows = session.execute(
        select(
            MemberRecord.term_id,
            func.count(),
            func.sum(case((MemberRecord.party.is_(True), 1), else_=0)),
        )
        .where(
            MemberRecord.term_id.in_(terms),
            MemberRecord.seat == "member",
            MemberRecord.left_on.is_(None),
        )
        .group_by(MemberRecord.term_id)
    )
    return {term: (members, int(party)) for term, members, party in rows}


def _filings(session: Session, terms: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    rows = session.execute(
        select(FilingRecord.term_id, FilingRecord.kind, FilingRecord.state)
        .where(FilingRecord.term_id.in_(terms))
        .order_by(FilingRecord.begun_at)
    )
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for term, kind, state in rows:
        found[term].append((kind, state))
    return found


def _groups(session: Session, committees: list[UUID]) -> frozenset[UUID]:
    """Return the committees for which a re-election group is at work."""
    rows = session.execute(
        select(GroupRecord.committee_id).where(
            GroupRecord.committee_id.in_(committees),
            GroupRecord.kind == "reelection",
            GroupRecord.formed_on.is_not(None),
            GroupRecord.ended_on.is_(None),
        )
    )
    return frozenset(row.committee_id for row in rows)


def _body(
    term: TermRecord,
    pack: str,
    seats: tuple[int, int],
    filings: list[tuple[str, str]],
    groups: frozenset[UUID],
    today: date,
) -> Body:
    rules = compose(pack, on=today)
    begins = reelection_begins(term.ends_on, rules)
    members, party = seats
    share = party_share(party, members, rules)
    return Body(
        term.number,
        term.ends_on,
        _reelection(term, begins, begun=term.committee_id in groups, today=today),
        begins,
        members,
        party,
        share.holds,
        rules.threshold("party_share").least(members),
        next((state for kind, state in reversed(filings) if kind == "new"), ""),
        sum(state in HANDED_IN for _, state in filings),
    )


def _reelection(term: TermRecord, begins: date, *, begun: bool, today: date) -> str:
    if today > term.ends_on:
        return "over"
    if begun:
        return "begun"
    return "due" if today >= begins else ""
