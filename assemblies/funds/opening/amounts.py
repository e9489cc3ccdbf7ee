"""Amounts in a sheet, read as whole fen: nothing is rounded without being asked."""

import re
from decimal import ROUND_HALF_UP, Decimal

from assemblies.foundation.sheets.doubts import Doubt, Level
from assemblies.foundation.sheets.text import (
    DateCell,
    FormulaCell,
    NumberCell,
    Parsed,
    compact,
    tidy,
)

ROUNDED = "rounded"
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+")
_SIGNS = re.compile(r"^(?:RMB|CNY|人民币|¥|￥)|(?:元整|元|圆)$")
_IN_BRACKETS = re.compile(r"\((.+)\)")
# Ten thousand million: no estate's fund, let alone a home's, comes near it.
_MOST_FEN = 10**12
# How much of a long amount stands in a sentence.
_SHOWN = 24


def amount(text: str) -> Parsed[int]:
    """Read an amount in 元 as whole fen.

    A number with more than two decimals comes rounded with a question; a text with more than two,
    a negative amount and everything that is no amount are refused.
    """
    bare = compact(text)
    if isinstance(text, FormulaCell):
        return None, _refused("是一个没有算出结果的公式，请改成数字")
    if isinstance(text, DateCell):
        return None, _refused(f"“{tidy(text)}”是日期，不是金额")
    bracketed = _IN_BRACKETS.fullmatch(bare)
    bare = _SIGNS.sub("", _SIGNS.sub("", bracketed.group(1) if bracketed else bare))
    if not _AMOUNT.fullmatch(bare.lstrip("+-")):
        return None, _refused(f"“{tidy(text)[:_SHOWN]}”不是金额，请写成 12345.60 这样")
    if bracketed or bare.startswith("-"):
        return None, _refused(f"“{tidy(text)[:_SHOWN]}”是负数，余额和交存额不能小于零")
    return _in_fen(text, Decimal(bare.replace(",", "")) * 100)


def _in_fen(text: str, fen: Decimal) -> Parsed[int]:
    if fen > _MOST_FEN:
        return None, _refused(f"“{tidy(text)[:_SHOWN]}”大得不可能，请核对")
    whole = fen.to_integral_value(ROUND_HALF_UP)
    if whole == fen:
        return int(whole), None
    if not isinstance(text, NumberCell):
        return None, _refused(
            f"“{tidy(text)[:_SHOWN]}”多于两位小数。系统不替您取舍，请照对账单改好"
        )
    rounded = f"{int(whole) // 100}.{int(whole) % 100:02d}"
    said = f"{tidy(text)[:_SHOWN]} 不到整分，按四舍五入记作 {rounded} 元"
    return int(whole), Doubt(Level.QUESTION, ROUNDED, said)


def _refused(said: str) -> Doubt:
    return Doubt(Level.REFUSED, "amount", said)
