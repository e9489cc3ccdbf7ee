"""Which part a row speaks of, from all that its row, its sheet and the rows above say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assemblies.estates.register.leads import settled
from assemblies.estates.register.rows import Row, section
from assemblies.estates.register.synonyms import ROOMS, Field, use
from assemblies.estates.register.values import PartKey, Use
from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.places import (
    GARAGE,
    NOWHERE,
    Named,
    building,
    entrance,
    floor,
    in_phase,
    room,
)
from assemblies.foundation.sheets.room_numbers import RoomNumber, at_end_of, room_number
from assemblies.foundation.sheets.text import DateCell, compact, is_nothing, tidy

_PAIR = re.compile(r"(\d{1,3}[A-Z]?|[A-Z])-(\d{1,2})(?:单元)?")
_BAY = re.compile(r"^(?:车位|车库)+-?")


@dataclass(frozen=True, slots=True)
class Spot:
    """A part's place: its key, and the names people know it by."""

    building: Named
    entrance: Named
    floor: str
    room: Named
    key: PartKey = field(init=False)

    def __post_init__(self) -> None:
        """Put together what makes it the same part in another file."""
        key = PartKey(self.building.key, self.entrance.key, self.room.key)
        object.__setattr__(self, "key", key)

    @property
    def label(self) -> str:
        """The part as people say it."""
        return " ".join(n.name for n in (self.building, self.entrance, self.room) if n.name)


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a row: the sheet's own building, a heading between rows, the last row."""

    sheet: Named | None = None
    sheet_by_name: bool = False
    section_building: Named | None = None
    section_entrance: Named | None = None
    last: Spot | None = None

    def after_section(self, text: str) -> "Above":
        """Return what stands above the rows under a heading such as 1号楼1单元."""
        inside, way = section(text)
        return replace(
            self,
            section_building=building(inside) if inside else self.section_building,
            section_entrance=entrance(way) if way else None,
            last=None,
        )


class _Stop(Exception):
    """The row does not say which part it speaks of."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.code)
        self.doubt = doubt


def spot(row: Row, above: Above) -> tuple[Spot | None, tuple[Doubt, ...]]:
    """Find the part that a row speaks of; without it, one of the doubts is a refusal."""
    doubts: list[Doubt] = []
    try:
        return _spot(row, above, doubts), tuple(doubts)
    except _Stop as stop:
        return None, (*doubts, stop.doubt)


def _spot(row: Row, above: Above, doubts: list[Doubt]) -> Spot:
    numbers = list(_numbers(row))
    number = numbers[0]
    own, own_entrance = _own_building(row)
    if own_entrance is None:
        own_entrance = _own_entrance(row)
    number, about_lead = _with_lead(row, number, (own, own_entrance), above)
    doubts += about_lead
    inside = _agreed("楼栋", own, number.building and _phased(row, number.building))
    carried = inside is None
    inside = inside or _from_above(row, above, doubts)
    way = _agreed("单元", own_entrance, number.entrance)
    if way is None:
        way = _entrance_from_above(row, above, doubts) if carried else NOWHERE
    _check_sheet(inside, above, doubts)
    level = floor(row.first(Field.FLOOR)[0]) or number.floor
    found = Spot(inside, way, level, _in_garage(inside, number.room))
    for other in numbers[1:]:
        if other.room.key != found.room.key or (other.building or inside).key != inside.key:
            raise _refused("room_conflict", "同一行里的两个房号对不上，请核对。")
    return found


def _numbers(row: Row) -> Iterator[RoomNumber]:
    yielded = False
    for which in ROOMS:
        for text, _ in row.found(which):
            read, doubt = (
                room_number(text) if which is not Field.LOCATION else (at_end_of(text), None)
            )
            if doubt:
                raise _Stop(doubt)
            if read:
                yielded = True
                yield read
    if not yielded:
        raise _refused("room_missing", "没有填房号，不知道是哪一户。")


def _own_building(row: Row) -> tuple[Named | None, Named | None]:
    """Read the row's own building; 1号楼1单元 in one cell is a building and an entrance."""
    inside = way = None
    for text, _ in row.found(Field.BUILDING):
        if is_nothing(text):
            continue
        if isinstance(text, DateCell):
            raise _refused("became_date", "楼栋变成了日期。请把这一列设成“文本”格式后重填。")
        said, said_way = _parted(row, text)
        inside = _agreed("楼栋", inside, _phased(row, building(said)))
        way = entrance(said_way) if said_way else way
    return inside, way


