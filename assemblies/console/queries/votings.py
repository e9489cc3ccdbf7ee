"""The assemblies under way, each with what its owners' turnout still misses."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.console.queries.tree import Estate
from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import Bar, area_bar, heads_bar
from assemblies.records.assemblies import AssemblyRecord, TurnoutRecord, VoterRecord
from assemblies.records.turnout import FRESH
from voting.law.majorities import Count
from voting.law.rules import compose

WORDS: Mapping[str, str] = {
    "draft": "起草中",
    "reviewed": "已报告，待公告",
    "posted": "公告期",
    "frozen": "名册已锁定，待开始",
    "closed": "已截止，待开票",
    "opened": "已开票，待计票",
    "counted": "初步结果公示中",
    "certified": "已核验，待公布",
}
OPEN_ZH = "投票进行中"
MOST_RECOUNTS = 5


@dataclass(frozen=True, slots=True)
class Voting:
    """An assembly under way; the bars are None until its roll is frozen and somebody counted."""

    id: UUID
    estate: UUID
    title: str
    phase: str
    words: str
    open: bool
    closes_at: datetime | None
    objections_until: datetime | None
    heads: Bar | None = None
    area: Bar | None = None
    counted_at: datetime | None = None

    @property
    def enough(self) -> bool:
        """Say whether both counts reached what must take part."""
        return bool(self.heads and self.area and self.heads.enough and self.area.enough)


def votings(
    session: Session, estates: Sequence[Estate], *, now: datetime
) -> dict[UUID, tuple[Voting, ...]]:
    """Return by estate the assemblies between their first draft and their publication."""
    records = _under_way(session, [one.id for one in estates])
    frozen = [one.id for one in records if one.frozen_at is not None]
    entitled, held = _entitled(session, frozen), _counted(session, frozen)
    found: dict[UUID, list[Voting]] = defaultdict(list)
    for one in records:
        found[one.estate_id].append(_voting(one, entitled, held, now))
    return {estate: tuple(several) for estate, several in found.items()}


def stale(session: Session, estates: Sequence[Estate], *, now: datetime) -> tuple[UUID, ...]:
    """Return a few assemblies that are open and whose turnout was not counted for a minute."""
    rows = session.execute(
        select(AssemblyRecord.id)
        .outerjoin(TurnoutRecord, TurnoutRecord.assembly_id == AssemblyRecord.id)
        .where(
            AssemblyRecord.estate_id.in_([one.id for one in estates]),
            AssemblyRecord.phase == "frozen",
            AssemblyRecord.opens_at <= now,
            (TurnoutRecord.counted_at.is_(None)) | (TurnoutRecord.counted_at <= now - FRESH),
        )
        .order_by(TurnoutRecord.counted_at.is_not(None), TurnoutRecord.counted_at)
        .limit(MOST_RECOUNTS)
    )
    return tuple(row.id for row in rows)


def _under_way(session: Session, estates: list[UUID]) -> Sequence[AssemblyRecord]:
    wanted = select(AssemblyRecord).where(
        AssemblyRecord.estate_id.in_(estates), AssemblyRecord.phase != "published"
    )
    return session.execute(wanted.order_by(AssemblyRecord.number)).scalars().all()


def _entitled(session: Session, assemblies: list[UUID]) -> dict[UUID, Count]:
    rows = session.execute(
        select(VoterRecord.assembly_id, func.count(), func.sum(VoterRecord.area_dm2))
        .where(VoterRecord.assembly_id.in_(assemblies))
        .group_by(VoterRecord.assembly_id)
    )
    return {assembly: Count(heads=heads, area=int(area)) for assembly, heads, area in rows}


def _counted(session: Session, assemblies: list[UUID]) -> dict[UUID, TurnoutRecord]:
    rows = session.execute(
        select(TurnoutRecord).where(TurnoutRecord.assembly_id.in_(assemblies))
    ).scalars()
    return {one.assembly_id: one for one in rows}


def _voting(
    record: AssemblyRecord,
    entitled: Mapping[UUID, Count],
    held: Mapping[UUID, TurnoutRecord],
    now: datetime,
) -> Voting:
    is_open = record.phase == "frozen" and bool(
        record.opens_at and record.closes_at and record.opens_at <= now < record.closes_at
    )
    ended = record.phase == "frozen" and bool(record.closes_at and record.closes_at <= now)
    whole, count = entitled.get(record.id), held.get(record.id)
    words = OPEN_ZH if is_open else WORDS["closed" if ended else record.phase]
    heads = area = None
    if whole is not None and count is not None:
        heads, area = _bars(record.pack, in_china(now).date(), count, whole)
    return Voting(
        record.id,
        record.estate_id,
        record.title,
        record.phase,
        words,
        is_open,
        record.closes_at,
        record.objections_until,
        heads,
        area,
        None if count is None else count.counted_at,
    )


def _bars(pack: str, on: date, count: TurnoutRecord, whole: Count) -> tuple[Bar, Bar]:
    """Draw both counts against what must take part (CC 278 para. 2)."""
    quorum = compose(pack, on=on).quorum()
    heads, area = quorum.heads, quorum.area
    return (
        heads_bar(
            "户数",
            count.heads,
            whole.heads,
            needed=heads.least(whole.heads),
            share=heads.share,
            strict=heads.strict,
        ),
        area_bar(
            "面积",
            count.area_dm2,
            whole.area,
            needed=area.least(whole.area),
            share=area.share,
            strict=area.strict,
        ),
    )
