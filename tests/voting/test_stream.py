"""A stream as it is handed out: the same bytes whenever it is written, and nothing but itself."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.broken_bundles.forging import relisted, repacked
from tests.support.simulation import checkpoint, simulate
from tests.support.streams import SealLog, StreamLog, a_year_of_seals, supervised
from voting import archive
from voting.bundle import CHECKPOINT, LOG, MANIFEST
from voting.canonical import decode
from voting.errors import DamagedArchive, IncompleteBundle, Malformed
from voting.log.tree import leaf_hash
from voting.stream import Stream, StreamKind, claims_to_be_a_stream, write

LOGS = {"seals": a_year_of_seals(), "supervision": supervised("seal.made", "seal.stamped")}
DATA = LOGS["seals"].data()
REFUSED: dict[str, tuple[bytes, str]] = {
    "a file that is no archive": (b"", "不完整"),
    "something behind it": (DATA + b"\n", "结尾"),
    "no manifest": (archive.pack({LOG: b""}), "没有清单"),
    "a manifest of another format": (
        relisted(DATA, lambda manifest: manifest.update(format="zhongjue-bundle")),
        "format",
    ),
    "a manifest of a later version": (
        relisted(DATA, lambda manifest: manifest.update(v=2)),
        "manifest.v",
    ),
    "a manifest of an unknown stream": (
        relisted(DATA, lambda manifest: manifest.update(stream="gossip")),
        "stream",
    ),
    "a manifest with a field more": (
        relisted(DATA, lambda manifest: manifest.update(more=1)),
        "more",
    ),
    "a manifest without the committee": (
        relisted(DATA, lambda manifest: manifest.pop("committee")),
        "committee",
    ),
    "a file too many": (
        repacked(DATA, lambda files: files.update({"notes.txt": b"?"})),
        "印章使用日志不应有文件 notes.txt",
    ),
    "no log": (repacked(DATA, lambda files: files.pop(LOG)), f"印章使用日志缺少文件 {LOG}"),
    "no checkpoint": (
        repacked(DATA, lambda files: files.pop(CHECKPOINT)),
        f"缺少文件 {CHECKPOINT}",
    ),
    "a file that is not the listed one": (
        archive.pack({**archive.unpack(DATA), LOG: b"\n"}),
        "与清单不符",
    ),
}


@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS)
def test_a_stream_reads_as_what_was_written(log: StreamLog) -> None:
    data = log.data()
    assert data == log.data()
    stream = Stream.read(data)
    assert (stream.committee, stream.estate) == (log.committee, "示例小区")
    assert (stream.origin, stream.log) == (log.signer.name, log.signer.verifier.vkey)
    assert [line.data for line in stream.lines()] == [entry.data() for entry in log.entries]
    assert [line.leaf for line in stream.lines()] == [
        leaf_hash(entry.data()) for entry in log.entries
    ]


def test_a_stream_says_what_it_is() -> None:
    kinds = {name: Stream.read(log.data()).kind for name, log in LOGS.items()}
    assert kinds == {"seals": StreamKind.SEALS, "supervision": StreamKind.SUPERVISION}
    assert [kind.words for kind in StreamKind] == ["印章使用日志", "监督纪实"]


def test_the_manifest_lists_everything_but_itself() -> None:
    files = archive.unpack(DATA)
    assert {*files} == {MANIFEST, LOG, CHECKPOINT}
    manifest = decode(files[MANIFEST])
    assert isinstance(manifest, dict)
    assert isinstance(manifest["files"], dict)
    assert {*manifest["files"]} == {LOG, CHECKPOINT}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_whole_stream_is_refused(data: bytes, said: str) -> None:
    with pytest.raises((DamagedArchive, IncompleteBundle), match=said):
        Stream.read(data)


def test_a_log_whose_last_line_is_cut_is_refused() -> None:
    stream = Stream.read(DATA)
    cut = replace(stream, files={**stream.files, LOG: stream.files[LOG][:-1]})
    with pytest.raises(IncompleteBundle, match="最后一行"):
        cut.lines()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda entries: entries.clear(), IncompleteBundle),
        (lambda entries: entries.pop(0), IncompleteBundle),
        (lambda entries: entries.insert(0, b"{}"), Malformed),
    ],
    ids=["empty", "without its beginning", "beginning with no entry"],
)
def test_what_does_not_begin_is_not_written(
    change: Callable[[list[bytes]], object], refusal: type[Exception]
) -> None:
    log = SealLog()
    entries = [entry.data() for entry in log.entries]
    change(entries)
    with pytest.raises(refusal):
        write(entries, checkpoint(log.signer, log.entries))


def test_a_stream_is_told_from_a_bundle_even_when_damaged() -> None:
    bundle = simulate(voters=3, seed="told").bundle()
    assert claims_to_be_a_stream(DATA)
    assert claims_to_be_a_stream(DATA[:-1])
    assert not claims_to_be_a_stream(bundle)
    assert not claims_to_be_a_stream(bundle[:-1])
    assert not claims_to_be_a_stream(b"")
