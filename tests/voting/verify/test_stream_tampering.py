"""A changed byte anywhere in a stream is found: in the file, and behind a manifest made to fit."""

import pytest

from tests.support.broken_bundles.forging import repacked
from tests.support.streams import SealLog, StreamLog, supervised
from voting import archive
from voting.bundle import CHECKPOINT, LOG
from voting.verify.streams import verify_file, verify_stream

LOGS: dict[str, StreamLog] = {"seals": SealLog(), "supervision": supervised("seal.made")}
FILES = [(name, file) for name in LOGS for file in (LOG, CHECKPOINT)]


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << place % 8
    return bytes(changed)


def with_file(data: bytes, file: str, content: bytes) -> bytes:
    return repacked(data, lambda files: files.update({file: content}))


@pytest.mark.parametrize("name", LOGS)
def test_every_byte_of_the_file_counts(name: str) -> None:
    data = LOGS[name].data()
    assert verify_file(data).holds
    for place in range(len(data)):
        report = verify_file(flipped(data, place))
        assert report.steps[0].holds is False, f"byte {place}"
        assert report.steps[0].said_zh


@pytest.mark.parametrize("name", LOGS)
def test_every_byte_less_or_more_is_found(name: str) -> None:
    data = LOGS[name].data()
    for place in range(len(data)):
        assert not verify_file(data[:place] + data[place + 1 :]).holds
        assert not verify_file(data[:place] + b"0" + data[place:]).holds


@pytest.mark.parametrize(("name", "file"), FILES, ids=[" ".join(pair) for pair in FILES])
def test_every_byte_counts_even_if_archive_and_manifest_are_made_to_fit(
    name: str, file: str
) -> None:
    """Without the log's key nobody makes the log and its signed head fit as well."""
    data = LOGS[name].data()
    content = archive.unpack(data)[file]
    for place in range(len(content)):
        report = verify_stream(with_file(data, file, flipped(content, place)))
        assert report.steps[0].holds
        assert report.steps[1].holds is False, f"byte {place} of {file}"
