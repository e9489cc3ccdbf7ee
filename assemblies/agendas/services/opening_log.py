"""Begin the log of an assembly with its first entry, once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.premises import EstateRecord
from voting.canonical import Plain
from voting.signing import PublicKey


def log_of(session: Session, record: AssemblyRecord, keys: Keys, *, now: datetime) -> UUID:
    """Return the log of an assembly, begun with its `created` entry if there is none yet."""
    if record.log_id is not None:
        return record.log_id
    log = logs.create_log(session, "assembly", record.id)
    record.log_id = log.id
    body: dict[str, Plain] = {
        "assembly": str(record.id),
        "estate": session.get_one(EstateRecord, record.estate_id).name,
        "log": keys.log_signer(log.origin).verifier.vkey,
        "origin": log.origin,
        "registrar": PublicKey.of(keys.registrar).jwk(),
    }
    about = logs.About(token="created")  # noqa: S106 -- names the step, opens nothing
    logs.append(session, log.id, "created", body, keys, about, now=now)
    return log.id
