"""Rows 4-11 of the monthly table: committees, their filing, party members, reviews, reports."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from assemblies.console.queries.answers import Computed
from assemblies.console.queries.bodies import FILED
from assemblies.console.queries.ground import Ground
from assemblies.console.queries.matter_rows import inquiries, orders, told
from assemblies.records.committees import (
    CandidateRecord,
    CommitteeRecord,
    MemberRecord,
    TermRecord,
)
from assemblies.records.filings import FilingRecord
from assemblies.records.oversight import ReportRecord
from voting.law.committees import party_share


@dataclass(frozen=True, slots=True)
class Seated:
    """A committee that was in office at the month's last moment."""

    estate: UUID
    committee: UUID
    term: UUID
    number: int
    began_on: date
    branch: bool
    members: int
    party: int
    filed: bool


def seated(session: Session, ground: Ground) -> tuple[Seated, ...]:
    """Return the committees in office at the month's last moment, one an estate."""
    rows = session.execute(
        select(CommitteeRecord, TermRecord)
        .join(TermRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(
            CommitteeRecord.estate_id.in_(ground.ids),
            TermRecord.began_on <= ground.today,
            or_(TermRecord.ended_on.is_(None), TermRecord.ended_on > ground.today),
        )
        .order_by(TermRecord.number)
    )
    held = {committee.estate_id: (committee, term) for committee, term in rows}
    terms = [term.id for _, term in held.values()]
    seats, filed = _seats(session, terms, ground.today), _filed(session, terms, ground.as_of)
    return tuple(
        Seated(
            estate,
            committee.id,
            term.id,
            term.number,
            term.began_on,
            committee.party_branch in ("alone", "joint"),
            len(seats[term.id]),
            sum(seats[term.id]),
            term.id in filed,
        )
        for estate, (committee, term) in held.items()
    )


def committee_rows(session: Session, ground: Ground) -> dict[int, Computed]:
    """Answer rows 4-8, 10 and 11 from the committees in office."""
    held = seated(session, ground)
    filed = [one for one in held if one.filed]
    enough = [one for one in filed if _party_enough(ground, one)]
    branch = [one for one in filed if one.branch]
    found = {
        4: _of(ground, filed, held, f"在任业委会 {len(held)} 个，其中备案已受理或已发证的计入。"),
        5: _founded(ground, held),
        6: _of(ground, enough, filed, f"在已备案的 {len(filed)} 个业委会中，按在任委员逐一计算。"),
        7: _of(
            ground, branch, filed, f"在已备案的 {len(filed)} 个业委会中统计，按现在登记的情况。"
        ),
        8: _of(ground, branch, filed, "备案表由平台生成，载明党组织情况；有党组织并已备案的计入。"),
    }
    if held:
        found[10] = _reporting(session, ground, held)
        found[11] = _correcting(session, ground, held)
    return found


def review_row(session: Session, ground: Ground) -> dict[int, Computed]:
    """Answer row 9: streets where every candidate of the year has every department's opinion."""
    candidates = _candidates(session, ground)
    streets = {one.id: one.street for one in ground.estates}
    complete: dict[UUID, bool] = {}
    lacking = 0
    for estate, candidate in candidates:
        reviewed = _reviewed(ground, estate, candidate)
        lacking += not reviewed
        street = streets[estate]
        if street is not None:
            complete[street] = complete.get(street, True) and reviewed
    names = {one.id: one.name for one in ground.streets}
    done = tuple(names[one] for one, whole in complete.items() if whole and one in names)
    undone = tuple(names[one] for one, whole in complete.items() if not whole and one in names)
    said = (
        f"本年候选人 {len(candidates)} 名，联审意见不齐的 {lacking} 名；"
        f"全部候选人意见齐全的街道计入，本年没有选举的 {len(names) - len(complete)} 个街道不计。"
    )
    return {9: Computed((len(done),), said, done, undone)}


def _of(ground: Ground, counted: Iterable[Seated], among: Iterable[Seated], said: str) -> Computed:
    """Count committees and name the estates that are in and those that are not."""
    inside = {one.estate for one in counted}
    outside = {one.estate for one in among} - inside
    return Computed((len(inside),), said, ground.names(inside), ground.names(outside))


def _founded(ground: Ground, held: Iterable[Seated]) -> Computed:
    year = ground.month.year
    fresh = [one for one in held if one.number == 1 and one.began_on.year == year]
    return _of(ground, fresh, fresh, f"首届任期在 {year} 年开始、月末在任的计入。")


def _party_enough(ground: Ground, one: Seated) -> bool:
    """Hold the party members against the share exactly: three of five are enough, no rounding."""
    return one.members > 0 and party_share(one.party, one.members, ground.rules(one.estate)).holds


def _reporting(session: Session, ground: Ground, held: tuple[Seated, ...]) -> Computed:
    """Say whether every committee in office submitted its last report that was due."""
    rows = session.execute(
        select(ReportRecord.committee_id, ReportRecord.submitted_at)
        .where(
            ReportRecord.committee_id.in_([one.committee for one in held]),
            ReportRecord.due_on <= ground.today,
        )
        .order_by(ReportRecord.until)
    )
    last = {row.committee_id: row.submitted_at for row in rows}
    lacking = [
        one for one in held if one.committee in last and not _by(last[one.committee], ground.as_of)
    ]
    none_due = len(held) - len(last)
    said = (
        f"在任业委会 {len(held)} 个，最近一期到期报告已交的 {len(last) - len(lacking)} 个，"
        f"未交的 {len(lacking)} 个，还没有到期报告的 {none_due} 个。"
    )
    kept = [one.estate for one in held if one not in lacking]
    names = ground.names(one.estate for one in lacking)
    return Computed((int(not lacking),), said, ground.names(kept), names)


def _correcting(session: Session, ground: Ground, held: tuple[Seated, ...]) -> Computed:
    """Say that orders and inquiries are at hand for every committee, and how often they were used.

    That the mechanism exists is the platform's own doing; the document that founds it is the
    office's to attach.
    """
    issued, closed = told(orders(session, ground), ground)
    opened, ended = told(inquiries(session, ground), ground)
    said = (
        f"责令改正、撤销、问询、提请罢免的流程已对 {len(held)} 个在任业委会启用；"
        f"本年责令改正和撤销 {issued} 件（办结 {closed} 件），委员问询 {opened} 件"
        f"（办结 {ended} 件）。制度文件请另附。"
    )
    return Computed((1,), said, ground.names(one.estate for one in held))


def _by(moment: datetime | None, as_of: datetime) -> bool:
    return moment is not None and moment <= as_of


def _seats(session: Session, terms: list[UUID], on: date) -> dict[UUID, list[bool]]:
    """Return by term whether each member who held a seat on a day belongs to the party."""
    rows = session.execute(
        select(MemberRecord.term_id, MemberRecord.party).where(
            MemberRecord.term_id.in_(terms),
            MemberRecord.seat == "member",
            MemberRecord.joined_on <= on,
            or_(MemberRecord.left_on.is_(None), MemberRecord.left_on > on),
        )
    )
    found: dict[UUID, list[bool]] = defaultdict(list)
    for term, party in rows:
        found[term].append(party)
    return found


def _filed(session: Session, terms: list[UUID], as_of: datetime) -> frozenset[UUID]:
    rows = session.execute(
        select(FilingRecord.term_id).where(
            FilingRecord.term_id.in_(terms),
            FilingRecord.kind == "new",
            FilingRecord.state.in_(FILED),
            or_(FilingRecord.decided_at <= as_of, FilingRecord.certified_at <= as_of),
        )
    )
    return frozenset(row.term_id for row in rows)


def _candidates(session: Session, ground: Ground) -> list[tuple[UUID, CandidateRecord]]:
    rows = session.execute(
        select(CommitteeRecord.estate_id, CandidateRecord)
        .join(CommitteeRecord, CandidateRecord.committee_id == CommitteeRecord.id)
        .options(selectinload(CandidateRecord.reviews))
        .where(
            CommitteeRecord.estate_id.in_(ground.ids),
            CandidateRecord.nominated_at >= ground.month.year_begins,
            CandidateRecord.nominated_at <= ground.as_of,
            or_(
                CandidateRecord.withdrawn_at.is_(None),
                CandidateRecord.withdrawn_at > ground.as_of,
            ),
        )
    )
    return [(estate, candidate) for estate, candidate in rows]


def _reviewed(ground: Ground, estate: UUID, candidate: CandidateRecord) -> bool:
    asked = {str(one) for one in ground.rules(estate).listed("joint_review_departments")}
    given = {one.department for one in candidate.reviews if one.given_at <= ground.as_of}
    return asked <= given
