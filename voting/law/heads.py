"""Who counts as one head: the court's rule on several parts, several owners, and the developer."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Holder(Enum):
    """The one head that is no owner group of its own making."""

    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class Holding(Generic[K]):
    """A part `key`, the persons who own it, and whether the developer still answers for it."""

    key: K
    owners: frozenset[str]
    with_developer: bool


Head = frozenset[str] | Holder


def heads(holdings: Iterable[Holding[K]]) -> dict[Head, list[K]]:
    """Group parts by the head that votes for them, in the order given.

    Parts of the same owner group are one head; parts unsold, or sold and not handed over,
    are together one head, the developer's.

    Law: spc-2009-7 art. 9 -- one exclusive part counts one person; what the developer has
    not sold or not delivered counts one in all, and several parts of one buyer count one.
    """
    grouped: dict[Head, list[K]] = {}
    for holding in holdings:
        head: Head = Holder.DEVELOPER if holding.with_developer else holding.owners
        grouped.setdefault(head, []).append(holding.key)
    return grouped
