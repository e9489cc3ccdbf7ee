"""Checkpoints and cosignatures: the C2SP examples, and what must not pass for one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import BadSignature, Malformed, NotCanonical, UnsignedNote
from voting.log.checkpoint import (
    Checkpoint,
    Cosignature,
    CosignatureVerifier,
    Cosigner,
    cosign,
    open_checkpoint,
    sign_checkpoint,
)
from voting.log.note import Note, Signature, Signer, Verifier, open_note, sign_note
from voting.log.tree import EMPTY, leaf_hash

ORIGIN = "votes.example/assembly/1"
LOG = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
STREET = Cosigner("street.example", Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))
HEAD = Checkpoint(ORIGIN, 7, leaf_hash(b"a"))
NOTE = sign_checkpoint(HEAD, LOG)
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
COSIGNED = cosign(NOTE, STREET, AT)

# The example of c2sp.org/tlog-checkpoint and tlog-cosignature, whose text is public.
EXAMPLE = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
"""
EXAMPLE_COSIGNATURE = (
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3"
    "b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
)

ROOT = NOTE.split("\n")[2]
NO_CHECKPOINTS = {
    "empty": "\n",
    "two lines": f"{ORIGIN}\n7\n",
    "no newline at the end": f"{ORIGIN}\n7\n{ROOT}",
    "no origin": f"\n7\n{ROOT}\n",
    "a size with a nought before": f"{ORIGIN}\n07\n{ROOT}\n",
    "a size with a sign": f"{ORIGIN}\n+7\n{ROOT}\n",
    "a negative size": f"{ORIGIN}\n-1\n{ROOT}\n",
    "a size with a space": f"{ORIGIN}\n7 \n{ROOT}\n",
    "a size in Chinese digits": f"{ORIGIN}\n７\n{ROOT}\n",
    "a size beyond exact integers": f"{ORIGIN}\n9007199254740992\n{ROOT}\n",
    "a size of many digits": f"{ORIGIN}\n{'9' * 5_000}\n{ROOT}\n",
    "no size": f"{ORIGIN}\n\n{ROOT}\n",
    "a short root": f"{ORIGIN}\n7\nAAAA\n",
    "a root without padding": f"{ORIGIN}\n7\n{ROOT.rstrip('=')}\n",
    "a root in hexadecimal": f"{ORIGIN}\n7\n{HEAD.root.hex()}\n",
    "an empty extension": f"{ORIGIN}\n7\n{ROOT}\n\n",
}

WRONG_COSIGNATURES = {
    "too short": bytes(71),
    "without its time": STREET.private.sign(NOTE.encode()),
    "from after the year 9999": (253_402_300_800).to_bytes(8) + bytes(64),
    "from the end of all time": b"\xff" * 72,
    "of nought": bytes(72),
}


def signed_by_hand(value: bytes) -> str:
    parsed = Note.parse(NOTE)
    line = Signature(STREET.name, STREET.verifier.key_id, value)
    return Note(parsed.text, (*parsed.signatures, line)).written()


def test_a_checkpoint_is_read_back() -> None:
    opened = open_checkpoint(NOTE, LOG.verifier)
    assert opened.checkpoint == HEAD
    assert opened.cosignatures == ()


@given(
    st.integers(0, 2**53 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(st.text("abc ", min_size=1)),
)
def test_every_checkpoint_is_read_back(size: int, root: bytes, extensions: list[str]) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root, tuple(extensions))
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


def test_the_empty_log_has_a_checkpoint() -> None:
    assert Checkpoint(ORIGIN, 0, EMPTY).text() == (
        f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    )


