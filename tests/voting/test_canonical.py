"""The one encoding: what it writes, and what it refuses to read."""

import json
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from voting.canonical import (
    GREATEST,
    JSON,
    b64url,
    decode,
    decode_lines,
    digest,
    encode,
    encode_lines,
    parse_time,
    sha256_hex,
    time_text,
    unb64url,
)
from voting.errors import NotCanonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers(-GREATEST, GREATEST) | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)
DEEP = 100_000


class Number(IntEnum):
    """An integer by another name."""

    THREE = 3


WRITTEN: dict[str, tuple[Any, bytes]] = {
    "nothing": (None, b"null"),
    "truth": (True, b"true"),
    "the greatest integer": (GREATEST, b"9007199254740991"),
    "the least integer": (-GREATEST, b"-9007199254740991"),
    "an empty object": ({}, b"{}"),
    "an empty list": ([], b"[]"),
    "a tuple is a list": ((1, "a"), b'[1,"a"]'),
    "keys in order": ({"b": 1, "a": 2, "": 3}, b'{"":3,"a":2,"b":1}'),
    "Chinese as it is": ({"众": "决"}, '{"众":"决"}'.encode()),
    "short escapes": ('"\\\b\f\n\r\t', b'"\\"\\\\\\b\\f\\n\\r\\t"'),
    "long escapes in lower case": ("\x00\x1f", b'"\\u0000\\u001f"'),
    "no escape for slash, delete or line separator": ("/\x7f\u2028", '"/\x7f\u2028"'.encode()),
    # RFC 8785 3.2.3 sorts by UTF-16 unit, so U+1F600 (D83D ...) stands before U+FB33.
    "keys by UTF-16 unit": ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'.encode()),
    "a member of an enumeration": (Number.THREE, b"3"),
}

UNWRITABLE = {
    "a float": 1.0,
    "a float deep inside": {"a": [{"b": 0.5}]},
    "not a number": float("nan"),
    "one too great": GREATEST + 1,
    "one too small": -GREATEST - 1,
    "a key that is a number": {1: "a"},
    "a key that is nothing": {None: "a"},
    "a lone surrogate": "\ud800",
    "a lone surrogate in a key": {"\udfff": 1},
    "bytes": b"a",
    "a set": {1},
    "a time": datetime(2026, 1, 1, tzinfo=UTC),
}

UNREADABLE = {
    "nothing at all": b"",
    "a space": b'{"a": 1}',
    "a newline at the end": b"1\n",
    "a byte order mark": b"\xef\xbb\xbf1",
    "keys out of order": b'{"b":1,"a":2}',
    "keys by code point, not by UTF-16 unit": '{"\ufb33":1,"\U0001f600":2}'.encode(),
    "a key twice": b'{"a":1,"a":1}',
    "a key twice with two values": b'{"a":1,"a":2}',
    "a float": b"1.0",
    "a float that is an integer": b"1e3",
    "minus zero": b"-0",
    "a leading zero": b"01",
    "one too great": b"9007199254740992",
    "far too great": b"9" * 5_000,
    "not a number": b"NaN",
    "infinity": b"-Infinity",
    "an escape that is not needed": b'"\\u0041"',
    "an escaped slash": b'"\\/"',
    "an escape in upper case": b'"\\u001F"',
    "Chinese in escapes": b'"\\u4f17"',
    "a lone surrogate in escapes": b'"\\ud800"',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "an overlong slash": b'"\xc0\xaf"',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "a raw control character": b'"\x01"',
    "two values": b"1 2",
    "a comma too many": b"[1,]",
    "single quotes": b"'a'",
    "deeper than anybody can follow": b"[" * DEEP + b"]" * DEEP,
}


