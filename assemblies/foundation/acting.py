"""Who takes a step, as its record names them, and the keys that sign the record of it."""

from dataclasses import dataclass
from uuid import UUID

from assemblies.foundation.secrets import Keys


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody by name and role, with the keys that seal what they are told to have done."""

    by: str
    keys: Keys


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who acts for an estate, by name and role, with the keys as above."""

    estate: UUID
    by: str
    keys: Keys
