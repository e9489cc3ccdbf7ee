"""Signed notes: Go's own answers, and every rule of the format."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.support.known_answers import known_answers
from voting.errors import BadSignature, MalformedNote, UnsignedNote, VotingError
from voting.log.note import (
    MOST_CHARACTERS,
    MOST_SIGNATURES,
    Note,
    Signature,
    Signer,
    Verifier,
    check_ed25519,
    open_note,
    sign_note,
)

# Test keys made of a plain repeated byte: nobody could take them for real ones.
LOG = Signer("log.example/1", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
STREET = Signer("street.example", Ed25519PrivateKey.from_private_bytes(b"\x02" * 32))
TEXT = "第一行\n\nthe second paragraph\n"
NOTE = sign_note(TEXT, LOG)
LINE = LOG.sign(TEXT).line()
KNOWN = [LOG.verifier, STREET.verifier]

MALFORMED = {
    "nothing": "",
    "no blank line": TEXT.replace("\n\n", "\n"),
    "no signatures": TEXT + "\n",
    "a note without text": "\n" + LINE,
    "no newline at the end": NOTE[:-1],
    "a line that is no signature": NOTE + "hello\n",
    "a hyphen for the dash": NOTE.replace("—", "-"),
    "no space after the dash": NOTE.replace("— ", "—"),
    "two spaces after the dash": NOTE.replace("— ", "—  "),
    "no name": NOTE.replace("log.example/1", ""),
    "a name with a plus": NOTE.replace("log.example/1", "log+1"),
    "a name with a wide space": NOTE.replace("log.example/1", "log\u30001"),
    "no signature after the name": f"{TEXT}\n— {LOG.name} \n",
    "only a name": f"{TEXT}\n— {LOG.name}\n",
    "only a key id": f"{TEXT}\n— {LOG.name} {LINE.split(' ')[2][:4]}AA==\n",
    "not base64": NOTE[:-2] + "*\n",
    "base64 without its padding": NOTE.replace("=\n", "\n"),
    "base64 in the URL alphabet": NOTE[:-9] + "-_-_-_-_\n",
    "a trailing word": NOTE[:-1] + " x\n",
    "a control character": NOTE.replace("第", "\x01"),
    "a tab": NOTE.replace("第", "\t"),
    "carriage returns": NOTE.replace("\n", "\r\n"),
    "a character that could not be read": NOTE.replace("第", "\ufffd"),
    "a lone surrogate": NOTE.replace("第", "\ud800"),
    "too many signatures": NOTE + LINE * MOST_SIGNATURES,
    "too long": "a" * MOST_CHARACTERS + "\n\n" + LINE,
}

BAD_TEXTS = {
    "without a newline": "text",
    "empty": "",
    "with a control character": "a\x00\n",
    "with half a character": "\ud800\n",
    "too long": "a" * MOST_CHARACTERS + "\n",
}


def test_a_note_is_opened_with_its_text_and_its_signers() -> None:
    assert open_note(NOTE, KNOWN) == (TEXT, (LOG.name,))
    both = sign_note(TEXT, STREET, LOG)
    assert open_note(both, KNOWN).names == (STREET.name, LOG.name)


def test_a_note_is_a_text_a_blank_line_and_signatures() -> None:
    assert NOTE == TEXT + "\n" + LINE
    assert LINE.startswith("— log.example/1 ")
    assert Note.parse(NOTE).written() == NOTE


@pytest.mark.parametrize("note", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(MalformedNote):
        open_note(note, KNOWN)


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(MalformedNote):
        sign_note(text, LOG)


def test_a_hundred_signatures_are_not_too_many() -> None:
    note = NOTE + LINE * (MOST_SIGNATURES - 1)
    assert open_note(note, KNOWN).names == (LOG.name,)


def test_unknown_keys_are_passed_over() -> None:
    both = sign_note(TEXT, LOG, STREET)
    assert open_note(both, [STREET.verifier]).names == (STREET.name,)


def test_a_note_without_a_known_signature_is_refused() -> None:
    with pytest.raises(UnsignedNote):
        open_note(NOTE, [STREET.verifier])
    with pytest.raises(UnsignedNote):
        open_note(NOTE, [])


def test_a_stranger_under_a_known_name_is_unknown() -> None:
    imposter = Signer(LOG.name, STREET.private)
    with pytest.raises(UnsignedNote):
        open_note(sign_note(TEXT, imposter), [LOG.verifier])


def test_a_wrong_signature_of_a_known_key_is_an_error_even_beside_a_good_one() -> None:
    forged = Signature(LOG.name, LOG.verifier.key_id, bytes(64)).line()
    with pytest.raises(BadSignature):
        open_note(sign_note(TEXT, STREET) + forged, KNOWN)
    with pytest.raises(BadSignature):
        open_note(TEXT + "\n" + forged + LINE, KNOWN)


def test_a_repeated_signature_counts_once_by_its_first_line() -> None:
    forged = Signature(LOG.name, LOG.verifier.key_id, bytes(64)).line()
    assert open_note(NOTE + LINE + forged, KNOWN).names == (LOG.name,)


def test_one_key_known_twice_is_one_and_two_keys_of_one_id_are_an_error() -> None:
    assert open_note(NOTE, [LOG.verifier, LOG.verifier]).names == (LOG.name,)
    other = Verifier(LOG.name, bytes(32))
    twin = type("Twin", (Verifier,), {"key_id": LOG.verifier.key_id})(other.name, other.public)
    with pytest.raises(BadSignature, match="two different keys"):
        open_note(NOTE, [LOG.verifier, twin])


@given(st.integers(0, len(NOTE) - 1), st.characters(codec="utf-8"))
def test_any_changed_character_is_refused(at: int, letter: str) -> None:
    changed = NOTE[:at] + letter + NOTE[at + 1 :]
    if changed != NOTE:
        with pytest.raises((MalformedNote, BadSignature)):
            open_note(changed, KNOWN)


@given(st.lists(st.text(st.characters(codec="utf-8", min_codepoint=32)), min_size=1))
def test_every_text_of_lines_is_carried(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\ufffd", "") + "\n"
    assert open_note(sign_note(text, LOG), KNOWN).text == text


# --- keys ------------------------------------------------------------------------------------


def test_keys_are_read_back_from_their_text() -> None:
    assert Verifier.parse(LOG.verifier.vkey) == LOG.verifier
    read = Signer.parse(LOG.secret())
    assert (read.name, read.verifier) == (LOG.name, LOG.verifier)


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("", bytes(32)),
        ("a b", bytes(32)),
        ("a+b", bytes(32)),
        ("a\n", bytes(32)),
        ("\ud800", bytes(32)),
        ("a", bytes(31)),
    ],
    ids=["no name", "a space", "a plus", "a newline", "half a character", "a short key"],
)
def test_a_verifier_has_a_name_and_a_key(name: str, public: bytes) -> None:
    with pytest.raises(MalformedNote):
        Verifier(name, public)


def refusals(read: Any, text: str) -> list[str]:
    """Return the damaged forms of a key that are wrongly read."""
    damaged = [text[:at] for at in range(len(text))]
    damaged += [text[at:] for at in range(1, len(text))]
    damaged += [text[:at] + chr(ord(text[at]) + 1) + text[at + 1 :] for at in range(len(text))]
    return [key for key in damaged if not refused(read, key)]


def refused(read: Any, text: str) -> bool:
    try:
        read(text)
    except MalformedNote:
        return True
    return False


# --- Go's and Wycheproof's answers -----------------------------------------------------------


def go() -> dict[str, Any]:
    answers: dict[str, Any] = known_answers("signed-note-golang.json")
    return answers


def test_go_keys_are_read_and_written_alike() -> None:
    answers = go()
    peter = Signer.parse(answers["skey_peter"])
    assert peter.secret() == answers["skey_peter"]
    assert peter.verifier.vkey == answers["vkey_peter"]
    assert Verifier.parse(answers["vkey_enoch"]).vkey == answers["vkey_enoch"]


def test_go_notes_are_signed_alike() -> None:
    answers = go()
    peter = Signer.parse(answers["skey_peter"])
    expected = answers["text"] + "\n" + answers["sig_peter"]
    assert sign_note(answers["text"], peter) == expected


def test_go_notes_are_opened() -> None:
    answers = go()
    peter, enoch = Verifier.parse(answers["vkey_peter"]), Verifier.parse(answers["vkey_enoch"])
    note = answers["text"] + "\n" + answers["sig_peter"] + answers["sig_enoch"]
    assert open_note(note, [peter, enoch]) == (answers["text"], ("PeterNeumann", "EnochRoot"))
    assert open_note(note, [enoch]).names == ("EnochRoot",)


def test_go_bad_and_damaged_keys_are_refused() -> None:
    answers = go()
    assert [key for key in answers["bad_vkeys"] if not refused(Verifier.parse, key)] == []
    assert refusals(Verifier.parse, answers["vkey_peter"]) == []
    assert refusals(Signer.parse, answers["skey_peter"]) == []


def test_wycheproof_ed25519_signatures() -> None:
    wrong = []
    groups = known_answers("ed25519_test.json")["testGroups"]
    for group in groups:
        public = bytes.fromhex(group["publicKey"]["pk"])
        wrong += [case["tcId"] for case in group["tests"] if accepted(public, case) != valid(case)]
    assert wrong == []
    assert sum(len(group["tests"]) for group in groups) == 151


def accepted(public: bytes, case: dict[str, str]) -> bool:
    try:
        check_ed25519(public, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
    except BadSignature:
        return False
    return True


def valid(case: dict[str, str]) -> bool:
    return case["result"] == "valid"


def test_every_refusal_here_is_a_refusal_of_the_core() -> None:
    assert issubclass(MalformedNote, VotingError)
    assert issubclass(UnsignedNote, BadSignature)
