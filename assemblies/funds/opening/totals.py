"""Rows of totals: no home of their own, but held against the rows they claim to add up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assemblies.foundation.sheets.text import FormulaCell, is_nothing
from assemblies.foundation.wording import money_text
from assemblies.funds.opening.amounts import amount
from assemblies.funds.opening.rows import Row


class _Added(Protocol):
    @property
    def first(self) -> int | None: ...
    @property
    def balance(self) -> int: ...


Lines = Mapping[tuple[str, int], _Added]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a row of totals says beside what the rows above it add up to."""

    row: Row
    agrees: bool
    said: str


def totals(rows: Sequence[Row], lines: Lines) -> tuple[Claimed, ...]:
    """Hold each row of totals against the rows since the last one, its sheet, or all of them."""
    return tuple(
        claim
        for at, row in enumerate(rows)
        if row.total
        for claim in _claims(row, _spans(rows, at), lines)
    )


def _spans(rows: Sequence[Row], at: int) -> list[list[Row]]:
    before = [row for row in rows[:at] if not row.total]
    sheet = [row for row in before if row.sheet == rows[at].sheet]
    last = max((place for place, row in enumerate(rows[:at]) if row.total), default=-1)
    since = [row for row in rows[last + 1 : at] if row.sheet == rows[at].sheet]
    return [since, sheet, before]


def _claims(row: Row, spans: Sequence[Sequence[Row]], lines: Lines) -> Iterator[Claimed]:
    for name, text in (("首次交存", row.first), ("余额", row.balance)):
        if is_nothing(text):
            continue
        sums = [_sum(name, span, lines) for span in spans]
        fen, _ = amount(text)
        if isinstance(text, FormulaCell) or fen is None:
            said = f"第 {row.number} 行“{row.total}”的{name}读不出数字，没有比对"
            yield Claimed(row, agrees=True, said=said)
        elif fen in sums:
            said = f"第 {row.number} 行“{row.total}”的{name} {money_text(fen)}，与逐户相加一致"
            yield Claimed(row, agrees=True, said=said)
        else:
            nearest = min(sums, key=lambda one: abs(fen - one))
            said = (
                f"第 {row.number} 行“{row.total}”的{name}是 {money_text(fen)}，"
                f"逐户相加是 {money_text(nearest)}，相差 {money_text(abs(fen - nearest))}"
            )
            yield Claimed(row, agrees=False, said=said)


def _sum(name: str, span: Sequence[Row], lines: Lines) -> int:
    held = [lines[row.sheet, row.number] for row in span if (row.sheet, row.number) in lines]
    if name == "余额":
        return sum(line.balance for line in held)
    return sum(line.first or 0 for line in held)
