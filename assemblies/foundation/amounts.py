"""Amounts of money as people type them, read as whole fen; strict, each refusal in Chinese."""

import re
import unicodedata

from assemblies.foundation.refusals import Incomplete

_MONEY = re.compile(r"(?P<yuan>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fen>\d{1,2}))?")
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


def fen_of(text: str) -> int:
    """Read an amount in 元 as whole fen; raises `Incomplete` with the sentence of `fen`."""
    try:
        return fen(text)
    except ValueError as error:
        raise Incomplete(str(error)) from error


def yuan(amount: int) -> str:
    """Write whole fen as a person would type them: 186000.50."""
    return f"{amount // 100}.{amount % 100:02d}"
