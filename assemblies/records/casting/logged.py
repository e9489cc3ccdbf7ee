"""What the log holds of one voter: earlier ballots, their receipts, and which of them stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, join, outerjoin, select, union_all
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.logs import LogEntryRecord
from voting import signing
from voting.ballot import BALLOT_TYPE, Ballot, Channel
from voting.law.house import Revote
from voting.log.entries import Entry, Receipt
from voting.log.tree import HASH
from voting.result import Aside
from voting.tally import Cast, choose_standing

BALLOT = "ballot"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A ballot of the log with the receipt that was handed out for it; `name` is its nonce's."""

    index: int
    at: datetime
    name: str | None
    leaf: bytes
    receipt: Receipt

    @property
    def token(self) -> str:
        """Return the signed ballot."""
        return str(self.receipt.entry.body["token"])

    @property
    def channel(self) -> Channel:
        """Return the way it came. Its signature was checked before it was logged."""
        return Ballot.read(self.token, trusted=signing.claimed(self.token, typ=BALLOT_TYPE)).channel

    def says_what(self, token: str) -> bool:
        """Say whether `token` is the same statement by the same key.

        Header and payload are compared, never the signature: it is malleable.
        """
        return self.token.rpartition(".")[0] == token.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class State:
    """Where an assembly stands, and the ballots of one voter in the order of the log."""

    phase: str
    opens: datetime
    closes: datetime
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class States:
    """Where an assembly stands, and what its log holds of several voters."""

    phase: str
    opens: datetime
    closes: datetime
    rows: tuple[Any, ...]

    def of(self, voter: UUID, name: str = "") -> State:
        """Return the state for one voter, with the entry of this name, whosever it is."""
        mine = (row for row in self.rows if voter == row.subject or name == row.token)
        return State(self.phase, self.opens, self.closes, tuple(map(_earlier, mine)))


def state(session: Session, assembly: UUID, voter: UUID) -> State:
    """Return where the assembly stands and the voter's ballots; raises `NotFound`."""
    return states(session, assembly, {voter: ""}).of(voter)


def states(session: Session, assembly: UUID, names: Mapping[UUID, str]) -> States:
    """Return where the assembly stands, the ballots of voters, and the entries of these names.

    One statement: it runs under the lock of the log's head, for which every cast waits.
    Raises `NotFound`.
    """
    asked = {"assembly": assembly, "voters": list(names), "names": list(names.values())}
    rows: Sequence[Any] = session.execute(_STATES, asked).all()
    if not rows:
        raise NotFound
    entries = sorted((row for row in rows if row.at is not None), key=lambda row: row.place)
    return States(rows[0].phase, rows[0].opens_at, rows[0].closes_at, tuple(entries))


def standing(ballots: Sequence[Earlier], closes: datetime, revote: Revote) -> int | None:
    """Return the index of the ballot that counts as things are now, by the count's own rule."""
    casts = [
        Cast(one.index, _SOMEBODY, one.channel, {}, Aside.LATE if one.at >= closes else None)
        for one in ballots
    ]
    chosen, _ = choose_standing(casts, revote)
    return chosen[_SOMEBODY].index if chosen else None


_SOMEBODY = UUID(int=0)  # the ballots compared are all of one voter


def _earlier(row: Any) -> Earlier:
    steps = range(0, len(row.proof), HASH)
    proof = tuple(row.proof[at : at + HASH] for at in steps)
    receipt = Receipt(Entry.parse(row.data), row.place, proof, row.checkpoint)
    return Earlier(row.place, row.at, row.token, row.leaf_hash, receipt)


_ASSEMBLIES, _ENTRIES = AssemblyRecord.__table__, LogEntryRecord.__table__
_OF_THIS_LOG = and_(_ENTRIES.c.log_id == _ASSEMBLIES.c.log_id, _ENTRIES.c.kind == BALLOT)
_COLUMNS = (
    _ASSEMBLIES.c.phase,
    _ASSEMBLIES.c.opens_at,
    _ASSEMBLIES.c.closes_at,
    _ENTRIES.c.index.label("place"),
    _ENTRIES.c.at,
    _ENTRIES.c.subject,
    _ENTRIES.c.token,
    _ENTRIES.c.data,
    _ENTRIES.c.leaf_hash,
    _ENTRIES.c.proof,
    _ENTRIES.c.checkpoint,
)
_BY_VOTER = outerjoin(
    _ASSEMBLIES,
    _ENTRIES,
    and_(_OF_THIS_LOG, _ENTRIES.c.subject.in_(bindparam("voters", expanding=True))),
)
_BY_NAME = join(
    _ASSEMBLIES,
    _ENTRIES,
    and_(
        _OF_THIS_LOG,
        _ENTRIES.c.token.in_(bindparam("names", expanding=True)),
        _ENTRIES.c.subject.not_in(bindparam("voters", expanding=True)),
    ),
)
_THIS_ASSEMBLY = _ASSEMBLIES.c.id == bindparam("assembly")
# Tables and not records, and each half by its own index: with one OR, SQLite reads the whole log.
_STATES = union_all(
    select(*_COLUMNS).select_from(_BY_VOTER).where(_THIS_ASSEMBLY),
    select(*_COLUMNS).select_from(_BY_NAME).where(_THIS_ASSEMBLY),
)
