"""Seals: one profile, opened by one key, and keys that a passphrase locks."""

import unicodedata
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwe
from joserfc.jwk import ECKey, OctKey
from joserfc.registry import HeaderParameter

from tests.support.known_answers import known_answers
from voting.canonical import JSON, b64url, encode, unb64url
from voting.errors import CannotOpen, Malformed, WrongPassphrase
from voting.sealing import (
    ROUNDS,
    concat_kdf,
    private_jwk,
    read_private_jwk,
    recipient,
    seal,
    unseal,
    unwrap_private,
    wrap_private,
)
from voting.signing import PublicKey, to_pem

KEY = ec.derive_private_key(2_000, ec.SECP256R1())
OTHER = ec.derive_private_key(2_001, ec.SECP256R1())
PUBLIC = PublicKey.of(KEY)
PLAINTEXT = encode({"choices": {"1": "同意"}})
TOKEN = seal(PLAINTEXT, PUBLIC)
EPK = PublicKey.of(OTHER).jwk()
HEADER: dict[str, Any] = {
    "alg": "ECDH-ES",
    "enc": "A256GCM",
    "epk": EPK,
    "kid": PUBLIC.thumbprint,
}
PASSPHRASE = "春眠不觉晓 é"
WRAPPED = wrap_private(KEY, PASSPHRASE)
PBES2 = "PBES2-HS512+A256KW"


def sealed_under(header: bytes, wrapped: bytes = b"") -> str:
    """Seal well under any header, as somebody who keeps no profile would."""
    shared = OTHER.exchange(ec.ECDH(), PUBLIC.loaded())
    key = concat_kdf(shared, "A256GCM", bits=256)
    sealed = AESGCM(key).encrypt(bytes(12), PLAINTEXT, b64url(header).encode())
    return ".".join(map(b64url, (header, wrapped, bytes(12), sealed[:-16], sealed[-16:])))


def with_header(**changes: JSON) -> str:
    """Seal under our header with some members changed, added or (None) removed."""
    header = {name: value for name, value in {**HEADER, **changes}.items() if value is not None}
    return sealed_under(encode(header))


def with_part(token: str, number: int, text: str) -> str:
    """Put another text in place of one of the five parts."""
    parts = token.split(".")
    parts[number] = text
    return ".".join(parts)


OFF_PROFILE = {
    "another agreement": with_header(alg="ECDH-ES+A256KW"),
    "a shared key": with_header(alg="dir"),
    "another cipher": with_header(enc="A128GCM"),
    "packed": with_header(zip="DEF"),
    "no ephemeral key": with_header(epk=None),
    "an ephemeral key of another curve": with_header(epk={**EPK, "crv": "P-384"}),
    "an ephemeral key with more members": with_header(epk={**EPK, "use": "enc"}),
    "an ephemeral key off the curve": with_header(epk={**EPK, "y": EPK["x"]}),
    "no recipient": with_header(kid=None),
    "a party info": with_header(apu="QQ"),
    "members out of order": sealed_under(b'{"enc":"A256GCM",' + encode(HEADER)[1:]),
    "a newline after the header": sealed_under(encode(HEADER) + b"\n"),
    "a wrapped key": sealed_under(encode(HEADER), wrapped=b"a"),
    "four parts": TOKEN.rpartition(".")[0],
    "six parts": TOKEN + ".",
    "nothing": "",
    "padding": TOKEN + "==",
    "a short iv": with_part(TOKEN, 2, b64url(bytes(11))),
    "a short tag": with_part(TOKEN, 4, b64url(bytes(12))),
}


def test_what_is_sealed_is_opened_by_its_key_alone() -> None:
    assert recipient(TOKEN) == PUBLIC.thumbprint
    assert unseal(TOKEN, KEY) == PLAINTEXT
    with pytest.raises(CannotOpen, match="another key"):
        unseal(TOKEN, OTHER)


def test_no_two_seals_are_alike() -> None:
    first, second = TOKEN.split("."), seal(PLAINTEXT, PUBLIC).split(".")
    assert [a == b for a, b in zip(first, second, strict=True)] == [
        False,
        True,
        False,
        False,
        False,
    ]


@given(st.binary(max_size=300))
def test_every_plaintext_is_carried(plaintext: bytes) -> None:
    assert unseal(seal(plaintext, PUBLIC), KEY) == plaintext


