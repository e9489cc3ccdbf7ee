"""What the first piece of 1-101 is: a building, an entrance, or part of the room's own number."""

from dataclasses import replace

from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.places import GARAGE, NOWHERE, Named, building, entrance
from assemblies.foundation.sheets.room_numbers import RoomNumber
from assemblies.foundation.sheets.text import Parsed

_LONGEST_ENTRANCE = 2


def settled(
    number: RoomNumber, inside: Named | None, way: Named | None, *, bay: bool
) -> Parsed[RoomNumber]:
    """Settle what a number's lead is, given the building and entrance known from elsewhere."""
    whole = replace(number, room=number.whole, lead="")
    if inside is None:
        return (whole, None) if bay else _with_building(number)
    short = number.lead.isdigit() and len(number.lead) <= _LONGEST_ENTRANCE
    if not short or inside.key.rpartition("-")[2] == GARAGE:
        return whole, None
    repeats = getattr(building(number.lead), "key", None) == inside.key.rpartition("-")[2]
    if way is None or way == NOWHERE:
        return _with_entrance(number, doubtful=repeats)
    if entrance(number.lead).key == way.key or repeats:
        return replace(number, lead=""), None
    said = "房号里的单元与“单元”一列对不上，请核对。"
    return None, Doubt(Level.REFUSED, "room_conflict", said)


def _with_building(number: RoomNumber) -> Parsed[RoomNumber]:
    said = f"房号“{number.whole.name}”按“楼栋-房号”理解，请核对。"
    doubt = Doubt(Level.WARNING, "lead_is_building", said)
    return replace(number, building=building(number.lead), lead=""), doubt


def _with_entrance(number: RoomNumber, *, doubtful: bool) -> Parsed[RoomNumber]:
    said = f"房号“{number.whole.name}”里的“{number.lead}”按单元理解，请核对。"
    doubt = Doubt(Level.WARNING, "lead_is_entrance", said) if doubtful else None
    return replace(number, entrance=entrance(number.lead), lead=""), doubt
