"""Steps 2 and 3: the log is the one that was signed, and tells a lawful story."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from voting.bundle import CHECKPOINT, LOG, WITHHELD, Bundle, Edition, LogLine
from voting.canonical import Fields, parse_time
from voting.errors import Unproven
from voting.log import kinds
from voting.log.checkpoint import Checkpoint, open_checkpoint
from voting.log.entries import Entry
from voting.log.note import Verifier
from voting.log.tree import root
from voting.verify.order import require_order
from voting.verify.report import at, beijing

# A request bears the second it came in, and may have waited for its turn to be written.
CROSSWISE = timedelta(seconds=60)
# The canonical form of by far the most entries: nothing in it could be written otherwise.
_TOKEN = re.compile(
    rb'\{"body":\{"token":"([A-Za-z0-9_.-]+)"\},"kind":"(ballot|credential)",'
    rb'"time":"([0-9TZ:-]+)","v":1\}'
)


class SignedLog(Protocol):
    """A log that was handed out with its signed checkpoint: a bundle's, or a stream."""

    @property
    def origin(self) -> str:
        """The name of the log."""

    @property
    def log(self) -> str:
        """The verifier key of the log."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files it was handed out in."""

    def lines(self) -> tuple[LogLine, ...]:
        """Return the lines of the log; raises `IncompleteBundle`."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry at its place; `entry` is None where the public edition withholds it."""

    index: int
    kind: str
    entry: Entry | None

    @property
    def place(self) -> str:
        """Return where it stands, for a person who looks for it."""
        return place_of(self.index)

    @property
    def facts(self) -> Fields:
        """Return the entry's body to read from; raises `Unproven` where it is withheld."""
        if self.entry is None:
            raise Unproven(f"{self.place}：这一条记录没有全文。")
        return Fields(self.entry.body, f"entry.{self.kind}")


@dataclass(frozen=True, slots=True)
class LogBook:
    """The entries of a log whose order is lawful."""

    records: tuple[Record, ...]

    def of(self, kind: str) -> tuple[Record, ...]:
        """Return all entries of a kind."""
        return tuple(record for record in self.records if record.kind == kind)

    def last(self, kind: str) -> Entry | None:
        """Return the last entry of a kind, if there is one."""
        entries = [record.entry for record in self.records if record.kind == kind]
        return entries[-1] if entries else None

    def facts(self, kind: str) -> Fields:
        """Return the body of the last entry of a kind; raises `Unproven` without one."""
        records = self.of(kind)
        if not records:
            raise Unproven(f"{LOG} 里没有“{kinds.WORDS[kind]}”（{kind}）的记录。")
        return records[-1].facts


def place_of(index: int) -> str:
    """Return where an entry stands, for a person who looks for it."""
    return f"{LOG} 第 {index + 1} 行（第 {index} 号记录）"


def check_log(said: list[str], bundle: SignedLog, log_key: str | None) -> tuple[LogLine, ...]:
    """Step 2: recompute the tree and hold it against the signed checkpoint."""
    lines = bundle.lines()
    verifier = _verifier(bundle, log_key)
    head = _signed_head(bundle, verifier)
    if head.size != len(lines):
        raise Unproven(f"{CHECKPOINT} 签的是 {head.size} 条记录，{LOG} 里有 {len(lines)} 条。")
    if head.root != root([line.leaf for line in lines]):
        raise Unproven(
            f"{LOG} 的 {len(lines)} 条记录算出的根，与 {CHECKPOINT} 签名的根不符："
            "有记录被改动、调换或顶替。"
        )
    said.append(f"日志 {head.origin} 共 {head.size} 条记录，根为 {head.root.hex()}。")
    said.append(f"日志快照由公钥 {verifier.vkey} 签名，签名有效。")
    if log_key is None:
        said.append("公钥取自证据包本身；请与公告或街道处留存的公钥核对，或用 --log-key 指定。")
    return lines