@pytest.mark.parametrize(("value", "data"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_is_written_in_one_way(value: Any, data: bytes) -> None:
    assert encode(value) == data
    assert encode(decode(data)) == data


@pytest.mark.parametrize("value", UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        encode(value)


def test_a_value_inside_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(NotCanonical, match="too deeply"):
        encode(endless)


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)


@given(VALUES)
def test_decoding_gives_back_what_was_encoded(value: JSON) -> None:
    assert decode(encode(value)) == value


@given(VALUES)
def test_the_bytes_are_those_of_the_rfc8785_library(value: JSON) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(VALUES)
def test_a_space_or_an_escape_more_is_never_read(value: JSON) -> None:
    for other in (json.dumps(value, indent=1), json.dumps(value) + " ", " " + json.dumps(value)):
        if other.encode() != encode(value):
            with pytest.raises(NotCanonical):
                decode(other.encode())


@given(st.lists(VALUES))
def test_lines_are_read_back(values: list[JSON]) -> None:
    assert decode_lines(encode_lines(values)) == values


@pytest.mark.parametrize(
    "data",
    [b"1", b"1\n2", b"1\r\n", b"1\n\n", b"\n"],
    ids=["no end", "cut", "CRLF", "blank", "empty"],
)
def test_lines_that_are_not_ended_or_empty_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode_lines(data)


def test_digests_are_sha256_in_hexadecimal() -> None:
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest({"b": 1, "a": 2}) == sha256_hex(b'{"a":2,"b":1}')


# --- base64url -------------------------------------------------------------------------------

LOOSE = {
    "padding": "YQ==",
    "standard alphabet": "-_+/",
    "a space": "YW Jj",
    "a newline at the end": "YWJj\n",
    "bits left over after one byte": "YR",
    "bits left over after two bytes": "YWJ",
    "one letter too many": "YWJjY",
    "one letter": "Y",
    "an asterisk": "YW*j",
    "another alphabet": "ＹＷＪｊ",
    "padding inside": "YQ=a",
    "a dot": "YW.j",
}


@given(st.binary())
def test_base64url_gives_back_every_byte(data: bytes) -> None:
    text = b64url(data)
    assert unb64url(text) == data
    assert "=" not in text


@pytest.mark.parametrize("text", LOOSE.values(), ids=LOOSE)
def test_base64url_is_read_in_one_spelling_only(text: str) -> None:
    with pytest.raises(NotCanonical):
        unb64url(text)


@given(st.text(st.sampled_from("AQgwZ-_+/=. \n"), max_size=9))
def test_what_is_read_as_base64url_is_what_would_be_written(text: str) -> None:
    try:
        data = unb64url(text)
    except NotCanonical:
        return
    assert b64url(data) == text


# --- times -----------------------------------------------------------------------------------

NO_TIMES = {
    "a fraction": "2026-01-01T00:00:00.5Z",
    "an offset": "2026-01-01T08:00:00+08:00",
    "an offset of nothing": "2026-01-01T00:00:00+00:00",
    "no zone": "2026-01-01T00:00:00",
    "a small z": "2026-01-01T00:00:00z",
    "a space for T": "2026-01-01 00:00:00Z",
    "a date": "2026-01-01",
    "no such day": "2026-02-30T00:00:00Z",
    "a leap second": "2026-06-30T23:59:60Z",
    "basic form": "20260101T000000Z",
    "Chinese digits": "２０２６-01-01T00:00:00Z",
    "words": "today",
}


def test_a_time_is_written_in_utc_to_the_second_in_which_it_lies() -> None:
    shanghai = timezone(timedelta(hours=8))
    moment = datetime(2026, 1, 1, 7, 59, 59, 999_999, tzinfo=shanghai)
    assert time_text(moment) == "2025-12-31T23:59:59Z"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NotCanonical, match="zone"):
        time_text(datetime(2026, 1, 1))  # noqa: DTZ001


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_is_read_back(moment: datetime) -> None:
    assert parse_time(time_text(moment)) == moment.replace(microsecond=0)


@pytest.mark.parametrize("text", NO_TIMES.values(), ids=NO_TIMES)
def test_any_other_spelling_of_a_time_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        parse_time(text)
