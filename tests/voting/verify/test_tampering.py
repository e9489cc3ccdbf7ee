"""A changed byte anywhere in a bundle is found and named."""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest

from tests.support.simulation import simulate
from voting.bundle import Edition
from voting.verify.audit import verify

SIMULATION = simulate(voters=5, revotes=1, seed="tampering")
BUNDLES = {edition.value: SIMULATION.bundle(edition) for edition in Edition}
STRIDE = 97  # prime: no record of the archive is stepped over in the same place again
AT_RANDOM = 400


def places(data: bytes) -> Iterator[int]:
    """Go through a bundle in strides, then over places that chance names, the same each time."""
    yield from range(0, len(data), STRIDE)
    for number in range(AT_RANDOM):
        digest = hashlib.sha256(b"%d" % number).digest()
        yield int.from_bytes(digest[:8]) % len(data)


def headers(data: bytes) -> Iterator[int]:
    """Go through every byte that belongs to the archive itself and not to a file in it."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        for entry in opened.infolist():
            yield from range(entry.header_offset, entry.header_offset + 30 + len(entry.filename))
        yield from range(opened.start_dir, len(data))


def owners(data: bytes) -> list[tuple[int, int, str]]:
    """Return which file each range of bytes belongs to, its records in the archive included."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        infos, at = opened.infolist(), opened.start_dir
    ranges = []
    for entry in infos:
        size = 30 + len(entry.filename) + entry.file_size
        ranges.append((entry.header_offset, entry.header_offset + size, entry.filename))
    for entry in infos:
        size = 46 + len(entry.filename)
        ranges.append((at, at + size, entry.filename))
        at += size
    return [*ranges, (at, len(data), "结尾")]


def flipped(data: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << bit
    return bytes(changed)


def found(data: bytes) -> str:
    report = verify(data)
    assert not report.holds
    return report.steps[0].said_zh[-1] if not report.steps[0].holds else ""


@pytest.mark.parametrize("edition", BUNDLES)
def test_a_changed_byte_is_found_and_its_file_is_named(edition: str) -> None:
    data = BUNDLES[edition]
    ranges = owners(data)
    for place in places(data):
        said = found(flipped(data, place, place % 8))
        start, owner = next((start, name) for start, end, name in ranges if start <= place < end)
        assert owner in said or f"第 {start} 字节" in said, f"byte {place} of {owner}: {said}"


@pytest.mark.parametrize("edition", BUNDLES)
def test_a_changed_byte_of_the_archive_itself_is_found(edition: str) -> None:
    data = BUNDLES[edition]
    for place in headers(data):
        assert found(flipped(data, place, place % 7))


@pytest.mark.parametrize("edition", BUNDLES)
def test_a_byte_too_many_or_too_few_is_found(edition: str) -> None:
    data = BUNDLES[edition]
    for place in range(0, len(data), STRIDE * 7):
        assert found(data[:place] + data[place + 1 :])
        assert found(data[:place] + b"0" + data[place:])
    assert found(data + b"\n")
    assert found(b"\n" + data)


def test_a_changed_file_with_a_fitting_checksum_is_found_by_its_digest() -> None:
    data = bytearray(BUNDLES["public"])
    place = data.index("示例小区".encode())
    with zipfile.ZipFile(BytesIO(bytes(data))) as opened:
        info = opened.getinfo("agenda.json")
        content = bytearray(opened.read("agenda.json"))
        central = opened.start_dir
    content[place - info.header_offset - 30 - len("agenda.json")] ^= 1
    data[place] ^= 1
    check = struct.pack("<I", zlib.crc32(bytes(content)))
    data[info.header_offset + 14 : info.header_offset + 18] = check
    data[central + 16 : central + 20] = check
    assert "agenda.json 的摘要或大小与清单不符" in found(bytes(data))
