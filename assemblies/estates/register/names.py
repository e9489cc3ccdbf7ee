"""Names of owners: cleaned for keeping, folded for comparing, several in one cell told apart."""

import re
import unicodedata

from assemblies.estates.register.identity import kind_of_name
from assemblies.estates.register.values import OwnerKind
from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.text import (
    DateCell,
    FormulaCell,
    NumberCell,
    compact,
    is_nothing,
    tidy,
)

_BREAK = re.compile(r"[、;；|｜\n]|(?<![A-Za-z])[,，/](?![A-Za-z])")
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．", "·"))
_ETC = re.compile(
    r"等(?:[\d一二三四五六七八九十]*[人户位])?$|夫妇|夫妻|及其?(?:妻|夫|配偶|家人|子女)|\(|（|\?|？"
)
_LATIN = re.compile(r"[A-Za-z]")
_GAPS = re.compile(r"[\s·.]")
_AND = re.compile(r"[㐀-鿿]{2,4}[和与及][㐀-鿿]{2,4}")
_LONGEST = 100
_NO_ONE = {
    "开发商",
    "建设单位",
    "未售",
    "待售",
    "待定",
    "空房",
    "空置",
    "无业主",
    "未出售",
    "未登记",
    "不明",
    "-",
}


def clean_name(text: str) -> str:
    """Return a name as it is kept: no blanks inside Chinese names, one kind of middle dot."""
    name = tidy(text).lstrip("'").translate(_DOTS)
    return name if _LATIN.search(name) else name.replace(" ", "")


def name_key(name: str) -> str:
    """Return what two writings of one name have in common."""
    folded = unicodedata.normalize("NFKC", name).translate(_DOTS)
    return _GAPS.sub("", folded).casefold()


def names_no_one(text: str) -> bool:
    """Say whether a cell for an owner's name says that there is none."""
    return is_nothing(text) or compact(text) in _NO_ONE


def several(text: str) -> tuple[str, ...]:
    """Take apart the names in one cell; blanks alone part two names of two signs or more."""
    pieces = [piece for piece in _BREAK.split(text) if tidy(piece)]
    if len(pieces) != 1:
        return tuple(pieces)
    words = tidy(pieces[0]).split(" ")
    if len(words) > 1 and all(re.fullmatch(r"[㐀-鿿𠀀-𲎯·]{2,4}", word) for word in words):
        return tuple(words)
    return (text,)


def name_doubt(text: str, name: str) -> Doubt | None:
    """Say what is odd about a name, if anything."""
    if isinstance(text, DateCell) or len(name) > _LONGEST:
        return Doubt(Level.REFUSED, "name_unreadable", f"产权人“{name[:20]}”不像姓名，请核对。")
    if isinstance(text, FormulaCell) or name[:1] in "=+-@":
        said = f"产权人写的是“{name[:40]}”，像一个公式。确认后只当作文字导入，不会计算。"
        return Doubt(Level.QUESTION, "name_formula", said)
    person = kind_of_name(name) is OwnerKind.PERSON
    odd = isinstance(text, NumberCell) or len(name) == 1 or any(sign.isdigit() for sign in name)
    if person and (odd or _ETC.search(name) or _AND.fullmatch(name)):
        return Doubt(
            Level.QUESTION, "name_doubtful", f"产权人“{name[:20]}”不像一个完整的姓名，请核对。"
        )
    if any(unicodedata.category(sign) in {"Co", "Cn", "So"} for sign in name):
        said = f"产权人“{name[:20]}”里有生僻字可能没存对，打印前请核对。"
        return Doubt(Level.WARNING, "name_rare", said)
    return None
