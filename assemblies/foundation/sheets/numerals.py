"""Chinese numerals as they stand in names of buildings, entrances and floors: 十二 is 12."""

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
           "八": 8, "九": 9}  # fmt: skip
_MOST_DIGITS = 18
_TENS = {"十": 10, "百": 100}


def arabic(word: str) -> str | None:
    """Return the digits of a numeral without leading zeros, or None where it is not one."""
    if word.isascii() and word.isdigit():
        return str(int(word)) if len(word) <= _MOST_DIGITS else word.lstrip("0")
    if not word or any(sign not in _DIGITS and sign not in _TENS for sign in word):
        return None
    if not any(sign in _TENS for sign in word):
        return str(int("".join(str(_DIGITS[sign]) for sign in word)))
    return str(_by_place(word))


def _by_place(word: str) -> int:
    total = digit = 0
    for sign in word:
        if sign in _TENS:
            total += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
