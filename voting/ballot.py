"""A ballot (表决票) and the credential it rests on: what is signed, what is sealed inside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from voting import canonical, sealing, signing
from voting.canonical import JSON, Fields, Plain, b64url, time_text, unb64url
from voting.errors import Malformed, WrongAssembly
from voting.signing import PublicKey, Signed

VERSION = 1
CREDENTIAL_TYPE = "zhongjue-credential"
BALLOT_TYPE = "zhongjue-ballot"
PAPER_ASSURANCE = "paper:"
NONCE_BYTES = 16
PAD_TO = 256
SEALED_AT_MOST = 60_000

# What a voter chose on one item: a word for a decision or a choice, a word for each candidate
# of an election.
Choice = str | Mapping[str, str]


class Channel(Enum):
    """The way a ballot came, with the word on the screen."""

    PHONE = "phone"
    PAPER = "paper"

    @property
    def words(self) -> str:
        """Return the channel as people say it."""
        return {"phone": "手机", "paper": "纸质"}[self.value]


def channel_of(assurance: str) -> Channel:
    """Return the one channel of a credential's key: a paper's, as who keyed it in, or a phone's."""
    return Channel.PAPER if assurance.startswith(PAPER_ASSURANCE) else Channel.PHONE


@dataclass(frozen=True, slots=True)
class Bound:
    """What ties a ballot to one assembly: its id and the digests of its frozen documents."""

    assembly: UUID
    agenda: str
    roll: str
    rules: str

    @staticmethod
    def to(assembly: UUID, *, agenda: bytes, roll: bytes, rules: bytes) -> "Bound":
        """Bind to the bytes of the frozen documents."""
        digest = canonical.sha256_hex
        return Bound(assembly, digest(agenda), digest(roll), digest(rules))

    def plain(self) -> dict[str, Plain]:
        """Return the four fields as they stand in a ballot."""
        return {
            "agenda": self.agenda,
            "assembly": str(self.assembly),
            "roll": self.roll,
            "rules": self.rules,
        }

    @staticmethod
    def read(fields: Fields) -> "Bound":
        """Read the four fields out of a larger object; raises `Malformed`."""
        return Bound(
            assembly=fields.uuid("assembly"),
            agenda=fields.digest("agenda"),
            roll=fields.digest("roll"),
            rules=fields.digest("rules"),
        )


@dataclass(frozen=True, slots=True)
class Credential:
    """The registrar's word that a key (by RFC 7638 thumbprint) speaks for a voter.

    `assurance` says how the voter was recognised.
    """

    assembly: UUID
    voter: UUID
    key: str
    assurance: str
    time: datetime

    @property
    def channel(self) -> Channel:
        """Return the one channel that the key may sign for."""
        return channel_of(self.assurance)

    def sign(self, registrar: EllipticCurvePrivateKey) -> str:
        """Return the credential as the registrar's JWS."""
        payload: Plain = {
            "assembly": str(self.assembly),
            "assurance": self.assurance,
            "key": self.key,
            "time": time_text(self.time),
            "v": VERSION,
            "voter": str(self.voter),
        }
        return signing.sign(registrar, canonical.encode(payload), typ=CREDENTIAL_TYPE)

    @staticmethod
    def read(token: str, *, registrar: PublicKey) -> "Credential":
        """Check and read a credential; raises `Malformed`, `UntrustedKey` or `BadSignature`."""
        signed = signing.verify(token, typ=CREDENTIAL_TYPE, trusted=registrar)
        fields = Fields(canonical.decode(signed.payload), "credential")
        fields.exactly("v", VERSION)
        credential = Credential(
            assembly=fields.uuid("assembly"),
            voter=fields.uuid("voter"),
            key=fields.text("key"),
            assurance=fields.text("assurance"),
            time=fields.time("time"),
        )
        fields.done()
        return credential


