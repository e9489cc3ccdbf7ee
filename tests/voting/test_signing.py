"""Signatures: one profile, one header, and never a key that nobody trusts."""

from collections.abc import Collection
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey

from tests.support.known_answers import known_answers
from voting.canonical import JSON, b64url, encode, unb64url
from voting.errors import BadSignature, Malformed, UntrustedKey
from voting.signing import (
    PublicKey,
    check_signature,
    claimed,
    from_pem,
    new_key,
    sign,
    to_pem,
    verify,
)

# Test keys whose private values are plain numbers: nobody could take them for real ones.
KEY = ec.derive_private_key(1_000, ec.SECP256R1())
OTHER = ec.derive_private_key(1_001, ec.SECP256R1())
PUBLIC, STRANGER = PublicKey.of(KEY), PublicKey.of(OTHER)
PAYLOAD = encode({"choice": "同意"})
TYP = "ballot"
TOKEN = sign(KEY, PAYLOAD, typ=TYP)
HEADER: dict[str, Any] = {"alg": "ES256", "jwk": PUBLIC.jwk(), "typ": TYP}
LINE = encode(HEADER)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def token_under(header: bytes, key: ec.EllipticCurvePrivateKey = KEY) -> str:
    """Sign well under any header, as somebody who keeps no profile would."""
    message = f"{b64url(header)}.{b64url(PAYLOAD)}"
    der = key.sign(message.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = utils.decode_dss_signature(der)
    return f"{message}.{b64url(r.to_bytes(32) + s.to_bytes(32))}"


def with_header(**changes: JSON) -> str:
    """Sign under our header with some members changed, added or (None) removed."""
    header = {name: value for name, value in {**HEADER, **changes}.items() if value is not None}
    return token_under(encode(header))


def with_part(number: int, text: str) -> str:
    """Put another text in place of one of the three parts."""
    parts = TOKEN.split(".")
    parts[number] = text
    return ".".join(parts)


OFF_PROFILE = {
    "no algorithm": with_header(alg="none"),
    "a shared secret": with_header(alg="HS256"),
    "another curve's algorithm": with_header(alg="ES384"),
    "algorithm in lower case": with_header(alg="es256"),
    "no key": with_header(jwk=None),
    "a key with a name": with_header(jwk={**PUBLIC.jwk(), "kid": "1"}),
    "a key with its private half": with_header(jwk={**PUBLIC.jwk(), "d": b64url(bytes(32))}),
    "a key of another curve": with_header(jwk={**PUBLIC.jwk(), "crv": "P-384"}),
    "a short coordinate": with_header(jwk={**PUBLIC.jwk(), "x": PUBLIC.x[:-1]}),
    "no type": with_header(typ=None),
    "another type": with_header(typ="credential"),
    "a type that begins alike": with_header(typ="ballots"),
    "a key id": with_header(kid="1"),
    "critical extensions": with_header(crit=["b64"], b64=False),
    "a space in the header": token_under(LINE.replace(b":", b": ", 1)),
    "members out of order": token_under(b'{"typ":"ballot",' + LINE[1:-15] + b"}"),
    "a member twice": token_under(b'{"alg":"none",' + LINE[1:]),
    "a newline after the header": token_under(LINE + b"\n"),
    "header not JSON": token_under(b"ES256"),
    "two parts": TOKEN.rpartition(".")[0],
    "four parts": TOKEN + ".",
    "nothing": "",
    "padding": TOKEN + "=",
    "a newline at the end": TOKEN + "\n",
    "a space in the payload": with_part(1, b64url(PAYLOAD)[:4] + " " + b64url(PAYLOAD)[4:]),
    "full-width letters": with_part(2, "Ａ" * 86),
}

WRONG_SIGNATURES = {
    "all nought": bytes(64),
    "of another key": unb64url(sign(OTHER, PAYLOAD, typ=TYP).split(".")[2]),
    "of another payload": unb64url(sign(KEY, b"{}", typ=TYP).split(".")[2]),
    "one byte short": unb64url(TOKEN.split(".")[2])[:-1],
    "one byte long": unb64url(TOKEN.split(".")[2]) + b"\x00",
    "none": b"",
    "in DER": KEY.sign(TOKEN.rpartition(".")[0].encode(), ec.ECDSA(hashes.SHA256())),
}

NO_POINTS = {
    "not on the curve": (PUBLIC.x, PUBLIC.x),
    "both nought": (b64url(bytes(32)), b64url(bytes(32))),
    "beyond the field": (b64url(b"\xff" * 32), PUBLIC.y),
    "a byte short": (b64url(unb64url(PUBLIC.x)[1:]), PUBLIC.y),
    "a byte long": (PUBLIC.x, b64url(b"\x00" + unb64url(PUBLIC.y))),
    "another spelling": (PUBLIC.x[:-1] + chr(ord(PUBLIC.x[-1]) + 1), PUBLIC.y),
    "not base64url": (PUBLIC.x, "=" * 43),
}


def test_a_signed_payload_comes_back_with_its_key() -> None:
    signed = verify(TOKEN, typ=TYP, trusted=PUBLIC)
    assert (signed.key, signed.payload, signed.typ) == (PUBLIC, PAYLOAD, TYP)


def test_the_header_is_the_one_of_the_profile() -> None:
    assert unb64url(TOKEN.split(".")[0]) == (
        b'{"alg":"ES256","jwk":{"crv":"P-256","kty":"EC","x":"%s","y":"%s"},"typ":"ballot"}'
        % (PUBLIC.x.encode(), PUBLIC.y.encode())
    )


@pytest.mark.parametrize("token", OFF_PROFILE.values(), ids=OFF_PROFILE)
def test_a_token_outside_the_profile_is_refused(token: str) -> None:
    with pytest.raises(Malformed):
        verify(token, typ=TYP, trusted=PUBLIC)
    with pytest.raises(Malformed):
        claimed(token, typ=TYP)


def test_the_claimed_key_is_read_and_nothing_is_verified() -> None:
    assert claimed(with_part(2, b64url(bytes(64))), typ=TYP) == PUBLIC


@pytest.mark.parametrize("signature", WRONG_SIGNATURES.values(), ids=WRONG_SIGNATURES)
def test_a_wrong_signature_is_refused(signature: bytes) -> None:
    with pytest.raises(BadSignature):
        verify(with_part(2, b64url(signature)), typ=TYP, trusted=PUBLIC)


@pytest.mark.parametrize(
    "trusted",
    [STRANGER, STRANGER.thumbprint, {STRANGER.thumbprint}, [], "", PUBLIC.thumbprint + "A"],
    ids=["another key", "a thumbprint", "a set", "nobody", "empty", "a longer text"],
)
def test_a_key_that_is_not_trusted_is_refused(trusted: PublicKey | Collection[str]) -> None:
    with pytest.raises(UntrustedKey):
        verify(TOKEN, typ=TYP, trusted=trusted)


@pytest.mark.parametrize(
    "trusted",
    [PUBLIC, PUBLIC.thumbprint, {PUBLIC.thumbprint, STRANGER.thumbprint}, [PUBLIC.thumbprint]],
    ids=["the key", "its thumbprint", "one of a set", "a list"],
)
def test_a_trusted_key_may_be_named_in_each_way(trusted: PublicKey | Collection[str]) -> None:
    assert verify(TOKEN, typ=TYP, trusted=trusted).key == PUBLIC


def test_a_strangers_key_in_the_header_is_only_a_claim() -> None:
    with pytest.raises(BadSignature):
        verify(token_under(LINE, key=OTHER), typ=TYP, trusted=PUBLIC)


@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 127))
def test_any_changed_letter_is_refused(at: int, mask: int) -> None:
    changed = TOKEN[:at] + chr(ord(TOKEN[at]) ^ mask) + TOKEN[at + 1 :]
    with pytest.raises((Malformed, BadSignature, UntrustedKey)):
        verify(changed, typ=TYP, trusted=PUBLIC)


