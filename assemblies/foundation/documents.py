"""Pages become PDF/A: Chinese fonts embedded, nothing fetched from outside, no glyph missing."""

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from assemblies.foundation.refusals import Refusal

VARIANT = "pdf/a-3b"
SHEET = Path("css/print.css")
FAMILY = "Noto Serif CJK SC"
_NOTDEF = ".notdef glyph"
_PROBE = f'<html lang="zh-CN"><body style="font-family:\'{FAMILY}\'">众决</body></html>'
_LOGGER = logging.getLogger("weasyprint")
_kept = threading.local()


class MissingGlyph(Refusal):
    """A character of the text is in none of the fonts; the paper would show an empty box."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        """Name the characters, each once, with its code point."""
        self.characters = characters
        named = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in characters)
        super().__init__(f"这些字现有字体印不出来，文件没有生成：{named}。请改用通用写法。")

    def __reduce__(self) -> tuple[type["MissingGlyph"], tuple[tuple[str, ...]]]:
        """Return how to make it again in another process: a printer may be one."""
        return MissingGlyph, (self.characters,)


class FontMissing(Refusal):
    """The machine has no Chinese font that the papers are set in."""

    said = (
        f"服务器缺少中文字体 {FAMILY}，无法生成文件。请管理员安装：apt-get install fonts-noto-cjk"
    )


def pdf(html: str, *, base: Path) -> bytes:
    """Return a page as PDF/A-3b in the house's print sheet; links are resolved inside `base`.

    Raises `MissingGlyph` rather than print an empty box, and `FontMissing` without the font.
    """
    require_font()
    return _rendered(html, base)


@cache
def require_font() -> None:
    """Make sure, once, that Chinese text really is set in the named family; raises `FontMissing`.

    Text extraction cannot tell: a page of empty boxes still copies out as the right Chinese.
    """
    reader = PdfReader(BytesIO(_write(HTML(string=_PROBE), None)))
    if "NotoSerif" not in _font_names(reader).replace("-", ""):
        raise FontMissing


def _font_names(reader: PdfReader) -> str:
    resources = DictionaryObject(reader.pages[0].get("/Resources", {}))
    fonts = DictionaryObject(resources.get("/Font", {}))
    found = (DictionaryObject(font.get_object()) for font in fonts.values())
    return " ".join(str(font.get("/BaseFont")) for font in found)


def _rendered(html: str, base: Path) -> bytes:
    with _missing_glyphs() as missing:
        page = HTML(string=html, base_url=f"{base.as_uri()}/", url_fetcher=_Inside(base))
        data = _write(page, base / SHEET)
    if missing:
        raise MissingGlyph(tuple(dict.fromkeys(missing)))
    return data


def _write(page: HTML, sheet: Path | None) -> bytes:
    fonts = _fonts()
    sheets = [] if sheet is None else [CSS(filename=sheet, font_config=fonts)]
    with warnings.catch_warnings():
        # WeasyPrint leaves the colour profile that PDF/A needs to the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        data: bytes = page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)
    return data


def _fonts() -> FontConfiguration:
    """Return this thread's one configuration: a new one for each page would never be freed."""
    if not hasattr(_kept, "fonts"):
        _kept.fonts = FontConfiguration()
    fonts: FontConfiguration = _kept.fonts
    return fonts


class _Inside(URLFetcher):  # type: ignore[misc]  # weasyprint carries no types
    """Reads files under one folder and data in the page itself; nothing else."""

    def __init__(self, base: Path) -> None:
        super().__init__(allowed_protocols=("file", "data"))
        self._base = base.resolve()

    def fetch(self, url: str, headers: object = None) -> object:
        if url.startswith("file:"):
            path = Path(url2pathname(urlsplit(url).path)).resolve()
            if not path.is_relative_to(self._base):
                raise ValueError(f"outside {self._base}: {url}")
        return super().fetch(url, headers)


@contextmanager
def _missing_glyphs() -> Iterator[list[str]]:
    handler = _Collector()
    _LOGGER.addHandler(handler)
    try:
        yield handler.missing
    finally:
        _LOGGER.removeHandler(handler)


class _Collector(logging.Handler):
    """Collects the characters that this thread's rendering could not draw."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread and str(record.msg).startswith(_NOTDEF):
            self.missing += str(record.args[0]) if isinstance(record.args, tuple) else "?"
