"""Signed notes (C2SP signed-note): a text, a blank line, and lines of Ed25519 signatures."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from voting.errors import BadSignature, MalformedNote, UnsignedNote

MOST_SIGNATURES = 100
MOST_CHARACTERS = 1_000_000

_ED25519 = 0x01
_KEY, _KEY_ID = 32, 4
_SECRET = "PRIVATE+KEY+"  # how Go's sumdb/note begins a signer's key  # noqa: S105
_DASH = "\N{EM DASH} "
# Control characters but the newline; what stands for unreadable bytes; halves of a character.
_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\ufffd\ud800-\udfff]")
_NAME = re.compile(r"[^\s+\x00-\x1f\ufffd\ud800-\udfff]+")


def b64(data: bytes) -> str:
    """Return standard base64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: str) -> bytes:
    """Return the bytes of standard base64; raises `MalformedNote` for any other spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise MalformedNote("not base64") from error
    if b64(data) != text:
        raise MalformedNote("not the one base64 spelling of its bytes")
    return data


class Signature(NamedTuple):
    """One signature line: whose it claims to be, and its bytes."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Return the signature line with its newline."""
        return f"{_DASH}{self.name} {b64(self.key_id + self.value)}\n"

    @classmethod
    def parse(cls, line: str) -> Self:
        """Read a line without its newline; raises `MalformedNote`."""
        dash, name, value = line[: len(_DASH)], *line[len(_DASH) :].partition(" ")[::2]
        data = unb64(value)
        if dash != _DASH or not _is_name(name) or len(data) <= _KEY_ID:
            raise MalformedNote(
                "a signature line is: em dash, name, base64 of key id and signature"
            )
        return cls(name, data[:_KEY_ID], data[_KEY_ID:])


@dataclass(frozen=True, slots=True)
class Verifier:
    """A named Ed25519 public key whose note signatures are believed."""

    name: str
    public: bytes

    KIND: ClassVar[int] = _ED25519

    def __post_init__(self) -> None:
        if not _is_name(self.name) or len(self.public) != _KEY:
            raise MalformedNote("a verifier has a name without spaces or plus, and a 32-byte key")

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """Read a verifier key `name+id+base64`; raises `MalformedNote`."""
        data = unb64(_after_two(vkey))
        verifier = cls(vkey.partition("+")[0], data[1:])
        if verifier.vkey != vkey:
            raise MalformedNote("not a verifier key, or its id does not belong to it")
        return verifier

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that stand before this key's signatures."""
        tail = b"\n" + bytes([self.KIND]) + self.public
        return hashlib.sha256(self.name.encode("utf-8") + tail).digest()[:_KEY_ID]

    @property
    def vkey(self) -> str:
        """Return the verifier key as text."""
        return f"{self.name}+{self.key_id.hex()}+{b64(bytes([self.KIND]) + self.public)}"

    def check(self, text: str, signature: bytes) -> None:
        """Check this key's signature over a text; raises `BadSignature`."""
        check_ed25519(self.public, signature, text.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Signer:
    """A named Ed25519 private key that signs notes."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def parse(cls, secret: str) -> Self:
        """Read a signer's key as Go's sumdb/note writes it; raises `MalformedNote`."""
        data = unb64(_after_two(secret.removeprefix(_SECRET)))
        if len(data) != 1 + _KEY:
            raise MalformedNote("not a signer's key")
        name = secret.removeprefix(_SECRET).partition("+")[0]
        signer = cls(name, Ed25519PrivateKey.from_private_bytes(data[1:]))
        if signer.secret() != secret:
            raise MalformedNote("not a signer's key, or its id does not belong to it")
        return signer

    def secret(self) -> str:
        """Return the private key as one line of text, for a file only its owner can read."""
        seed = self.private.private_bytes_raw()
        return f"{_SECRET}{self.name}+{self.verifier.key_id.hex()}+{b64(bytes([_ED25519]) + seed)}"

    @property
    def verifier(self) -> Verifier:
        """Return the public half."""
        return Verifier(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """Return this key's signature over a text."""
        value = self.private.sign(text.encode("utf-8"))
        return Signature(self.name, self.verifier.key_id, value)


class Note(NamedTuple):
    """A note taken apart, nothing of it verified."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str) -> Self:
        """Take a note apart; raises `MalformedNote`."""
        if len(note) > MOST_CHARACTERS or _UNFIT.search(note):
            raise MalformedNote("too long, or with characters that no note may hold")
        text, blank, block = note.rpartition("\n\n")
        lines = block.removesuffix("\n").split("\n")
        if not blank or not block.endswith("\n") or len(lines) > MOST_SIGNATURES:
            raise MalformedNote("a note is a text, a blank line, and signature lines")
        return cls(text + "\n", tuple(map(Signature.parse, lines)))

    def written(self) -> str:
        """Return the note as one text."""
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)


class Opened(NamedTuple):
    """What a note says, and which known keys signed it, each once, in the note's order."""

    text: str
    names: tuple[str, ...]


def sign_note(text: str, *signers: Signer) -> str:
    """Return a text signed by all signers; raises `MalformedNote` for a text no note can hold."""
    if not text.endswith("\n") or _UNFIT.search(text):
        raise MalformedNote("a note's text ends with a newline and has no control characters")
    note = Note(text, tuple(signer.sign(text) for signer in signers))
    return Note.parse(note.written()).written()


def open_note(note: str, verifiers: Iterable[Verifier]) -> Opened:
    """Return the text of a note and the names of the known keys that signed it.

    Raises `MalformedNote`, `BadSignature` when a known key's signature is wrong, `UnsignedNote`
    when no known key signed. Signatures of unknown keys are passed over.
    """
    parsed = Note.parse(note)
    signed = known_signatures(parsed, verifiers)
    return Opened(parsed.text, tuple(verifier.name for verifier, _ in signed))


def known_signatures(
    note: Note, verifiers: Iterable[Verifier]
) -> tuple[tuple[Verifier, Signature], ...]:
    """Return each known key's first signature, checked; raises like `open_note`."""
    known = _by_key(verifiers)
    first: dict[tuple[str, bytes], Signature] = {}
    for signature in note.signatures:
        first.setdefault((signature.name, signature.key_id), signature)
    signed = tuple((known[key], signature) for key, signature in first.items() if key in known)
    for verifier, signature in signed:
        verifier.check(note.text, signature.value)
    if not signed:
        raise UnsignedNote("no known key has signed this note")
    return signed


def check_ed25519(public: bytes, signature: bytes, message: bytes) -> None:
    """Check an Ed25519 signature (RFC 8032 5.1.7); raises `BadSignature`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise BadSignature("the signature is not by this key over these bytes") from error


def _by_key(verifiers: Iterable[Verifier]) -> dict[tuple[str, bytes], Verifier]:
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.key_id), verifier) != verifier:
            raise BadSignature(f"two different keys are known as {verifier.name}")
    return known


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def _after_two(key: str) -> str:
    """Return what follows the second plus: base64 may hold more of them."""
    return "+".join(key.split("+")[2:])
