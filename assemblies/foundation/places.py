"""An estate as the rooms beside the register know it: its name and its node in the tree."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """An estate: where permissions are held and what it is called."""

    id: UUID
    node: UUID
    name: str
