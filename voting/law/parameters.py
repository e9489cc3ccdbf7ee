"""A parameter: one period, share, limit or flag of the law, with its citation and its dates."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from voting.canonical import JSON, Fields, JSONObject
from voting.errors import CutsUnderTheLaw, Malformed
from voting.law.citations import Citation
from voting.law.majorities import Threshold

Value: TypeAlias = Threshold | bool | int | tuple[str, ...] | tuple[int, ...]

SHARE, FLAG, TEXT, MATTERS = "share", "flag", "text", "matters"
DAYS, WORKDAYS, MONTHS, COUNT = "days", "workdays", "months", "count"
GREATEST = 100_000  # no period, limit or number in the law is larger
_KINDS: dict[str, type] = {
    SHARE: Threshold, FLAG: bool, TEXT: tuple, MATTERS: tuple,
    DAYS: int, WORKDAYS: int, MONTHS: int, COUNT: int,
}  # fmt: skip
# What a rule on a higher floor may do to this one: nothing, only more, only less, anything.
FIXED, RAISE, LOWER, FREE = "fixed", "raise", "lower", "free"
_MOVES = (FIXED, RAISE, LOWER, FREE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of the law; `until` None is still in force.

    `verified` false marks a value taken from practice or memory, not from a statute that was
    read in full and binds here. `clause` is the estate's own text where the estate moved it.
    """

    name: str
    value: Value
    unit: str
    citations: tuple[Citation, ...]
    verified: bool
    since: date
    until: date | None
    may: str
    said_zh: str
    pack: str
    clause: str = ""

    def __post_init__(self) -> None:
        if type(self.value) is not _KINDS.get(self.unit) or self.may not in _MOVES:
            raise Malformed(f"{self.name}: {self.value!r} in {self.unit}, may {self.may}")

    @property
    def law(self) -> tuple[Citation, ...]:
        """The provisions, and last the estate's own clause where it moved the value."""
        return (*self.citations, *([Citation.of_house(self.clause)] if self.clause else []))

    @property
    def standing_zh(self) -> str:
        """How firmly the value stands: 法定, 本小区约定, or 参照（待核）."""
        if self.clause:
            return "本小区约定"
        return "法定" if self.verified else "参照（待核）"

    def in_force(self, on: date) -> bool:
        """Say whether the value holds on a date."""
        return self.since <= on and (self.until is None or on <= self.until)

    def moved(self, value: Value, clause: str) -> "Parameter":
        """Return the parameter as a clause of the estate sets it; raises `CutsUnderTheLaw`."""
        moved = replace(self, value=value, clause=clause, verified=True, pack="house")
        self.require_not_cut_by(moved)
        return moved

    def require_not_cut_by(self, other: "Parameter") -> None:
        """Let a rule of a higher floor take this one's place; raises `CutsUnderTheLaw`."""
        if other.value == self.value or self.may == FREE:
            return
        if self.may == FIXED or _less(other.value, self.value) is (self.may == RAISE):
            law = "、".join(citation.text for citation in self.citations)
            raise CutsUnderTheLaw(
                f"这一条低于或改变了法定要求，不能采用。法定要求是：{self.said_zh}（{law}）"
            )

    def to_json(self) -> JSONObject:
        """Return the parameter; of its citations the ids only."""
        citations: list[JSON] = [citation.id for citation in self.citations]
        return {
            "citations": citations,
            "clause": self.clause,
            "may": self.may,
            "pack": self.pack,
            "said": self.said_zh,
            "since": self.since.isoformat(),
            "unit": self.unit,
            "until": self.until.isoformat() if self.until else None,
            "value": self.write_value(self.value),
            "verified": self.verified,
        }

    @classmethod
    def from_json(cls, name: str, value: JSON, citations: dict[str, Citation]) -> "Parameter":
        """Read a parameter whose citations stand in a table; raises `Malformed`."""
        fields = Fields(value, name)
        parameter = cls(
            name=name,
            value=cls.read_value(fields),
            unit=fields.text("unit"),
            citations=tuple(_look_up(cited, citations) for cited in fields.list("citations")),
            verified=fields.boolean("verified"),
            since=cls.read_date(fields.text("since")),
            until=None if fields.is_null("until") else cls.read_date(fields.text("until")),
            may=fields.text("may"),
            said_zh=fields.text("said"),
            pack=fields.text("pack"),
            clause=fields.text("clause"),
        )
        fields.done()
        return parameter

    @staticmethod
    def write_value(value: Value) -> JSON:
        """Return a value as canonical JSON can carry it."""
        if isinstance(value, Threshold):
            return value.to_json()
        return list(value) if isinstance(value, tuple) else value

    @staticmethod
    def read_value(fields: Fields) -> Value:
        """Read an object's `value` as its `unit` says; raises `Malformed`."""
        unit = fields.text("unit")
        if unit == SHARE:
            return Threshold.from_json(fields.object("value"))
        if unit == FLAG:
            return fields.boolean("value")
        if unit in (DAYS, WORKDAYS, MONTHS, COUNT):
            return fields.integer("value", at_least=0, at_most=GREATEST)
        listed = fields.list("value")
        if unit == MATTERS and listed and all(type(item) is int for item in listed):
            return tuple(item for item in listed if isinstance(item, int))
        if unit == TEXT and listed and all(isinstance(item, str) for item in listed):
            return tuple(item for item in listed if isinstance(item, str))
        raise Malformed(f"not a value in {unit}: {listed!r}")

    @staticmethod
    def read_date(text: str) -> date:
        """Read a date such as 2026-01-31; raises `Malformed`."""
        try:
            read = date.fromisoformat(text)
        except ValueError as error:
            raise Malformed(f"not a date: {text!r}") from error
        if read.isoformat() != text:
            raise Malformed(f"not a date: {text!r}")
        return read


def _less(new: Value, old: Value) -> bool:
    """Say whether a value asks for less than another of its kind."""
    if isinstance(new, Threshold) and isinstance(old, Threshold):
        return new.under(old)
    if isinstance(new, tuple) and isinstance(old, tuple):
        return not set(new) >= set(old)
    if isinstance(new, int) and isinstance(old, int):
        return new < old
    raise Malformed(f"{new!r} cannot stand for {old!r}")


def _look_up(name: JSON, citations: dict[str, Citation]) -> Citation:
    if not isinstance(name, str) or name not in citations:
        raise Malformed(f"no such citation: {name!r}")
    return citations[name]
