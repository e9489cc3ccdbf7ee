"""Who acts on which estate's committee, and how the room feeds the supervision record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.uploads import Upload, checked
from assemblies.records.files import FileRecord, keep
from assemblies.records.supervision import Happened, digest_of, tell


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; `facts` are its facts, or the digest of the paper that shows it."""

    kind: str
    said: str
    source: str
    facts: Mapping[str, Any] | str


def told(session: Session, acting: Acting, event: Event, *, now: datetime) -> None:
    """Tell the supervision record what happened."""
    digest = event.facts if isinstance(event.facts, str) else digest_of(event.facts)
    happened = Happened(event.kind, event.said, acting.by, event.source, digest)
    tell(session, acting.estate, happened, acting.keys, now=now)


def kept(
    session: Session, acting: Acting, upload: Upload | None, *, now: datetime
) -> FileRecord | None:
    """Keep a paper if there is one; raises `Incomplete` for what is no honest paper."""
    if upload is None:
        return None
    return keep(session, acting.estate, checked(upload), acting.by, now=now)
