"""The last step, for whoever brings one: a receipt, held against the log that was handed out."""

import json
from collections.abc import Mapping, Sequence

from voting.bundle import LOG, LogLine
from voting.errors import Malformed, MalformedNote, Unproven
from voting.log import kinds
from voting.log.checkpoint import Checkpoint, open_checkpoint
from voting.log.entries import Receipt
from voting.log.note import Verifier
from voting.log.tree import root
from voting.verify.logbook import SignedLog, place_of
from voting.verify.report import at, beijing


def check_receipts(
    said: list[str],
    bundle: SignedLog,
    lines: Sequence[LogLine],
    receipts: Sequence[bytes],
    words: Mapping[str, str] = kinds.WORDS,
) -> None:
    """Hold every receipt: its entry stands in the log, which still begins as it did then.

    In the place of a receipt a checkpoint may be brought that somebody kept: so a log that was
    cut short or forked is found. Raises `Unproven`.
    """
    for number, data in enumerate(receipts, 1):
        with at(f"第 {number} 份回执"):
            said.append(_check(bundle, lines, data, words))


def _check(
    bundle: SignedLog, lines: Sequence[LogLine], data: bytes, words: Mapping[str, str]
) -> str:
    if not data.lstrip().startswith(b"{"):
        return _check_kept(bundle, lines, data)
    receipt = _read(data)
    head = receipt.verify(Verifier.parse(bundle.log)).checkpoint
    _require_long_enough(head, lines)
    if lines[receipt.index].leaf != receipt.entry.leaf:
        raise Unproven(f"{place_of(receipt.index)} 不是回执上的那一条：它被换掉或删去了。")
    _require_grown(head, lines)
    what = words.get(receipt.entry.kind, receipt.entry.kind)
    return (
        f"回执上的{what}（{beijing(receipt.entry.time)}）就是 {place_of(receipt.index)}，一字不差；"
        f"此后日志只有增加，前 {head.size} 条没有变动。"
    )


def _check_kept(bundle: SignedLog, lines: Sequence[LogLine], data: bytes) -> str:
    """Hold a checkpoint that somebody kept: whoever has one finds a log cut short or forked."""
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedNote("not text") from error
    head = open_checkpoint(note, Verifier.parse(bundle.log)).checkpoint
    _require_long_enough(head, lines)
    _require_grown(head, lines)
    return f"留存的日志快照有 {head.size} 条记录；此后日志只有增加，这 {head.size} 条没有变动。"


def _require_long_enough(head: Checkpoint, lines: Sequence[LogLine]) -> None:
    if head.size > len(lines):
        raise Unproven(f"当时日志已有 {head.size} 条记录，{LOG} 只有 {len(lines)} 条。")


def _require_grown(head: Checkpoint, lines: Sequence[LogLine]) -> None:
    if root([line.leaf for line in lines[: head.size]]) != head.root:
        raise Unproven(f"{LOG} 的前 {head.size} 条记录与当时不同：日志被改写过。")


def _read(data: bytes) -> Receipt:
    """Read a receipt from a file that somebody may have opened and saved again."""
    try:
        return Receipt.from_json(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
