"""Find a meeting to act on, its row locked, and tell the supervision record what was done."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.meetings.drafts import Point
from assemblies.records.committees import CommitteeRecord, TermRecord
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.supervision import Happened, digest_of, tell
from voting.canonical import Plain, time_text


def locked(session: Session, estate: UUID, meeting: UUID) -> MeetingRecord:
    """Return a meeting of an estate's committee, its row locked; raises `NotFound`."""
    found = (
        select(MeetingRecord)
        .join(TermRecord, MeetingRecord.term_id == TermRecord.id)
        .join(CommitteeRecord, TermRecord.committee_id == CommitteeRecord.id)
        .where(MeetingRecord.id == meeting, CommitteeRecord.estate_id == estate)
        .with_for_update(of=MeetingRecord)
    )
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def coming(session: Session, estate: UUID, meeting: UUID) -> MeetingRecord:
    """Return a meeting still to be held, locked; raises `NotFound`, `WrongStep`."""
    record = locked(session, estate, meeting)
    if record.cancelled_at is not None:
        raise WrongStep("这次会议已经取消。")
    if record.held_at is not None:
        raise WrongStep("这次会议已经开过，记录不能再改。")
    return record


def name_of(session: Session, record: MeetingRecord) -> str:
    """Return what people call a meeting: 第1届业主委员会第3次会议."""
    term = session.get_one(TermRecord, record.term_id)
    return f"第{term.number}届业主委员会第{record.number}次会议"


def facts_of(record: MeetingRecord, **more: Plain) -> dict[str, Plain]:
    """Return a meeting's facts for a digest: what it is, where, when, its points."""
    return {
        "meeting": str(record.id),
        "place": record.place,
        "planned": time_text(record.planned_for),
        "points": [f"{one.number} {one.title}" for one in record.decisions],
        "title": record.title,
        **more,
    }


def say(  # noqa: PLR0913 -- who, which meeting, what, shown by what, when
    session: Session,
    acting: Acting,
    record: MeetingRecord,
    step: str,
    said: str,
    digest: str,
    *,
    now: datetime,
) -> None:
    """Tell the supervision record of one step of a meeting; the sentence opens with its name."""
    whole = f"{name_of(session, record)}（{record.title}）{said}"
    source = f"meeting:{record.id}"
    happened = Happened(f"meeting.{step}", whole, acting.by, source, digest)
    tell(session, acting.estate, happened, acting.keys, now=now)


def digest_of_meeting(record: MeetingRecord, **more: Plain) -> str:
    """Return the digest of a meeting's facts with those of one step."""
    return digest_of(facts_of(record, **more))


def listed(points: Iterable[Point]) -> str:
    """Return points of an agenda in one line: 1. …；2. …."""
    return "；".join(f"{number}. {one.title}" for number, one in enumerate(points, start=1))


def records_of(record: MeetingRecord, points: Iterable[Point]) -> list[DecisionRecord]:
    """Return the rows of an agenda, numbered from one."""
    return [
        DecisionRecord(
            id=uuid4(), meeting_id=record.id, number=number, title=one.title, text=one.text
        )
        for number, one in enumerate(points, start=1)
    ]
