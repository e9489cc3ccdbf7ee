"""A committee's seal log or supervision stream as it is handed out: one signed file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from voting import archive, canonical
from voting.bundle import (
    CHECKPOINT,
    LOG,
    MANIFEST,
    LogLine,
    full_line,
    listed,
    read_log,
    require_listed,
)
from voting.canonical import Fields
from voting.errors import DamagedArchive, IncompleteBundle, Malformed, NotCanonical
from voting.log import seals, supervision
from voting.log.entries import Entry

FORMAT = "zhongjue-stream"
VERSION = 1
DOCUMENTS = frozenset({LOG, CHECKPOINT})

_MARK = f'"format":"{FORMAT}"'.encode("ascii")
_NAMES = ("committee", "estate", "log", "origin", "stream")


class StreamKind(StrEnum):
    """Which of a committee's two logs it is."""

    SEALS = seals.STREAM
    SUPERVISION = supervision.STREAM

    @property
    def words(self) -> str:
        """Return the log's name as people say it."""
        return seals.STREAM_ZH if self is StreamKind.SEALS else supervision.STREAM_ZH

    @property
    def vocabulary(self) -> Mapping[str, str]:
        """Return the kinds of its entries, with their words."""
        return seals.WORDS if self is StreamKind.SEALS else supervision.WORDS

    def require_shape(self, entry: Entry) -> None:
        """Refuse an entry that this log cannot hold; raises `Malformed`."""
        if self is StreamKind.SEALS:
            seals.require_shape(entry)
        else:
            supervision.require_shape(entry)


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream that was read: complete, and every file the one its manifest lists."""

    kind: StreamKind
    committee: UUID
    estate: str
    origin: str
    log: str
    files: Mapping[str, bytes]

    @staticmethod
    def read(data: bytes) -> "Stream":
        """Read a stream's bytes; raises `DamagedArchive` or `IncompleteBundle`."""
        files = archive.unpack(data)
        if MANIFEST not in files:
            raise IncompleteBundle(f"证据包里没有清单 {MANIFEST}，不是众决的证据包。")
        try:
            stream = _read_manifest(files)
        except (NotCanonical, Malformed) as error:
            raise IncompleteBundle(f"清单 {MANIFEST} 不合格式（{error}）。") from error
        _require_files(stream)
        return stream

    def lines(self) -> tuple[LogLine, ...]:
        """Return the lines of the log; raises `IncompleteBundle` for one that is no such line."""
        return read_log(self.files[LOG])


def write(entries: Sequence[bytes], checkpoint: str) -> bytes:
    """Return a stream as bytes, the same whenever it is written.

    `entries` is the whole log in its order, `checkpoint` the signed note over exactly these. What
    the manifest says is what the first entry says. Raises `IncompleteBundle`, and `NotCanonical`
    or `Malformed` for a first entry that is none.
    """
    if not entries:
        raise IncompleteBundle("日志里还没有记录，没有可以交出的内容。")
    created = Entry.parse(entries[0])
    if created.kind != seals.CREATED:
        raise IncompleteBundle("日志的第一条记录不是“建立”，不能交出。")
    files = {
        LOG: b"".join(full_line(index, data) + b"\n" for index, data in enumerate(entries)),
        CHECKPOINT: checkpoint.encode("utf-8"),
    }
    manifest = canonical.encode(
        {
            **{name: Fields(created.body, "entry.created").text(name) for name in _NAMES},
            "files": listed(files),
            "format": FORMAT,
            "v": VERSION,
        }
    )
    return archive.pack({MANIFEST: manifest, **files})


def claims_to_be_a_stream(data: bytes) -> bool:
    """Say whether a file, even a damaged one, says of itself that it is a stream."""
    try:
        return _MARK in archive.unpack(data).get(MANIFEST, b"")
    except DamagedArchive:
        return _MARK in data


def _read_manifest(files: Mapping[str, bytes]) -> Stream:
    fields = Fields(canonical.decode(files[MANIFEST]), "manifest")
    fields.exactly("format", FORMAT)
    fields.exactly("v", VERSION)
    others = {name: data for name, data in files.items() if name != MANIFEST}
    stream = Stream(
        kind=fields.member("stream", StreamKind),
        committee=fields.uuid("committee"),
        estate=fields.text("estate"),
        origin=fields.text("origin"),
        log=fields.text("log"),
        files=others,
    )
    require_listed(fields.object("files"), others)
    fields.done()
    return stream


def _require_files(stream: Stream) -> None:
    for name in sorted({*stream.files} ^ DOCUMENTS):
        wrong = "缺少" if name in DOCUMENTS else "不应有"
        raise IncompleteBundle(f"{stream.kind.words}{wrong}文件 {name}。")
