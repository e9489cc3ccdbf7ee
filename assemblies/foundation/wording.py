"""How heads, areas, money, shares, dates and sizes are said in Chinese."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_SHARES = {
    Fraction(1, 2): "半数",
    Fraction(2, 3): "三分之二",
    Fraction(3, 4): "四分之三",
    Fraction(1, 5): "五分之一",
}
_WEEKDAYS = "一二三四五六日"
_KIB = 1024


def heads_text(heads: int) -> str:
    """Say a number of heads: 1,204 户."""
    return f"{heads:,} 户"


def area_text(area: int) -> str:
    """Say an area given in whole dm2: 421055 is 4,210.55 ㎡."""
    return f"{_hundredths(area)} ㎡"


def money_text(fen: int) -> str:
    """Say an amount given in whole fen: 18600000 is 186,000.00 元."""
    return f"{_hundredths(fen)} 元"


def percent_text(part: int, whole: int) -> str:
    """Say a share in hundredths of a percent, cut and never rounded up past a threshold."""
    return f"{_hundredths(part * 10_000 // whole if whole else 0)}%"


def share_text(share: Fraction) -> str:
    """Say a threshold as people do: 三分之二; an unusual one as 3/5."""
    return _SHARES.get(share, f"{share.numerator}/{share.denominator}")


def day_text(day: date) -> str:
    """Say a date, a moment's date being the one in Shanghai: 2026年3月8日."""
    local = day.astimezone(SHANGHAI) if isinstance(day, datetime) else day
    return f"{local.year}年{local.month}月{local.day}日"


def short_day_text(day: date) -> str:
    """Say a date within the year: 3月8日."""
    return day_text(day).partition("年")[2]


def moment_text(moment: datetime) -> str:
    """Say a moment in Shanghai with its weekday: 2026年3月8日（周日）20:00."""
    local = moment.astimezone(SHANGHAI)
    return f"{day_text(local)}（周{_WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def file_size_text(size: int) -> str:
    """Say the size of a file in the unit a person would use: 820 字节, 48 KB, 1.2 MB."""
    if size < _KIB:
        return f"{size} 字节"
    if size < _KIB * _KIB:
        return f"{-(-size // _KIB)} KB"
    tenths = -(-size * 10 // (_KIB * _KIB))
    return f"{tenths // 10}.{tenths % 10} MB"


def grouped_text(code: str, size: int = 4) -> str:
    """Break a digest or a code into groups that an eye can follow."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def _hundredths(amount: int) -> str:
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def masked_text(name: str) -> str:
    """Say a person's name without giving it away: 张*, 王**."""
    return name[:1] + "*" * (len(name) - 1)
