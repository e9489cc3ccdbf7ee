"""The one encoding of anything hashed or signed: RFC 8785 JSON with integers only."""

import binascii
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, NoReturn, TypeAlias, TypeVar
from uuid import UUID

import rfc8785

from voting.errors import Malformed, NotCanonical

JSON: TypeAlias = "bool | int | str | list[JSON] | dict[str, JSON] | None"
JSONList: TypeAlias = "list[JSON]"
JSONObject: TypeAlias = "dict[str, JSON]"
# What `encode` takes: JSON, also with tuples, and lists and dicts of narrower types.
Plain: TypeAlias = "bool | int | str | Sequence[Plain] | Mapping[str, Plain] | None"

GREATEST = 2**53 - 1  # the last integer every JSON reader keeps exactly (RFC 8785 3.2.2.3)

_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_STANDARD = bytes.maketrans(b"-_+/=", b"+/***")  # "*" is in no base64 alphabet
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA256_HEX = re.compile(r"[0-9a-f]{64}")
_Member = TypeVar("_Member", bound=Enum)
_Read = TypeVar("_Read")


def encode(value: Plain) -> bytes:
    """Return the canonical bytes of a value (RFC 8785).

    Raises `NotCanonical` for floats, integers beyond 2**53-1, keys that are not strings,
    lone surrogates, foreign types and nesting that nobody could follow.
    """
    try:
        _require_plain(value)
        return _encode_plain(value)
    except UnicodeEncodeError as error:
        raise NotCanonical("a lone surrogate is not text") from error
    except RecursionError as error:
        raise NotCanonical("nested too deeply") from error


def decode(data: bytes) -> JSON:
    """Return the value of canonical bytes.

    Raises `NotCanonical` when the bytes are not what `encode` gives for their value: duplicate
    or unsorted keys, spaces, floats, a byte order mark, other escapes, -0.
    """
    try:
        value: JSON = _DECODE(data.decode("utf-8"))
        again = _encode_plain(value)
    except ValueError as error:
        raise NotCanonical(f"not JSON in UTF-8: {error}") from error
    except RecursionError as error:
        raise NotCanonical("nested too deeply") from error
    if again != data:
        raise NotCanonical("not in the canonical form of RFC 8785")
    return value


def encode_lines(values: Iterable[Plain]) -> bytes:
    """Return canonical JSON Lines, every line ended by a newline; raises `NotCanonical`."""
    return b"".join(encode(value) + b"\n" for value in values)


def decode_lines(data: bytes) -> JSONList:
    """Return the values of canonical JSON Lines; raises `NotCanonical`, also for a cut line."""
    *lines, rest = data.split(b"\n")
    if rest:
        raise NotCanonical("the last line is not ended")
    return [decode(line) for line in lines]


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest(value: Plain) -> str:
    """Return the SHA-256 of a value's canonical bytes, in hexadecimal; raises `NotCanonical`."""
    return sha256_hex(encode(value))


def b64url(data: bytes) -> str:
    """Return base64url without padding (RFC 7515 section 2)."""
    standard = binascii.b2a_base64(data, newline=False)
    return standard.translate(_URL_SAFE, b"=").decode("ascii")


def unb64url(text: str) -> bytes:
    """Return the bytes of unpadded base64url; raises `NotCanonical` for any other spelling."""
    padding = b"=" * (-len(text) % 4)
    try:
        standard = text.encode("ascii").translate(_STANDARD) + padding
        data = binascii.a2b_base64(standard, strict_mode=True)
    except ValueError as error:
        raise NotCanonical("not base64url") from error
    whole = len(data) // 3
    if b64url(data[3 * whole :]) != text[4 * whole :]:  # bits left over after the last byte
        raise NotCanonical("not the one base64url spelling of its bytes")
    return data


def whole_second(moment: datetime) -> datetime:
    """Return the UTC second in which a moment lies; raises `NotCanonical` without a time zone."""
    if moment.tzinfo is None:
        raise NotCanonical("a time without a zone is no time")
    return moment.astimezone(UTC).replace(microsecond=0)


def time_text(moment: datetime) -> str:
    """Return the second in which a moment lies, as RFC 3339 in UTC; raises `NotCanonical`."""
    return whole_second(moment).replace(tzinfo=None).isoformat() + "Z"


