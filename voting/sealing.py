"""Sealed messages: compact JWE, ECDH-ES with A256GCM, and keys wrapped by a passphrase.

How to seal, with nothing but WebCrypto (RFC 7516, RFC 7518 4.6 and 5.3):
 1. Make an ephemeral ECDH P-256 key pair; export its public half as JWK.
 2. header = {"alg":"ECDH-ES","enc":"A256GCM","epk":{"crv":"P-256","kty":"EC","x":"...","y":"..."},
    "kid":"<RFC 7638 thumbprint of the recipient>"} in exactly these bytes, no spaces.
 3. Z = deriveBits(ECDH, ephemeral private, recipient public, 256).
 4. key = SHA-256 over the concatenation of
      00 00 00 01                    round one, the only one
      Z                              32 bytes
      00 00 00 07 "A256GCM"          AlgorithmID
      00 00 00 00                    PartyUInfo, empty
      00 00 00 00                    PartyVInfo, empty
      00 00 01 00                    SuppPubInfo: 256 bits
 5. iv = 12 random bytes. AES-GCM-encrypt with key, iv, tagLength 128 and
    additionalData = the ASCII bytes of b64url(header). The last 16 bytes of the answer are the tag.
 6. token = b64url(header) ".." b64url(iv) "." b64url(ciphertext) "." b64url(tag).

How to wrap a private key (RFC 7518 4.8):
 1. header = {"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":600000,"p2s":"<b64url of 16 random
    bytes>"}, exactly.
 2. kek = PBKDF2(SHA-512, UTF-8 of the passphrase in Unicode NFC, salt, 600000 rounds) of 32 bytes,
    salt = "PBES2-HS512+A256KW" 00 then the 16 bytes of p2s.
 3. cek = 32 random bytes; wrapped = AES-KW(kek, cek). iv = 12 random bytes.
 4. plaintext = {"crv":"P-256","d":"...","kty":"EC","x":"...","y":"..."}; encrypt with cek as in 5
    above.
 5. token = the same as in 6 above, with b64url(wrapped) between the first two dots.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from voting.canonical import Fields, b64url, decode, encode, unb64url
from voting.errors import CannotOpen, Malformed, NotCanonical, WrongPassphrase
from voting.signing import PublicKey

ROUNDS = 600_000  # of PBKDF2; a header that asks for any other number is refused

_PBES2 = "PBES2-HS512+A256KW"
_ENC = "A256GCM"
_KEY, _IV, _TAG, _SALT = 32, 12, 16, 16
_WRAPPED = _KEY + 8  # RFC 3394 adds eight bytes
_SEALED = re.compile(
    rb'\{"alg":"ECDH-ES","enc":"A256GCM","epk":\{"crv":"P-256","kty":"EC",'
    rb'"x":"([A-Za-z0-9_-]{43})","y":"([A-Za-z0-9_-]{43})"\},"kid":"([A-Za-z0-9_-]{43})"\}'
)
_WRAPPED_HEADER = re.compile(
    rb'\{"alg":"PBES2-HS512\+A256KW","enc":"A256GCM","p2c":600000,"p2s":"([A-Za-z0-9_-]{22})"\}'
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The five parts of a compact JWE (RFC 7516 7.1); `aad` is the header as it was written."""

    aad: bytes
    header: bytes
    wrapped: bytes
    iv: bytes
    ciphertext: bytes
    tag: bytes

    @classmethod
    def of(cls, token: str) -> "_Parts":
        try:
            header, wrapped, iv, ciphertext, tag = map(unb64url, token.split("."))
        except (NotCanonical, ValueError) as error:
            raise Malformed("not a compact JWE of five base64url parts") from error
        if len(iv) != _IV or len(tag) != _TAG:
            raise Malformed("A256GCM takes an iv of 12 bytes and a tag of 16")
        return cls(token.partition(".")[0].encode("ascii"), header, wrapped, iv, ciphertext, tag)


def seal(plaintext: bytes, to: PublicKey) -> str:
    """Return a token that only the holder of `to` can open; randomness is the system's."""
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    header = encode(
        {
            "alg": "ECDH-ES",
            "enc": _ENC,
            "epk": PublicKey.of(ephemeral).jwk(),
            "kid": to.thumbprint,
        }
    )
    key = concat_kdf(ephemeral.exchange(ec.ECDH(), to.loaded()), _ENC, bits=8 * _KEY)
    return _encrypt(key, header, b"", plaintext)