@given(st.binary(max_size=300))
def test_every_payload_is_carried(payload: bytes) -> None:
    assert verify(sign(KEY, payload, typ=TYP), typ=TYP, trusted=PUBLIC).payload == payload


def test_the_second_valid_signature_of_a_statement_bears_the_same_identity() -> None:
    signature = unb64url(TOKEN.split(".")[2])
    mirrored = signature[:32] + (ORDER - int.from_bytes(signature[32:])).to_bytes(32)
    twin = verify(with_part(2, b64url(mirrored)), typ=TYP, trusted=PUBLIC)
    assert twin.identity == verify(TOKEN, typ=TYP, trusted=PUBLIC).identity


def test_identity_tells_keys_and_payloads_apart() -> None:
    first = verify(TOKEN, typ=TYP, trusted=PUBLIC)
    same_words = verify(sign(OTHER, PAYLOAD, typ=TYP), typ=TYP, trusted=STRANGER)
    same_hand = verify(sign(KEY, b"{}", typ=TYP), typ=TYP, trusted=PUBLIC)
    assert len({first.identity, same_words.identity, same_hand.identity}) == 3


@pytest.mark.parametrize("typ", ["", "with space", 'quote"', "选票", "a" * 65])
def test_a_type_outside_the_profile_is_not_signed(typ: str) -> None:
    with pytest.raises(Malformed):
        sign(KEY, PAYLOAD, typ=typ)


