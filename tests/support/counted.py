"""A vote carried through in Python: phones cast, the clock closes, the keeper opens, all count."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assemblies.ballots import services as ballots
from assemblies.counts import services as counts
from assemblies.foundation.secrets import Keys
from tests.support.builders import A_FORTNIGHT, Frozen, Letter, Phone, frozen_assembly
from voting.ballot import Choice
from voting.result import Result
from voting.sealing import private_jwk
from voting.signing import PublicKey

WORDS: tuple[Choice, ...] = ("agree", "a", "agree")


@dataclass(frozen=True, slots=True)
class Vote:
    """A frozen assembly with the session it lives in."""

    session: Session
    keys: Keys
    frozen: Frozen
    now: datetime

    @property
    def closing(self) -> datetime:
        """Return the moment of closing."""
        return self.now + A_FORTNIGHT

    def cast(
        self,
        letter: Letter,
        *words: Choice,
        now: datetime | None = None,
        phone: Phone | None = None,
    ) -> Phone:
        """Cast a letter's ballot with a new phone, or with the one given."""
        at = now or self.now
        phone = phone or Phone(self.frozen, letter.voter)
        key = PublicKey.from_jwk({**phone.jwk})
        enrolled = min(at, self.closing - timedelta(seconds=1))
        ballots.enrol(self.session, letter.id, key, "letter+id4", self.keys, now=enrolled)
        token = phone.sign(self.frozen.choices(*(words or WORDS)), at)
        presented = ballots.present(token)
        ballots.cast(self.session, letter.id, presented, self.keys, now=at)
        phone.accepted(token)
        return phone

    def close(self) -> None:
        """Let the closing time come."""
        counts.close_due(self.session, self.keys, now=self.closing)

    def open(self) -> None:
        """Hand over the opening key."""
        jwk = private_jwk(self.frozen.opening).decode()
        counts.open_ballots(self.session, self.frozen.assembly, jwk, self.keys, now=self.closing)

    def count(self) -> Result:
        """Count what was cast."""
        return counts.count(self.session, self.frozen.assembly, self.keys, now=self.closing)

    def result(self) -> Result:
        """Close, open and count."""
        self.close()
        self.open()
        return self.count()


def begun(session: Session, keys: Keys, now: datetime, *, revote: str = "last") -> Vote:
    """Return a vote that is open since `now`."""
    return Vote(session, keys, frozen_assembly(session, keys, now, revote=revote), now)
