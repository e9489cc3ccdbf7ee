"""The evidence bundle: what is handed out of an assembly, in two editions from one code path."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from voting import archive, canonical
from voting.agenda import Agenda
from voting.canonical import JSON, Fields, Plain, sha256_hex
from voting.errors import IncompleteBundle, Malformed, NotCanonical
from voting.log import kinds
from voting.log.entries import Entry
from voting.log.note import Verifier
from voting.log.tree import leaf_hash
from voting.sealing import private_jwk
from voting.signing import PublicKey

FORMAT = "zhongjue-bundle"
VERSION = 1

MANIFEST, AGENDA, ROLL, RULES = "manifest.json", "agenda.json", "roll.jsonl", "rules.json"
NOTICE, RESULT, LOG, CHECKPOINT = "notice.json", "result.json", "log.jsonl", "checkpoint.txt"
OPENING_KEY, ATTACHMENTS = "opening-key.jwk", "attachments/"
DOCUMENTS = frozenset({AGENDA, ROLL, RULES, NOTICE, RESULT, LOG, CHECKPOINT})
# Of these the public edition shows that they stand in the log, and nothing else.
WITHHELD = frozenset({kinds.BALLOT, kinds.CREDENTIAL, kinds.LETTER})
_HEAD = b'{"entry":'
_WITHHELD = re.compile(
    rb'\{"index":(?P<index>0|[1-9][0-9]{0,15}),"kind":"(?P<kind>[a-z]+)",'
    rb'"leaf":"(?P<leaf>[0-9a-f]{64})"\}'
)
_PRIVATE = re.compile(rb'"d":"[A-Za-z0-9_-]{43}"')


class Edition(Enum):
    """For whom a bundle is: everybody, or those who may see single choices."""

    PUBLIC = "public"
    AUDIT = "audit"

    @property
    def words(self) -> str:
        """Return the edition as people say it."""
        return {"public": "公开版", "audit": "审计版"}[self.value]

    @property
    def documents(self) -> frozenset[str]:
        """Return the files that this edition must have, beside manifest and attachments."""
        return DOCUMENTS | ({OPENING_KEY} if self is Edition.AUDIT else frozenset())


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that bundles are made of: the exact bytes that were frozen, logged and counted.

    `entries` is the whole log in its order, `checkpoint` the signed note over exactly these,
    `log` the verifier key of the log. `attachments` are named by their SHA-256.
    """

    agenda: bytes
    roll: bytes
    rules: bytes
    notice: bytes
    result: bytes
    entries: Sequence[bytes]
    checkpoint: str
    log: str
    attachments: Mapping[str, bytes]
    opening_key: EllipticCurvePrivateKey | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of log.jsonl; `data`, the entry's bytes, is empty where the edition withholds it."""

    leaf: bytes
    kind: str = ""
    data: bytes = b""

    @staticmethod
    def read(line: bytes, index: int) -> "LogLine":
        """Take a line apart without reading the entry; raises `IncompleteBundle`."""
        tail = _tail(index)
        if line.startswith(_HEAD) and line.endswith(tail):
            data = line[len(_HEAD) : -len(tail)]
            return LogLine(leaf_hash(data), data=data)
        match = _WITHHELD.fullmatch(line)
        if match is None or int(match["index"]) != index:
            raise IncompleteBundle(f"{LOG} 第 {index + 1} 行不是第 {index} 号记录应有的写法。")
        return LogLine(bytes.fromhex(match["leaf"].decode()), kind=match["kind"].decode())


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was read: complete, and every file the one its manifest lists."""

    edition: Edition
    assembly: UUID
    origin: str
    log: str
    files: Mapping[str, bytes]

    @staticmethod
    def read(data: bytes) -> "Bundle":
        """Read a bundle's bytes; raises `DamagedArchive` or `IncompleteBundle`."""
        files = archive.unpack(data)
        if MANIFEST not in files:
            raise IncompleteBundle(f"证据包里没有清单 {MANIFEST}，不是众决的证据包。")
        try:
            bundle = _read_manifest(files)
        except (NotCanonical, Malformed) as error:
            raise IncompleteBundle(f"清单 {MANIFEST} 不合格式（{error}）。") from error
        _require_files(bundle.edition, files)
        return bundle

    def lines(self) -> tuple[LogLine, ...]:
        """Return the lines of the log; raises `IncompleteBundle` for one that is no such line."""
        return read_log(self.files[LOG])

    @property
    def attachments(self) -> dict[str, bytes]:
        """Return the attachments by their SHA-256."""
        return {
            name.removeprefix(ATTACHMENTS): data
            for name, data in self.files.items()
            if name.startswith(ATTACHMENTS)
        }


def read_log(data: bytes) -> tuple[LogLine, ...]:
    """Take the bytes of log.jsonl apart; raises `IncompleteBundle`."""
    *lines, rest = data.split(b"\n")
    if rest:
        raise IncompleteBundle(f"{LOG} 的最后一行不完整。")
    return tuple(LogLine.read(line, index) for index, line in enumerate(lines))


