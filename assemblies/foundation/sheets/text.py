"""One cell's text: what the spreadsheet made of it, tidied to be kept, compact to be understood."""

import re
import unicodedata
from decimal import Decimal
from typing import TypeAlias, TypeVar

from assemblies.foundation.sheets.doubts import Doubt

T = TypeVar("T")
Parsed: TypeAlias = tuple[T | None, Doubt | None]


class NumberCell(str):
    """The digits of a cell that holds a number, not text."""

    __slots__ = ()


class DateCell(str):
    """A cell that the spreadsheet holds as a date, perhaps against the writer's will."""

    __slots__ = ()


class FormulaCell(str):
    """A formula that was never computed; its text is all there is."""

    __slots__ = ()


_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad"
                        r"\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")  # fmt: skip
_SPACE = re.compile(r"\s+")
# Most cells need no cleaning; one look says so.
_TIDY = re.compile(r"[!-~\u2460-\u2bff\u3001-\ud7ff、。《》“”‘’·（），；：？！]*")
_COMPACT = re.compile(r"[0-9A-Z\u4e00-\u9fa5#.-]*")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－ー─━", "-"))
_WIDE = str.maketrans(
    {
        chr(code): chr(code - 0xFEE0)
        for code in range(0xFF01, 0xFF5F)
        if chr(code - 0xFEE0).isalnum()
    }
)
_NOTHING = {
    "",
    "-",
    "--",
    "/",
    "//",
    "\\",
    "无",
    "空",
    "暂无",
    "没有",
    "N/A",
    "NULL",
    "NONE",
    "不详",
    "未知",
}


def number_text(number: float) -> str:
    """Write a number as a person typed it: 98.35, not 98.34999; 13800080472, not 1.38e10.

    Fifteen digits are what a spreadsheet keeps of a number that was typed in.
    """
    return NumberCell(format(Decimal(f"{number:.15g}"), "f"))


def tidy(text: str) -> str:
    """Return text to be kept: no invisible characters, single blanks, half-width letters."""
    if _TIDY.fullmatch(text):
        return str(text)
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip().translate(_WIDE)


def compact(text: str) -> str:
    """Return text to be understood: no blanks at all, half-width, capitals, one kind of dash."""
    if _COMPACT.fullmatch(text):
        return str(text)
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_DASHES)
    return unicodedata.normalize("NFKC", _SPACE.sub("", folded).upper())


def is_nothing(text: str) -> bool:
    """Say whether the cell holds nothing, or one of the words people write for nothing."""
    return text == "" or compact(text) in _NOTHING
