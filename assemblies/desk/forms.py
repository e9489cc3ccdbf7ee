"""What the teller's browser posts: a signed paper ballot and a note, as one JSON object."""

from assemblies.foundation.refusals import Incomplete
from voting.canonical import JSON, Fields

LONGEST_TOKEN = 100_000
LONGEST_NOTE = 60


def posted_paper(value: JSON) -> tuple[str, str]:
    """Read {"token": "...", "note": "..."}; raises `Malformed`, `Incomplete` for a long note."""
    fields = Fields(value, "paper")
    token = fields.text("token", at_most=LONGEST_TOKEN)
    note = " ".join(fields.text("note").split())
    fields.done()
    if len(note) > LONGEST_NOTE:
        raise Incomplete(f"备注最多 {LONGEST_NOTE} 个字。")
    return token, note
