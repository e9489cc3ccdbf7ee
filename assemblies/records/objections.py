"""Objections to a posted roll or result, and their answers: kept, and hashed into the log.

The log holds digests only: an objection may name people.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, TooManyAttempts, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import AssemblyRecord, ObjectionRecord
from assemblies.records.attempts import hit
from voting.canonical import sha256_hex
from voting.log import kinds

LONGEST = 2_000
A_DAY = timedelta(days=1)
# Anybody may object without signing in, so nobody may bury the convener under objections.
PER_ADDRESS, PER_ASSEMBLY = 5, 200


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody finds wrong, how to reach them, and the network address it came from."""

    text: str
    contact: str = ""
    address: str = ""


def record_objection(
    session: Session,
    assembly: AssemblyRecord,
    stage: str,
    raised: Objection,
    keys: Keys,
    *,
    now: datetime,
) -> UUID:
    """Keep an objection and log its digest; raises `Incomplete` or `TooManyAttempts`."""
    text, contact = raised.text.strip(), raised.contact.strip()
    if not text or len(text) > LONGEST:
        raise Incomplete(f"请写明异议内容，不超过 {LONGEST} 字。")
    _require_modest(session, assembly.id, raised.address, now)
    objection = ObjectionRecord(
        id=uuid4(),
        assembly_id=assembly.id,
        stage=stage,
        text=text,
        contact_sealed=keys.sealed(contact) if contact else None,
        raised_at=now,
    )
    session.add(objection)
    body = {"stage": stage, "sha256": sha256_hex(text.encode())}
    logs.append(session, _log(assembly), kinds.OBJECTION, body, keys, now=now)
    return objection.id


def record_answer(  # noqa: PLR0913 -- whose answer, to what, in which words, when
    session: Session,
    assembly: AssemblyRecord,
    stage: str,
    objection: UUID,
    text: str,
    keys: Keys,
    *,
    now: datetime,
) -> None:
    """Answer an objection once and log it; raises `NotFound`, `WrongStep` or `Incomplete`."""
    record = session.get(ObjectionRecord, objection)
    if record is None or (record.assembly_id, record.stage) != (assembly.id, stage):
        raise NotFound
    if record.answered_at is not None:
        raise WrongStep("这条异议已经答复过。")
    if not text.strip() or len(text) > LONGEST:
        raise Incomplete("请写明复核结果。")
    record.answer, record.answered_at = text.strip(), now
    body = {
        "objection": sha256_hex(record.text.encode()),
        "answer": sha256_hex(record.answer.encode()),
    }
    logs.append(session, _log(assembly), kinds.ANSWERED, body, keys, now=now)


def _require_modest(session: Session, assembly: UUID, address: str, now: datetime) -> None:
    """Count only what was kept: a refusal rolls its own count back."""
    keys = ((f"objection:{address}", PER_ADDRESS), (f"objections:{assembly}", PER_ASSEMBLY))
    for key, limit in keys:
        if not hit(session, key, limit=limit, window=A_DAY, now=now):
            raise TooManyAttempts("今天提交的异议已经很多了。请明天再来，或直接联系会议筹办人。")


def _log(assembly: AssemblyRecord) -> UUID:
    if assembly.log_id is None:
        raise WrongStep("会议公告尚未发布。")
    return assembly.log_id