def test_the_header_is_the_one_of_the_profile() -> None:
    assert unseal(sealed_under(encode(HEADER)), KEY) == PLAINTEXT


@pytest.mark.parametrize("token", OFF_PROFILE.values(), ids=OFF_PROFILE)
def test_a_token_outside_the_profile_is_refused(token: str) -> None:
    with pytest.raises(Malformed):
        unseal(token, KEY)
    with pytest.raises(Malformed):
        recipient(token)


def test_a_seal_for_another_name_is_not_tried() -> None:
    with pytest.raises(CannotOpen, match="another key"):
        unseal(with_header(kid=PublicKey.of(OTHER).thumbprint), KEY)


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 127))
def test_any_changed_letter_is_refused(at: int, mask: int) -> None:
    with pytest.raises((Malformed, CannotOpen)):
        unseal(TOKEN[:at] + chr(ord(TOKEN[at]) ^ mask) + TOKEN[at + 1 :], KEY)


# --- keys behind a passphrase ----------------------------------------------------------------


def wrapped_with(plaintext: bytes, *, rounds: int = ROUNDS, salt: str = "A" * 22) -> str:
    """Wrap any bytes with the passphrase, as the recipe in the module says, step by step."""
    header = encode({"alg": PBES2, "enc": "A256GCM", "p2c": rounds, "p2s": salt})
    wrapped = keywrap.aes_key_wrap(key_encryption_key(rounds), bytes(32))
    sealed = AESGCM(bytes(32)).encrypt(bytes(12), plaintext, b64url(header).encode())
    return ".".join(map(b64url, (header, wrapped, bytes(12), sealed[:-16], sealed[-16:])))


@cache
def key_encryption_key(rounds: int) -> bytes:
    """Return what the passphrase becomes with a salt of sixteen noughts."""
    salt = PBES2.encode() + b"\x00" + bytes(16)
    return PBKDF2HMAC(hashes.SHA512(), 32, salt, rounds).derive(PASSPHRASE.encode())


PRIVATE: dict[str, JSON] = {**PUBLIC.jwk(), "d": b64url((2_000).to_bytes(32))}
NO_KEYS = {
    "not JSON": b"key",
    "a public key": encode(PUBLIC.jwk()),
    "another curve": encode({**PRIVATE, "crv": "P-384"}),
    "more members": encode({**PRIVATE, "use": "sig"}),
    "halves of two keys": encode({**PRIVATE, "d": b64url((2_001).to_bytes(32))}),
    "the number nought": encode({**PRIVATE, "d": b64url(bytes(32))}),
    "a number beyond the curve": encode({**PRIVATE, "d": b64url(b"\xff" * 32)}),
    "a short number": encode({**PRIVATE, "d": b64url((2_000).to_bytes(2))}),
}


def test_a_passphrase_locks_and_unlocks_a_key() -> None:
    assert unwrap_private(WRAPPED, PASSPHRASE).private_numbers() == KEY.private_numbers()


def test_the_recipe_makes_what_we_unlock() -> None:
    key = unwrap_private(wrapped_with(encode(PRIVATE)), PASSPHRASE)
    assert key.private_numbers() == KEY.private_numbers()


def test_a_passphrase_may_be_typed_with_other_code_points() -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert PublicKey.of(unwrap_private(WRAPPED, decomposed)) == PUBLIC


