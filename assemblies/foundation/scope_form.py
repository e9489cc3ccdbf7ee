"""The part of a form in which one says which owners are concerned, picked from the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from assemblies.foundation.forms import VerbForm, offered
from assemblies.foundation.wording import area_text
from voting.scope import Placed, Scope, ScopeKind

SCOPES = {
    ScopeKind.ESTATE: "全体业主",
    ScopeKind.BUILDINGS: "部分楼栋的业主",
    ScopeKind.ENTRANCES: "部分单元的业主",
    ScopeKind.PARTS: "所列房屋的业主",
}


class Room(Placed, Protocol):
    """A part as one picks it."""

    @property
    def room(self) -> str: ...  # noqa: D102
    @property
    def area(self) -> int: ...  # noqa: D102


class Premises(Protocol):
    """The register as one picks from it."""

    @property
    def buildings(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def entrances(self) -> tuple[tuple[str, str], ...]: ...  # noqa: D102
    @property
    def parts(self) -> Sequence[Room]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Places:
    """The parts of one building to pick from: id, address and area; and which are picked."""

    building: str
    parts: tuple[tuple[str, str, str], ...]
    picked: frozenset[str]

    @property
    def open(self) -> bool:
        """Say whether any part of this building is picked."""
        return any(part in self.picked for part, _, _ in self.parts)


class ScopeForm(VerbForm):
    """A form with a scope; `register` says what there is to pick."""

    register: Premises
    scope = RadioField(
        "表决范围", [InputRequired("请填写这一项。")], default=ScopeKind.ESTATE.value
    )
    buildings = SelectMultipleField("楼栋")
    entrances = SelectMultipleField("单元")
    parts = SelectMultipleField("房屋")

    def offer_places(self, kinds: Sequence[ScopeKind] = tuple(ScopeKind)) -> None:
        """Offer the places of the register as choices."""
        self.scope.choices = offered((one.value, SCOPES[one]) for one in kinds)
        self.buildings.choices = offered((name, name) for name in self.register.buildings)
        self.entrances.choices = offered(
            (str(place), f"{building}{entrance}")
            for place, (building, entrance) in enumerate(self.register.entrances)
        )
        self.parts.choices = offered(
            (str(part.id), f"{part.entrance}{part.room}　{area_text(part.area)}")
            for part in self.register.parts
        )

    def places(self) -> tuple[Places, ...]:
        """Return the parts to pick from, a group for each building, in the register's order."""
        picked = set(self.parts.data or ()) if "scope" in self else set()
        return tuple(
            Places(
                building,
                tuple(
                    (str(part.id), f"{part.entrance}{part.room}", area_text(part.area))
                    for part in self.register.parts
                    if part.building == building
                ),
                frozenset(picked),
            )
            for building in self.register.buildings
        )

    def chosen_scope(self) -> Scope:
        """Return the scope that was picked; without the field it is the whole estate."""
        kind = ScopeKind(self.scope.data) if "scope" in self else ScopeKind.ESTATE
        match kind:
            case ScopeKind.ESTATE:
                return Scope()
            case ScopeKind.BUILDINGS:
                return Scope(kind, buildings=tuple(self.buildings.data or ()))
            case ScopeKind.ENTRANCES:
                named = self.register.entrances
                picked = tuple(named[int(place)] for place in self.entrances.data or ())
                return Scope(kind, entrances=picked)
            case ScopeKind.PARTS:
                return Scope(kind, parts=frozenset(UUID(one) for one in self.parts.data or ()))


def scope_data(scope: Scope, register: Premises) -> dict[str, Any]:
    """Return a scope as the data of its fields, to be changed."""
    places = {entrance: str(place) for place, entrance in enumerate(register.entrances)}
    return {
        "scope": scope.kind.value,
        "buildings": list(scope.buildings),
        "entrances": [places[one] for one in scope.entrances if one in places],
        "parts": [str(part) for part in scope.parts],
    }