# --- keys ------------------------------------------------------------------------------------


def test_a_public_key_is_read_back_from_its_jwk() -> None:
    assert PublicKey.from_jwk({**PUBLIC.jwk()}) == PUBLIC
    assert list(PUBLIC.jwk()) == ["crv", "kty", "x", "y"]
    assert PublicKey.of(PUBLIC.loaded()) == PUBLIC


@pytest.mark.parametrize(("x", "y"), NO_POINTS.values(), ids=NO_POINTS)
def test_what_is_no_point_of_the_curve_is_no_key(x: str, y: str) -> None:
    with pytest.raises(Malformed):
        PublicKey.from_jwk({**PUBLIC.jwk(), "x": x, "y": y})


@pytest.mark.parametrize(
    "change", [{"crv": "P-384"}, {"kty": "OKP"}, {"use": "sig"}, {"x": 1}], ids=str
)
def test_a_jwk_with_more_or_other_members_is_refused(change: dict[str, JSON]) -> None:
    with pytest.raises(Malformed):
        PublicKey.from_jwk({**PUBLIC.jwk(), **change})


def test_a_key_of_another_curve_has_no_place() -> None:
    with pytest.raises(Malformed, match="P-256"):
        PublicKey.of(ec.generate_private_key(ec.SECP384R1()))


def test_the_thumbprint_is_that_of_joserfc() -> None:
    assert PUBLIC.thumbprint == ECKey.import_key({**PUBLIC.jwk()}).thumbprint()


def test_a_private_key_is_read_back_from_pem() -> None:
    key = new_key()
    assert PublicKey.of(from_pem(to_pem(key))) == PublicKey.of(key)
    assert PublicKey.of(key) != PublicKey.of(new_key())


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"-----BEGIN NOTHING-----",
        KEY.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"locked"),
        ),
        ed25519.Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        to_pem(ec.generate_private_key(ec.SECP384R1())),
    ],
    ids=["nothing", "no key", "a locked key", "another kind", "another curve"],
)
def test_what_is_no_open_p256_key_in_pem_is_refused(pem: bytes) -> None:
    with pytest.raises(Malformed):
        from_pem(pem)


# --- others' tools and answers ---------------------------------------------------------------


def test_joserfc_reads_what_we_sign() -> None:
    read = jws.deserialize_compact(TOKEN, ECKey.import_key({**PUBLIC.jwk()}), algorithms=["ES256"])
    assert read.payload == PAYLOAD
    assert read.headers() == HEADER


def test_we_read_what_joserfc_signs() -> None:
    private = ECKey.import_key(to_pem(KEY))
    token = jws.serialize_compact(dict(HEADER), PAYLOAD, private, algorithms=["ES256"])
    assert verify(token, typ=TYP, trusted=PUBLIC).payload == PAYLOAD


def test_wycheproof_p1363_signatures() -> None:
    wrong = []
    groups = known_answers("ecdsa_secp256r1_sha256_p1363_test.json")["testGroups"]
    for group in groups:
        point = bytes.fromhex(group["publicKey"]["uncompressed"])
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        wrong += [case["tcId"] for case in group["tests"] if accepted(key, case) != valid(case)]
    assert wrong == []
    assert sum(len(group["tests"]) for group in groups) == 262


def accepted(key: ec.EllipticCurvePublicKey, case: dict[str, str]) -> bool:
    try:
        check_signature(key, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
    except BadSignature:
        return False
    return True


def valid(case: dict[str, str]) -> bool:
    return case["result"] == "valid"