def _parted(row: Row, text: str) -> tuple[str, str]:
    """Part 1号楼1单元, and 1-2 where there is no column of entrances."""
    inside, way = section(text)
    if inside and way:
        return inside, way
    pair = _PAIR.fullmatch(compact(text))
    if pair and not row.header.has(Field.ENTRANCE):
        return pair.group(1), pair.group(2)
    return text, ""


def _phased(row: Row, inside: Named | None) -> Named | None:
    phase, at = row.first(Field.PHASE)
    return inside and in_phase(phase, inside, row.header.ending_of(at))


def _own_entrance(row: Row) -> Named | None:
    text, _ = row.first(Field.ENTRANCE)
    if not text:
        return None
    if isinstance(text, DateCell):
        raise _refused("became_date", "单元变成了日期。请把这一列设成“文本”格式后重填。")
    inside, way = section(text)
    return entrance(way if inside and way else text)


def _with_lead(
    row: Row, number: RoomNumber, own: tuple[Named | None, Named | None], above: Above
) -> tuple[RoomNumber, tuple[Doubt, ...]]:
    """Settle the lead of 1-101 by all that is known of the row's building and entrance."""
    if not number.lead:
        return number, ()
    inside = number.building or own[0] or above.section_building or above.sheet
    if inside is None and above.last and row.header.has(Field.BUILDING):
        inside = above.last.building
    found, doubt = settled(number, inside, own[1], bay=_is_bay(row))
    if found is None and doubt:
        raise _Stop(doubt)
    return found or number, (doubt,) if doubt else ()


def _agreed(what: str, own: Named | None, other: Named | None) -> Named | None:
    if own and other and own.key != other.key:
        if what == "楼栋" and own.key.endswith(f"-{other.key}"):
            return own
        raise _refused("room_conflict", f"房号里的{what}与“{what}”一列对不上，请核对。")
    return own or other


def _from_above(row: Row, above: Above, doubts: list[Doubt]) -> Named:
    if above.section_building:
        return above.section_building
    if row.header.has(Field.BUILDING) and above.last:
        level = Level.QUESTION if _is_bay(row) else Level.WARNING
        said = f"这一行没填楼栋，按上一行算作{above.last.building.name}。"
        doubts.append(Doubt(level, "building_carried", said))
        return above.last.building
    if above.sheet:
        phased = _phased(row, above.sheet)
        return phased or above.sheet
    if _is_bay(row):
        said = "车位没写在哪一幢，算在地下车库。"
        doubts.append(Doubt(Level.WARNING, "garage_assumed", said))
        return Named(GARAGE, "地下车库")
    raise _refused("building_missing", "看不出是哪一幢楼：没有楼栋一列，工作表名和标题里也没有。")


def _is_bay(row: Row) -> bool:
    return use(row.first(Field.USE)[0]) is Use.PARKING or row.header.has_heading("车位")


def _entrance_from_above(row: Row, above: Above, doubts: list[Doubt]) -> Named:
    if above.section_entrance:
        return above.section_entrance
    grouped = row.header.has(Field.BUILDING) and row.header.has(Field.ENTRANCE)
    if grouped and above.last and above.last.entrance.key and not above.section_building:
        said = f"这一行没填单元，按上一行算作{above.last.entrance.name}。"
        doubts.append(Doubt(Level.WARNING, "entrance_carried", said))
        return above.last.entrance
    return NOWHERE


def _check_sheet(inside: Named, above: Above, doubts: list[Doubt]) -> None:
    other = above.sheet
    if not other or not above.sheet_by_name or other.key == GARAGE:
        return
    if other.key.rpartition("-")[2] != inside.key.rpartition("-")[2]:
        said = f"这一行写的是{inside.name}，却在工作表“{tidy(other.name)}”里。"
        doubts.append(Doubt(Level.QUESTION, "other_sheet", said))


def _in_garage(inside: Named, found: Named) -> Named:
    """In the garage, 车位023 and 023 are one bay."""
    if inside.key.rpartition("-")[2] != GARAGE:
        return found
    bare = _BAY.sub("", found.key)
    return Named(room(bare).key, found.name) if bare else found


def _refused(code: str, said: str) -> _Stop:
    return _Stop(Doubt(Level.REFUSED, code, said))