def parse_time(text: str) -> datetime:
    """Return the time written as `time_text` writes it; raises `NotCanonical` otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotCanonical(f"not a time: {text!r}") from error
    if time_text(moment) != text:
        raise NotCanonical(f"not a time in UTC to the second: {text!r}")
    return moment


def _require_plain(value: object) -> None:
    """Walk a value; the C encoder would let floats pass and would turn keys into strings."""
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if not -GREATEST <= value <= GREATEST:
            raise NotCanonical("an integer beyond 2**53-1")
    elif isinstance(value, (list, tuple)):
        for item in value:
            _require_plain(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"a key that is not a string: {key!r}")
            _require_plain(item)
    else:
        raise NotCanonical(f"no place for {type(value).__name__} in canonical JSON")


def _encode_plain(value: Any) -> bytes:
    """Encode what is known to be plain.

    For integers and strings the C encoder writes exactly RFC 8785 at four times the library's
    speed, but orders keys by code point and not by UTF-16 unit: the two differ only where a
    character beyond U+FFFF occurs, and there the library does it.
    """
    data = _FAST(value).encode("utf-8")
    return data if data.isascii() or not _ASTRAL.search(data) else rfc8785.dumps(value)


_FAST = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_ASTRAL = re.compile(rb"[\xf0-\xf4]")  # the first byte of every character beyond U+FFFF in UTF-8


def _integer(text: str) -> int:
    _require_plain(number := int(text))
    return number


def _refuse_number(text: str) -> NoReturn:
    raise NotCanonical(f"only integers: {text}")


_DECODE = json.JSONDecoder(
    parse_int=_integer, parse_float=_refuse_number, parse_constant=_refuse_number
).decode


class Fields:
    """Reads the fields of one parsed object, naming object and field in every refusal.

    Every reader raises `Malformed` when the field is missing or is not what was asked for.
    `done` refuses fields nobody read, so an object has exactly the fields its reader knows.
    """

    __slots__ = ("_left", "_name", "_value")

    def __init__(self, value: JSON, name: str) -> None:
        if not isinstance(value, dict):
            raise Malformed(f"{name} is not an object")
        self._value = value
        self._name = name
        self._left = set(value)

    def done(self) -> None:
        """Refuse fields that nobody read."""
        if self._left:
            raise Malformed(f"{self._name} has unknown fields: {', '.join(sorted(self._left))}")

    def has(self, field: str) -> bool:
        """Say whether the object has this field at all."""
        return field in self._value

    def is_null(self, field: str) -> bool:
        """Say whether a field that must be there is null."""
        return self._take(field) is None

    def exactly(self, field: str, expected: str | int) -> None:
        """Refuse any value but this one."""
        value = self._take(field)
        if type(value) is not type(expected) or value != expected:
            raise self._wrong(field, f"{expected!r}")

    def text(self, field: str, *, at_most: int | None = None) -> str:
        """Return a string, of at most so many characters."""
        value = self._take(field)
        if not isinstance(value, str) or (at_most is not None and len(value) > at_most):
            raise self._wrong(field, "text" if at_most is None else f"text up to {at_most}")
        return value

    def integer(self, field: str, *, at_least: int = -GREATEST, at_most: int = GREATEST) -> int:
        """Return a whole number within bounds."""
        value = self._take(field)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(field, "an integer")
        if not at_least <= value <= at_most:
            raise self._wrong(field, f"between {at_least} and {at_most}")
        return value

    def boolean(self, field: str) -> bool:
        """Return true or false."""
        value = self._take(field)
        if not isinstance(value, bool):
            raise self._wrong(field, "true or false")
        return value

    def uuid(self, field: str) -> UUID:
        """Return an id, written in lower case with hyphens and in no other way."""
        value = self.text(field)
        if not _UUID.fullmatch(value):
            raise self._wrong(field, "a UUID in lower case with hyphens")
        return UUID(int=int(value.replace("-", ""), 16))

    def time(self, field: str) -> datetime:
        """Return a time in UTC, to the second."""
        return self._read(field, parse_time, "a time such as 2026-01-01T00:00:00Z")

    def digest(self, field: str) -> str:
        """Return a SHA-256 in lower-case hexadecimal."""
        value = self.text(field)
        if not _SHA256_HEX.fullmatch(value):
            raise self._wrong(field, "a SHA-256 in hexadecimal")
        return value

    def data(self, field: str) -> bytes:
        """Return bytes written in unpadded base64url."""
        return self._read(field, unb64url, "unpadded base64url")

    def member(self, field: str, kind: type[_Member]) -> _Member:
        """Return the member of an enumeration that has this value."""
        value = self._take(field)
        for member in kind:
            if type(member.value) is type(value) and member.value == value:
                return member
        raise self._wrong(field, f"one of {', '.join(str(member.value) for member in kind)}")

    def list(self, field: str) -> JSONList:
        """Return a list."""
        value = self._take(field)
        if not isinstance(value, list):
            raise self._wrong(field, "a list")
        return value

    def object(self, field: str) -> JSONObject:
        """Return an object as it is."""
        value = self._take(field)
        if not isinstance(value, dict):
            raise self._wrong(field, "an object")
        return value

    def fields(self, field: str) -> "Fields":
        """Return the reader of an object inside this one; its own `done` is still to be called."""
        return Fields(self.object(field), f"{self._name}.{field}")

    def _read(self, field: str, reader: Callable[[str], _Read], wanted: str) -> _Read:
        try:
            return reader(self.text(field))
        except (NotCanonical, ValueError) as error:
            raise self._wrong(field, wanted) from error

    def _take(self, field: str) -> JSON:
        if field not in self._value:
            raise Malformed(f"{self._name} lacks {field}")
        self._left.discard(field)
        return self._value[field]

    def _wrong(self, field: str, wanted: str) -> Malformed:
        return Malformed(f"{self._name}.{field} must be {wanted}")
