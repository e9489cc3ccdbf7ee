"""The container of the evidence: a ZIP in which every byte is either a file's or follows from it.

Files are stored, not compressed, in the order of their names, all with one date: the same files
give the same bytes everywhere (docs/adr/0008). Any unpacker opens it; this reader takes nothing
but exactly these bytes, so there is no room for a second file of a name, a comment, a gap, a
path that leads elsewhere, or an archive that grows when unpacked. APPNOTE 6.3.10 section 4.3.
"""

import re
import struct
import zlib
from collections.abc import Mapping

from voting.errors import DamagedArchive

MOST_FILES = 10_000
MOST_BYTES = 0xFFFF_FFFE  # what a ZIP without extensions can address

_NAME = re.compile(rb"[a-z0-9][a-z0-9.-]{0,99}(?:/[a-z0-9][a-z0-9.-]{0,99})?")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _MADE_BY_UNIX = 10, 0x0300 | 10
_DATE, _TIME = 0x0021, 0  # 1980-01-01 00:00, the first moment a ZIP can name
_READABLE = 0o100644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return files as an archive; raises `DamagedArchive` for a name or a size it cannot hold."""
    names = sorted(files)
    parts, central, offset = [], [], 0
    for name in names:
        written, data = _name(name), files[name]
        central.append(_central(written, data, offset))
        parts += [_local(written, data), data]
        offset += _LOCAL.size + len(written) + len(data)
    if len(names) > MOST_FILES or offset > MOST_BYTES:
        raise DamagedArchive("文件太多或太大，放不进一个证据包。")
    return b"".join((*parts, *central, _end(central, offset)))


def unpack(archive: bytes) -> dict[str, bytes]:
    """Return the files of an archive; raises `DamagedArchive` that names the damaged file."""
    if len(archive) > MOST_BYTES:
        raise DamagedArchive("证据包太大，不是本系统的格式。")
    files: dict[str, bytes] = {}
    central: list[bytes] = []
    offset, last = 0, ""
    while archive[offset : offset + 4] not in {_CENTRAL_MARK, _END_MARK}:
        name, data = _file_at(archive, offset, after=last)
        files[name], last = data, name
        if len(files) > MOST_FILES:
            raise DamagedArchive("证据包里的文件太多，不是本系统的格式。")
        central.append(_central(name.encode("ascii"), data, offset))
        offset += _LOCAL.size + len(name) + len(data)
    _require_directory(archive, offset, list(files), central)
    return files


def _file_at(archive: bytes, offset: int, *, after: str) -> tuple[str, bytes]:
    """Return the file whose record begins at an offset; every byte of the record is checked."""
    place = f"在文件 {after} 之后" if after else "开头"
    if offset + _LOCAL.size > len(archive):
        raise DamagedArchive(f"证据包{place}断了，不完整（第 {offset} 字节）。")
    size, length = _LOCAL.unpack_from(archive, offset)[8:10]
    begin = offset + _LOCAL.size + length
    written, data = archive[begin - length : begin], archive[begin : begin + size]
    if not _NAME.fullmatch(written):
        raise DamagedArchive(f"证据包{place}既没有合规定的文件，也没有目录（第 {offset} 字节）。")
    name = written.decode("ascii")
    if name <= after:
        raise DamagedArchive(f"证据包中的文件 {name} 重复，或不在应在的位置（第 {offset} 字节）。")
    if len(data) != size or archive[offset:begin] != _local(written, data):
        raise DamagedArchive(
            f"证据包中的文件 {name} 被改动过：文件头或校验码与内容不符（第 {offset} 字节起）。"
        )
    return name, data


def _require_directory(archive: bytes, offset: int, names: list[str], central: list[bytes]) -> None:
    """Hold everything after the files against the directory that they make."""
    at = offset
    for name, record in zip(names, central, strict=True):
        found = archive[at : at + len(record)]
        if found != record:
            listed = found[_CENTRAL.size :].decode("ascii", "replace")
            what = (
                f"文件 {name} 的记录" if listed == name else f"文件名 {listed}（文件头写 {name}）"
            )
            raise DamagedArchive(f"证据包目录中{what}与文件不符（第 {at} 字节起）。")
        at += len(record)
    if archive[at:] != _end(central, offset):
        raise DamagedArchive(f"证据包的结尾被改动过，或后面附加了别的内容（第 {at} 字节起）。")


def _name(name: str) -> bytes:
    written = name.encode("utf-8")
    if not _NAME.fullmatch(written):
        raise DamagedArchive(f"证据包里不能有叫“{name}”的文件。")
    return written


def _local(name: bytes, data: bytes) -> bytes:
    size, check = len(data), zlib.crc32(data)
    return _LOCAL.pack(
        _LOCAL_MARK, _VERSION, 0, 0, _TIME, _DATE, check, size, size, len(name), 0
    ) + name  # fmt: skip


def _central(name: bytes, data: bytes, offset: int) -> bytes:
    size, check = len(data), zlib.crc32(data)
    return _CENTRAL.pack(
        _CENTRAL_MARK, _MADE_BY_UNIX, _VERSION, 0, 0, _TIME, _DATE, check, size, size, len(name),
        0, 0, 0, 0, _READABLE, offset,
    ) + name  # fmt: skip


def _end(central: list[bytes], offset: int) -> bytes:
    count, size = len(central), sum(map(len, central))
    return _END.pack(_END_MARK, 0, 0, count, count, size, offset, 0)
