"""How keys are enrolled and ballots logged, for the phone and for the desk alike.

A ballot is checked outside the write transaction and logged inside it, because every cast of an
assembly waits for the lock of the log's head.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import CredentialRecord
from assemblies.records.casting.holders import Holder, devices
from assemblies.records.casting.logged import BALLOT, Earlier, State, States, state, states
from assemblies.records.casting.refusals import (
    AlreadyOpened,
    KeyTaken,
    NonceTaken,
    NotOpenYet,
    NotYourBallot,
    TooManyDevices,
    TooManyPapers,
    VotingOver,
    WrongChannel,
)
from voting import sealing, signing
from voting.ballot import BALLOT_TYPE, Ballot, Channel, Credential, channel_of
from voting.errors import BrokenChain, Malformed, UntrustedKey, VotingError
from voting.log.entries import Receipt

KEYS_PER_VOTER = 10


@dataclass(frozen=True, slots=True)
class Device:
    """A key that may sign for a voter, and what its next ballot must follow."""

    token: str
    counter: int
    previous: str | None


@dataclass(frozen=True, slots=True)
class Presented:
    """A ballot whose signature is by the key it names, and whom it is sealed to."""

    ballot: Ballot
    token: str
    sealed_to: str

    @property
    def name(self) -> str:
        """Return the name by which the log recognises a retry."""
        return f"ballot:{self.ballot.nonce}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A ballot and the voter on whose letter or paper it comes."""

    held: Holder
    presented: Presented


@dataclass(frozen=True, slots=True)
class Logged:
    """A ballot in the log; `late` ones are kept there and never counted."""

    receipt: Receipt
    late: bool


def enrol(
    session: Session, held: Holder, thumbprint: str, assurance: str, keys: Keys, *, now: datetime
) -> Device:
    """Let a key sign for a voter on the channel of its assurance; one that may already is returned.

    Raises `NotOpenYet`, `VotingOver` for a phone after closing, `AlreadyOpened` for a paper after
    the opening, `TooManyDevices`, `TooManyPapers`, `KeyTaken`.
    """
    logs.lock(session, held.log)
    known = session.execute(
        select(CredentialRecord.voter_id, CredentialRecord.token).where(
            CredentialRecord.assembly_id == held.assembly, CredentialRecord.thumbprint == thumbprint
        )
    ).one_or_none()
    if known is None:
        _require_room(session, held, channel_of(assurance), now)
        return Device(_credential(session, held, thumbprint, assurance, keys, now), 1, None)
    if known.voter_id != held.voter:
        raise KeyTaken
    earlier = state(session, held.assembly, held.voter).earlier
    return Device(known.token, *_next(earlier, devices(session, held.voter), thumbprint))


def present(token: str, channel: Channel) -> Presented:
    """Check all of a ballot that needs no table: form, signature and seal.

    Raises `Malformed`, `NotCanonical` or `BadSignature`. It takes half of the work of a cast and
    is done before the write transaction, because every cast waits for the lock of the log's head.
    """
    ballot = Ballot.read(token, trusted=signing.claimed(token, typ=BALLOT_TYPE))
    if ballot.channel is not channel:
        raise Malformed(f"a ballot of the channel {channel.value} is asked for here")
    return Presented(ballot, token, sealing.recipient(ballot.sealed))


def cast(
    session: Session,
    held: Holder,
    head: logs.Head,
    presented: Presented,
    keys: Keys,
    *,
    now: datetime,
) -> Logged:
    """Log a voter's ballot under the locked head, once: a repeated one gets its first receipt.

    Raises `NotYourBallot`, `UntrustedKey` for a key without a credential of this voter,
    `WrongChannel` for a key of the other channel, `WrongAssembly` for other frozen documents,
    `Malformed` when sealed to another key, `NonceTaken` for another ballot under a nonce,
    `BrokenChain`, `NotOpenYet`, `AlreadyOpened`; between closing and opening it is logged as late.
    """
    [answer] = cast_all(session, head, [Asked(held, presented)], keys, now=now)
    if isinstance(answer, VotingError):
        raise answer
    return answer


