"""What is wrong with the archive, the manifest or the signed log (steps 1 and 2)."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.broken_bundles.forging import (
    Broken,
    relisted,
    repacked,
    replaced,
)
from tests.support.simulation import (
    PAPER,
    Simulation,
    checkpoint,
    seed_bytes,
)
from voting import archive
from voting.bundle import MANIFEST, Edition, write
from voting.canonical import sha256_hex
from voting.log.note import Signer
from voting.sealing import private_jwk


def of_the_archive(simulation: Simulation, audit: bytes, public: bytes) -> dict[str, Broken]:
    key = private_jwk(simulation.opening_key)
    files = archive.unpack(audit)
    unlisted = archive.pack({**files, "notes.txt": b"?"})
    missing = archive.pack({name: data for name, data in files.items() if name != "roll.jsonl"})
    swapped = archive.pack({**files, "roll.jsonl": files["roll.jsonl"] + b" "})
    without_manifest = archive.pack({name: files[name] for name in files if name != MANIFEST})
    keyed = replaced(public, "notice.json", b'{"text"', b'{"key":' + key + b',"text"')
    return {
        "no archive at all": Broken(b"", 1, "不完整"),
        "something behind the archive": Broken(audit + b"\0", 1, "结尾"),
        "something before the archive": Broken(b"\0" + audit, 1, "开头"),
        "cut off in the middle": Broken(audit[: audit.index(b"log.jsonl") + 999], 1, "log.jsonl"),
        "an archive without manifest": Broken(without_manifest, 1, "没有清单"),
        "a file that no manifest lists": Broken(unlisted, 1, "notes.txt"),
        "a file listed and missing": Broken(missing, 1, "roll.jsonl"),
        "a file that is not the one listed": Broken(swapped, 1, "roll.jsonl"),
        "an extra file, listed": Broken(
            repacked(audit, lambda files: files.update({"notes.txt": b"?"})), 1, "不应有"
        ),
        "a document missing, and not listed": Broken(
            repacked(audit, lambda files: files.pop("notice.json")), 1, "notice.json"
        ),
        "the opening key in the public edition": Broken(
            repacked(public, lambda files: files.update({"opening-key.jwk": key})),
            1,
            "opening-key.jwk",
        ),
        "the opening key hidden in a public document": Broken(keyed, 1, "私钥"),
        "an attachment under another's name": Broken(
            replaced(audit, f"attachments/{sha256_hex(PAPER)}", b"shown", b"shawn"), 1, "附件"
        ),
        "a manifest of another format": Broken(
            relisted(audit, lambda manifest: manifest.update(format="zip")), 1, "manifest.json"
        ),
        "a manifest with one field more": Broken(
            relisted(audit, lambda manifest: manifest.update(more=1)), 1, "more"
        ),
    }


def of_the_log(simulation: Simulation, audit: bytes, public: bytes) -> dict[str, Broken]:
    stranger = Signer(simulation.signer.name, Ed25519PrivateKey.from_private_bytes(seed_bytes("x")))
    evidence = simulation.evidence()
    by_stranger = checkpoint(stranger, simulation.entries)
    short = checkpoint(simulation.signer, simulation.entries[:-1])
    return {
        "a checkpoint signed by another key": Broken(
            write(replace(evidence, checkpoint=by_stranger), Edition.AUDIT), 2, "签名"
        ),
        "a checkpoint of a shorter log": Broken(
            write(replace(evidence, checkpoint=short), Edition.AUDIT), 2, "条记录"
        ),
        "one entry reworded": Broken(
            replaced(audit, "log.jsonl", "首次发放".encode(), "再次发放".encode()), 2, "根不符"
        ),
        "two lines changed places": Broken(repacked(audit, _swap_lines), 2, "第 9 行"),
        "a cut last line": Broken(replaced(audit, "log.jsonl", b"\n", b""), 2, "log.jsonl"),
        "another leaf in the public log": Broken(repacked(public, _change_leaf), 2, "根不符"),
        "a checkpoint that is no text": Broken(
            repacked(audit, lambda files: files.update({"checkpoint.txt": b"\xff"})), 2, "UTF-8"
        ),
        "a manifest that names another log": Broken(
            relisted(audit, lambda manifest: manifest.update(origin="example.org/log")),
            2,
            "example.org/log",
        ),
        "a manifest with a log key that is none": Broken(
            relisted(audit, lambda manifest: manifest.update(log="key")), 2, "日志公钥"
        ),
    }


def _swap_lines(files: dict[str, bytes]) -> None:
    lines = files["log.jsonl"].splitlines(keepends=True)
    lines[8], lines[9] = lines[9], lines[8]
    files["log.jsonl"] = b"".join(lines)


def _change_leaf(files: dict[str, bytes]) -> None:
    head, mark, tail = files["log.jsonl"].partition(b'"leaf":"')
    files["log.jsonl"] = head + mark + (b"1" if tail[:1] == b"0" else b"0") + tail[1:]
