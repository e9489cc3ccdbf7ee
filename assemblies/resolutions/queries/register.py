"""Reads of the register of resolutions: its lines, searched and filtered, with their duties."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.pictures import Option
from assemblies.foundation.wording import day_text
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.duties import DutyRecord, is_late
from assemblies.records.meetings import DecisionRecord, MeetingRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ASSEMBLY, STANDING, ResolutionRecord
from voting.law.matters import Matter
from voting.result import Outcome

__all__ = ["Line", "Search", "line", "lines", "place_of", "why_not", "years"]
BODIES = {"assembly": "业主大会", "committee": "业委会"}
STATE_WORDS = {
    "standing": "有效",
    "superseded": "已被新的决定取代",
    "corrected": "已责令改正",
    "revoked": "已撤销",
}


@dataclass(frozen=True, slots=True)
class Search:
    """What the register is searched for; "" asks for everything."""

    words: str = ""
    body: str = ""
    outcome: str = ""
    matter: str = ""
    state: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One resolution as the register shows it."""

    id: UUID
    number: str
    title: str
    body: str
    matter: int
    meeting: str
    meeting_id: UUID | None
    outcome: str
    winner: str
    counts: str
    published_at: datetime
    challengeable_until: datetime
    posted_at: datetime | None
    posted_place: str
    state: str
    state_note: str
    state_at: datetime | None
    open: int
    late: int

    @property
    def passed(self) -> bool:
        """Say whether it was adopted."""
        return self.outcome == Outcome.PASSED.value

    @property
    def outcome_zh(self) -> str:
        """Return the outcome as people say it."""
        return Outcome(self.outcome).words

    @property
    def body_zh(self) -> str:
        """Return who decided."""
        return BODIES[self.body]

    @property
    def matter_zh(self) -> str:
        """Return the matter of CC 278, "" for a committee's decision."""
        return Matter(self.matter).zh if self.matter else ""

    @property
    def state_zh(self) -> str:
        """Return whether it still stands; a motion that failed has nothing that could stand."""
        if self.state == "standing" and not self.passed:
            return "未形成决定"
        return STATE_WORDS[self.state]

    @property
    def duties_zh(self) -> str:
        """Say how many things are still to do, and how many of them are late."""
        if self.state != "standing":
            return "不再要求办理"
        if not self.open:
            return "没有待办事项"
        late = f"，其中 {self.late} 项逾期" if self.late else ""
        return f"还有 {self.open} 项待办{late}"

    @property
    def posted_zh(self) -> str:
        """Say when and where it was posted."""
        if self.posted_at is None:
            return "还没有登记张贴"
        return f"{day_text(self.posted_at)}，{self.posted_place}"


def lines(session: Session, estate: UUID, search: Search, *, now: datetime) -> tuple[Line, ...]:
    """Return an estate's resolutions that a search finds, newest first."""
    found = _filtered(_joined().where(ResolutionRecord.estate_id == estate), search)
    order = (ResolutionRecord.published_at.desc(), ResolutionRecord.number)
    return _lines(session, session.execute(found.order_by(*order)).all(), now)


def line(session: Session, resolution: UUID, *, now: datetime) -> Line | None:
    """Return one resolution as the register shows it, None for no such."""
    rows = session.execute(_joined().where(ResolutionRecord.id == resolution)).all()
    return next(iter(_lines(session, rows, now)), None)


def years(session: Session, estate: UUID) -> tuple[Option, ...]:
    """Return the years in which an estate decided something, newest first."""
    found = select(ResolutionRecord.published_at).where(ResolutionRecord.estate_id == estate)
    held = {in_china(one).year for one in session.execute(found).scalars()}
    return tuple(Option(str(year), f"{year} 年") for year in sorted(held, reverse=True))


def _joined() -> Any:
    return (
        select(ResolutionRecord, AssemblyRecord, MeetingRecord)
        .outerjoin(ItemRecord, ResolutionRecord.item_id == ItemRecord.id)
        .outerjoin(AssemblyRecord, ItemRecord.assembly_id == AssemblyRecord.id)
        .outerjoin(DecisionRecord, ResolutionRecord.decision_id == DecisionRecord.id)
        .outerjoin(MeetingRecord, DecisionRecord.meeting_id == MeetingRecord.id)
    )


