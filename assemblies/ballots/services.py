"""Verbs of the ballots room: enrol a phone's key, check a ballot, log it once.

A ballot is checked outside the write transaction and logged inside it, because every cast of an
assembly waits for the lock of the log's head.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.ballots.queries.holders import Holder, devices, holder
from assemblies.ballots.queries.logged import BALLOT, Earlier, state
from assemblies.ballots.refusals import (
    AlreadyOpened,
    KeyTaken,
    NonceTaken,
    NotOpenYet,
    NotYourBallot,
    TooManyDevices,
    VotingOver,
)
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import CredentialRecord
from voting import sealing
from voting.ballot import Ballot, Channel, Credential
from voting.errors import BrokenChain, Malformed
from voting.log.entries import Receipt
from voting.signing import PublicKey

DEVICES_PER_VOTER = 10


@dataclass(frozen=True, slots=True)
class Device:
    """A key that may sign for a voter, and what its next ballot must follow."""

    token: str
    counter: int
    previous: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A ballot whose signature, voter, papers and seal are in order."""

    holder: Holder
    ballot: Ballot
    token: str

    @property
    def name(self) -> str:
        """Return the name by which the log recognises a retry."""
        return f"ballot:{self.ballot.nonce}"


@dataclass(frozen=True, slots=True)
class Logged:
    """A ballot in the log; `late` ones are kept there and never counted."""

    receipt: Receipt
    late: bool


def enrol(
    session: Session, letter: UUID, key: PublicKey, assurance: str, keys: Keys, *, now: datetime
) -> Device:
    """Let a phone's key sign for the voter of a letter; a key that may already is returned.

    Raises `NotOpenYet`, `VotingOver`, `TooManyDevices`, `KeyTaken`.
    """
    held = holder(session, letter)
    logs.lock(session, held.log)
    thumbprint = key.thumbprint
    known = session.execute(
        select(CredentialRecord.voter_id, CredentialRecord.token).where(
            CredentialRecord.assembly_id == held.assembly, CredentialRecord.thumbprint == thumbprint
        )
    ).one_or_none()
    if known is None:
        return Device(_credential(session, held, thumbprint, assurance, keys, now), 1, None)
    if known.voter_id != held.voter:
        raise KeyTaken
    earlier = state(session, held.assembly, held.voter).earlier
    return Device(known.token, *_next(earlier, devices(session, held.voter), thumbprint))


def check(session: Session, letter: UUID, token: str) -> Checked:
    """Check everything about a ballot that does not depend on its place in the log.

    Raises `LetterNeeded`, `Malformed`, `UntrustedKey` for a key without a credential of this
    voter, `BadSignature`, `NotYourBallot`, and `WrongAssembly` for other frozen documents.
    """
    held = holder(session, letter)
    ballot = Ballot.read(token, trusted=held.devices)
    if ballot.voter != held.voter:
        raise NotYourBallot
    if ballot.channel is not Channel.PHONE:
        raise Malformed("a phone's ballot comes by the phone")
    ballot.require_bound(held.bound)
    if sealing.recipient(ballot.sealed) != held.opening.thumbprint:
        raise Malformed("sealed to another key than the opening key")
    return Checked(held, ballot, token)


def cast(session: Session, checked: Checked, keys: Keys, *, now: datetime) -> Logged:
    """Log a checked ballot, once: a repeated one gets the receipt of the first time.

    Raises `NonceTaken` for another ballot under a nonce, `BrokenChain`, `NotOpenYet`, and
    `AlreadyOpened`; between closing and opening a ballot is logged as late.
    """
    held = checked.holder
    head = logs.lock(session, held.log)
    present = state(session, held.assembly, held.voter, checked.name)
    for one in present.earlier:
        if one.name == checked.name:
            if not one.says_what(checked.token):
                raise NonceTaken
            return Logged(one.receipt, late=one.at >= present.closes)
    _require_receivable(present.phase, present.opens, now)
    _require_chain(checked, present.earlier)
    about = logs.About(subject=held.voter, token=checked.name)
    receipt = logs.extend(session, head, BALLOT, {"token": checked.token}, keys, about, now=now)
    return Logged(receipt, late=now >= present.closes)


def _require_receivable(phase: str, opens: datetime, now: datetime) -> None:
    if phase not in {"frozen", "closed"}:
        raise AlreadyOpened
    if now < opens:
        raise NotOpenYet


def _require_chain(checked: Checked, earlier: tuple[Earlier, ...]) -> None:
    """Refuse a ballot that does not follow the last one its key signed for this voter."""
    ballot = checked.ballot
    counter, previous = _next(earlier, checked.holder.devices, ballot.key)
    if (ballot.counter, ballot.previous) != (counter, previous):
        raise BrokenChain(f"expected ballot {counter} of this key")


def _next(
    earlier: tuple[Earlier, ...], devices: frozenset[str], key: str
) -> tuple[int, str | None]:
    """Return counter and predecessor of the next ballot of a key."""
    ballots = [Ballot.read(one.token, trusted=devices) for one in earlier]
    mine = [ballot for ballot in ballots if ballot.key == key]
    return (mine[-1].counter + 1, mine[-1].identity) if mine else (1, None)


def _credential(
    session: Session, held: Holder, thumbprint: str, assurance: str, keys: Keys, now: datetime
) -> str:
    if now < held.opens:
        raise NotOpenYet
    if held.phase != "frozen" or now >= held.closes:
        raise VotingOver
    if len(devices(session, held.voter)) >= DEVICES_PER_VOTER:
        raise TooManyDevices
    credential = Credential(held.assembly, held.voter, thumbprint, assurance, now)
    token = credential.sign(keys.registrar)
    session.add(
        CredentialRecord(
            id=uuid4(),
            assembly_id=held.assembly,
            voter_id=held.voter,
            thumbprint=thumbprint,
            assurance=assurance,
            token=token,
            issued_at=now,
        )
    )
    about = logs.About(subject=held.voter, token=f"credential:{thumbprint}")
    logs.append(session, held.log, "credential", {"token": token}, keys, about, now=now)
    return token
