"""Where a part is: buildings, entrances, floors and rooms, each with a key and a name."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assemblies.foundation.sheets.numerals import arabic
from assemblies.foundation.sheets.text import compact, is_nothing, tidy

GARAGE = "0"
_GARAGE_WORDS = {
    "地下", "地库", "车库", "车位", "停车位", "停车场", "停车库", "车位区",
    "地下车库", "地下车位", "地下停车场", "地下停车库", "地下停车位", "地下车位区",
}  # fmt: skip
_NUMERAL = r"(?:[一二三四五六七八九十]+|\d+)"
_PHASE = re.compile(rf"(第?{_NUMERAL}期|[东西南北中A-Z][区苑]|{_NUMERAL}区)-?(.+)")
_BUILDING_END = re.compile(r"(?:号楼|号幢|号栋|栋楼|幢楼|#楼|幢|栋|座|楼|#|号)+$")
_ENTRANCE_END = re.compile(r"(?:号?单元|号门|门|梯)+$")
_FLOOR_END = re.compile(r"(?:楼层|层|楼|F)+$")
_ROOM_END = re.compile(r"(?:室|号房间|号房|号铺|号车位|号|房)+$")
_BARE = re.compile(r"[A-Z]?\d+[A-Z]?|[A-Z]")
_IN_TITLE = re.compile(rf"(?<![A-Z\d])(?:{_NUMERAL}|[A-Z]\d*|\d+[A-Z])(?:号楼|幢|栋|#楼?|座)")
_AMONG_OTHERS = re.compile(rf"[-~、,至到和与及共](?:第?{_NUMERAL}|[A-Z])(?:号楼|幢|栋|#|座)")
_POINT_ZERO = re.compile(r"(?<=\d)\.0$")
_ZEROS = re.compile(r"^([A-Z]*-?)0+(?=\d)")
_IN_ESTATE = re.compile(r".+?(?:小区|花园|家园|新村|社区)(.*\d.*(?:号楼|幢|栋|座|#楼?))")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A place's key, by which it is found again, and its name, by which people know it."""

    key: str
    name: str


NOWHERE = Named("", "")


@lru_cache(maxsize=1024)
def building(text: str) -> Named | None:
    """Read a building: 1号楼, 1幢, 01 and 一栋 are one; 00 and 车库 are the garage."""
    bare = compact(text)
    if not bare or len(bare) > _LONGEST or is_nothing(text):
        return None
    if found := _PHASE.fullmatch(bare):
        inside = building(found.group(2))
        return inside and in_phase(found.group(1), inside)
    if found := _IN_ESTATE.fullmatch(bare):
        return building(found.group(1))
    if bare in _GARAGE_WORDS or not bare.strip("0"):
        return Named(GARAGE, tidy(text) if bare in _GARAGE_WORDS else "地下车库")
    stem = _BUILDING_END.sub("", bare.removeprefix("第")) or bare
    key = plain_number(stem)
    return Named(key, f"{key}号楼" if stem == bare and _BARE.fullmatch(stem) else tidy(text))


def in_phase(phase: str, inside: Named, end: str = "期") -> Named:
    """Put a building into its phase (期) or district (区), unless its name says so already.

    A bare 1 or A takes `end`, the word over its column.
    """
    key = "" if is_nothing(phase) else _phase_key(phase, end)
    if not key or inside.key.startswith(f"{key}-"):
        return inside
    return Named(f"{key}-{inside.key}", f"{key}{inside.name}")


def _phase_key(text: str, otherwise: str) -> str:
    bare = compact(text).removeprefix("第")
    end = bare[-1:] if bare[-1:] in {"期", "区", "苑"} else ""
    stem = plain_number(bare.removesuffix(end))
    return f"{stem}{end or otherwise}" if stem else ""


@lru_cache(maxsize=1024)
def entrance(text: str) -> Named:
    """Read an entrance: 1单元, 01 and 一单元 are one; 0 and nothing mean there is none."""
    bare = compact(text)
    if is_nothing(text) or not bare.strip("0"):
        return NOWHERE
    stem = _ENTRANCE_END.sub("", bare.removeprefix("第")) or bare
    key = plain_number(stem)
    return Named(key, f"{key}单元" if stem == bare and _BARE.fullmatch(stem) else tidy(text))


@lru_cache(maxsize=1024)
def floor(text: str) -> str:
    """Read a floor: 1, 1层, 1F and 一楼 are 1; 负一层 and B1 are -1; other words stay."""
    bare = compact(text)
    if is_nothing(text):
        return ""
    stem = _FLOOR_END.sub("", _POINT_ZERO.sub("", bare).removeprefix("第")) or bare
    for below in ("负", "B", "地下", "-"):
        if stem.startswith(below) and (depth := arabic(stem.removeprefix(below))):
            return f"-{depth}"
    return arabic(stem) or tidy(text)


def room(text: str) -> Named:
    """Read a bare room number: 101室, 0101 and 101 are one."""
    bare = compact(text)
    stem = _ROOM_END.sub("", bare) or bare
    key = plain_number(stem)
    return Named(key, key if stem.isdigit() else stem)


def plain_number(stem: str) -> str:
    """Return a number without leading zeros, an Arabic one for a Chinese one; other words stay."""
    whole = _POINT_ZERO.sub("", stem)
    return arabic(whole) or _ZEROS.sub(r"\1", whole)


def building_of_sheet(name: str) -> Named | None:
    """Read a sheet's name as a building: 1号楼, 3#, B座, 01, 车库; not Sheet1 nor 名册."""
    bare = compact(name)
    if bare in _GARAGE_WORDS or re.fullmatch(r"\d{1,3}|[A-Z]", bare):
        return building(name)
    return building_in_title(name)


def building_in_title(text: str) -> Named | None:
    """Find the building that a title speaks of, where it speaks of just one."""
    bare = compact(text)
    if _AMONG_OTHERS.search(bare):
        return None
    phase = re.search(rf"第?{_NUMERAL}期", bare)
    words = [*_IN_TITLE.findall(bare)] or [
        word
        for word in sorted(_GARAGE_WORDS, key=len, reverse=True)
        if len(word) > 1 and word in bare
    ][:1]
    named = {found.key: found for word in words if (found := building(word))}
    if len(named) != 1:
        return None
    found = next(iter(named.values()))
    return in_phase(phase.group(), found) if phase else found
