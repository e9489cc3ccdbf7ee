"""The forgers' tools: change a file, the manifest or the log, and make the rest fit again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.support.simulation import (
    Simulation,
    checkpoint,
    simulate,
)
from voting import archive, canonical
from voting.bundle import MANIFEST, Edition, write
from voting.canonical import JSON, sha256_hex
from voting.log.entries import Entry


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken bundle: the step that must fail, and words of the sentence that says why."""

    data: bytes
    step: int
    said: str


def repacked(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Change files of a bundle and list them anew: the manifest fits again."""
    files = archive.unpack(data)
    manifest = read(files.pop(MANIFEST))
    change(files)
    manifest["files"] = {
        name: {"sha256": sha256_hex(content), "size": len(content)}
        for name, content in files.items()
    }
    return archive.pack({MANIFEST: canonical.encode(manifest), **files})


def relisted(data: bytes, change: Callable[[dict[str, JSON]], object]) -> bytes:
    """Change the manifest of a bundle."""
    files = archive.unpack(data)
    manifest = read(files[MANIFEST])
    change(manifest)
    return archive.pack({**files, MANIFEST: canonical.encode(manifest)})


def read(data: bytes) -> dict[str, JSON]:
    """Read a canonical object."""
    value = canonical.decode(data)
    assert isinstance(value, dict)
    return value


def replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Replace bytes once in a file of a bundle, and list it anew."""

    def change(files: dict[str, bytes]) -> None:
        assert old in files[name], f"{old!r} is not in {name}"
        files[name] = files[name].replace(old, new, 1)

    return repacked(data, change)


def relogged(
    simulation: Simulation,
    change: Callable[[list[Entry]], object],
    edition: Edition = Edition.AUDIT,
    **evidence: object,
) -> bytes:
    """Change the entries of a log and sign it anew with its own key."""
    entries = list(simulation.entries)
    change(entries)
    return write(
        replace(
            simulation.evidence(),
            entries=[entry.data() for entry in entries],
            checkpoint=checkpoint(simulation.signer, entries),
            **evidence,  # type: ignore[arg-type]
        ),
        edition,
    )


def with_body(entry: Entry, **fields: JSON) -> Entry:
    """Return an entry with other facts."""
    return Entry(entry.kind, entry.time, {**entry.body, **fields})


def at(entries: list[Entry], kind: str, number: int = 0) -> int:
    """Return the index of an entry of a kind."""
    return [index for index, entry in enumerate(entries) if entry.kind == kind][number]


def body_changed(simulation: Simulation, kind: str, **fields: JSON) -> bytes:
    """Change facts of the first entry of a kind, and sign the log anew."""

    def change(entries: list[Entry]) -> None:
        index = at(entries, kind)
        entries[index] = with_body(entries[index], **fields)

    return relogged(simulation, change)


def moved(simulation: Simulation, kind: str, to: int, number: int = 0) -> bytes:
    """Move one entry of a kind elsewhere, and sign the log anew."""

    def change(entries: list[Entry]) -> None:
        entries.insert(to, entries.pop(at(entries, kind, number)))

    return relogged(simulation, change)


def small(before_closing: Callable[[Simulation], object] = lambda simulation: None) -> Simulation:
    """Run a small assembly in which two voters vote twice and one comes too late."""
    return simulate(
        voters=8, silent=1, revotes=2, late=1, seed="small", before_closing=before_closing
    )


def tampered(before_counting: Callable[[Simulation], object]) -> bytes:
    """Run an assembly in which the server itself logs something false before closing."""
    return small(before_counting).bundle()