def cast_all(
    session: Session, head: logs.Head, asked: Sequence[Asked], keys: Keys, *, now: datetime
) -> list[Logged | VotingError]:
    """Log ballots of one assembly under its locked head; say of each what `cast` would.

    A voter or a name that comes twice is looked at again after the first was logged.
    """
    answers: dict[int, Logged | VotingError] = {}
    while len(answers) < len(asked):
        turn = _different(asked, answers)
        first = asked[turn[0]].held.assembly
        names = {asked[place].held.voter: asked[place].presented.name for place in turn}
        current = states(session, first, names)
        checked = [_checked(asked[place], current, now) for place in turn]
        drafts = [_draft(one) for one in checked if isinstance(one, Asked)]
        head, receipts = logs.extend_all(session, head, drafts, keys, now=now)
        logged = iter(receipts)
        for place, one in zip(turn, checked, strict=True):
            if isinstance(one, Asked):
                answers[place] = Logged(next(logged), late=now >= current.closes)
            else:
                answers[place] = one
    return [answers[place] for place in range(len(asked))]


def _different(asked: Sequence[Asked], answered: Collection[int]) -> list[int]:
    """Return the places of those not answered yet, every voter and every name once."""
    voters: set[UUID] = set()
    names: set[str] = set()
    places = []
    for place, one in enumerate(asked):
        voter, name = one.held.voter, one.presented.name
        if place not in answered and voter not in voters and name not in names:
            places.append(place)
            voters.add(voter)
            names.add(name)
    return places


def _checked(one: Asked, states: States, now: datetime) -> Asked | Logged | VotingError:
    """Return what is to be logged as it came, or the answer to it."""
    try:
        _require_own(one.presented, one.held)
        current = states.of(one.held.voter, one.presented.name)
        repeated = _repeated(one.presented, current)
        if repeated is None:
            _require_receivable(current.phase, current.opens, now)
            _require_chain(one.presented.ballot, one.held, current.earlier)
    except VotingError as refusal:
        return refusal
    return repeated or one


def _repeated(presented: Presented, current: State) -> Logged | None:
    for one in current.earlier:
        if one.name == presented.name:
            if not one.says_what(presented.token):
                raise NonceTaken
            return Logged(one.receipt, late=one.at >= current.closes)
    return None


def _draft(one: Asked) -> logs.Draft:
    about = logs.About(subject=one.held.voter, token=one.presented.name)
    return logs.Draft(BALLOT, {"token": one.presented.token}, about)


def _require_own(presented: Presented, held: Holder) -> None:
    """Refuse a ballot of another voter, key, channel, assembly or seal than the holder's."""
    ballot = presented.ballot
    if ballot.key not in held.devices:
        raise UntrustedKey(f"key {ballot.key} has no credential of voter {held.voter}")
    if ballot.voter != held.voter:
        raise NotYourBallot
    if ballot.channel is not held.devices[ballot.key]:
        raise WrongChannel
    ballot.require_bound(held.bound)
    if presented.sealed_to != held.opening.thumbprint:
        raise Malformed("sealed to another key than the opening key")


def _require_receivable(phase: str, opens: datetime, now: datetime) -> None:
    if phase not in {"frozen", "closed"}:
        raise AlreadyOpened
    if now < opens:
        raise NotOpenYet


def _require_chain(ballot: Ballot, held: Holder, earlier: tuple[Earlier, ...]) -> None:
    """Refuse a ballot that does not follow its key's last, and a paper's key that signs again."""
    if ballot.channel is Channel.PAPER and ballot.counter != 1:
        raise BrokenChain("a paper's key signs once")
    if (ballot.counter, ballot.previous) != _next(earlier, held.devices, ballot.key):
        raise BrokenChain(f"ballot {ballot.counter} does not follow this key's last")


def _next(
    earlier: tuple[Earlier, ...], trusted: Collection[str], key: str
) -> tuple[int, str | None]:
    """Return counter and predecessor of the next ballot of a key."""
    ballots = [Ballot.read(one.token, trusted=trusted) for one in earlier]
    mine = [ballot for ballot in ballots if ballot.key == key]
    return (mine[-1].counter + 1, mine[-1].identity) if mine else (1, None)


def _require_room(session: Session, held: Holder, channel: Channel, now: datetime) -> None:
    """Refuse a new key at the wrong time, or beyond what one voter can need."""
    if now < held.opens:
        raise NotOpenYet
    paper = channel is Channel.PAPER
    if paper and held.phase not in {"frozen", "closed"}:
        raise AlreadyOpened
    if not paper and (held.phase != "frozen" or now >= held.closes):
        raise VotingOver
    if list(devices(session, held.voter).values()).count(channel) >= KEYS_PER_VOTER:
        raise TooManyPapers if paper else TooManyDevices


def _credential(
    session: Session, held: Holder, thumbprint: str, assurance: str, keys: Keys, now: datetime
) -> str:
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
    session.flush()
    about = logs.About(subject=held.voter, token=f"credential:{thumbprint}")
    logs.append(session, held.log, "credential", {"token": token}, keys, about, now=now)
    return token
