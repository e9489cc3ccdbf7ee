"""A file read as a register: every row accounted for, every doubt said."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from assemblies.estates.register import checks, totals
from assemblies.estates.register.heads import sums
from assemblies.estates.register.lines import Line, SheetLines, lines
from assemblies.estates.register.parts import DUPLICATE, part
from assemblies.estates.register.values import (
    PartKey,
    Reading,
    ReadRow,
    RegisterPart,
    Remark,
    RowPlace,
)
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.grid import Sheet
from assemblies.foundation.sheets.refusals import UnreadableSheet
from assemblies.foundation.sheets.workbook import sheets

_NO_IDS: Mapping[str, str] = MappingProxyType({})


def read(data: bytes, filename: str, known_ids: Mapping[str, str] = _NO_IDS) -> Reading:
    """Read an uploaded register; `known_ids` gives the name behind each ID already stored.

    Raises `UnreadableSheet` (or its `OversizedSheet`) where the file is no register at all.
    """
    return read_sheets(sheets(data, filename), known_ids)


def read_sheets(given: Sequence[Sheet], known_ids: Mapping[str, str] = _NO_IDS) -> Reading:
    """Read a register from its sheets; raises `UnreadableSheet` where none holds one."""
    read_lines = [lines(sheet) for sheet in given]
    rows = [line for sheet in read_lines for line in sheet.lines]
    if not rows:
        raise _nothing(read_lines)
    remarks = [remark for sheet in read_lines for remark in sheet.remarks]
    remarks += _totals(read_lines)
    remarks += checks.names_of_ids(rows, known_ids)
    remarks += _following(rows, remarks)
    parts, of_parts = _parts(rows, _refused(remarks))
    remarks += of_parts
    twice = list(checks.one_person_twice(parts, rows))
    remarks += twice
    parts = tuple(part for part in parts if _refused(twice).isdisjoint(part.rows))
    remarks += checks.whole(parts, rows)
    listed = tuple(ReadRow(line.place, line.key, line.label) for line in rows)
    clear = Reading(parts, listed, _in_order(remarks, given), sums(()))
    asked = clear.questioned()
    return Reading(parts, listed, clear.remarks, sums([p for p in parts if p.key not in asked]))


def _nothing(read_lines: Sequence[SheetLines]) -> UnreadableSheet:
    reasons = [remark for sheet in read_lines for remark in sheet.remarks]
    if any(sheet.header for sheet in read_lines):
        return UnreadableSheet("这份名册里还没有填内容。")
    if any(remark.code == "no_area_column" for remark in reasons):
        return UnreadableSheet("找到了房号，却没有“建筑面积”一列。请补上这一列后再上传。")
    if not reasons:
        return UnreadableSheet("这个文件里没有内容。")
    return UnreadableSheet(
        "没有找到名册的表头。表头至少要有“房号”“建筑面积”“产权人”这几列，可以下载空白模板对照。"
    )


def _totals(read_lines: Sequence[SheetLines]) -> Iterator[Remark]:
    before: list[Line] = []
    for sheet in read_lines:
        yield from totals.disagreements(sheet.totals, sheet.lines, before)
        before += sheet.lines


def _refused(remarks: Sequence[Remark]) -> frozenset[RowPlace]:
    return frozenset(r.place for r in remarks if r.level is Level.REFUSED and r.code != DUPLICATE)


def _following(rows: Sequence[Line], remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Refuse the rows that continue a row which says no part."""
    refused = _refused(remarks)
    for line in rows:
        if line.key is None and line.place not in refused:
            said = "这一行接着上一行，而上一行没有读成，所以也不能导入。"
            yield Remark(*line.place, "", Level.REFUSED, "follows_refused", said)


def _parts(
    rows: Sequence[Line], refused: frozenset[RowPlace]
) -> tuple[tuple[RegisterPart, ...], list[Remark]]:
    """Join lines into parts; one refused line holds back its whole part."""
    by_key: dict[PartKey, list[Line]] = defaultdict(list)
    for line in rows:
        if line.key is not None:
            by_key[line.key].append(line)
    parts: list[RegisterPart] = []
    remarks: list[Remark] = []
    for group in by_key.values():
        held = any(line.place in refused for line in group)
        spot = group[0].spot
        assert spot is not None  # noqa: S101  (grouped by key)
        found, said = part(group, spot)
        remarks += _not_said_twice(said, refused)
        if found and not held:
            parts.append(found)
    return tuple(parts), remarks


def _not_said_twice(said: Sequence[Remark], refused: frozenset[RowPlace]) -> Iterator[Remark]:
    """Drop "no area" and "no owner" where the row was refused for the very cell."""
    for remark in said:
        follows = remark.code in {"area_missing", "owner_missing", "use_missing", "status_missing"}
        if not (follows and remark.place in refused):
            yield remark


def _in_order(remarks: Sequence[Remark], given: Sequence[Sheet]) -> tuple[Remark, ...]:
    order = {sheet.name: at for at, sheet in enumerate(given)}
    weight = list(Level)
    return tuple(sorted(remarks, key=lambda r: (order[r.sheet], r.row, weight.index(r.level))))
