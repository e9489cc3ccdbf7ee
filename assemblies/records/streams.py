"""The two logs of a committee beside those of assemblies: its seals and its supervision."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.committees import CommitteeRecord, committee_of
from assemblies.records.premises import EstateRecord
from voting.canonical import Plain


class Stream(Enum):
    """Which log of a committee."""

    SEALS = "seals"
    SUPERVISION = "supervision"


def stream_of(
    session: Session, estate: UUID, stream: Stream, keys: Keys, *, now: datetime
) -> logs.LogRecord:
    """Return a log of an estate's committee, begun with its `created` entry; raises `NotFound`."""
    committee = committee_of(session, estate, now=now)
    known = _known(committee, stream)
    if known is not None:
        return session.get_one(logs.LogRecord, known)
    log = logs.create_log(session, stream.value, committee.id)
    body: dict[str, Plain] = {
        "committee": str(committee.id),
        "estate": session.get_one(EstateRecord, estate).name,
        "log": keys.log_signer(log.origin).verifier.vkey,
        "origin": log.origin,
        "stream": stream.value,
    }
    about = logs.About(token="created")  # noqa: S106 -- names the step, opens nothing
    logs.append(session, log.id, "created", body, keys, about, now=now)
    if stream is Stream.SEALS:
        committee.seal_log_id = log.id
    else:
        committee.supervision_log_id = log.id
    session.flush()
    return log


def entries_of(session: Session, estate: UUID, stream: Stream) -> list[logs.LogEntryRecord]:
    """Return all entries of a committee's log in order, none where it has not begun."""
    found = session.query(CommitteeRecord).filter_by(estate_id=estate).one_or_none()
    log = None if found is None else _known(found, stream)
    return [] if log is None else logs.entries(session, log)


def head_of(session: Session, estate: UUID, stream: Stream) -> logs.LogRecord:
    """Return the head of a committee's log; raises `NotFound` where it has not begun."""
    found = session.query(CommitteeRecord).filter_by(estate_id=estate).one_or_none()
    log = None if found is None else _known(found, stream)
    if log is None:
        raise NotFound("这个小区还没有这份记录。")
    return session.get_one(logs.LogRecord, log)


def _known(committee: CommitteeRecord, stream: Stream) -> UUID | None:
    return committee.seal_log_id if stream is Stream.SEALS else committee.supervision_log_id
