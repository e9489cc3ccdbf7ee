"""Heads and area counted together, and the exact share of them that a decision needs."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from voting.canonical import JSON, Fields, JSONObject
from voting.errors import Malformed
from voting.law.citations import Citation

PARTICIPANTS = "participants"
ENTITLED = "entitled"
BASES = (PARTICIPANTS, ENTITLED)
HALF = Fraction(1, 2)
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Count:
    """So many heads, and their area in whole dm²."""

    heads: int
    area: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.heads + other.heads, self.area + other.area)

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.heads - other.heads, self.area - other.area)

    def to_json(self) -> JSONObject:
        """Return both numbers."""
        return {"area": self.area, "heads": self.heads}

    @classmethod
    def from_json(cls, value: JSON) -> "Count":
        """Read both numbers; raises `Malformed`."""
        fields = Fields(value, "count")
        count = cls(fields.integer("heads", at_least=0), fields.integer("area", at_least=0))
        fields.done()
        return count


NOBODY = Count(0, 0)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a whole: "or more" includes the number itself, "more than" (`strict`) does not.

    `base` says of which whole: those who took part, or all who were entitled.
    Law: civil-code art. 1259.
    """

    share: Fraction
    strict: bool
    base: str

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 or self.base not in BASES or (self.strict and self.share == 1):
            raise Malformed(f"no share of a whole: {self.share} of {self.base}")

    def reached(self, part: int, of: int) -> bool:
        """Say whether `part` is enough of a whole; of an empty whole nothing is enough."""
        return part >= self.least(of)

    def least(self, of: int) -> int:
        """Return the smallest whole number that is enough; it is never less than one."""
        exact = self.share * of
        return max(1, floor(exact) + 1 if self.strict else ceil(exact))

    def missing(self, part: int, of: int) -> int:
        """Return how much is still missing; 0 when the threshold is reached."""
        return max(0, self.least(of) - part)

    def under(self, other: "Threshold") -> bool:
        """Say whether this asks for less than the other in any respect."""
        if self.base == PARTICIPANTS and other.base == ENTITLED:
            return True
        return (self.share, self.strict) < (other.share, other.strict)

    @property
    def words_zh(self) -> str:
        """The share in words: 三分之二以上, 过半数."""
        if self.share == 1:
            return "全部"
        if self.strict:
            return "过半数" if self.share == HALF else f"超过{_share_zh(self.share)}"
        return f"{_share_zh(self.share)}以上"

    def to_json(self) -> JSONObject:
        """Return the share as a pair of integers, whether it is strict, and its base."""
        pair: list[JSON] = [self.share.numerator, self.share.denominator]
        return {"base": self.base, "share": pair, "strict": self.strict}

    @classmethod
    def from_json(cls, value: JSON) -> "Threshold":
        """Read a threshold; raises `Malformed`."""
        fields = Fields(value, "threshold")
        match fields.list("share"):
            case [int(n), int(d)] if 0 < n <= d and True not in (n is True, d is True):
                share = Fraction(n, d)
            case other:
                raise Malformed(f"not a share: {other!r}")
        threshold = cls(share, fields.boolean("strict"), fields.text("base"))
        fields.done()
        if (n, d) != (share.numerator, share.denominator):
            raise Malformed(f"a share not in lowest terms: {n}/{d}")
        return threshold


@dataclass(frozen=True, slots=True)
class Majority:
    """What must be reached by area and by heads alike, and which provision says so."""

    area: Threshold
    heads: Threshold
    law: tuple[Citation, ...]


def _share_zh(share: Fraction) -> str:
    """Write a share in words; 1/2 is 二分之一."""
    if share.denominator < len(_DIGITS):
        return f"{_DIGITS[share.denominator]}分之{_DIGITS[share.numerator]}"
    return f"{share.denominator}分之{share.numerator}"
