"""Form fields of this room: money in fen, shares as fractions; strict, each refusal in Chinese."""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from wtforms import StringField

_MONEY = re.compile(r"(?P<yuan>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fen>\d{1,2}))?")
_SHARE = re.compile(r"(?P<part>\d{1,3})/(?P<whole>\d{1,3})")
_MOST_DIGITS = 12


def plain(text: str) -> str:
    """Return text as typed on any keyboard: full-width digits and signs made narrow, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def fen(text: str) -> int:
    """Read an amount in 元 as whole fen; raises `ValueError` with a sentence for the field."""
    match = _MONEY.fullmatch(plain(text).removesuffix("元").strip())
    if match is None or len(match["yuan"].replace(",", "")) > _MOST_DIGITS:
        raise ValueError("请填写金额，例如 186000 或 186000.50，最多两位小数。")
    return int(match["yuan"].replace(",", "")) * 100 + int((match["fen"] or "").ljust(2, "0"))


def yuan(amount: int) -> str:
    """Write whole fen as a person would type them: 186000.50."""
    return f"{amount // 100}.{amount % 100:02d}"


def fraction(text: str) -> Fraction:
    """Read a share such as 3/4; raises `ValueError` with a sentence for the field."""
    match = _SHARE.fullmatch(plain(text).replace(" ", ""))
    if match is None or not 0 < int(match["part"]) <= int(match["whole"]):
        raise ValueError("请写成分数，例如 3/4。")
    return Fraction(int(match["part"]), int(match["whole"]))


class MoneyField(StringField):
    """An amount typed in 元; its data are whole fen."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the amount; an empty field has none."""
        self.data = fen(valuelist[0]) if valuelist and plain(valuelist[0]) else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return yuan(self.data) if isinstance(self.data, int) else ""