def full_line(index: int, data: bytes) -> bytes:
    """Return the line of log.jsonl, without its end, that shows an entry in full."""
    return _HEAD + data + _tail(index)


def listed(files: Mapping[str, bytes]) -> dict[str, Plain]:
    """Return what a manifest says of files: the size and SHA-256 of each."""
    return {name: {"sha256": sha256_hex(data), "size": len(data)} for name, data in files.items()}


def require_listed(listed: Mapping[str, JSON], files: Mapping[str, bytes]) -> None:
    """Refuse files that are not exactly those of a manifest; raises `IncompleteBundle`."""
    for name in sorted({*listed} ^ {*files}):
        where = "清单里有，证据包里没有" if name in listed else "证据包里有，清单里没有"
        raise IncompleteBundle(f"文件 {name}：{where}。")
    for name, data in files.items():
        fields = Fields(listed[name], f"manifest.files.{name}")
        if fields.digest("sha256") != sha256_hex(data) or fields.integer("size") != len(data):
            raise IncompleteBundle(f"文件 {name} 的摘要或大小与清单不符，内容被改动过。")
        fields.done()


def write(evidence: Evidence, edition: Edition) -> bytes:
    """Return the bundle as bytes, the same whenever it is written; raises `IncompleteBundle`."""
    agenda = Agenda.decode(evidence.agenda)
    files = {
        AGENDA: evidence.agenda,
        ROLL: evidence.roll,
        RULES: evidence.rules,
        NOTICE: evidence.notice,
        RESULT: evidence.result,
        LOG: _log(evidence.entries, edition),
        CHECKPOINT: evidence.checkpoint.encode("utf-8"),
        **{ATTACHMENTS + name: data for name, data in evidence.attachments.items()},
    }
    if edition is Edition.AUDIT:
        files[OPENING_KEY] = _opening_key(evidence, agenda)
    _require_files(edition, files)
    return archive.pack({MANIFEST: _manifest(edition, agenda, evidence.log, files), **files})


def _log(entries: Sequence[bytes], edition: Edition) -> bytes:
    return b"".join(_log_line(index, data, edition) + b"\n" for index, data in enumerate(entries))


def _log_line(index: int, data: bytes, edition: Edition) -> bytes:
    kind = Entry.parse(data).kind
    if edition is Edition.PUBLIC and kind in WITHHELD:
        return canonical.encode({"index": index, "kind": kind, "leaf": leaf_hash(data).hex()})
    return full_line(index, data)


def _tail(index: int) -> bytes:
    return f',"index":{index}}}'.encode("ascii")


def _opening_key(evidence: Evidence, agenda: Agenda) -> bytes:
    key = evidence.opening_key
    if key is None or PublicKey.of(key) != agenda.opening:
        raise IncompleteBundle("审计版要有与议程相符的开票私钥，这里没有。")
    return private_jwk(key)


def _manifest(edition: Edition, agenda: Agenda, log: str, files: Mapping[str, bytes]) -> bytes:
    return canonical.encode(
        {
            "assembly": str(agenda.assembly),
            "edition": edition.value,
            "files": listed(files),
            "format": FORMAT,
            "log": log,
            "origin": Verifier.parse(log).name,
            "v": VERSION,
        }
    )


def _read_manifest(files: Mapping[str, bytes]) -> Bundle:
    fields = Fields(canonical.decode(files[MANIFEST]), "manifest")
    fields.exactly("format", FORMAT)
    fields.exactly("v", VERSION)
    others = {name: data for name, data in files.items() if name != MANIFEST}
    bundle = Bundle(
        edition=fields.member("edition", Edition),
        assembly=fields.uuid("assembly"),
        origin=fields.text("origin"),
        log=fields.text("log"),
        files=others,
    )
    require_listed(fields.object("files"), others)
    fields.done()
    return bundle


def _require_files(edition: Edition, files: Mapping[str, bytes]) -> None:
    """Refuse what an edition must not hold or lacks, first of all a private key."""
    names = {name for name in files if name != MANIFEST and not name.startswith(ATTACHMENTS)}
    for name in sorted(names ^ edition.documents):
        wrong = "缺少" if name in edition.documents else "不应有"
        raise IncompleteBundle(f"{edition.words}证据包{wrong}文件 {name}。")
    for name, data in files.items():
        if name.startswith(ATTACHMENTS) and name.removeprefix(ATTACHMENTS) != sha256_hex(data):
            raise IncompleteBundle(f"附件 {name} 的内容与它的名称（SHA-256）不符。")
        if name != OPENING_KEY and not name.startswith(ATTACHMENTS) and _PRIVATE.search(data):
            raise IncompleteBundle(f"文件 {name} 里有私钥，任何版本都不得公布。")