def _filtered(found: Any, search: Search) -> Any:
    record = ResolutionRecord
    if search.words:
        held = (record.title, record.number, record.winner, record.counts)
        found = found.where(or_(*(one.contains(search.words, autoescape=True) for one in held)))
    if search.body:
        found = found.where(record.body == search.body)
    if search.outcome:
        passed = record.outcome == Outcome.PASSED.value
        found = found.where(passed if search.outcome == "passed" else ~passed)
    if search.matter.isascii() and search.matter.isdecimal():
        found = found.where(record.matter == int(search.matter[:2]))
    if search.state:
        found = found.where(record.state == search.state)
    if search.state == STANDING:  # what failed has nothing that could stand
        found = found.where(record.outcome == Outcome.PASSED.value)
    if search.year.isascii() and search.year.isdecimal() and len(search.year) == 4:  # noqa: PLR2004
        since, until = _new_year(int(search.year)), _new_year(int(search.year) + 1)
        found = found.where(record.published_at >= since, record.published_at < until)
    return found


def _new_year(year: int) -> datetime:
    return datetime(min(max(year, 1990), 2990), 1, 1, tzinfo=CHINA)


def _lines(session: Session, rows: Sequence[Any], now: datetime) -> tuple[Line, ...]:
    open_by, late_by = _duties(session, (record.id for record, _, _ in rows), now)
    return tuple(
        _line(
            record,
            assembly or meeting,
            open_by.get(record.id, 0),
            late_by.get(record.id, 0),
        )
        for record, assembly, meeting in rows
    )


def _duties(
    session: Session, ids: Iterable[UUID], now: datetime
) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Count the open and the late duties of resolutions."""
    found = select(DutyRecord).where(
        DutyRecord.source_id.in_(list(ids)),
        DutyRecord.done_at.is_(None),
        DutyRecord.void_at.is_(None),
    )
    open_by: dict[UUID, int] = {}
    late_by: dict[UUID, int] = {}
    for duty in session.execute(found).scalars():
        open_by[duty.source_id] = open_by.get(duty.source_id, 0) + 1
        if is_late(duty, now):
            late_by[duty.source_id] = late_by.get(duty.source_id, 0) + 1
    return open_by, late_by


def _line(
    record: ResolutionRecord,
    held: AssemblyRecord | MeetingRecord | None,
    undone: int,
    late: int,
) -> Line:
    return Line(
        id=record.id,
        number=record.number,
        title=record.title,
        body=record.body,
        matter=record.matter,
        meeting=held.title if held else "",
        meeting_id=held.id if held else None,
        outcome=record.outcome,
        winner=record.winner,
        counts=record.counts,
        published_at=record.published_at,
        challengeable_until=record.challengeable_until,
        posted_at=record.posted_at,
        posted_place=record.posted_place,
        state=record.state,
        state_note=record.state_note,
        state_at=record.state_at,
        open=undone,
        late=late,
    )


def why_not(old: ResolutionRecord, new: ResolutionRecord) -> str:
    """Say why a resolution cannot replace another, "" where it can.

    Two that replaced each other would need each to be newer and still to stand; neither can.
    """
    passed = Outcome.PASSED.value
    reasons = (
        (old.id == new.id, "决定不能取代它自己。"),
        (old.outcome != passed, "没有通过的事项没有形成决定，谈不上被取代。"),
        (old.state != STANDING, "这项决定已经不再有效，不用再取代。"),
        (new.outcome != passed, "没有通过的事项不能取代已有的决定。"),
        (new.state != STANDING, "那项决定自己已经不再有效，不能取代别的决定。"),
        (new.published_at <= old.published_at, "只有更晚作出的决定才能取代先前的决定。"),
        (
            old.body == ASSEMBLY and new.body != ASSEMBLY,
            "业主大会的决定，业委会不能用自己的决定取代。",
        ),
        (
            old.body == new.body and old.matter != new.matter,
            "两项决定不是同一类事项，不能互相取代。",
        ),
    )
    return next((said for broken, said in reasons if broken), "")
