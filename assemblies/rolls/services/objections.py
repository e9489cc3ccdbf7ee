"""Objections to the posted roll, and their answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import (
    AssemblyRecord,
    ObjectionRecord,
)
from voting.canonical import sha256_hex

LONGEST_OBJECTION = 2_000


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody finds wrong with the roll, and how to reach them."""

    text: str
    contact: str


def object_to_roll(
    session: Session, assembly: UUID, raised: Objection, keys: Keys, *, now: datetime
) -> UUID:
    """Record an objection to the posted roll; raises `WrongStep` once it is frozen."""
    record = _assembly(session, assembly)
    if record.phase != "posted" or record.log_id is None:
        raise WrongStep("名册不在公示期内，现在不能对名册提出异议。")
    text, contact = raised.text.strip(), raised.contact.strip()
    if not text or len(text) > LONGEST_OBJECTION:
        raise Incomplete(f"请写明异议内容，不超过 {LONGEST_OBJECTION} 字。")
    objection = ObjectionRecord(
        id=uuid4(),
        assembly_id=assembly,
        stage="roll",
        text=text,
        contact_sealed=keys.sealed(contact) if contact else None,
        raised_at=now,
    )
    session.add(objection)
    body = {"stage": "roll", "sha256": sha256_hex(objection.text.encode())}
    logs.append(session, record.log_id, "objection", body, keys, now=now)
    return objection.id


def answer(
    session: Session, assembly: UUID, objection: UUID, text: str, keys: Keys, *, now: datetime
) -> None:
    """Answer an objection to the roll, once; raises `NotFound`, `WrongStep` or `Incomplete`."""
    record = session.get(ObjectionRecord, objection)
    if record is None or record.assembly_id != assembly or record.stage != "roll":
        raise NotFound
    if record.answered_at is not None:
        raise WrongStep("这条异议已经答复过。")
    if not text.strip():
        raise Incomplete("请写明复核结果。")
    record.answer, record.answered_at = text.strip(), now
    log = _assembly(session, assembly).log_id
    if log is not None:
        body = {
            "objection": sha256_hex(record.text.encode()),
            "answer": sha256_hex(record.answer.encode()),
        }
        logs.append(session, log, "answered", body, keys, now=now)


def _assembly(session: Session, assembly: UUID) -> AssemblyRecord:
    record = session.get(AssemblyRecord, assembly)
    if record is None:
        raise NotFound
    return record
