"""Keys of this installation, and what is done with them: sealed fields, keyed indexes, codes.

The private halves live in `instance/keys` with mode 0600 and never in the database.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from voting import signing
from voting.log.note import Signer

NONCE_BYTES = 12
# 31 signs without 0 O 1 I L: each can be told from every other in print and read aloud.
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one installation; `registrar` signs credentials, `log` signs checkpoints.

    One log key serves every assembly's log, under that log's own name (`log_signer`).
    """

    session: bytes
    fields: bytes
    index: bytes
    letters: bytes
    registrar: EllipticCurvePrivateKey
    log: Ed25519PrivateKey

    def sealed(self, text: str) -> bytes:
        """Encrypt one field of a register (AES-256-GCM, fresh nonce in front)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self.fields).encrypt(nonce, text.encode(), None)

    def opened(self, sealed: bytes) -> str:
        """Decrypt what `sealed` made; raises `InvalidTag` where the key is not the same."""
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return AESGCM(self.fields).decrypt(nonce, ciphertext, None).decode()

    def index_of(self, text: str) -> str:
        """Return the keyed fingerprint by which equal texts are found without being readable."""
        return hmac.digest(self.index, text.encode(), hashlib.sha256).hex()

    def log_signer(self, origin: str) -> Signer:
        """Return the signer of one log's checkpoints, named by the log's origin."""
        return Signer(origin, self.log)

    def letter_code(self, voter: str, serial: int) -> str:
        """Return the code of a voter's `serial`-th letter: made again at will, stored nowhere."""
        mac = hmac.digest(self.letters, f"{voter}/{serial}".encode(), hashlib.sha256)
        number = int.from_bytes(mac)
        signs = []
        for _ in range(CODE_LENGTH):
            number, place = divmod(number, len(CODE_SIGNS))
            signs.append(CODE_SIGNS[place])
        return "".join(signs)


def load_keys(folder: Path) -> Keys:
    """Read the installation's keys, making those that do not exist yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = _kept(folder / "registrar.pem", lambda: signing.to_pem(signing.new_key()))
    log = _kept(folder / "log.key", _random)
    return Keys(
        session=_kept(folder / "session.key", _random),
        fields=_kept(folder / "fields.key", _random),
        index=_kept(folder / "index.key", _random),
        letters=_kept(folder / "letters.key", _random),
        registrar=signing.from_pem(pem),
        log=Ed25519PrivateKey.from_private_bytes(log),
    )


def _random() -> bytes:
    return secrets.token_bytes(32)


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the bytes at `path`; the first caller makes them, even when two start together."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(make())
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_bytes()
