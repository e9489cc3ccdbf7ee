"""The one fact that opens a letter: last four of a number, or a name, compared without a leak."""

import hmac
import unicodedata
from dataclasses import dataclass
from enum import Enum

# Signs that people put between the signs of a number or a name, dashes and dots of every kind.
_BETWEEN = frozenset("-_.·•‧・‐‑‒–—－")


class Kind(Enum):
    """Which fact it is; the value stands in the credential as its assurance."""

    ID = "letter+id4"
    PHONE = "letter+phone4"
    CREDIT = "letter+credit4"
    NAME = "letter+name"

    @property
    def words(self) -> str:
        """Return what the owner is asked for."""
        return _WORDS[self]


_WORDS = {
    Kind.ID: "身份证号的后四位",
    Kind.PHONE: "登记手机号的后四位",
    Kind.CREDIT: "统一社会信用代码的后四位",
    Kind.NAME: "产权人的姓名（全名）",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the register."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """All facts by which one letter may be opened."""

    facts: tuple[Fact, ...]

    @property
    def asked(self) -> str:
        """Say what to type, each kind of fact once; empty where nothing is known."""
        kinds = [kind for kind in Kind if any(fact.kind is kind for fact in self.facts)]
        return "，或".join(kind.words for kind in kinds)

    @property
    def by_name(self) -> bool:
        """Say whether a name is asked for."""
        return any(fact.kind is Kind.NAME for fact in self.facts)

    def recognise(self, typed: str) -> Kind | None:
        """Return the kind of a fact that agrees; every fact is compared, whichever agrees."""
        given = plain(typed).encode()
        agreeing = [
            fact.kind
            for fact in self.facts
            if hmac.compare_digest(plain(fact.text).encode(), given) and given
        ]
        return agreeing[0] if agreeing else None


def plain(typed: str) -> str:
    """Return a text without blanks, dashes, letter case and full-width forms."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in _BETWEEN)
