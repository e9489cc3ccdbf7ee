"""The order in which people walk through an estate: 2号楼 before 10号楼, the garage last."""

import re
from typing import TypeAlias

from assemblies.estates.register.values import PartKey
from assemblies.foundation.sheets.places import GARAGE

_DIGITS = re.compile(r"(\d+)")
Rank: TypeAlias = tuple[tuple[int, int, str], ...]


def natural(key: str) -> Rank:
    """Rank a text by the numbers in it: 2 before 10, numbers before words."""
    return tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece)
        for piece in _DIGITS.split(key)
        if piece
    )


def building_rank(key: str) -> tuple[Rank, bool, Rank]:
    """Rank a building: by phase, then the garage after all others, then by its number."""
    phase, _, inside = key.rpartition("-")
    return natural(phase), inside == GARAGE, natural(inside)


def part_rank(key: PartKey) -> tuple[Rank, Rank]:
    """Rank a part inside its building."""
    return natural(key.entrance), natural(key.room)
