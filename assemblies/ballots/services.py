"""Verbs of the ballots room: enrol a phone's key, check a ballot, log it once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import LetterNeeded
from assemblies.foundation.secrets import Keys
from assemblies.records.casting import intake
from assemblies.records.casting.holders import holder, holders_at_head
from assemblies.records.casting.intake import Asked, Device, Logged, Presented
from assemblies.records.logs import Head
from voting.ballot import Channel
from voting.errors import VotingError
from voting.signing import PublicKey


def enrol(
    session: Session, letter: UUID, key: PublicKey, assurance: str, keys: Keys, *, now: datetime
) -> Device:
    """Let a phone's key sign for the voter of a letter; a key that may already is returned.

    Raises `LetterNeeded`, `NotOpenYet`, `VotingOver`, `TooManyDevices`, `KeyTaken`.
    """
    held = holder(session, letter)
    return intake.enrol(session, held, key.thumbprint, assurance, keys, now=now)


def present(token: str) -> Presented:
    """Check all of a phone's ballot that needs no table, before the transaction.

    Raises `Malformed`, `NotCanonical` or `BadSignature`.
    """
    return intake.present(token, Channel.PHONE)


def cast(
    session: Session, letter: UUID, presented: Presented, keys: Keys, *, now: datetime
) -> Logged:
    """Log a ballot of the voter of a letter, once: a repeated one gets its first receipt.

    Raises `LetterNeeded`, and what `intake.cast` refuses.
    """
    [answer] = cast_all(session, [(letter, presented)], keys, now=now)
    if isinstance(answer, VotingError):
        raise answer
    return answer


def cast_all(
    session: Session, asked: Sequence[tuple[UUID, Presented]], keys: Keys, *, now: datetime
) -> list[Logged | VotingError]:
    """Log ballots that came at the same moment, with their letters; say of each what `cast` would.

    They are meant to be of one assembly, whose log is locked once for all of them.
    """
    find = holders_at_head(session, {letter for letter, _ in asked})
    answers: dict[int, Logged | VotingError] = {}
    under: dict[UUID, tuple[Head, dict[int, Asked]]] = {}
    for place, (letter, presented) in enumerate(asked):
        try:
            held, head = find(letter)
        except LetterNeeded as refusal:
            answers[place] = refusal
        else:
            under.setdefault(held.log, (head, {}))[1][place] = Asked(held, presented)
    for head, ballots in under.values():
        logged = intake.cast_all(session, head, list(ballots.values()), keys, now=now)
        answers.update(zip(ballots, logged, strict=True))
    return [answers[place] for place in range(len(asked))]
