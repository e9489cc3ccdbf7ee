"""Rows of totals: left out of the register, but held against the rows they claim to add up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assemblies.estates.register.cells import area
from assemblies.estates.register.rows import Row
from assemblies.estates.register.synonyms import AREAS, Field
from assemblies.estates.register.values import PartKey, Remark, RowPlace
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.text import compact

_COUNT = re.compile(r"(?:合计|小计|总计|共计|累计|共|计|:|\()*(\d{1,6})(?:户|套|间|个|人|户主)?\)?")
_COUNTED = (Field.ROOM, Field.FULL_ROOM, Field.SERIAL, Field.NAME)


class _Counted(Protocol):
    @property
    def key(self) -> PartKey | None: ...
    @property
    def area_dm2(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Total:
    """What a row of totals claims, and how many lines of its sheet stand above it."""

    place: RowPlace
    label: str
    area_dm2: int | None
    counts: tuple[int, ...]
    lines_above: int


def total(row: Row, lines_above: int) -> Total:
    """Read a row of totals."""
    sizes = [area(text)[0] for field in AREAS for text, _ in row.found(field)]
    size = next((found for found in sizes if found), None)
    return Total(row.place, row.total_label(), size, tuple(_counts(row)), lines_above)


def _counts(row: Row) -> Iterator[int]:
    cells = [row.cells[index] for field in _COUNTED for index in _columns(row, field)]
    for cell in cells:
        if cell and (found := _COUNT.fullmatch(compact(cell))):
            yield int(found.group(1))


def _columns(row: Row, field: Field) -> tuple[int, ...]:
    return row.header.name_columns if field is Field.NAME else row.header.at(field)


def disagreements(
    totals: Sequence[Total], lines: Sequence[_Counted], before: Sequence[_Counted]
) -> Iterator[Remark]:
    """Say which totals of one sheet are not the sum of any rows they may stand for.

    A total may speak of the rows since the last one, of its sheet, or of all sheets so far.
    """
    since = 0
    for claim in totals:
        above = lines[: claim.lines_above]
        spans = [above[since:], above, [*before, *above]]
        if claim.lines_above:
            yield from _compared(claim, [Span.of(span) for span in spans])
        since = claim.lines_above


@dataclass(frozen=True, slots=True)
class Span:
    """What a stretch of rows adds up to, each part once."""

    parts: int
    rows: int
    area_dm2: int
    area_of_rows: int

    @classmethod
    def of(cls, lines: Sequence[_Counted]) -> "Span":
        """Add up rows."""
        areas: dict[PartKey, int] = {}
        for line in lines:
            if line.key is not None and line.area_dm2 is not None:
                areas.setdefault(line.key, line.area_dm2)
        keys = {line.key for line in lines if line.key is not None}
        by_row = sum(line.area_dm2 or 0 for line in lines)
        return cls(len(keys), len(lines), sum(areas.values()), by_row)


def _compared(claim: Total, spans: Sequence[Span]) -> Iterator[Remark]:
    sheet = spans[1]
    true = f"{_square(sheet.area_dm2)} ㎡"
    sizes = {span.area_dm2 for span in spans}
    if claim.area_dm2 is not None and claim.area_dm2 not in sizes:
        said = f"“{claim.label}”是 {_square(claim.area_dm2)} ㎡，上面各户相加是 {true}，请核对。"
        if claim.area_dm2 in {span.area_of_rows for span in spans}:
            said = f"“{claim.label}”把共有人各行的面积重复加了；每户只算一次是 {true}。"
        yield _warning(claim, "total_area", said)
    counted = {number for span in spans for number in (span.parts, span.rows)}
    if claim.counts and not counted.intersection(claim.counts):
        said = f"“{claim.label}”写的是 {claim.counts[0]} 户，上面实有 {sheet.parts} 户，请核对。"
        yield _warning(claim, "total_count", said)


def _warning(claim: Total, code: str, said: str) -> Remark:
    return Remark(*claim.place, "", Level.WARNING, code, said)


def _square(dm2: int) -> str:
    return f"{dm2 // 100:,}.{dm2 % 100:02d}"
