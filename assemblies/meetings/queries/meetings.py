"""Reads of the meetings room: the meetings of an estate's committee, the members who may come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.meetings.ahead import things_ahead
from assemblies.meetings.drafts import POSTS_ZH, SUSPENDED
from assemblies.meetings.shown import Attendant, Confirmed, MeetingView, PointView, Vote
from assemblies.records.committees import (
    CommitteeRecord,
    TermRecord,
    member_for,
    members_in_office,
    term_in_office,
)
from assemblies.records.files import files_of
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from voting.law.citations import Citation
from voting.law.duties import due
from voting.law.rules import Rules

__all__ = ["meeting_of", "meetings_of", "members", "place_of", "signing", "term_number"]
MINUTES = "minutes_posted_days"
_WHOLE = (selectinload(MeetingRecord.decisions), selectinload(MeetingRecord.confirmations))


def meetings_of(session: Session, estate: UUID, *, now: datetime) -> tuple[MeetingView, ...]:
    """Return every meeting of an estate's committee, the latest first; raises `NotFound`."""
    place = place_of(session, estate)
    found = _joined().where(CommitteeRecord.estate_id == estate)
    latest = found.order_by(MeetingRecord.planned_for.desc(), MeetingRecord.number.desc())
    rows = session.execute(latest).all()
    around = _around(session, place, [row[0] for row in rows], now)
    return tuple(_view(record, term, around) for record, term, _ in rows)


def meeting_of(session: Session, meeting: UUID, *, now: datetime) -> MeetingView:
    """Return one meeting; raises `NotFound`."""
    row = session.execute(_joined().where(MeetingRecord.id == meeting)).one_or_none()
    if row is None:
        raise NotFound
    record, term, estate = row
    return _view(record, term, _around(session, place_of(session, estate), [record], now))


def members(session: Session, estate: UUID) -> tuple[Attendant, ...]:
    """Return the members in office, in order; those suspended cannot come."""
    return tuple(
        Attendant(
            one.id,
            one.name,
            POSTS_ZH.get(one.post, "委员"),
            SUSPENDED if one.suspended_on is not None else "",
        )
        for one in members_in_office(session, estate)
    )


def signing(session: Session, estate: UUID, account: UUID) -> UUID | None:
    """Return the member in office who signs with an account, None where it is no member's."""
    member = member_for(session, estate, account)
    return member.id if member is not None else None


def term_number(session: Session, estate: UUID) -> int | None:
    """Return the number of the term in office, None before the first."""
    term = term_in_office(session, estate)
    return term.number if term is not None else None


def _joined() -> Select[MeetingRecord, TermRecord, UUID]:
    return (
        select(MeetingRecord, TermRecord, CommitteeRecord.estate_id)
        .join(TermRecord, MeetingRecord.term_id == TermRecord.id)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .options(*_WHOLE)
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around meetings: the estate, the rules by day, numbers in the register, files."""

    place: Place
    rules: Mapping[UUID, Rules]
    numbers: Mapping[UUID, str]
    files: Mapping[UUID, FileLink]


def _around(session: Session, place: Place, records: list[MeetingRecord], now: datetime) -> _Around:
    """Read what meetings need besides their own rows, once for all of them."""
    days = {one.id: one.held_at or now for one in records}
    rules = {one: rules_for(session, place.id, now=at) for one, at in days.items()}
    decisions = [point.id for one in records for point in one.decisions]
    found = select(ResolutionRecord.decision_id, ResolutionRecord.number).where(
        ResolutionRecord.decision_id.in_(decisions)
    )
    numbers = {row.decision_id: row.number for row in session.execute(found)}
    pictures = [one for row in records for one in (row.agenda_file_id, row.posted_file_id) if one]
    files = {one.id: one.link() for one in files_of(session, pictures)}
    return _Around(place, rules, numbers, files)


def _view(record: MeetingRecord, term: TermRecord, around: _Around) -> MeetingView:
    rules = around.rules[record.id]
    last, law = _minutes_due(record, rules)
    return MeetingView(
        id=record.id,
        place=around.place,
        term=term.number,
        number=record.number,
        title=record.title,
        where=record.place,
        called_by=record.called_by,
        called_at=record.called_at,
        asked_by=tuple(record.asked_by),
        planned=record.planned_for,
        moved_from=record.moved_from,
        told=record.community_told,
        told_at=record.community_told_at,
        agenda_at=record.agenda_posted_at,
        agenda_place=record.agenda_place,
        agenda_file=_link(record.agenda_file_id, around),
        held_at=record.held_at,
        minuted_at=record.minuted_at,
        cancelled_at=record.cancelled_at,
        cancelled_why=record.cancelled_why,
        members=record.members,
        attendance=tuple(_attendant(one) for one in record.attendance),
        quorate=record.quorate,
        finding=record.finding,
        law=record.law,
        flags=tuple(record.flags),
        chaired_by=record.chaired_by,
        recorded_by=record.recorded_by,
        guests=record.guests,
        summary=record.summary,
        points=tuple(_point(one, around) for one in record.decisions),
        confirmed=tuple(
            Confirmed(one.member_id, one.name, one.note, one.at) for one in record.confirmations
        ),
        posted_at=record.posted_at,
        posted_place=record.posted_place,
        posted_file=_link(record.posted_file_id, around),
        ahead=things_ahead(
            record.planned_for, record.agenda_posted_at, record.community_told_at, rules
        ),
        minutes_last=last,
        minutes_law=_cited(law),
    )


def _minutes_due(record: MeetingRecord, rules: Rules) -> tuple[date | None, tuple[Citation, ...]]:
    """Return the last day on which the minutes may be posted, and the provision (SD 32)."""
    if record.held_at is None or not rules.has(MINUTES):
        return None, ()
    duty = due(MINUTES, in_china(record.held_at).date(), rules)
    return duty.due, duty.law


def _cited(law: Iterable[Citation]) -> str:
    return "；".join(citation.short for citation in law)


def _attendant(kept: dict[str, str]) -> Attendant:
    return Attendant(UUID(kept["member"]), kept["name"], kept["post"], kept["state"])


def _point(record: DecisionRecord, around: _Around) -> PointView:
    return PointView(
        id=record.id,
        number=record.number,
        title=record.title,
        text=record.text,
        outcome=record.outcome,
        votes=tuple(Vote(one["name"], one["vote"]) for one in record.votes),
        finding=record.finding,
        law=record.law,
        number_zh=around.numbers.get(record.id, ""),
    )


def _link(file: UUID | None, around: _Around) -> FileLink | None:
    return around.files.get(file) if file is not None else None
