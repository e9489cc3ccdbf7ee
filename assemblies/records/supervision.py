"""How the supervision record (监督纪实) is fed: one function, called where a thing happens.

Nobody types into the record and nobody can remove from it (DESIGN 11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.streams import Stream, stream_of
from voting.canonical import JSONObject, Plain, encode, sha256_hex
from voting.log import supervision
from voting.log.entries import Entry, Receipt


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened: its kind, one Chinese sentence, by whom, and from which source.

    `source` is a kind of record and its id, as in "assembly:…" or "seal-use:…"; `digest` is the
    SHA-256 of the document that shows it, or `digest_of` its facts.
    """

    kind: str
    said: str
    by: str
    source: str
    digest: str


def digest_of(facts: Mapping[str, Plain]) -> str:
    """Return the digest of facts in their canonical form (RFC 8785)."""
    return sha256_hex(encode(dict(facts)))


def tell(
    session: Session, estate: UUID, happened: Happened, keys: Keys, *, now: datetime
) -> Receipt:
    """Append what happened to the record of an estate's committee, in the caller's transaction.

    Raises `Malformed` for a kind outside the vocabulary, `NotFound` for no such estate.
    """
    body: dict[str, Plain] = {
        "by": happened.by,
        "digest": happened.digest,
        "said": happened.said,
        "source": happened.source,
    }
    supervision.require_shape(Entry(happened.kind, now, cast(JSONObject, body)))
    log = stream_of(session, estate, Stream.SUPERVISION, keys, now=now)
    subject = UUID(happened.source.rpartition(":")[2])
    about = logs.About(subject=subject)
    return logs.append(session, log.id, happened.kind, body, keys, about, now=now)


def tell_of_assembly(  # noqa: PLR0913 -- which assembly, what, by whom, shown by what, when
    session: Session,
    assembly: AssemblyRecord,
    step: str,
    by: str,
    digest: str,
    keys: Keys,
    *,
    now: datetime,
) -> None:
    """Tell of a step of an assembly; `step` is the kind of its own log's entry."""
    kind = f"assembly.{step}"
    said = f"{assembly.title}：{supervision.WORDS[kind]}"
    happened = Happened(kind, said, by, f"assembly:{assembly.id}", digest)
    tell(session, assembly.estate_id, happened, keys, now=now)
