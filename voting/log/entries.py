"""What stands in the log, and the receipt that proves it stands there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from voting.canonical import (
    JSON,
    Fields,
    JSONObject,
    Plain,
    b64url,
    decode,
    encode,
    time_text,
    unb64url,
    whole_second,
)
from voting.errors import Malformed, NotCanonical
from voting.log.checkpoint import CosignatureVerifier, OpenedCheckpoint, open_checkpoint
from voting.log.note import Verifier
from voting.log.tree import leaf_hash, verify_inclusion

VERSION = 1

_KIND = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened in an assembly: its kind, the second it happened, and the facts."""

    kind: str
    time: datetime
    body: JSONObject

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise Malformed(f"not a kind of entry: {self.kind!r}")
        object.__setattr__(self, "time", whole_second(self.time))

    def data(self) -> bytes:
        """Return the canonical bytes; raises `NotCanonical` for a body that has none."""
        return encode(self.json())

    def json(self) -> dict[str, Plain]:
        """Return the entry as it is encoded."""
        time = time_text(self.time)
        return {"body": self.body, "kind": self.kind, "time": time, "v": VERSION}

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read an entry's canonical bytes; raises `NotCanonical` or `Malformed`."""
        return cls.from_json(decode(data))

    @classmethod
    def from_json(cls, value: JSON) -> Self:
        """Read an entry; raises `Malformed`."""
        fields = Fields(value, "entry")
        fields.exactly("v", VERSION)
        entry = cls(fields.text("kind"), fields.time("time"), fields.object("body"))
        fields.done()
        return entry

    @property
    def leaf(self) -> bytes:
        """Return the entry's leaf hash in the log."""
        return leaf_hash(self.data())


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry is in the log: to be kept by its holder and checked by anyone.

    `checkpoint` is the signed note whose tree the proof leads to.
    """

    entry: Entry
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def verify(
        self, log: Verifier, witnesses: Iterable[CosignatureVerifier] = ()
    ) -> OpenedCheckpoint:
        """Return the checkpoint that contains the entry.

        Raises `MalformedNote`, `UnsignedNote`, `BadSignature` for the note, `BadProof`.
        """
        opened = open_checkpoint(self.checkpoint, log, witnesses)
        head = opened.checkpoint
        verify_inclusion(
            self.entry.leaf, index=self.index, size=head.size, proof=self.proof, root=head.root
        )
        return opened

    def to_json(self) -> dict[str, Plain]:
        """Return the receipt for storing or showing."""
        return {
            "checkpoint": self.checkpoint,
            "entry": self.entry.json(),
            "index": self.index,
            "proof": [b64url(step) for step in self.proof],
            "v": VERSION,
        }

    @classmethod
    def from_json(cls, value: JSON) -> Self:
        """Read a receipt; raises `Malformed`. Nothing of it is verified yet."""
        fields = Fields(value, "receipt")
        fields.exactly("v", VERSION)
        entry = Entry.from_json(fields.object("entry"))
        index = fields.integer("index", at_least=0)
        proof = tuple(_step(step) for step in fields.list("proof"))
        receipt = cls(entry, index, proof, fields.text("checkpoint"))
        fields.done()
        return receipt


def _step(value: JSON) -> bytes:
    if not isinstance(value, str):
        raise Malformed("receipt.proof must hold hashes")
    try:
        return unb64url(value)
    except NotCanonical as error:
        raise Malformed("receipt.proof must hold hashes in base64url") from error
