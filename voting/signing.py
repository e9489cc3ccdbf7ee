"""Signatures of people's keys: compact JWS, ES256, with one fixed protected header.

The profile (RFC 7515, RFC 7518 3.4; why it is fixed: docs/adr/0003). A token is
    b64url(header) "." b64url(payload) "." b64url(r || s)
with the 64-byte signature that WebCrypto makes, and the header is, byte for byte,
    {"alg":"ES256","jwk":{"crv":"P-256","kty":"EC","x":"...","y":"..."},"typ":"..."}
Any other header, order, space, padding or algorithm is refused.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from voting.canonical import JSON, Fields, b64url, digest, encode, sha256_hex, unb64url
from voting.errors import BadSignature, Malformed, NotCanonical, UntrustedKey

_CURVE = ec.SECP256R1()
_ES256 = ec.ECDSA(hashes.SHA256())
_COORDINATE = 32
_TYP = re.compile(r"[A-Za-z0-9.+/_-]{1,64}")
_HEADER = re.compile(
    rb'\{"alg":"ES256","jwk":\{"crv":"P-256","kty":"EC",'
    rb'"x":"([A-Za-z0-9_-]{43})","y":"([A-Za-z0-9_-]{43})"\},"typ":"([A-Za-z0-9.+/_-]{1,64})"\}'
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A P-256 public key as the two coordinates of its JWK; `loaded` tells whether it is one."""

    x: str
    y: str

    @classmethod
    def from_jwk(cls, value: JSON) -> Self:
        """Read a JWK of exactly crv, kty, x and y; raises `Malformed` (RFC 7518 6.2.1)."""
        fields = Fields(value, "jwk")
        fields.exactly("crv", "P-256")
        fields.exactly("kty", "EC")
        key = cls(fields.text("x"), fields.text("y"))
        fields.done()
        key.loaded()
        return key

    @classmethod
    def of(cls, key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> Self:
        """Return the public half of a key; raises `Malformed` for another curve than P-256."""
        public = key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key
        numbers = public.public_numbers()
        if not isinstance(numbers.curve, ec.SECP256R1):
            raise Malformed("not a P-256 key")
        return cls(b64url(numbers.x.to_bytes(_COORDINATE)), b64url(numbers.y.to_bytes(_COORDINATE)))

    def jwk(self) -> dict[str, str]:
        """Return the JWK with exactly crv, kty, x and y."""
        return {"crv": "P-256", "kty": "EC", "x": self.x, "y": self.y}

    @property
    def thumbprint(self) -> str:
        """Return the RFC 7638 thumbprint: SHA-256 of the JWK, in base64url."""
        return _thumbprint(self)

    def loaded(self) -> ec.EllipticCurvePublicKey:
        """Return the key to compute with; raises `Malformed` if it is no point of the curve."""
        return _loaded(self)


# One key is asked for its name and its point several times while one token is read, and a
# registrar's for every credential; both follow from the public coordinates alone.
@lru_cache(maxsize=512)
def _thumbprint(key: PublicKey) -> str:
    return b64url(bytes.fromhex(digest(key.jwk())))


@lru_cache(maxsize=512)
def _loaded(key: PublicKey) -> ec.EllipticCurvePublicKey:
    try:
        x, y = unb64url(key.x), unb64url(key.y)
        if len(x) != _COORDINATE or len(y) != _COORDINATE:
            raise Malformed("a coordinate of P-256 has 32 bytes")
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, b"\x04" + x + y)
    except (NotCanonical, ValueError) as error:
        raise Malformed("not a public key of P-256") from error


@dataclass(frozen=True, slots=True)
class Signed:
    """What a verified token says, and whose key said it."""

    key: PublicKey
    payload: bytes
    typ: str

    @property
    def identity(self) -> str:
        """Return the digest that names this statement, in hexadecimal.

        Never the digest of the signature: for every ECDSA signature (r, s) anyone can write
        down a second valid one, (r, n - s), so the token is no name for what it says.
        """
        # The canonical form, written straight down: base64url holds nothing to escape.
        named = f'{{"key":"{self.key.thumbprint}","payload":"{b64url(self.payload)}"}}'
        return sha256_hex(named.encode("ascii"))


