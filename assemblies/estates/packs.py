"""The rule packs an estate may live under, and what each city's own asks otherwise."""

from dataclasses import dataclass
from datetime import date

from voting.law.packs import Pack

PACKS = ("shandong", "dezhou", "zaozhuang", "qingdao", "zibo", "weifang", "liaocheng")
USUAL = PACKS[0]


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack with its title, and what it says beyond the province's."""

    name: str
    title: str
    own: tuple[str, ...]


def titles() -> tuple[tuple[str, str], ...]:
    """Return the packs as pairs of name and title."""
    return tuple((name, Pack.named(name).title_zh) for name in PACKS)


def title(name: str) -> str:
    """Return a pack's title; raises `NoSuchRule`."""
    return Pack.named(name).title_zh


def cities(on: date) -> tuple[PackLine, ...]:
    """Return the cities' packs, each with its own sentences as they are in force on a day."""
    return tuple(_line(Pack.named(name), on) for name in PACKS if name != USUAL)


def _line(pack: Pack, on: date) -> PackLine:
    own = tuple(parameter.said_zh for parameter in pack.in_force(on))
    return PackLine(pack.name, pack.title_zh, own)
