"""The public lists of uses: what the next one will say, and those that were published."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.wording import day_text
from assemblies.records.committees import CommitteeRecord
from assemblies.records.files import FileRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from assemblies.records.seals import SIGNED, SealListRecord, SealRecord, SealUseRecord
from voting.law.citations import Citation

RULE = "seal_publication_months"


@dataclass(frozen=True, slots=True)
class ListLine:
    """One use as everybody may read it: no name of a private person."""

    number: str
    stamped: date
    seal: str
    title: str
    copies: int
    purpose: str
    receiver: str
    basis: str
    signed: str


@dataclass(frozen=True, slots=True)
class PublicList:
    """The uses of a period, and by which rule they are published."""

    estate: str
    committee: str
    since: date
    until: date
    lines: tuple[ListLine, ...]
    rule: str

    @property
    def title(self) -> str:
        """Return the paper's title: 印章使用情况公布（2026年3月1日至2026年9月1日）."""
        return f"印章使用情况公布（{day_text(self.since)}至{day_text(self.until)}）"


@dataclass(frozen=True, slots=True)
class Published:
    """A list that was published."""

    id: UUID
    since: date
    until: date
    uses: int
    at: datetime
    file: FileLink


def last_list(session: Session, committee: UUID) -> SealListRecord | None:
    """Return the list published last, None before the first."""
    found = (
        select(SealListRecord)
        .where(SealListRecord.committee_id == committee)
        .order_by(SealListRecord.published_at.desc())
        .limit(1)
    )
    return session.execute(found).scalar_one_or_none()


def next_list(session: Session, estate: UUID, *, now: datetime) -> PublicList:
    """Return what a list published now would say; raises `WrongStep` before there is a seal."""
    place = place_of(session, estate)
    committee = _committee(session, estate)
    begun = None if committee is None else _begun(session, committee.id)
    if committee is None or begun is None:
        raise WrongStep("还没有登记印章，没有用印情况可以公布。")
    last = last_list(session, committee.id)
    after = last.published_at if last else begun
    return PublicList(
        estate=place.name,
        committee=committee.name,
        since=in_china(after).date(),
        until=in_china(now).date(),
        lines=_lines(session, committee.id, after if last else None, now),
        rule=rule_of(session, estate, now=now),
    )


def rule_of(session: Session, estate: UUID, *, now: datetime) -> str:
    """Return how often uses are published, with its source; raises `NotFound`."""
    parameter = rules_for(session, estate, now=now).parameter(RULE)
    return f"{parameter.said_zh}（{Citation.shortly(parameter.law)}）"


def published(session: Session, estate: UUID) -> tuple[Published, ...]:
    """Return the lists that were published, the newest first."""
    committee = _committee(session, estate)
    if committee is None:
        return ()
    found = (
        select(SealListRecord, FileRecord)
        .join(FileRecord, SealListRecord.file_id == FileRecord.id)
        .where(SealListRecord.committee_id == committee.id)
        .order_by(SealListRecord.published_at.desc())
    )
    return tuple(
        Published(one.id, one.since, one.until, one.uses, one.published_at, file.link())
        for one, file in session.execute(found)
    )


def _committee(session: Session, estate: UUID) -> CommitteeRecord | None:
    found = select(CommitteeRecord).where(CommitteeRecord.estate_id == estate)
    return session.execute(found).scalar_one_or_none()


def _begun(session: Session, committee: UUID) -> datetime | None:
    found = (
        select(SealRecord.made_at)
        .where(SealRecord.committee_id == committee)
        .order_by(SealRecord.made_at)
        .limit(1)
    )
    return session.execute(found).scalar_one_or_none()


def _lines(
    session: Session, committee: UUID, after: datetime | None, now: datetime
) -> tuple[ListLine, ...]:
    found = (
        select(SealUseRecord, SealRecord, ResolutionRecord)
        .join(SealRecord, SealUseRecord.seal_id == SealRecord.id)
        .join(ResolutionRecord, SealUseRecord.basis_id == ResolutionRecord.id)
        .where(SealUseRecord.committee_id == committee, SealUseRecord.stamped_at <= now)
        .options(selectinload(SealUseRecord.signatures))
        .order_by(SealUseRecord.number)
    )
    if after is not None:
        found = found.where(SealUseRecord.stamped_at > after)
    return tuple(_line(*row) for row in session.execute(found))


def _line(use: SealUseRecord, seal: SealRecord, basis: ResolutionRecord) -> ListLine:
    stamped = use.stamped_at or use.applied_at
    return ListLine(
        number=use.number_zh,
        stamped=in_china(stamped).date(),
        seal=seal.name,
        title=use.title,
        copies=use.copies,
        purpose=use.purpose,
        receiver=use.receiver,
        basis=f"{basis.number}《{basis.title}》",
        signed=f"{len(use.members)} 名委员中 {len(use.answered(SIGNED))} 人同意",
    )