@dataclass(frozen=True, slots=True)
class Ballot:
    """A signed ballot. `counter` and `previous` chain the ballots of one key, `sealed` is a JWE.

    `identity` is the digest of key and payload, never of the signature, which is malleable.
    """

    bound: Bound
    voter: UUID
    channel: Channel
    counter: int
    previous: str | None
    nonce: str
    time: datetime
    sealed: str
    key: str = ""
    identity: str = ""

    def sign(self, key: EllipticCurvePrivateKey) -> str:
        """Return the ballot as a JWS; browsers make the same bytes (static/ballots/sign.js)."""
        payload: Plain = {
            **self.bound.plain(),
            "channel": self.channel.value,
            "counter": self.counter,
            "nonce": self.nonce,
            "previous": self.previous,
            "sealed": self.sealed,
            "time": time_text(self.time),
            "v": VERSION,
            "voter": str(self.voter),
        }
        return signing.sign(key, canonical.encode(payload), typ=BALLOT_TYPE)

    @staticmethod
    def read(token: str, *, trusted: PublicKey | Collection[str]) -> "Ballot":
        """Check and read a ballot; raises `Malformed`, `UntrustedKey` or `BadSignature`."""
        return Ballot.of(signing.verify(token, typ=BALLOT_TYPE, trusted=trusted))

    @staticmethod
    def of(signed: Signed) -> "Ballot":
        """Read the payload of a checked signature; raises `NotCanonical` or `Malformed`."""
        fields = Fields(canonical.decode(signed.payload), "ballot")
        fields.exactly("v", VERSION)
        nonce = fields.text("nonce")
        if len(unb64url(nonce)) != NONCE_BYTES:
            raise Malformed("ballot.nonce must have 16 bytes")
        ballot = Ballot(
            bound=Bound.read(fields),
            voter=fields.uuid("voter"),
            channel=fields.member("channel", Channel),
            counter=fields.integer("counter", at_least=1),
            previous=None if fields.is_null("previous") else fields.digest("previous"),
            nonce=nonce,
            time=fields.time("time"),
            sealed=fields.text("sealed", at_most=SEALED_AT_MOST),
            key=signed.key.thumbprint,
            identity=signed.identity,
        )
        fields.done()
        return ballot

    def require_bound(self, bound: Bound) -> None:
        """Refuse a ballot made for other documents; raises `WrongAssembly`."""
        if self.bound != bound:
            raise WrongAssembly(f"ballot {self.identity} is bound to other documents")


def seal_choices(
    choices: Mapping[UUID, Choice], *, assembly: UUID, voter: UUID, salt: bytes, to: PublicKey
) -> str:
    """Seal a voter's choices to the opening key; voter and assembly stand inside too.

    `pad` fills the plaintext to a multiple of 256 bytes: a ciphertext is as long as what is in
    it, and "agree" is shorter than "against". Where an agenda's answers could straddle such a
    multiple, a writer pads to the one that holds the longest (static/ballots/sign.js does).
    """
    plain: dict[str, Plain] = {
        "assembly": str(assembly),
        "choices": {
            str(item): choice if isinstance(choice, str) else dict(choice)
            for item, choice in choices.items()
        },
        "pad": "",
        "salt": b64url(salt),
        "v": VERSION,
        "voter": str(voter),
    }
    plain["pad"] = "0" * (-len(canonical.encode(plain)) % PAD_TO)
    return sealing.seal(canonical.encode(plain), to)


def open_choices(
    sealed: str, key: EllipticCurvePrivateKey, *, assembly: UUID, voter: UUID
) -> Mapping[UUID, Choice]:
    """Open a ballot's choices.

    Raises `CannotOpen`, `NotCanonical`, `Malformed`, or `WrongAssembly` for a ciphertext that
    was copied from another voter or assembly.
    """
    fields = Fields(canonical.decode(sealing.unseal(sealed, key)), "choices")
    fields.exactly("v", VERSION)
    inside = (fields.uuid("assembly"), fields.uuid("voter"))
    choices = {
        Fields({"item": item}, "choices").uuid("item"): _choice(choice)
        for item, choice in fields.object("choices").items()
    }
    fields.text("pad")
    fields.data("salt")
    fields.done()
    if inside != (assembly, voter):
        raise WrongAssembly("the sealed choices were made for another voter or assembly")
    return choices


def _choice(value: JSON) -> Choice:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and all(isinstance(word, str) for word in value.values()):
        return {option: str(word) for option, word in value.items()}
    raise Malformed("a choice is a word, or a word for each candidate")