def test_a_wrong_passphrase_is_told_from_a_changed_file() -> None:
    with pytest.raises(WrongPassphrase):
        unwrap_private(WRAPPED, PASSPHRASE + " ")
    with pytest.raises(CannotOpen):
        unwrap_private(with_part(WRAPPED, 2, "A" * 16), PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        wrap_private(KEY, "\ud800")


@pytest.mark.parametrize("plaintext", NO_KEYS.values(), ids=NO_KEYS)
def test_what_holds_no_key_is_refused(plaintext: bytes) -> None:
    with pytest.raises(Malformed):
        read_private_jwk(plaintext)


def test_a_well_wrapped_message_that_is_no_key_is_refused() -> None:
    with pytest.raises(Malformed):
        unwrap_private(wrapped_with(b"key"), PASSPHRASE)


def test_a_private_key_has_one_spelling() -> None:
    assert private_jwk(KEY) == encode(PRIVATE)
    assert read_private_jwk(encode(PRIVATE)).private_numbers() == KEY.private_numbers()


@pytest.mark.parametrize(
    "token",
    [
        wrapped_with(encode(PRIVATE), rounds=1_000),
        wrapped_with(encode(PRIVATE), salt="A" * 21 + "B"),
        with_part(WRAPPED, 1, b64url(bytes(32))),
        TOKEN,
        "",
    ],
    ids=["fewer rounds", "a loose salt", "a short wrapped key", "a sealed message", "nothing"],
)
def test_another_way_of_wrapping_is_refused(token: str) -> None:
    with pytest.raises(Malformed):
        unwrap_private(token, PASSPHRASE)


# --- others' tools and answers ---------------------------------------------------------------


def test_joserfc_opens_what_we_seal() -> None:
    private = ECKey.import_key(to_pem(KEY))
    read = jwe.decrypt_compact(TOKEN, private, algorithms=["ECDH-ES", "A256GCM"])
    assert read.plaintext == PLAINTEXT


class Sorted(dict[str, Any]):
    """A header that keeps our profile's order when joserfc adds its epk."""

    def update(self, added: dict[str, dict[str, str]]) -> None:  # type: ignore[override]
        more = {name: dict(sorted(value.items())) for name, value in added.items()}
        members = sorted({**self, **more}.items())
        self.clear()
        super().update(members)


def test_we_open_what_joserfc_seals() -> None:
    header = Sorted({"alg": "ECDH-ES", "enc": "A256GCM", "kid": PUBLIC.thumbprint})
    public = ECKey.import_key({**PUBLIC.jwk()})
    token = jwe.encrypt_compact(header, PLAINTEXT, public, algorithms=["ECDH-ES", "A256GCM"])
    assert unseal(token, KEY) == PLAINTEXT


def test_joserfc_and_we_unlock_each_others_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    # joserfc refuses more than 300,000 rounds; 600,000 is what is advised today.
    model = jwe.JWERegistry.algorithms["alg"][PBES2]
    free = HeaderParameter("PBES2 Count", "int", required=True)
    monkeypatch.setitem(model.more_header_registry, "p2c", free)
    secret = OctKey.import_key(PASSPHRASE.encode())
    names = [PBES2, "A256GCM"]
    assert jwe.decrypt_compact(WRAPPED, secret, algorithms=names).plaintext == encode(PRIVATE)
    header = {"alg": PBES2, "enc": "A256GCM", "p2c": ROUNDS, "p2s": b64url(bytes(16))}
    theirs = jwe.encrypt_compact(header, encode(PRIVATE), secret, algorithms=names)
    assert PublicKey.of(unwrap_private(theirs, PASSPHRASE)) == PUBLIC


def test_rfc_7520_5_4_key_agreement_with_wrapping() -> None:
    answer = known_answers(
        "jose/5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm.json"
    )
    kek = concat_kdf(agreed(answer, ec.SECP384R1()), answer["input"]["alg"], bits=128)
    wrapped = unb64url(answer["encrypting_key"]["encrypted_key"])
    content_key = keywrap.aes_key_unwrap(kek, wrapped)
    assert content_key == unb64url(answer["generated"]["cek"])
    parts = answer["encrypting_content"]
    opened = AESGCM(content_key).decrypt(
        unb64url(answer["generated"]["iv"]),
        unb64url(parts["ciphertext"]) + unb64url(parts["tag"]),
        parts["protected_b64u"].encode(),
    )
    assert opened.decode() == answer["input"]["plaintext"]


def test_rfc_7520_5_5_key_agreement() -> None:
    answer = known_answers("jose/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2.json")
    derived = concat_kdf(agreed(answer, ec.SECP256R1()), answer["input"]["enc"], bits=256)
    assert derived == unb64url(answer["encrypting_key"]["cek"])


def agreed(answer: Any, curve: ec.EllipticCurve) -> bytes:
    """Return the shared secret, reached from the recipient's side and from the sender's."""
    sides = answer["input"]["key"], answer["encrypting_key"]["epk"]
    ours, theirs = (
        ec.derive_private_key(int.from_bytes(unb64url(side["d"])), curve) for side in sides
    )
    shared = ours.exchange(ec.ECDH(), theirs.public_key())
    assert shared == theirs.exchange(ec.ECDH(), ours.public_key())
    return shared
