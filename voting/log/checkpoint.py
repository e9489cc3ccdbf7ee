"""Checkpoints of the log (C2SP tlog-checkpoint) and witnesses' cosignatures (cosignature/v1)."""

import re
from calendar import timegm
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from voting.canonical import GREATEST, whole_second
from voting.errors import BadSignature, MalformedNote
from voting.log.note import (
    Note,
    Signature,
    Signer,
    Verifier,
    b64,
    check_ed25519,
    known_signatures,
    sign_note,
    unb64,
)
from voting.log.tree import HASH

_COSIGNATURE = 0x04
_TIMESTAMP, _ED25519 = 8, 64
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_LAST = timegm((9999, 12, 31, 23, 59, 59))  # the last second a datetime can hold
_LEAST_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: which log, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(lines) or any("\n" in line for line in lines):
            raise MalformedNote("origin and extensions are lines that are not empty")
        if not 0 <= self.size <= GREATEST or len(self.root) != HASH:
            raise MalformedNote("a checkpoint has a size and a root of 32 bytes")

    def text(self) -> str:
        """Return the body of the note."""
        lines = (self.origin, str(self.size), b64(self.root), *self.extensions)
        return "".join(line + "\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the body of a note; raises `MalformedNote`."""
        *lines, rest = text.split("\n")
        if rest or len(lines) < _LEAST_LINES or not _SIZE.fullmatch(lines[1]):
            raise MalformedNote("a checkpoint is at least the lines origin, size and root")
        return cls(lines[0], int(lines[1]), unb64(lines[2]), tuple(lines[3:]))


@dataclass(frozen=True, slots=True)
class CosignatureVerifier(Verifier):
    """A witness's public key: its signatures also say when (type 0x04)."""

    KIND: ClassVar[int] = _COSIGNATURE

    def check(self, text: str, signature: bytes) -> None:
        """Check a timestamped signature over a checkpoint; raises `BadSignature`."""
        if len(signature) != _TIMESTAMP + _ED25519:
            raise BadSignature("a cosignature is a timestamp and an Ed25519 signature")
        seconds = int.from_bytes(signature[:_TIMESTAMP])
        if seconds > _LAST:
            raise BadSignature("a cosignature from after the last day")
        check_ed25519(self.public, signature[_TIMESTAMP:], _cosigned(text, seconds))


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness's private key. One key must not be used under two names (C2SP)."""

    name: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> CosignatureVerifier:
        """Return the public half."""
        return CosignatureVerifier(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str, at: datetime) -> Signature:
        """Return this witness's signature over a checkpoint's text and its time.

        Raises `MalformedNote` for a time before 1970.
        """
        seconds = timegm(whole_second(at).timetuple())
        if seconds < 0:
            raise MalformedNote("a cosignature cannot be older than 1970")
        value = seconds.to_bytes(_TIMESTAMP) + self.private.sign(_cosigned(text, seconds))
        return Signature(self.name, self.verifier.key_id, value)


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A checked statement: at this time this was the greatest tree the witness had seen."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenedCheckpoint:
    """A checkpoint that its log has signed, with the cosignatures of known witnesses."""

    checkpoint: Checkpoint
    cosignatures: tuple[Cosignature, ...]


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """Return a checkpoint as a signed note; raises `MalformedNote`.

    The signer bears the log's origin as its name: one key may serve many logs, each with its own
    name and therefore its own key id. The caller never signs two heads that contradict.
    """
    _require_origin(checkpoint, signer.name)
    return sign_note(checkpoint.text(), signer)


def cosign(note: str, signer: Cosigner, at: datetime) -> str:
    """Return a checkpoint's note with a witness's signature added; raises `MalformedNote`.

    The caller has opened the note with the log's key and has checked that the tree is consistent
    with the last one this witness cosigned: that is what the signature states.
    """
    parsed = Note.parse(note)
    Checkpoint.parse(parsed.text)
    return Note(parsed.text, (*parsed.signatures, signer.sign(parsed.text, at))).written()


def open_checkpoint(
    note: str, log: Verifier, witnesses: Iterable[CosignatureVerifier] = ()
) -> OpenedCheckpoint:
    """Return a checkpoint that this log has signed, and who cosigned it when.

    Raises `MalformedNote` (also for another log's origin), `UnsignedNote` when the log's own
    signature is missing, `BadSignature` when it or a known witness's is wrong.
    """
    parsed = Note.parse(note)
    known_signatures(parsed, [log])
    checkpoint = Checkpoint.parse(parsed.text)
    _require_origin(checkpoint, log.name)
    signed = known_signatures(parsed, [log, *witnesses])
    cosignatures = tuple(
        _cosignature(signature)
        for verifier, signature in signed
        if isinstance(verifier, CosignatureVerifier)
    )
    return OpenedCheckpoint(checkpoint, cosignatures)


def _cosignature(signature: Signature) -> Cosignature:
    seconds = int.from_bytes(signature.value[:_TIMESTAMP])
    return Cosignature(signature.name, datetime.fromtimestamp(seconds, UTC))


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _require_origin(checkpoint: Checkpoint, name: str) -> None:
    # tlog-checkpoint says SHOULD; we make it a must, so that no key speaks for another log.
    if checkpoint.origin != name:
        raise MalformedNote(f"a checkpoint of {checkpoint.origin}, not of {name}")
