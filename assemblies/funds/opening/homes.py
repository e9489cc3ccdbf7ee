"""Which part of the register a row means: found by keys, so that 01-01-0101 is 1号楼1单元101."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.places import GARAGE, Named, building, entrance
from assemblies.foundation.sheets.places import room as bare_room
from assemblies.foundation.sheets.room_numbers import RoomNumber, at_end_of, room_number
from assemblies.foundation.sheets.text import Parsed, is_nothing
from assemblies.funds.opening.rows import Row
from assemblies.funds.queries.known import PartLine


@dataclass(frozen=True, slots=True)
class Key:
    """A part's keys: building, entrance and room without the ways people write them."""

    building: str
    entrance: str
    room: str


class Homes:
    """The register, found by keys."""

    def __init__(self, parts: Iterable[PartLine]) -> None:
        """Take in every part under its keys, and once more without its entrance."""
        self._exact: dict[Key, list[PartLine]] = defaultdict(list)
        self._loose: dict[tuple[str, str], list[PartLine]] = defaultdict(list)
        for part in parts:
            key = _key(part)
            self._exact[key].append(part)
            self._loose[key.building, key.room].append(part)

    def find(self, row: Row) -> Parsed[PartLine]:
        """Return the part that a row means, or a refusal that says why none is found."""
        number, doubt = room_number(row.room)
        number = number or at_end_of(row.room)
        if is_nothing(row.room) or number is None:
            said = doubt.said_zh if doubt and not is_nothing(row.room) else "没有填房号。"
            return None, _refused(said)
        keys = tuple(_keys(row, number))
        exact = {part.id: part for key in keys for part in self._exact.get(key, ())}
        if len(exact) == 1:
            return next(iter(exact.values())), None
        without = (key for key in keys if not key.entrance)
        loose = {
            part.id: part
            for key in without
            for part in self._loose.get((key.building, key.room), ())
        }
        if len(loose) == 1 and not exact:
            return next(iter(loose.values())), None
        if loose or exact:
            return None, _refused("有几处房屋都对得上，请写明楼栋和单元。")
        return None, _refused("名册里没有这处房屋，请核对楼栋、单元和房号。")


def _key(part: PartLine) -> Key:
    inside = building(part.building)
    return Key(
        inside.key if inside else part.building,
        entrance(part.entrance).key,
        bare_room(part.room).key,
    )


def _keys(row: Row, number: RoomNumber) -> Iterator[Key]:
    """Yield every reading of a row's place; the register decides which of them there is."""
    inside = (None if is_nothing(row.building) else building(row.building)) or number.building
    way = entrance(row.entrance) if not is_nothing(row.entrance) else number.entrance
    for room in filter(None, (number.room.key, number.whole.key)):
        if inside is not None:
            yield Key(inside.key, way.key if way else "", room)
        elif way is None or not way.key:
            yield Key(GARAGE, "", room)
    if number.lead:
        yield from _led(inside, way, number)


def _led(inside: Named | None, way: Named | None, number: RoomNumber) -> Iterator[Key]:
    """Read the first piece of 1-101: a building, or an entrance where the building is known."""
    lead = building(number.lead)
    if inside is None and lead is not None:
        yield Key(lead.key, way.key if way else "", number.room.key)
    elif inside is not None and way is None:
        yield Key(inside.key, entrance(number.lead).key, number.room.key)


def _refused(said: str) -> Doubt:
    return Doubt(Level.REFUSED, "home", said)
