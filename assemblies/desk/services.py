"""The verb of the desk: key in a paper ballot that the teller's browser sealed and signed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.records.casting import holders, intake
from assemblies.records.casting.intake import Logged, Presented
from voting.ballot import PAPER_ASSURANCE, Channel


@dataclass(frozen=True, slots=True)
class Keyed:
    """A paper as it comes from the teller's browser; `note` is its number or a remark."""

    presented: Presented
    teller: str
    note: str = ""

    @property
    def assurance(self) -> str:
        """Return what the credential says: a paper, who keyed it in, which paper it was."""
        return ":".join(word for word in (PAPER_ASSURANCE + self.teller, self.note) if word)


def present(token: str) -> Presented:
    """Check all of a paper ballot that needs no table, before the transaction.

    Raises `Malformed`, `NotCanonical` or `BadSignature`.
    """
    return intake.present(token, Channel.PAPER)


def key_paper(
    session: Session, assembly: UUID, voter: UUID, keyed: Keyed, keys: Keys, *, now: datetime
) -> Logged:
    """Log a paper with the credential of its one key; a repeated one gets its first receipt.

    The two stand or fall together: a key whose ballot is refused gets no credential either.
    Raises `NotFound`, and what `intake.enrol` and `intake.cast` refuse.
    """
    held = holders.voter(session, assembly, voter)
    key = keyed.presented.ballot.key
    if key not in held.devices:
        intake.enrol(session, held, key, keyed.assurance, keys, now=now)
    held, head = holders.voter_at_head(session, assembly, voter)
    return intake.cast(session, held, head, keyed.presented, keys, now=now)
