"""How bodies of log entries are read: a reader for every field, and for every kind its fields."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeAlias

from voting.canonical import Fields
from voting.errors import Malformed
from voting.law.majorities import Threshold
from voting.law.parameters import Parameter
from voting.log.entries import Entry
from voting.signing import PublicKey

Reader: TypeAlias = Callable[[Fields, str], object]
Shapes: TypeAlias = Mapping[str, Mapping[str, Reader]]


def text(fields: Fields, name: str) -> object:
    """Read a text, perhaps an empty one."""
    return fields.text(name)


def uuid(fields: Fields, name: str) -> object:
    """Read an id."""
    return fields.uuid(name)


def time(fields: Fields, name: str) -> object:
    """Read a time."""
    return fields.time(name)


def day(fields: Fields, name: str) -> object:
    """Read a date."""
    return Parameter.read_date(fields.text(name))


def digest(fields: Fields, name: str) -> object:
    """Read a SHA-256."""
    return fields.digest(name)


def number(fields: Fields, name: str) -> object:
    """Read a whole number from 0."""
    return fields.integer(name, at_least=0)


def count(fields: Fields, name: str) -> object:
    """Read a whole number from 1."""
    return fields.integer(name, at_least=1)


def key(fields: Fields, name: str) -> object:
    """Read a public key."""
    return PublicKey.from_jwk(fields.object(name))


def share(fields: Fields, name: str) -> object:
    """Read a share of a whole."""
    return Threshold.from_json(fields.object(name))


def exactly(expected: str) -> Reader:
    """Return the reader of a field that has one value only."""
    return lambda fields, name: fields.exactly(name, expected)


def one_of(kind: type[Enum]) -> Reader:
    """Return the reader of a member of an enumeration."""
    return lambda fields, name: fields.member(name, kind)


def several(read: Reader, *, at_least: int = 0) -> Reader:
    """Return the reader of a list in which nothing stands twice."""

    def read_all(fields: Fields, name: str) -> object:
        found = [read(Fields({name: one}, "list"), name) for one in fields.list(name)]
        if len(found) < at_least or len(set(found)) < len(found):
            raise Malformed(f"{name} must be a list of at least {at_least}, each once")
        return found

    return read_all


def inner(shape: Mapping[str, Reader]) -> Reader:
    """Return the reader of an object inside the body."""
    return lambda fields, name: read_shape(fields.fields(name), shape)


def read_shape(fields: Fields, shape: Mapping[str, Reader]) -> None:
    """Refuse an object that has not exactly these fields; raises `Malformed`."""
    for name, read in shape.items():
        read(fields, name)
    fields.done()


def require_shape(entry: Entry, shapes: Shapes) -> None:
    """Refuse an entry of an unknown kind, or whose body is not its kind's; raises `Malformed`."""
    if entry.kind not in shapes:
        raise Malformed(f"no such kind of entry: {entry.kind}")
    read_shape(Fields(entry.body, f"entry.{entry.kind}"), shapes[entry.kind])
