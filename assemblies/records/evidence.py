"""The evidence of one assembly, gathered from its tables: documents, log, papers, opened key."""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import (
    AssemblyRecord,
    AttachmentRecord,
    DocumentRecord,
    ItemRecord,
)
from assemblies.records.logs import LogEntryRecord, LogRecord
from voting import signing
from voting.bundle import Evidence


def evidence_of(session: Session, record: AssemblyRecord, keys: Keys) -> Evidence:
    """Return everything that bundles are made of; raises `WrongStep` before there is a result."""
    documents = documents_of(session, record.id)
    if record.log_id is None or "result.json" not in documents:
        raise WrongStep("计票之后才有存证包。")
    log = session.get_one(LogRecord, record.log_id)
    entries = session.execute(
        select(LogEntryRecord.data)
        .where(LogEntryRecord.log_id == log.id)
        .order_by(LogEntryRecord.index)
    ).scalars()
    return Evidence(
        agenda=documents["agenda.json"],
        roll=documents["roll.jsonl"],
        rules=documents["rules.json"],
        notice=documents["notice.json"],
        result=documents["result.json"],
        entries=tuple(entries),
        checkpoint=log.checkpoint,
        log=keys.log_signer(log.origin).verifier.vkey,
        attachments=attachments_of(session, record.id),
        opening_key=opened_key(record, keys),
    )


def documents_of(session: Session, assembly: UUID) -> dict[str, bytes]:
    """Return the frozen documents by name."""
    found = select(DocumentRecord.name, DocumentRecord.content).where(
        DocumentRecord.assembly_id == assembly
    )
    return {row.name: row.content for row in session.execute(found)}


def attachments_of(session: Session, assembly: UUID) -> dict[str, bytes]:
    """Return the papers of all items by their SHA-256."""
    found = (
        select(AttachmentRecord)
        .join(ItemRecord, AttachmentRecord.item_id == ItemRecord.id)
        .where(ItemRecord.assembly_id == assembly)
        .options(undefer(AttachmentRecord.content))
    )
    return {one.sha256: one.content for one in session.execute(found).scalars()}


def opened_key(record: AssemblyRecord, keys: Keys) -> EllipticCurvePrivateKey | None:
    """Return the opening key after the opening; none before."""
    if record.opened_key_sealed is None:
        return None
    return signing.from_pem(keys.opened(record.opened_key_sealed).encode())
