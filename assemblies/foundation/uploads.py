"""An uploaded paper: its bytes say what it is; the name has to agree, or it is refused."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from assemblies.foundation.refusals import Incomplete

MIB = 1024 * 1024
LARGEST = 10 * MIB
LONGEST_NAME = 80
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
EXTENSIONS = {".pdf": PDF, ".png": PNG, ".jpg": JPEG, ".jpeg": JPEG}
WORDS = {PDF: "PDF 文件", PNG: "PNG 图片", JPEG: "JPEG 图片"}
_PNG_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
_TAIL = 2048
# Controls and the marks that turn the reading direction round could hide a name's true ending.
_HIDDEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper whose name, type and bytes agree."""

    name: str
    media_type: str
    content: bytes


def checked(upload: Upload) -> Checked:
    """Return a paper that voters may be shown; raises `Incomplete` saying what is wrong with it."""
    name = _clean(upload.name)
    if not upload.content:
        raise Incomplete(f"“{name}”是空文件，请重新选择。")
    if len(upload.content) > LARGEST:
        raise Incomplete(f"“{name}”超过 {LARGEST // MIB} MB，请压缩或拆分后再传。")
    found = sniffed(upload.content)
    if found is None:
        raise Incomplete(f"“{name}”不是 PDF、PNG 或 JPEG 文件，或者文件已经损坏。")
    if EXTENSIONS.get(PurePosixPath(name).suffix.lower()) != found:
        raise Incomplete(f"“{name}”的内容是 {WORDS[found]}，和文件名不一致，请改好文件名再传。")
    if found == PDF and b"/Encrypt" in upload.content:
        raise Incomplete(f"“{name}”加了密码，业主打不开，请去掉密码再传。")
    return Checked(name, found, upload.content)


def sniffed(content: bytes) -> str | None:
    """Return the media type that the bytes themselves show from first to last, None for others."""
    if content.startswith((b"%PDF-1.", b"%PDF-2.")):
        return PDF if b"%%EOF" in content[-_TAIL:] else None
    # Cameras append their own data behind a picture's end; a cut picture has no end at all.
    if content.startswith(_PNG_HEAD):
        return PNG if _PNG_END in content else None
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG if b"\xff\xd9" in content else None
    return None


def _clean(name: str) -> str:
    """Return the last part of a path, normalised, without signs that cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", last)).strip()
    stem, dot, extension = text.rpartition(".")
    shortened = f"{stem[: LONGEST_NAME - len(extension) - 1]}{dot}{extension}" if dot else text
    return shortened[:LONGEST_NAME] or "未命名"
