"""Numbers that say more than the room: 01-01-0101, 1号楼1单元101室, 2-1501."""

import re
from dataclasses import dataclass, replace

from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.places import NOWHERE, Named, building, entrance, floor, room
from assemblies.foundation.sheets.text import DateCell, FormulaCell, Parsed, compact, tidy

_BUILDING = re.compile(
    r"(.+?(?:号楼|幢|栋|座|#楼?|(?<=期)\d+楼)|(?:地下)?(?:车库|停车场)|地库)-?(?=.)"
)
_ENTRANCE = re.compile(r"([^-]{1,4}?(?:单元|门|梯))-?(?=.)")
_FLOOR = re.compile(r"(-?[^-]{1,3}?)(?:楼层|层)-?(?=.)")
_A_DATE = re.compile(
    r"\d+年\d+月.*|\d+月\d+日|\d{4}/\d{1,2}/\d{1,2}.*|\d{4}-\d{1,2}-\d{1,2}(?:T.*)?"
)
_NUMBER_ALONE = re.compile(r"[\dA-Z期区-]+")
_LONGEST = 60
_PAIR = 2


@dataclass(frozen=True, slots=True)
class RoomNumber:
    """A room number taken apart; None where the text does not say.

    `lead` is a first piece that may be a building or an entrance: only the row knows.
    """

    room: Named
    building: Named | None = None
    entrance: Named | None = None
    floor: str = ""
    lead: str = ""
    whole: Named = NOWHERE


def room_number(text: str) -> Parsed[RoomNumber]:
    """Take a room number apart as far as its own text allows."""
    bare = compact(text)
    if isinstance(text, DateCell) or _A_DATE.fullmatch(bare):
        return None, Doubt(
            Level.REFUSED,
            "became_date",
            f"房号被表格软件变成了日期（{tidy(text)}）。请把这一列设成“文本”格式后重填。",
        )
    if isinstance(text, FormulaCell) or not bare or len(bare) > _LONGEST:
        return None, _unreadable(text)
    inside, bare = _taken(_BUILDING, bare)
    way, bare = _taken(_ENTRANCE, bare)
    level, bare = _taken(_FLOOR, bare)
    read = _pieces(bare, inside=inside is not None, way=way is not None)
    if read is None or (inside and read.building):
        return None, _unreadable(text)
    return replace(
        read,
        building=building(inside) if inside else read.building,
        entrance=entrance(way) if way else read.entrance,
        floor=floor(level) if level else read.floor,
    ), None


def at_end_of(address: str) -> RoomNumber | None:
    """Find 1号楼1单元101室 at the end of an address (房屋坐落), or None."""
    found = re.search(
        r"((?:第?[一二三四五六七八九十\d]+期)?[A-Z]?\d+[A-Z]?(?:号楼|幢|栋|#楼?)-?(?:\w{1,3}单元)?-?[A-Z]?-?\d+[A-Z]?室?)$",
        compact(address),
    )
    if found:
        return room_number(found.group())[0]
    whole = room_number(address)[0] if _NUMBER_ALONE.fullmatch(compact(address)) else None
    return whole if whole and whole.building else None


def _taken(pattern: re.Pattern[str], bare: str) -> tuple[str | None, str]:
    found = pattern.match(bare)
    return (found.group(1), bare[found.end() :]) if found else (None, bare)


def _pieces(bare: str, *, inside: bool, way: bool) -> RoomNumber | None:
    """Share out what stands between dashes; --101 is below ground."""
    pieces = re.findall(r"(?:^|(?<=-))-?[^-]+", bare)
    if "-".join(pieces) != bare:
        return None
    last = room(pieces[-1])
    if len(pieces) == 1:
        return RoomNumber(last)
    if way:
        return RoomNumber(room(bare))
    if len(pieces) == _PAIR:
        return RoomNumber(last, lead=pieces[0], whole=room(bare))
    return _in_entrance(pieces, last) if inside else _in_building(pieces, last)


def _in_entrance(pieces: list[str], last: Named) -> RoomNumber | None:
    """Read 1-1-101 after a building's name: entrance, floor, room."""
    match pieces:
        case [way, level, _] if _on_floor(level, last):
            return RoomNumber(last, None, entrance(way), floor(level))
    return None


def _in_building(pieces: list[str], last: Named) -> RoomNumber | None:
    """Read three pieces or four: building, entrance, room, with a phase or a floor between."""
    match pieces:
        case [inside, way, _]:
            return RoomNumber(last, building(inside), entrance(way))
        case [phase, inside, way, _] if phase[-1] in "期区":
            return RoomNumber(last, building(phase + inside), entrance(way))
        case [inside, way, level, _] if _on_floor(level, last):
            return RoomNumber(last, building(inside), entrance(way), floor(level))
    return None


def _on_floor(level: str, last: Named) -> bool:
    return last.key.startswith(floor(level)) and len(last.key) > len(floor(level))


def _unreadable(text: str) -> Doubt:
    said = f"房号“{tidy(text)[:30]}”看不明白，请写成 101，或 1-1-101（楼栋-单元-房号）。"
    return Doubt(Level.REFUSED, "room_unreadable", said)