def unseal(token: str, key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return what was sealed to this key.

    Raises `Malformed` (not our profile) or `CannotOpen` (another recipient, or changed).
    """
    parts = _Parts.of(token)
    ephemeral, kid = _sealed_by(parts)
    if kid != PublicKey.of(key).thumbprint:
        raise CannotOpen("sealed to another key")
    shared = key.exchange(ec.ECDH(), ephemeral)
    return _decrypt(concat_kdf(shared, _ENC, bits=8 * _KEY), parts)


def recipient(token: str) -> str:
    """Return the thumbprint of the key a message is sealed to, without opening it.

    Raises `Malformed` for what is not our profile, an ephemeral key off the curve included: such
    a message nobody could ever open.
    """
    return _sealed_by(_Parts.of(token))[1]


def concat_kdf(shared: bytes, algorithm: str, *, bits: int) -> bytes:
    """Derive a key from an ECDH secret: Concat KDF with empty party infos (RFC 7518 4.6.2)."""
    name = algorithm.encode("ascii")
    info = len(name).to_bytes(4) + name + bytes(4) + bytes(4) + bits.to_bytes(4)
    return ConcatKDFHash(hashes.SHA256(), bits // 8, info).derive(shared)


def wrap_private(key: ec.EllipticCurvePrivateKey, passphrase: str) -> str:
    """Return a private key locked with a passphrase; randomness is the system's.

    Raises `WrongPassphrase` for what is no text.
    """
    salt, content_key = secrets.token_bytes(_SALT), secrets.token_bytes(_KEY)
    header = encode({"alg": _PBES2, "enc": _ENC, "p2c": ROUNDS, "p2s": b64url(salt)})
    wrapped = keywrap.aes_key_wrap(_passphrase_key(passphrase, salt), content_key)
    return _encrypt(content_key, header, wrapped, private_jwk(key))


def unwrap_private(token: str, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key that a passphrase unlocks.

    Raises `Malformed` (not our profile, or no key inside), `WrongPassphrase`, `CannotOpen`.
    """
    parts = _Parts.of(token)
    match = _WRAPPED_HEADER.fullmatch(parts.header)
    if match is None or len(parts.wrapped) != _WRAPPED:
        raise Malformed("the protected header is not the one of our profile")
    salt = _salt(match[1].decode("ascii"))
    try:
        content_key = keywrap.aes_key_unwrap(_passphrase_key(passphrase, salt), parts.wrapped)
    except keywrap.InvalidUnwrap as error:
        raise WrongPassphrase("the passphrase does not unlock this key") from error
    return read_private_jwk(_decrypt(content_key, parts))


def _sealed_by(parts: _Parts) -> tuple[ec.EllipticCurvePublicKey, str]:
    """Return the ephemeral key and the recipient's thumbprint that a seal's header names."""
    match = _SEALED.fullmatch(parts.header)
    if match is None or parts.wrapped:
        raise Malformed("the protected header is not the one of our profile")
    x, y, kid = (part.decode("ascii") for part in match.groups())
    return PublicKey(x, y).loaded(), kid


def _salt(text: str) -> bytes:
    try:
        return unb64url(text)
    except NotCanonical as error:
        raise Malformed("the salt is not base64url") from error


def _passphrase_key(passphrase: str, salt: bytes) -> bytes:
    # NFC, because two keyboards may spell the same passphrase with different code points.
    try:
        secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    except UnicodeEncodeError as error:
        raise WrongPassphrase("half a character is no passphrase") from error
    kdf = PBKDF2HMAC(hashes.SHA512(), _KEY, _PBES2.encode("ascii") + b"\x00" + salt, ROUNDS)
    return kdf.derive(secret)


def private_jwk(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a private key as the canonical bytes of its JWK (RFC 7518 6.2.2)."""
    number = key.private_numbers().private_value
    return encode({**PublicKey.of(key).jwk(), "d": b64url(number.to_bytes(_KEY))})


def read_private_jwk(jwk: bytes) -> ec.EllipticCurvePrivateKey:
    """Read what `private_jwk` writes; raises `Malformed` for anything else."""
    try:
        number = Fields(decode(jwk), "private key").data("d")
        key = ec.derive_private_key(int.from_bytes(number), ec.SECP256R1())
    except (NotCanonical, ValueError) as error:
        raise Malformed("no private key of P-256 inside") from error
    if private_jwk(key) != jwk:
        raise Malformed("not exactly the JWK of one private key")
    return key


def _encrypt(key: bytes, header: bytes, wrapped: bytes, plaintext: bytes) -> str:
    written, iv = b64url(header), secrets.token_bytes(_IV)
    sealed = AESGCM(key).encrypt(iv, plaintext, written.encode("ascii"))
    parts = (wrapped, iv, sealed[:-_TAG], sealed[-_TAG:])
    return ".".join((written, *map(b64url, parts)))


def _decrypt(key: bytes, parts: _Parts) -> bytes:
    try:
        return AESGCM(key).decrypt(parts.iv, parts.ciphertext + parts.tag, parts.aad)
    except InvalidTag as error:
        raise CannotOpen("the sealed bytes were changed, or are for another key") from error
