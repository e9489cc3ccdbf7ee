"""A share as a convener types it; strict, its refusal in Chinese."""

import re
from fractions import Fraction

from assemblies.foundation.amounts import plain

_SHARE = re.compile(r"(?P<part>\d{1,3})/(?P<whole>\d{1,3})")


def fraction(text: str) -> Fraction:
    """Read a share such as 3/4; raises `ValueError` with a sentence for the field."""
    match = _SHARE.fullmatch(plain(text).replace(" ", ""))
    if match is None or not 0 < int(match["part"]) <= int(match["whole"]):
        raise ValueError("请写成分数，例如 3/4。")
    return Fraction(int(match["part"]), int(match["whole"]))
