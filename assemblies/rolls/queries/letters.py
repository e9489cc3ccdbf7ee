"""The letters: who has which, what they say, and the jobs that print them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import (
    AssemblyRecord,
    ItemRecord,
    LetterRecord,
    VoterRecord,
)
from assemblies.records.jobs import JobRecord
from assemblies.records.premises import (
    EstateRecord,
)


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A voter's letter in the list of letters."""

    voter: UUID
    label: str
    area: int
    serial: int
    issued_at: datetime | None


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What stands on every letter of an assembly."""

    estate: str
    assembly: str
    opens: datetime
    closes: datetime
    items: tuple[str, ...]
    place: str
    contact: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """How far a printing job is."""

    id: UUID
    state: str
    done: int
    total: int
    said: str
    output: str
    asked_at: datetime


def letters(session: Session, assembly: UUID, search: str = "") -> tuple[LetterLine, ...]:
    """Return the voters and their newest letter, in the roll's order, filtered by address."""
    newest = (
        select(LetterRecord.voter_id, func.max(LetterRecord.serial).label("serial"))
        .where(LetterRecord.assembly_id == assembly)
        .group_by(LetterRecord.voter_id)
        .subquery()
    )
    found = (
        select(VoterRecord, newest.c.serial, LetterRecord.issued_at)
        .outerjoin(newest, newest.c.voter_id == VoterRecord.id)
        .outerjoin(
            LetterRecord,
            (LetterRecord.voter_id == VoterRecord.id) & (LetterRecord.serial == newest.c.serial),
        )
        .where(VoterRecord.assembly_id == assembly)
        .order_by(VoterRecord.position)
    )
    if search:
        found = found.where(VoterRecord.label.contains(search, autoescape=True))
    return tuple(
        LetterLine(
            voter.id,
            voter.label,
            voter.area_dm2,
            0 if serial is None else serial,
            issued_at,
        )
        for voter, serial, issued_at in session.execute(found)
    )


def voters(session: Session, assembly: UUID) -> int:
    """Return how many voters there are, and so how many letters a whole set has."""
    found = select(func.count()).where(VoterRecord.assembly_id == assembly)
    return session.execute(found).scalar_one()


def letter(session: Session, assembly: UUID, voter: UUID) -> LetterLine:
    """Return one voter's newest letter; raises `NotFound`."""
    for line in letters(session, assembly):
        if line.voter == voter:
            return line
    raise NotFound


def letter_page(session: Session, assembly: UUID) -> LetterPage:
    """Return what every letter says; raises `NotFound` for an assembly without dates."""
    record = session.get(AssemblyRecord, assembly)
    if record is None or record.opens_at is None or record.closes_at is None:
        raise NotFound
    estate = session.get_one(EstateRecord, record.estate_id)
    return LetterPage(
        estate=estate.name,
        assembly=record.title,
        opens=record.opens_at,
        closes=record.closes_at,
        items=item_titles(session, assembly),
        place=record.place,
        contact=record.contact,
    )


def jobs(session: Session, assembly: UUID) -> tuple[JobLine, ...]:
    """Return the printing jobs of an assembly, newest first."""
    found = (
        select(JobRecord)
        .where(JobRecord.assembly_id == assembly, JobRecord.kind == "letters")
        .order_by(JobRecord.asked_at.desc())
    )
    return tuple(_job(one) for one in session.execute(found).scalars())


def job(session: Session, assembly: UUID, job_id: UUID) -> JobLine:
    """Return one job of an assembly; raises `NotFound`."""
    found = session.get(JobRecord, job_id)
    if found is None or found.assembly_id != assembly or found.kind != "letters":
        raise NotFound
    return _job(found)


def _job(one: JobRecord) -> JobLine:
    return JobLine(one.id, one.state, one.done, one.total, one.said, one.output, one.asked_at)


def item_titles(session: Session, assembly: UUID) -> tuple[str, ...]:
    """Return the titles of the items in order."""
    found = select(ItemRecord.title).where(ItemRecord.assembly_id == assembly)
    return tuple(session.execute(found.order_by(ItemRecord.number)).scalars())
