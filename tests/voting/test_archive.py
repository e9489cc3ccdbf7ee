"""The container: the same files give the same bytes, and no other bytes are taken."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting import archive
from voting.archive import pack, unpack
from voting.errors import DamagedArchive

FILES = {"manifest.json": b"{}", "agenda.json": b"hello", "attachments/ab": bytes(300), "x": b""}
ARCHIVE = pack(FILES)
NAMES = st.from_regex(r"\A[a-z0-9][a-z0-9.-]{0,9}(/[a-z0-9]{1,9})?\Z")


@given(st.dictionaries(NAMES, st.binary(max_size=60), max_size=6))
def test_what_was_packed_is_unpacked(files: dict[str, bytes]) -> None:
    assert unpack(pack(files)) == files


def test_the_order_of_the_files_does_not_matter() -> None:
    assert pack(dict(reversed(FILES.items()))) == ARCHIVE


def test_any_unpacker_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES


def test_no_bit_of_it_can_change() -> None:
    for place in range(len(ARCHIVE)):
        for bit in range(8):
            changed = bytearray(ARCHIVE)
            changed[place] ^= 1 << bit
            with pytest.raises(DamagedArchive):
                unpack(bytes(changed))


def test_no_byte_can_be_left_out_or_put_in() -> None:
    for place in range(len(ARCHIVE) + 1):
        with pytest.raises(DamagedArchive):
            unpack(ARCHIVE[:place] + b"P" + ARCHIVE[place:])
    for place in range(len(ARCHIVE)):
        with pytest.raises(DamagedArchive):
            unpack(ARCHIVE[:place] + ARCHIVE[place + 1 :])


@pytest.mark.parametrize(
    "name", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/b/c", "C:\\x", "A", ".x", "众", "a/"]
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(DamagedArchive, match="不能有叫"):
        pack({name: b""})
    foreign = io.BytesIO()
    with zipfile.ZipFile(foreign, "w") as written:
        written.writestr(name or "/", b"")
    with pytest.raises(DamagedArchive):
        unpack(foreign.getvalue())


def test_a_second_file_of_one_name_is_refused() -> None:
    first = pack({"a": b"1"})
    local = first[: first.index(b"PK\x01\x02")]
    with pytest.raises(DamagedArchive, match="文件 a 重复"):
        unpack(local + first)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_grows_when_unpacked_is_refused(method: int) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", method) as written:
        written.writestr("agenda.json", bytes(10**6))
    with pytest.raises(DamagedArchive, match=r"agenda\.json"):
        unpack(bomb.getvalue())


def test_a_comment_is_refused() -> None:
    commented = io.BytesIO(ARCHIVE)
    with zipfile.ZipFile(commented, "a") as written:
        written.comment = b"by a stranger"
    with pytest.raises(DamagedArchive, match="结尾"):
        unpack(commented.getvalue())


def test_what_a_zip_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    with pytest.raises(DamagedArchive, match="太多"):
        pack(FILES)
    with pytest.raises(DamagedArchive, match="太多"):
        unpack(ARCHIVE)
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(DamagedArchive, match="太大"):
        unpack(ARCHIVE)
