"""Entries and receipts: one spelling each, and a receipt that proves what it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from voting.canonical import JSON, decode, encode
from voting.errors import BadProof, BadSignature, Malformed, NotCanonical
from voting.log.checkpoint import Checkpoint, Cosigner, cosign, sign_checkpoint
from voting.log.entries import Entry, Receipt
from voting.log.note import Signer
from voting.log.tree import Frontier, inclusion_proof, leaf_hash, root

ORIGIN = "votes.example/assembly/1"
LOG = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
STREET = Cosigner("street.example", Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ENTRY = Entry("ballot", AT, {"voter": "甲", "n": 1})
DATA = '{"body":{"n":1,"voter":"甲"},"kind":"ballot","time":"2026-01-02T03:04:05Z","v":1}'.encode()

NO_ENTRIES: dict[str, dict[str, Any]] = {
    "another version": {"v": 2},
    "a version in words": {"v": "1"},
    "no such time": {"time": "2026-02-30T00:00:00Z"},
    "a time elsewhere": {"time": "2026-01-02T11:04:05+08:00"},
    "a body that is a list": {"body": []},
    "a kind with capitals": {"kind": "Ballot"},
    "an empty kind": {"kind": ""},
    "a kind with a newline": {"kind": "ballot\n"},
    "a kind in Chinese": {"kind": "选票"},
    "one field more": {"who": "甲"},
}


def receipt_of(index: int, size: int) -> Receipt:
    """Return the receipt of one entry in a log of so many."""
    leaves = [entry(number).leaf for number in range(size)]
    note = sign_checkpoint(Checkpoint(ORIGIN, size, root(leaves)), LOG)
    return Receipt(entry(index), index, inclusion_proof(index, leaves), note)


def entry(number: int) -> Entry:
    return Entry("ballot", AT + timedelta(seconds=number), {"number": number})


RECEIPT = receipt_of(5, 11)


def test_an_entry_has_these_bytes() -> None:
    assert ENTRY.data() == DATA
    assert ENTRY.leaf == leaf_hash(DATA)
    assert Entry.parse(DATA) == ENTRY


def test_an_entry_happens_in_a_second_of_utc() -> None:
    shanghai = timezone(timedelta(hours=8))
    later = (AT + timedelta(microseconds=999_999)).astimezone(shanghai)
    written = Entry(ENTRY.kind, later, ENTRY.body)
    assert written == ENTRY
    assert written.data() == DATA


def test_an_entry_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NotCanonical, match="zone"):
        Entry("ballot", datetime(2026, 1, 1), {})  # noqa: DTZ001


@pytest.mark.parametrize("change", NO_ENTRIES.values(), ids=NO_ENTRIES)
def test_another_form_of_entry_is_refused(change: dict[str, Any]) -> None:
    value = decode(DATA)
    assert isinstance(value, dict)
    with pytest.raises(Malformed):
        Entry.parse(encode(value | change))


@pytest.mark.parametrize("kind", ["ballot", "roll-frozen", "count.opened", "v2"])
def test_a_kind_is_words_in_small_letters(kind: str) -> None:
    assert Entry(kind, AT, {}).kind == kind


def test_an_entry_in_another_spelling_is_refused() -> None:
    with pytest.raises(NotCanonical):
        Entry.parse(DATA + b"\n")


@given(
    st.from_regex(r"[a-z]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True),
    st.datetimes(timezones=st.just(UTC)),
    st.dictionaries(st.text("abc"), st.integers(-9, 9) | st.text("甲乙")),
)
def test_every_entry_is_read_back(kind: str, time: datetime, body: dict[str, JSON]) -> None:
    written = Entry(kind, time, body)
    assert Entry.parse(written.data()) == written


# --- receipts --------------------------------------------------------------------------------


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 2), (1, 2), (5, 11), (10, 11), (7, 8)])
def test_a_receipt_proves_its_entry(index: int, size: int) -> None:
    opened = receipt_of(index, size).verify(LOG.verifier)
    assert (opened.checkpoint.origin, opened.checkpoint.size) == (ORIGIN, size)


def test_the_frontier_is_enough_for_a_receipt() -> None:
    frontier = Frontier.of(entry(number).leaf for number in range(6))
    proof = frontier.proof_of_next()
    head = frontier.append(entry(6).leaf)
    note = sign_checkpoint(Checkpoint(ORIGIN, head.size, head.root()), LOG)
    assert Receipt(entry(6), 6, proof, note).verify(LOG.verifier).checkpoint.size == 7


def test_a_receipt_shows_who_cosigned() -> None:
    cosigned = replace(RECEIPT, checkpoint=cosign(RECEIPT.checkpoint, STREET, AT))
    assert [seal.at for seal in cosigned.verify(LOG.verifier, [STREET.verifier]).cosignatures] == [
        AT
    ]


def test_a_receipt_is_read_back() -> None:
    value = decode(encode(RECEIPT.to_json()))
    assert Receipt.from_json(value) == RECEIPT


@pytest.mark.parametrize(
    "change",
    [
        {"entry": entry(6)},
        {"entry": Entry("ballot", AT, {"number": 5})},
        {"index": 4},
        {"index": 11},
        {"proof": ()},
        {"proof": RECEIPT.proof[::-1]},
        {"checkpoint": receipt_of(5, 12).checkpoint},
    ],
    ids=[
        "another entry",
        "another time",
        "another place",
        "no place",
        "no proof",
        "turned round",
        "another checkpoint",
    ],
)
def test_a_receipt_with_anything_changed_proves_nothing(change: dict[str, Any]) -> None:
    with pytest.raises(BadProof):
        replace(RECEIPT, **change).verify(LOG.verifier)


def test_a_receipt_of_another_log_proves_nothing() -> None:
    other = Signer(ORIGIN, STREET.private)
    with pytest.raises(BadSignature):
        RECEIPT.verify(other.verifier)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"index": -1},
        {"index": "5"},
        {"proof": [1]},
        {"proof": ["=="]},
        {"proof": "AAAA"},
        {"checkpoint": None},
        {"entry": {}},
        {"size": 11},
    ],
    ids=str,
)
def test_another_form_of_receipt_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        Receipt.from_json({**RECEIPT.to_json(), **change})  # type: ignore[dict-item]