def _verifier(bundle: SignedLog, log_key: str | None) -> Verifier:
    if log_key is not None and log_key != bundle.log:
        raise Unproven(f"证据包所用的日志公钥 {bundle.log} 不是您指定的 {log_key}。")
    with at("日志公钥"):
        verifier = Verifier.parse(bundle.log)
    if verifier.name != bundle.origin:
        raise Unproven(f"清单写的日志是 {bundle.origin}，公钥属于 {verifier.name}。")
    return verifier


def _signed_head(bundle: SignedLog, verifier: Verifier) -> Checkpoint:
    with at(CHECKPOINT):
        try:
            note = bundle.files[CHECKPOINT].decode("utf-8")
        except UnicodeDecodeError as error:
            raise Unproven("不是 UTF-8 文本。") from error
        return open_checkpoint(note, verifier).checkpoint


def check_entries(said: list[str], bundle: Bundle, lines: Sequence[LogLine]) -> LogBook:
    """Step 3: read every entry, and hold their order, their times and their references."""
    records = tuple(_read(index, line, bundle.edition) for index, line in enumerate(lines))
    require_order([(record.place, record.kind) for record in records])
    book = LogBook(records)
    require_times(book)
    _require_references(book)
    _require_origin(book, bundle)
    counts = [f"{kinds.WORDS[kind]} {len(book.of(kind))}" for kind in kinds.WORDS if book.of(kind)]
    said.append(f"记录种类与数目：{'，'.join(counts)}；先后次序与时间合乎规定。")
    withheld = sum(1 for record in records if record.entry is None)
    if withheld:
        said.append(f"其中 {withheld} 条涉及单个业主，公开版只列出种类和摘要。")
    return book


def _read(index: int, line: LogLine, edition: Edition) -> Record:
    with at(place_of(index)):
        if not line.data:
            if edition is not Edition.PUBLIC or line.kind not in WITHHELD:
                raise Unproven("这一条记录必须全文列出，不能只列摘要。")
            return Record(index, line.kind, None)
        entry = _entry(line.data)
        if edition is Edition.PUBLIC and entry.kind in WITHHELD:
            raise Unproven("公开版不得列出投票信、投票凭证和选票的内容。")
        return Record(index, entry.kind, entry)


def _entry(data: bytes) -> Entry:
    """Read an entry; one that only carries a token is recognised by its bytes, at a glance."""
    match = _TOKEN.fullmatch(data)
    if match is None:
        entry = Entry.parse(data)
        kinds.require_shape(entry)
        return entry
    token, kind, time = (part.decode("ascii") for part in match.groups())
    return Entry(kind, parse_time(time), {"token": token})


def require_times(book: LogBook) -> None:
    """Refuse a time that goes back; the closing bears its own, whenever it was written.

    Raises `Unproven`.
    """
    latest = None
    for record in book.records:
        if record.entry is None or record.kind == kinds.CLOSED:
            continue
        time = record.entry.time
        if latest is not None and time < latest - CROSSWISE:
            raise Unproven(
                f"{record.place}：时间 {beijing(time)} 早于它前面的记录（{beijing(latest)}）。"
            )
        latest = time if latest is None else max(latest, time)


def _require_references(book: LogBook) -> None:
    ballots = {record.index for record in book.of(kinds.BALLOT)}
    objections: set[str] = set()
    for record in book.records:
        if record.entry is None:
            continue
        fields = record.facts
        if record.kind == kinds.OBJECTION:
            objections.add(fields.digest("sha256"))
        if record.kind == kinds.ANSWERED and fields.digest("objection") not in objections:
            raise Unproven(f"{record.place}：所答复的异议不在日志里。")
        if record.kind == kinds.RULING and fields.integer("index") not in ballots:
            raise Unproven(f"{record.place}：所认定的第 {fields.integer('index')} 号记录不是选票。")


def _require_origin(book: LogBook, bundle: Bundle) -> None:
    facts = book.facts(kinds.CREATED)
    named = (facts.text("origin"), facts.text("log"), facts.uuid("assembly"))
    if named != (bundle.origin, bundle.log, bundle.assembly):
        raise Unproven(f"{place_of(0)}：日志名称、公钥或会议编号与清单 manifest.json 不符。")
