"""One cell of a register: its text read as an area, as phones or as a share."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.numerals import arabic
from assemblies.foundation.sheets.text import (
    DateCell,
    FormulaCell,
    Parsed,
    compact,
    is_nothing,
    tidy,
)

_AREA = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+")
_AREA_UNIT = re.compile(r"(?:M2|M\^2|平方米|平方|平米|平)$")
_MOST_DM2 = 100_000_000
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}")
_PHONE_BREAK = re.compile(r"[、,;/|\n]")
_POINT_ZERO = re.compile(r"(?<=\d)\.0$")
_COUNTRY = re.compile(r"^(?:\+|00)?86-?(?=1[3-9]\d)")
_TWO_MOBILES = re.compile(r"(1[3-9]\d{9})(1[3-9]\d{9})")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_MOST_PHONE_DIGITS = 20


def area(text: str) -> Parsed[int]:
    """Read an area as whole dm²; never rounded: a third decimal is refused."""
    bare = _AREA_UNIT.sub("", compact(text))
    if isinstance(text, FormulaCell):
        return None, _refused("area_not_number", "面积是一个没有算出结果的公式，请改成数字。")
    if isinstance(text, DateCell) or not _AREA.fullmatch(bare.lstrip("+-")):
        return None, _refused("area_not_number", f"面积“{tidy(text)}”不是数字，请写成 98.35 这样。")
    hundredths = Decimal(bare.replace(",", "")) * 100
    if hundredths <= 0:
        return None, _refused("area_not_positive", f"面积“{tidy(text)}”应当大于零。")
    if hundredths != hundredths.to_integral_value():
        return None, _refused("area_decimals",
            f"面积“{tidy(text)}”多于两位小数。系统不替您取舍，请照产权证改好。")  # fmt: skip
    if hundredths > _MOST_DM2:
        return None, _refused("area_absurd", f"面积“{tidy(text)}”大得不可能，请核对。")
    return int(hundredths), None


def phones(text: str) -> tuple[tuple[str, ...], Doubt | None]:
    """Read the phone numbers of one cell; an odd one is kept as it stands, with a warning."""
    if is_nothing(text):
        return (), None
    pieces = _PHONE_BREAK.split(unicodedata.normalize("NFKC", text).replace("\r", "\n"))
    found = [number for piece in pieces for number in _numbers(piece)]
    odd = next((n for n in found if not (_MOBILE.fullmatch(n) or _LANDLINE.fullmatch(n))), None)
    doubt = odd and Doubt(Level.WARNING, "phone_odd", f"电话“{odd}”位数或写法不对，请核对。")
    return tuple(dict.fromkeys(found)), doubt or None


def _numbers(piece: str) -> tuple[str, ...]:
    number = _IN_BRACKETS.sub(_area_code_only, compact(piece)).strip("':.-")
    number = _COUNTRY.sub("", _POINT_ZERO.sub("", number))
    mobile = number.replace("-", "").replace(".", "")
    if both := _TWO_MOBILES.fullmatch(mobile):
        return both.group(1), both.group(2)
    if _MOBILE.fullmatch(mobile):
        return (mobile,)
    labelled = _MOBILE.findall(mobile) if not mobile.isdigit() else []
    if len(labelled) == 1 and len(re.sub(r"\D", "", mobile)) == len(labelled[0]):
        return (labelled[0],)
    return (number[:_MOST_PHONE_DIGITS],) if not is_nothing(number) else ()


def _area_code_only(bracket: re.Match[str]) -> str:
    inner = bracket.group()[1:-1]
    return f"{inner}-" if inner.isdigit() else ""


def share(text: str) -> Parsed[Fraction]:
    """Read a share of ownership: 1/2, 50%, 0.5, 二分之一; joint ownership has none."""
    bare = compact(text).removeprefix("各占").removeprefix("各").removeprefix("占")
    if is_nothing(text) or bare in {"共同共有", "共同", "共有", "夫妻共有"}:
        return None, None
    if bare in {"全部", "单独所有", "单独", "独有", "100%"}:
        return Fraction(1), None
    value = None if isinstance(text, DateCell | FormulaCell) else _fraction(bare)
    if value is None or not 0 < value <= 1:
        return None, Doubt(Level.QUESTION, "share_unreadable",
            f"份额“{tidy(text)}”看不明白。确认后将按“未写份额”导入。")  # fmt: skip
    return value, None


def _fraction(bare: str) -> Fraction | None:
    if found := re.fullmatch(r"(.+)分之(.+)", bare):
        below, above = (arabic(word) for word in found.groups())
        return Fraction(int(above), int(below)) if above and below and int(below) else None
    if found := re.fullmatch(r"(\d{1,6})/(\d{1,6})", bare):
        above_n, below_n = (int(word) for word in found.groups())
        return Fraction(above_n, below_n) if below_n else None
    if found := re.fullmatch(r"(\d{1,3}(?:\.\d{1,12})?)%", bare):
        return Fraction(Decimal(found.group(1))) / 100
    if re.fullmatch(r"[01]?(?:\.\d{1,15})?", bare) and bare:
        return Fraction(Decimal(bare))
    return None


def _refused(code: str, said: str) -> Doubt:
    return Doubt(Level.REFUSED, code, said)
