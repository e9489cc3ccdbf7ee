"""A scope (表决范围): which parts' owners an item concerns."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol
from uuid import UUID

from voting.canonical import JSON, Fields, Plain
from voting.errors import Malformed


class Placed(Protocol):
    """What a scope asks of a part: where it lies."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def building(self) -> str: ...  # noqa: D102
    @property
    def entrance(self) -> str: ...  # noqa: D102


class ScopeKind(Enum):
    """How a scope names its parts, with the word on the screen."""

    ESTATE = "estate"
    BUILDINGS = "buildings"
    ENTRANCES = "entrances"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Scope:
    """The owners concerned (相关业主): the whole estate, or buildings, entrances, listed parts."""

    kind: ScopeKind = ScopeKind.ESTATE
    buildings: tuple[str, ...] = ()
    entrances: tuple[tuple[str, str], ...] = ()
    parts: frozenset[UUID] = frozenset()

    def covers(self, part: Placed) -> bool:
        """Say whether a part lies inside."""
        match self.kind:
            case ScopeKind.ESTATE:
                return True
            case ScopeKind.BUILDINGS:
                return part.building in self.buildings
            case ScopeKind.ENTRANCES:
                return (part.building, part.entrance) in self.entrances
            case _:  # ScopeKind.PARTS
                return part.id in self.parts

    @property
    def words(self) -> str:
        """Return the scope as people say it."""
        match self.kind:
            case ScopeKind.ESTATE:
                return "全体业主"
            case ScopeKind.BUILDINGS:
                return "、".join(self.buildings) + "的业主"
            case ScopeKind.ENTRANCES:
                return "、".join(a + b for a, b in self.entrances) + "的业主"
            case _:  # ScopeKind.PARTS
                return f"所列 {len(self.parts)} 个专有部分的业主"

    def plain(self) -> dict[str, Plain]:
        """Return the JSON shape of SPEC 4."""
        match self.kind:
            case ScopeKind.ESTATE:
                return {"kind": "estate"}
            case ScopeKind.BUILDINGS:
                return {"kind": "buildings", "buildings": sorted(self.buildings)}
            case ScopeKind.ENTRANCES:
                return {"kind": "entrances", "entrances": sorted(self.entrances)}
            case _:  # ScopeKind.PARTS
                return {"kind": "parts", "parts": sorted(str(part) for part in self.parts)}

    @staticmethod
    def read(value: JSON) -> "Scope":
        """Read the JSON shape of SPEC 4; raises `Malformed`."""
        fields = Fields(value, "scope")
        kind = fields.member("kind", ScopeKind)
        scope = Scope(kind)
        if kind is ScopeKind.BUILDINGS:
            scope = Scope(kind, buildings=_texts(fields.list("buildings")))
        elif kind is ScopeKind.ENTRANCES:
            pairs = tuple(_texts(pair) for pair in fields.list("entrances"))
            if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 -- building and entrance
                raise Malformed("scope.entrances must be pairs")
            scope = Scope(kind, entrances=tuple((pair[0], pair[1]) for pair in pairs))
        elif kind is ScopeKind.PARTS:
            scope = Scope(kind, parts=frozenset(_uuid(part) for part in fields.list("parts")))
        fields.done()
        if kind is not ScopeKind.ESTATE and scope == Scope(kind):
            raise Malformed("the scope is empty")
        return scope


def _texts(values: JSON) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Malformed("scope: a list of texts was expected")
    return tuple(str(value) for value in values)


def _uuid(value: JSON) -> UUID:
    return Fields({"id": value}, "scope.part").uuid("id")
