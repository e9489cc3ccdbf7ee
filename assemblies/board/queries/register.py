"""Reads of the public register: what an estate's owners and committee decided, for everybody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from assemblies.foundation.pictures import FileLink
from assemblies.foundation.places import Place
from assemblies.foundation.wording import day_text
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.files import FileRecord, files_of
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.oversight import OrderRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ASSEMBLY, STANDING, ResolutionRecord
from voting.law.matters import Matter
from voting.result import Outcome

__all__ = ["PublicLine", "place_of", "register"]
BODIES = {"assembly": "业主大会", "committee": "业主委员会"}
STATES = {
    "superseded": "已被新的决定取代",
    "corrected": "已责令改正",
    "revoked": "已撤销，不再执行",
}


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One resolution as everybody may read it: no private person's name, only public files."""

    number: str
    title: str
    body_zh: str
    passed: bool
    outcome_zh: str
    winner: str
    counts: str
    published_at: datetime
    challengeable_until: datetime
    posted_zh: str
    photo: FileLink | None
    state: str
    state_zh: str
    assembly: UUID | None
    minutes: UUID | None


def register(session: Session, estate: UUID) -> tuple[Place, tuple[PublicLine, ...]]:
    """Return an estate and its public register, newest first; raises `NotFound`."""
    place = place_of(session, estate)
    rows = session.execute(
        select(ResolutionRecord, AssemblyRecord.id, MeetingRecord.id)
        .outerjoin(ItemRecord, ResolutionRecord.item_id == ItemRecord.id)
        .outerjoin(AssemblyRecord, ItemRecord.assembly_id == AssemblyRecord.id)
        .outerjoin(DecisionRecord, ResolutionRecord.decision_id == DecisionRecord.id)
        .outerjoin(
            MeetingRecord,
            and_(
                DecisionRecord.meeting_id == MeetingRecord.id, MeetingRecord.posted_at.is_not(None)
            ),
        )
        .where(ResolutionRecord.estate_id == estate)
        .order_by(ResolutionRecord.published_at.desc(), ResolutionRecord.number)
    ).all()
    photos = files_of(session, [one.posted_file_id for one, _, _ in rows if one.posted_file_id])
    shown = {file.id: file for file in photos if file.shown}
    return place, tuple(_line(session, *row, shown) for row in rows)


def _line(
    session: Session,
    record: ResolutionRecord,
    assembly: UUID | None,
    minutes: UUID | None,
    shown: dict[UUID, FileRecord],
) -> PublicLine:
    election = record.matter == Matter.COMMITTEE
    file = shown.get(record.posted_file_id) if record.posted_file_id else None
    return PublicLine(
        number=record.number,
        title=record.title,
        body_zh=BODIES[record.body],
        passed=record.outcome == Outcome.PASSED.value,
        outcome_zh=Outcome(record.outcome).words,
        # Who stood for election is read in the result itself, not gathered in a list.
        winner="" if election else record.winner,
        counts=_whole(record.counts) if election else record.counts,
        published_at=record.published_at,
        challengeable_until=record.challengeable_until,
        posted_zh=_posted(record),
        photo=file.link() if file else None,
        state=record.state,
        state_zh=_state(session, record),
        assembly=assembly if record.body == ASSEMBLY else None,
        minutes=minutes,
    )


def _whole(counts: str) -> str:
    """Return how many took part, without who got how many."""
    head, found, _ = counts.partition("；")
    return f"{head}。" if found else counts


def _posted(record: ResolutionRecord) -> str:
    if record.posted_at is None:
        return ""
    return f"{day_text(record.posted_at)}张贴在{record.posted_place}"


def _state(session: Session, record: ResolutionRecord) -> str:
    """Say what became of a resolution, with the order or the resolution that changed it."""
    if record.state == STANDING or record.state_id is None:
        return STATES.get(record.state, "")
    order = session.get(OrderRecord, record.state_id)
    newer = session.get(ResolutionRecord, record.state_id)
    number = order.number if order else newer.number if newer else ""
    by = f"（{order.office} {number}）" if order else f"（{number}）" if number else ""
    return f"{STATES[record.state]}{by}"
