"""Step 9: what was certified and published is this result."""

from voting.bundle import RESULT, Bundle
from voting.canonical import sha256_hex
from voting.errors import Unproven
from voting.log import kinds
from voting.verify.logbook import LogBook


def check_conclusion(said: list[str], bundle: Bundle, book: LogBook) -> None:
    """Step 9: hold what was certified and published, as far as it was, against the result."""
    digest = sha256_hex(bundle.files[RESULT])
    for kind in (kinds.CERTIFIED, kinds.PUBLISHED):
        entry = book.last(kind)
        if entry is None:
            said.append(f"日志里还没有“{kinds.WORDS[kind]}”的记录。")
            continue
        facts = book.facts(kind)
        if facts.digest("result") != digest:
            raise Unproven(f"日志“{kinds.WORDS[kind]}”记录所说的结果不是 {RESULT}。")
        who = facts.text("by" if kind == kinds.CERTIFIED else "number")
        said.append(f"{kinds.WORDS[kind]}（{who}）针对的就是本结果。")
