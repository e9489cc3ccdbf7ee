"""Objections to the posted roll, and their answers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.objections import Objection, record_answer, record_objection

__all__ = ["Objection", "answer", "object_to_roll"]
STAGE = "roll"


def object_to_roll(
    session: Session, assembly: UUID, raised: Objection, keys: Keys, *, now: datetime
) -> UUID:
    """Record an objection to the posted roll; raises `WrongStep` once it is frozen. SD 22."""
    record = _assembly(session, assembly)
    if record.phase != "posted":
        raise WrongStep("名册不在公示期内，现在不能对名册提出异议。")
    return record_objection(session, record, STAGE, raised, keys, now=now)


def answer(
    session: Session, assembly: UUID, objection: UUID, text: str, keys: Keys, *, now: datetime
) -> None:
    """Answer an objection to the roll, once; raises `NotFound`, `WrongStep` or `Incomplete`."""
    record = _assembly(session, assembly)
    record_answer(session, record, STAGE, objection, text, keys, now=now)


def _assembly(session: Session, assembly: UUID) -> AssemblyRecord:
    record = session.get(AssemblyRecord, assembly)
    if record is None:
        raise NotFound
    return record