def test_the_example_of_the_specification_is_read_and_written() -> None:
    checkpoint = Checkpoint.parse(EXAMPLE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.text() == EXAMPLE


@pytest.mark.parametrize("text", NO_CHECKPOINTS.values(), ids=NO_CHECKPOINTS)
def test_what_is_no_checkpoint_is_refused_although_signed(text: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.parse(text)
    if text.endswith("\n"):
        with pytest.raises(Malformed):
            open_checkpoint(sign_note(text, LOG), LOG.verifier)


@pytest.mark.parametrize(
    "change",
    [
        {"origin": ""},
        {"origin": "a\nb"},
        {"size": -1},
        {"size": 2**53},
        {"root": b""},
        {"extensions": ("",)},
        {"extensions": ("a\nb",)},
    ],
    ids=str,
)
def test_a_checkpoint_that_could_not_be_read_cannot_be_made(change: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        replace(HEAD, **change)


def test_no_key_speaks_for_another_log() -> None:
    other = Signer("votes.example/assembly/2", LOG.private)
    with pytest.raises(Malformed, match="not of votes"):
        sign_checkpoint(HEAD, other)
    with pytest.raises(Malformed, match="not of votes"):
        open_checkpoint(sign_note(HEAD.text(), other), other.verifier)
    with pytest.raises(UnsignedNote):
        open_checkpoint(NOTE, other.verifier)


# --- cosignatures ----------------------------------------------------------------------------


def test_a_cosignature_says_who_and_when() -> None:
    opened = open_checkpoint(COSIGNED, LOG.verifier, [STREET.verifier])
    assert opened.cosignatures == (Cosignature("street.example", AT),)
    assert COSIGNED.startswith(NOTE)


def test_a_cosignature_lies_in_its_whole_second() -> None:
    shanghai_second = (AT + timedelta(microseconds=999_999)).astimezone()
    assert cosign(NOTE, STREET, shanghai_second) == COSIGNED


def test_a_cosignature_needs_a_time_that_can_be_written() -> None:
    with pytest.raises(NotCanonical, match="zone"):
        cosign(NOTE, STREET, datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(Malformed, match="1970"):
        cosign(NOTE, STREET, datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC))
    cosign(NOTE, STREET, datetime(1970, 1, 1, tzinfo=UTC))


def test_the_message_is_the_one_of_the_specification() -> None:
    signature = Note.parse(COSIGNED).signatures[-1].value
    message = b"cosignature/v1\ntime 1767323045\n" + HEAD.text().encode()
    STREET.private.public_key().verify(signature[8:], message)
    assert int.from_bytes(signature[:8]) == 1_767_323_045


def test_the_example_cosignature_has_the_shape_of_the_specification() -> None:
    line = Signature.parse(EXAMPLE_COSIGNATURE)
    assert len(line.value) == 72
    assert int.from_bytes(line.value[:8]) == 1_679_315_147


def test_a_witness_is_told_from_a_log_key_by_its_kind() -> None:
    plain = Verifier(STREET.name, STREET.verifier.public)
    assert plain.key_id != STREET.verifier.key_id
    assert CosignatureVerifier.parse(STREET.verifier.vkey) == STREET.verifier
    with pytest.raises(Malformed):
        Verifier.parse(STREET.verifier.vkey)
    with pytest.raises(Malformed):
        CosignatureVerifier.parse(plain.vkey)
    assert open_checkpoint(COSIGNED, LOG.verifier, []).cosignatures == ()


@pytest.mark.parametrize("value", WRONG_COSIGNATURES.values(), ids=WRONG_COSIGNATURES)
def test_a_wrong_cosignature_of_a_known_witness_is_an_error(value: bytes) -> None:
    note = signed_by_hand(value)
    assert open_checkpoint(note, LOG.verifier).cosignatures == ()
    with pytest.raises(BadSignature):
        open_checkpoint(note, LOG.verifier, [STREET.verifier])


def test_another_time_undoes_a_cosignature() -> None:
    value = Note.parse(COSIGNED).signatures[-1].value
    later = (int.from_bytes(value[:8]) + 1).to_bytes(8) + value[8:]
    with pytest.raises(BadSignature):
        open_checkpoint(signed_by_hand(later), LOG.verifier, [STREET.verifier])


def test_a_witness_alone_makes_no_checkpoint() -> None:
    text = HEAD.text()
    only_witness = Note(text, (STREET.sign(text, AT),)).written()
    with pytest.raises(UnsignedNote):
        open_checkpoint(only_witness, LOG.verifier, [STREET.verifier])


def test_only_a_checkpoint_is_cosigned() -> None:
    with pytest.raises(Malformed):
        cosign(sign_note("hello\n", LOG), STREET, AT)


def test_a_plain_reader_of_notes_reads_a_cosigned_checkpoint() -> None:
    assert open_note(COSIGNED, [LOG.verifier]).names == (ORIGIN,)


@given(st.integers(0, len(COSIGNED) - 1), st.characters(codec="utf-8"))
def test_any_changed_character_is_refused(at: int, letter: str) -> None:
    changed = COSIGNED[:at] + letter + COSIGNED[at + 1 :]
    if changed == COSIGNED:
        return
    try:
        opened = open_checkpoint(changed, LOG.verifier, [STREET.verifier])
    except (Malformed, BadSignature):
        return
    # Only the name or the key id of the witness can have changed: then it is a stranger's line.
    assert opened.checkpoint == HEAD
    assert opened.cosignatures == ()
