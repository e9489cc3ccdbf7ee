"""How an estate's tables stood before a batch was applied: exact rows, kept as canonical JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from voting.canonical import Fields, Plain, b64url, decode, encode, unb64url

# A row of a table: what each column holds.
Row: TypeAlias = dict[str, Any]
_UUID, _BYTES = "uuid:", "bytes:"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows as they were, and the ids of what did not exist.

    `buildings` are all of the estate; parts, ownerships and persons only those that changed.
    """

    buildings: Sequence[Row]
    parts: Sequence[Row]
    ownerships: Sequence[Row]
    persons: Sequence[Row]
    new_parts: frozenset[UUID]
    new_persons: frozenset[UUID]

    @property
    def touched(self) -> frozenset[UUID]:
        """Return the ids of all parts that undoing would write or take away."""
        return self.new_parts | {row["id"] for row in self.parts}

    def encode(self) -> str:
        """Return the snapshot as canonical JSON."""
        return encode(
            {
                "buildings": _rows(self.buildings),
                "new_parts": sorted(map(str, self.new_parts)),
                "new_persons": sorted(map(str, self.new_persons)),
                "ownerships": _rows(self.ownerships),
                "parts": _rows(self.parts),
                "persons": _rows(self.persons),
            }
        ).decode()

    @staticmethod
    def read(text: str) -> "Snapshot":
        """Read what `encode` wrote; raises `Malformed`."""
        fields = Fields(decode(text.encode()), "snapshot")
        snapshot = Snapshot(
            buildings=_read(fields, "buildings"),
            parts=_read(fields, "parts"),
            ownerships=_read(fields, "ownerships"),
            persons=_read(fields, "persons"),
            new_parts=frozenset(UUID(str(one)) for one in fields.list("new_parts")),
            new_persons=frozenset(UUID(str(one)) for one in fields.list("new_persons")),
        )
        fields.done()
        return snapshot


def _rows(rows: Sequence[Row]) -> list[Plain]:
    return [{column: _plain(value) for column, value in row.items()} for row in rows]


def _read(fields: Fields, name: str) -> list[Row]:
    rows = []
    for one in fields.list(name):
        row: Mapping[str, Any] = one if isinstance(one, dict) else {}
        rows.append({column: _value(value) for column, value in row.items()})
    return rows


def _plain(value: object) -> Plain:
    """Write an id or bytes as text with its kind in front; other text has none of these."""
    if isinstance(value, UUID):
        return f"{_UUID}{value}"
    if isinstance(value, bytes):
        return f"{_BYTES}{b64url(value)}"
    if value is None or isinstance(value, bool | int):
        return value
    return f"text:{value}"


def _value(value: object) -> object:
    if not isinstance(value, str):
        return value
    kind, _, text = value.partition(":")
    if kind == "uuid":
        return UUID(text)
    return unb64url(text) if kind == "bytes" else text
