"""What a phone posts: a public key, or a signed ballot, as JSON objects of exactly one field."""

from voting.canonical import JSON, Fields
from voting.signing import PublicKey

LONGEST_TOKEN = 100_000


def posted_key(value: JSON) -> PublicKey:
    """Read {"jwk": {...}}; raises `Malformed`."""
    fields = Fields(value, "device")
    key = PublicKey.from_jwk(fields.object("jwk"))
    fields.done()
    return key


def posted_token(value: JSON) -> str:
    """Read {"token": "..."}; raises `Malformed`."""
    fields = Fields(value, "cast")
    token = fields.text("token", at_most=LONGEST_TOKEN)
    fields.done()
    return token
