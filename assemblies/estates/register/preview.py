"""What applying a file would do, row by row and part by part, before anything is done."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assemblies.estates.register.changes import Change, changes, merged
from assemblies.estates.register.values import (
    ExistingPart,
    PartKey,
    Reading,
    RegisterPart,
    Remark,
    RowPlace,
)
from assemblies.foundation.sheets.doubts import Level


class Verdict(StrEnum):
    """What becomes of a row, or of a part."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    QUESTION = "question"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The word shown on screen."""
        return _LABELS[self]


_LABELS = {
    Verdict.NEW: "新增",
    Verdict.CHANGED: "有变化",
    Verdict.UNCHANGED: "无变化",
    Verdict.QUESTION: "待确认",
    Verdict.REFUSED: "不能导入",
}


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """A part as it would stand afterwards; `questioned` ones wait for the clerk's tick."""

    key: PartKey
    verdict: Verdict
    questioned: bool
    after: RegisterPart
    before: ExistingPart | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file with its verdict and everything that is to be said about it."""

    place: RowPlace
    key: PartKey | None
    label: str
    verdict: Verdict
    remarks: tuple[Remark, ...]
    changes: tuple[Change, ...] = ()

    @property
    def warned(self) -> bool:
        """Whether something should be looked at although the row can be applied."""
        return any(remark.level is Level.WARNING for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole preview; `remarks` are those that belong to no row with a part."""

    parts: tuple[PreviewPart, ...]
    rows: tuple[PreviewRow, ...]
    remarks: tuple[Remark, ...]
    # Parts that are stored already and that the file does not mention: they stay as they are.
    absent: tuple[PartKey, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows have each verdict."""
        return Counter(row.verdict for row in self.rows)

    @property
    def askable(self) -> frozenset[PartKey]:
        """The parts that the clerk may tick."""
        return frozenset(part.key for part in self.parts if part.questioned)

    def applicable(self, accepted: Collection[PartKey] = ()) -> tuple[PreviewPart, ...]:
        """Return the parts that applying would write, questioned ones only if accepted."""
        return tuple(
            part
            for part in self.parts
            if part.verdict is not Verdict.UNCHANGED
            and (not part.questioned or part.key in accepted)
        )

    def register_after(
        self, existing: Mapping[PartKey, ExistingPart], accepted: Collection[PartKey] = ()
    ) -> tuple[ExistingPart, ...]:
        """Return the whole register as it would stand afterwards, for its sums."""
        applied = {part.key: part.after for part in self.applicable(accepted)}
        return tuple((dict(existing) | applied).values())


def compare(reading: Reading, existing: Mapping[PartKey, ExistingPart]) -> Preview:
    """Lay a reading beside what is stored."""
    questioned = reading.questioned()
    parts = {part.key: _part(part, existing.get(part.key), questioned) for part in reading.parts}
    said: dict[RowPlace, list[Remark]] = defaultdict(list)
    for remark in reading.remarks:
        said[remark.place].append(remark)
    rows = tuple(
        _row(row.place, row.key, row.label, parts, tuple(said.pop(row.place, ())))
        for row in reading.rows
    )
    mentioned = {row.key for row in reading.rows}
    return Preview(
        tuple(parts.values()),
        _with_reasons(rows),
        tuple(remark for remarks in said.values() for remark in remarks),
        tuple(key for key in existing if key not in mentioned),
    )


def _part(
    part: RegisterPart, before: ExistingPart | None, questioned: Collection[PartKey]
) -> PreviewPart:
    after = merged(part, before)
    found = changes(before, after)
    verdict = Verdict.NEW if before is None else Verdict.CHANGED if found else Verdict.UNCHANGED
    asks = part.key in questioned and verdict is not Verdict.UNCHANGED
    return PreviewPart(part.key, verdict, asks, after, before, found)


def _row(
    place: RowPlace,
    key: PartKey | None,
    label: str,
    parts: Mapping[PartKey, PreviewPart],
    remarks: tuple[Remark, ...],
) -> PreviewRow:
    part = parts.get(key) if key else None
    if part is None or any(remark.level is Level.REFUSED for remark in remarks):
        return PreviewRow(place, key, label, Verdict.REFUSED, remarks)
    verdict = Verdict.QUESTION if part.questioned else part.verdict
    return PreviewRow(place, key, label, verdict, remarks, part.changes)


def _with_reasons(rows: tuple[PreviewRow, ...]) -> tuple[PreviewRow, ...]:
    """Give a row that falls with another row of its part, or waits with it, that row's number."""
    culprits: dict[tuple[PartKey, Level], RowPlace] = {}
    for row in rows:
        for remark in row.remarks:
            if row.key and remark.level in {Level.REFUSED, Level.QUESTION}:
                culprits.setdefault((row.key, remark.level), row.place)
    return tuple(_with_reason(row, culprits) for row in rows)


def _with_reason(row: PreviewRow, culprits: Mapping[tuple[PartKey, Level], RowPlace]) -> PreviewRow:
    level = {Verdict.REFUSED: Level.REFUSED, Verdict.QUESTION: Level.QUESTION}.get(row.verdict)
    if level is None or row.key is None or any(remark.level is level for remark in row.remarks):
        return row
    place = culprits.get((row.key, level))
    if place is None:
        return row
    where = (
        f"第 {place.row} 行"
        if place.sheet == row.place.sheet
        else f"“{place.sheet}”第 {place.row} 行"
    )
    rest = "不能导入，整户都先不导入" if level is Level.REFUSED else "要先确认"
    reason = Remark(*row.place, "", level, "with_other_row", f"同一房屋的{where}{rest}。")
    return PreviewRow(
        row.place, row.key, row.label, row.verdict, (*row.remarks, reason), row.changes
    )
