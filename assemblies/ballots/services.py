"""Verbs of the ballots room: enrol a phone's key, check a ballot, log it once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records.casting import intake
from assemblies.records.casting.holders import holder, holder_at_head
from assemblies.records.casting.intake import Device, Logged, Presented
from voting.ballot import Channel
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
    held, head = holder_at_head(session, letter)
    return intake.cast(session, held, head, presented, keys, now=now)
