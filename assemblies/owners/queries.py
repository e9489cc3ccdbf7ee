"""Reads of the owner's door: the letter behind a code, and which facts its register can check."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import LetterNeeded
from assemblies.foundation.secrets import Keys
from assemblies.owners.facts import Fact, Kind, Known
from assemblies.records.assemblies import (
    AssemblyRecord,
    LetterRecord,
    VoterPersonRecord,
    VoterRecord,
)
from assemblies.records.premises import EstateRecord, PersonRecord
from voting.canonical import decode


@dataclass(frozen=True, slots=True)
class Found:
    """A letter found by its code; `void` once a newer one replaced it."""

    id: UUID
    void: bool


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is written outside a letter: which estate, which assembly, which home; never a name."""

    letter: UUID
    voter: UUID
    estate: str
    assembly: str
    home: str
    place: str
    contact: str
    closes: datetime | None


def by_code(session: Session, index: str) -> Found | None:
    """Return the letter whose code has this keyed fingerprint."""
    found = select(LetterRecord.id, LetterRecord.voided_at).where(LetterRecord.code_index == index)
    row = session.execute(found).one_or_none()
    return None if row is None else Found(row.id, row.voided_at is not None)


def envelope(session: Session, letter: UUID) -> Envelope:
    """Return what is written outside a letter; raises `LetterNeeded` if it is void or gone."""
    row = session.execute(_ENVELOPE.where(LetterRecord.id == letter)).one_or_none()
    if row is None:
        raise LetterNeeded
    if row.voided_at is not None:
        raise LetterNeeded("这封信已作废，请使用最新的一封。")
    return Envelope(
        letter=letter,
        voter=row.voter_id,
        estate=row.estate,
        assembly=row.title,
        home=row.label,
        place=row.place,
        contact=row.contact,
        closes=row.closes_at,
    )


_ENVELOPE = (
    select(
        LetterRecord.voter_id,
        LetterRecord.voided_at,
        VoterRecord.label,
        AssemblyRecord.title,
        AssemblyRecord.place,
        AssemblyRecord.contact,
        AssemblyRecord.closes_at,
        EstateRecord.name.label("estate"),
    )
    .join(VoterRecord, VoterRecord.id == LetterRecord.voter_id)
    .join(AssemblyRecord, AssemblyRecord.id == LetterRecord.assembly_id)
    .join(EstateRecord, EstateRecord.id == AssemblyRecord.estate_id)
)


def known_facts(session: Session, voter: UUID, keys: Keys) -> Known:
    """Return every fact by which one of a voter's owners can be recognised.

    The full name counts only where the register has neither a number nor a phone of any of them.
    """
    found = (
        select(PersonRecord)
        .join(VoterPersonRecord, VoterPersonRecord.person_id == PersonRecord.id)
        .where(VoterPersonRecord.voter_id == voter)
    )
    persons = list(session.execute(found).scalars())
    facts = [fact for person in persons for fact in _numbers(person, keys)]
    if not facts:
        facts = [Fact(Kind.NAME, person.name) for person in persons]
    return Known(tuple(facts))


def _numbers(person: PersonRecord, keys: Keys) -> list[Fact]:
    facts = []
    if person.id_last4:
        company = person.kind == "company"
        facts.append(Fact(Kind.CREDIT if company else Kind.ID, person.id_last4))
    if person.phones_sealed is not None:
        phones = decode(keys.opened(person.phones_sealed).encode())
        if isinstance(phones, list):
            facts += [Fact(Kind.PHONE, str(phone)[-4:]) for phone in phones]
    return facts
