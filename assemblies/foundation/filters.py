"""How values are written on pages: dates in Shanghai, areas in ㎡, money in 元, numbers grouped."""

from datetime import datetime

from assemblies.foundation.clock import in_china

DM2_PER_M2 = 100
FEN_PER_YUAN = 100
KIB = 1024


def date_zh(moment: datetime | None) -> str:
    """Write 2026年11月21日, or a dash for none."""
    if moment is None:
        return "—"
    local = in_china(moment)
    return f"{local.year}年{local.month}月{local.day}日"


def time_zh(moment: datetime | None) -> str:
    """Write 2026年11月21日 18:00."""
    return "—" if moment is None else f"{date_zh(moment)} {in_china(moment):%H:%M}"


def area_zh(dm2: int) -> str:
    """Write 4,210.55 ㎡."""
    return f"{area_number(dm2)} ㎡"


def area_number(dm2: int) -> str:
    """Write 4,210.55."""
    sign, size = ("-", -dm2) if dm2 < 0 else ("", dm2)
    return f"{sign}{size // DM2_PER_M2:,}.{size % DM2_PER_M2:02d}"


def yuan_zh(fen: int) -> str:
    """Write 12,345.60 元."""
    sign, size = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{size // FEN_PER_YUAN:,}.{size % FEN_PER_YUAN:02d} 元"


def grouped(number: int) -> str:
    """Write 12,345."""
    return f"{number:,}"


def size_zh(size: int) -> str:
    """Write a file's size in B, KB or MB."""
    if size < KIB:
        return f"{size} B"
    if size < KIB * KIB:
        return f"{size // KIB} KB"
    return f"{size // (KIB * KIB)}.{size % (KIB * KIB) * 10 // (KIB * KIB)} MB"


def masked(name: str) -> str:
    """Write 张* or 王**: the first sign and a star for each other."""
    return name[:1] + "*" * (len(name) - 1)


FILTERS = {
    "date_zh": date_zh,
    "time_zh": time_zh,
    "area_zh": area_zh,
    "area_number": area_number,
    "yuan_zh": yuan_zh,
    "grouped": grouped,
    "size_zh": size_zh,
    "masked": masked,
}
