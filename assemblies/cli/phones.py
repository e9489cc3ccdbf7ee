"""A voter's phone in Python: it opens the letter, makes a key, seals and signs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_bytes
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from sqlalchemy.orm import Session

from assemblies.ballots import services as ballots
from assemblies.counts.queries import Frozen
from assemblies.foundation.refusals import LetterNeeded
from assemblies.foundation.secrets import Keys
from assemblies.owners import queries as letters
from assemblies.owners import services as owners
from voting import signing
from voting.ballot import NONCE_BYTES, Ballot, Channel, Choice, seal_choices
from voting.canonical import b64url
from voting.log.entries import Receipt
from voting.roll import Voter
from voting.signing import PublicKey

HOUSE = "rehearsal"  # where all these phones are, for the counting of attempts


@dataclass(slots=True)
class Phone:
    """One device of one voter, let in by its letter."""

    frozen: Frozen
    letter: UUID
    voter: UUID
    assurance: str
    key: EllipticCurvePrivateKey = field(default_factory=signing.new_key)

    def cast(
        self, session: Session, choices: Mapping[UUID, Choice], keys: Keys, *, now: datetime
    ) -> Receipt:
        """Enrol the key, sign a ballot that follows its last one, and return the receipt.

        Raises what `enrol`, `present` and `cast` of the ballots room raise.
        """
        public = PublicKey.of(self.key)
        device = ballots.enrol(session, self.letter, public, self.assurance, keys, now=now)
        token = self._signed(choices, device.counter, device.previous, now)
        presented = ballots.present(token)
        return ballots.cast(session, self.letter, presented, keys, now=now).receipt

    def _signed(
        self, choices: Mapping[UUID, Choice], counter: int, previous: str | None, now: datetime
    ) -> str:
        agenda = self.frozen.agenda
        sealed = seal_choices(
            choices,
            assembly=agenda.assembly,
            voter=self.voter,
            salt=token_bytes(16),
            to=agenda.opening,
        )
        return Ballot(
            bound=self.frozen.bound,
            voter=self.voter,
            channel=Channel.PHONE,
            counter=counter,
            previous=previous,
            nonce=b64url(token_bytes(NONCE_BYTES)),
            time=now,
            sealed=sealed,
        ).sign(self.key)


def let_in(
    session: Session, frozen: Frozen, voter: Voter, code: str, keys: Keys, *, now: datetime
) -> Phone:
    """Open a voter's letter by its code and by what the register knows of one of the owners.

    Raises `LetterNeeded` where the code or the fact is not taken.
    """
    opened = owners.open_letter(session, code, keys, HOUSE, now=now)
    if opened.letter is None:
        raise LetterNeeded(opened.said)
    fact = letters.known_facts(session, voter.id, keys).facts[0]
    proof = owners.prove(session, opened.letter, fact.text, keys, HOUSE, now=now)
    if proof.kind is None:
        raise LetterNeeded(proof.said)
    return Phone(frozen, opened.letter, voter.id, proof.kind.value)