def sign(private: ec.EllipticCurvePrivateKey, payload: bytes, *, typ: str) -> str:
    """Return the token that signs a payload; raises `Malformed` for a typ outside the profile."""
    if not _TYP.fullmatch(typ):
        raise Malformed(f"not a typ: {typ!r}")
    header = encode({"alg": "ES256", "jwk": PublicKey.of(private).jwk(), "typ": typ})
    message = f"{b64url(header)}.{b64url(payload)}"
    r, s = utils.decode_dss_signature(private.sign(message.encode("ascii"), _ES256))
    return f"{message}.{b64url(r.to_bytes(_COORDINATE) + s.to_bytes(_COORDINATE))}"


def verify(token: str, *, typ: str, trusted: PublicKey | Collection[str]) -> Signed:
    """Return what a token says, if a trusted key signed it.

    `trusted` is the one expected key, or the thumbprints of all that may speak here: the key in
    the header is only a claim. Raises `Malformed` (not our profile), `UntrustedKey` or
    `BadSignature`.
    """
    header, payload, signature = _parts(token)
    key = _claimed_key(header, typ)
    if not _is_trusted(key, trusted):
        raise UntrustedKey(f"key {key.thumbprint} is not trusted for {typ}")
    check_signature(key.loaded(), signature, token.rpartition(".")[0].encode("ascii"))
    return Signed(key, payload, typ)


def claimed(token: str, *, typ: str) -> PublicKey:
    """Return the key that a token names as its signer, nothing of it verified; raises `Malformed`.

    For a reader who checks the signature first and then asks whether that key may speak.
    """
    return _claimed_key(_parts(token)[0], typ)


def check_signature(key: ec.EllipticCurvePublicKey, signature: bytes, message: bytes) -> None:
    """Check r || s over a message with ES256 (RFC 7518 3.4); raises `BadSignature`."""
    if len(signature) != 2 * _COORDINATE:
        raise BadSignature("an ES256 signature has 64 bytes")
    r, s = int.from_bytes(signature[:_COORDINATE]), int.from_bytes(signature[_COORDINATE:])
    try:
        key.verify(utils.encode_dss_signature(r, s), message, _ES256)
    except InvalidSignature as error:
        raise BadSignature("the signature is not by this key over these bytes") from error


def new_key() -> ec.EllipticCurvePrivateKey:
    """Make a P-256 key from the system's randomness."""
    return ec.generate_private_key(_CURVE)


def to_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a private key as unencrypted PKCS #8 in PEM, for a file only its owner can read."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def from_pem(pem: bytes) -> ec.EllipticCurvePrivateKey:
    """Read a private P-256 key from PEM; raises `Malformed`."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise Malformed("not an unencrypted private key in PEM") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Malformed("not a P-256 key")
    return key


def _parts(token: str) -> tuple[bytes, bytes, bytes]:
    try:
        header, payload, signature = token.split(".")
        return unb64url(header), unb64url(payload), unb64url(signature)
    except (NotCanonical, ValueError) as error:
        raise Malformed("not a compact JWS of three base64url parts") from error


def _claimed_key(header: bytes, typ: str) -> PublicKey:
    match = _HEADER.fullmatch(header)
    if match is None:
        raise Malformed("the protected header is not the one of our profile")
    x, y, written = (part.decode("ascii") for part in match.groups())
    if written != typ:
        raise Malformed(f"a token of type {written}, wanted {typ}")
    return PublicKey(x, y)


def _is_trusted(key: PublicKey, trusted: PublicKey | Collection[str]) -> bool:
    if isinstance(trusted, PublicKey):
        return key == trusted
    # One thumbprint is a collection of its letters to Python; nobody means that.
    return key.thumbprint in ({trusted} if isinstance(trusted, str) else trusted)
