"""The ZIP inside an .xlsx: opened within limits, told apart from look-alikes, and packed anew."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from posixpath import normpath
from xml.parsers import expat

from assemblies.foundation.sheets.refusals import OversizedSheet, UnreadableSheet

MOST_UNPACKED = 150 * 1024 * 1024
_MOST_MEMBERS = 2_000
_CHUNK = 1024 * 1024
_NEEDED = ("xl/", "_rels/", "[Content_Types].xml")
_NOT_NEEDED = (
    "xl/media/", "xl/drawings/", "xl/embeddings/", "xl/externalLinks/", "xl/printerSettings/",
    "xl/theme/", "xl/vbaProject.bin", "xl/comments", "xl/charts/", "xl/calcChain.xml",
)  # fmt: skip
_DAMAGED = "这个文件已经损坏，打不开。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
_NOT_A_WORKBOOK = (
    "这个文件不是 Excel 工作簿（.xlsx）。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a workbook that matter, unpacked, and which sheet stands in which part."""

    members: dict[str, bytes]
    sheet_parts: dict[str, str]

    def packed(self) -> bytes:
        """Return them as a plain ZIP with nothing hidden between its entries."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.members.items():
                archive.writestr(name, content)
        return target.getvalue()


def opened(data: bytes) -> Package:
    """Unpack a workbook, counting every byte that comes out.

    Raises `OversizedSheet` beyond the limits, `UnreadableSheet` for other or broken files.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableSheet(_DAMAGED) from error
    if "xl/workbook.xml" not in members:
        raise UnreadableSheet(_NOT_A_WORKBOOK)
    return Package(members, _sheet_parts(members))


def _members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > _MOST_MEMBERS:
        raise OversizedSheet
    members: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in entries:
        name = entry.filename.lstrip("/")
        if entry.is_dir() or not name.startswith(_NEEDED) or name.startswith(_NOT_NEEDED):
            continue
        if name in members:
            raise UnreadableSheet(_DAMAGED)
        members[name] = _content(archive, entry, left)
        left -= len(members[name])
    return members


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Read one entry; zipfile stops at its declared size and checks its sum, so nothing can lie."""
    if entry.file_size > left:
        raise OversizedSheet
    with archive.open(entry) as stream:
        return b"".join(iter(lambda: stream.read(_CHUNK), b""))


def _sheet_parts(members: dict[str, bytes]) -> dict[str, str]:
    targets = {
        found.get("Id", ""): found.get("Target", "")
        for found in _elements(members.get("xl/_rels/workbook.xml.rels", b"<x/>"), "Relationship")
    }
    parts = {}
    for found in _elements(members["xl/workbook.xml"], "sheet"):
        link = next((value for key, value in found.items() if key.rpartition(":")[2] == "id"), "")
        target = targets.get(link, "")
        path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        parts[found.get("name", "")] = path
    return parts


def _elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = careful_parser()
    parser.StartElementHandler = start
    parse(parser, xml)
    return found


def careful_parser() -> expat.XMLParserType:
    """Return an XML parser that takes no document type, hence no entities to expand."""
    parser = expat.ParserCreate()

    def refuse(*_declared: object) -> None:
        raise UnreadableSheet(_DAMAGED)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(parser: expat.XMLParserType, xml: bytes) -> None:
    """Run the parser over a part; raise `UnreadableSheet` where it is no XML."""
    try:
        parser.Parse(xml, True)  # noqa: FBT003  (expat takes it by position only)
    except expat.ExpatError as error:
        raise UnreadableSheet(_DAMAGED) from error
