"""What the records answer to one row of the monthly table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Computed:
    """What the records answer: the figures, what was counted in words, and which places."""

    value: tuple[int, ...]
    said: str
    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
