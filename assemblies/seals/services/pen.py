"""The pen that writes into an estate's seal log: the log first, then the tables that show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.committees import CommitteeRecord, committee_of
from assemblies.records.rules import rules_for
from assemblies.records.seals import SealRecord, SealUseRecord
from assemblies.records.streams import Stream, stream_of
from assemblies.records.supervision import Happened, tell
from voting.canonical import Plain
from voting.law.rules import Rules
from voting.log import seals
from voting.log.entries import Entry, Receipt


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts for an estate: their account, name with roles, and whether they run the committee.

    `keys` sign what they enter into the log.
    """

    estate: UUID
    account: UUID
    said: str
    keys: Keys
    runs: bool = False


@dataclass(frozen=True, slots=True)
class Pen:
    """An estate's seal log, its head locked until the transaction ends."""

    session: Session
    estate: UUID
    committee: CommitteeRecord
    log: UUID
    keys: Keys
    now: datetime

    @property
    def today(self) -> date:
        """Return the day in China."""
        return in_china(self.now).date()

    @property
    def rules(self) -> Rules:
        """Return the rules in force for the estate today."""
        return rules_for(self.session, self.estate, now=self.now)

    def write(self, kind: str, body: Mapping[str, Plain], subject: UUID) -> Receipt:
        """Append an entry about a seal or a use; raises `Malformed` for a body of another shape."""
        seals.require_shape(Entry(kind, self.now, dict(body)))  # type: ignore[arg-type]
        about = logs.About(subject=subject)
        return logs.append(self.session, self.log, kind, body, self.keys, about, now=self.now)

    def tell(self, kind: str, said: str, by: str, source: str, digest: str) -> None:
        """Tell the supervision record what happened."""
        happened = Happened(kind, said, by, source, digest)
        tell(self.session, self.estate, happened, self.keys, now=self.now)

    def seal(self, seal: UUID) -> SealRecord:
        """Return a seal of this committee; raises `NotFound`."""
        found = self.session.get(SealRecord, seal)
        if found is None or found.committee_id != self.committee.id:
            raise NotFound("没有这枚印章。")
        return found

    def use(self, use: UUID) -> SealUseRecord:
        """Return a use of this committee; raises `NotFound`."""
        found = self.session.get(SealUseRecord, use)
        if found is None or found.committee_id != self.committee.id:
            raise NotFound("没有这次用印。")
        return found


def pen_of(session: Session, actor: Actor, *, now: datetime) -> Pen:
    """Take an estate's seal log in hand, locked before anything is read; raises `NotFound`."""
    log = stream_of(session, actor.estate, Stream.SEALS, actor.keys, now=now)
    logs.lock(session, log.id)
    committee = committee_of(session, actor.estate, now=now)
    return Pen(session, actor.estate, committee, log.id, actor.keys, now)
