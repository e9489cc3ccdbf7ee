"""Step 10, for whoever brings one: a voter's receipt, held against the log of the bundle."""

import json
from collections.abc import Sequence

from voting.bundle import LOG, Bundle, LogLine
from voting.errors import Malformed, Unproven
from voting.log import kinds
from voting.log.entries import Receipt
from voting.log.note import Verifier
from voting.log.tree import root
from voting.verify.logbook import place_of
from voting.verify.report import at, beijing


def check_receipts(
    said: list[str], bundle: Bundle, lines: Sequence[LogLine], receipts: Sequence[bytes]
) -> None:
    """Step 10: every receipt's entry stands in the log, which still begins as it did then."""
    for number, data in enumerate(receipts, 1):
        with at(f"第 {number} 份回执"):
            said.append(_check(bundle, lines, data))


def _check(bundle: Bundle, lines: Sequence[LogLine], data: bytes) -> str:
    receipt = _read(data)
    head = receipt.verify(Verifier.parse(bundle.log)).checkpoint
    if head.size > len(lines):
        raise Unproven(f"发出回执时日志已有 {head.size} 条记录，{LOG} 只有 {len(lines)} 条。")
    if lines[receipt.index].leaf != receipt.entry.leaf:
        raise Unproven(f"{place_of(receipt.index)} 不是回执上的那一条：它被换掉或删去了。")
    if root([line.leaf for line in lines[: head.size]]) != head.root:
        raise Unproven(f"{LOG} 的前 {head.size} 条记录与发出回执时不同：日志被改写过。")
    what = kinds.WORDS.get(receipt.entry.kind, receipt.entry.kind)
    return (
        f"回执上的{what}（{beijing(receipt.entry.time)}）就是 {place_of(receipt.index)}，一字不差；"
        f"此后日志只有增加，前 {head.size} 条没有变动。"
    )


def _read(data: bytes) -> Receipt:
    """Read a receipt from a file that somebody may have opened and saved again."""
    try:
        return Receipt.from_json(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
