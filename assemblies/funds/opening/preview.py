"""What a sheet of balances would open: every line, what is refused, what is asked, the sums."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.sheets import workbook
from assemblies.foundation.sheets.grid import Sheet
from assemblies.foundation.sheets.text import is_nothing
from assemblies.foundation.wording import money_text
from assemblies.funds.opening.amounts import amount
from assemblies.funds.opening.headings import Columns, Missing, columns
from assemblies.funds.opening.homes import Homes
from assemblies.funds.opening.rows import Row, rows
from assemblies.funds.opening.totals import Claimed, totals
from assemblies.funds.queries.known import PartLine, Register

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One row that holds: a part with its first payment (None: not said) and its balance."""

    row: Row
    part: PartLine
    first: int | None
    balance: int


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said about a row: why it is refused, or what to look at."""

    row: Row
    said: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the clerk has to confirm before the balances are opened."""

    id: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What the lines of one building, or all of them, add up to."""

    name: str
    parts: int
    of: int
    first: int
    balance: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that a sheet says, laid beside the register."""

    lines: tuple[Line, ...]
    refused: tuple[Said, ...]
    questions: tuple[Question, ...]
    claimed: tuple[Claimed, ...]
    buildings: tuple[Sum, ...]
    whole: Sum

    @property
    def several(self) -> bool:
        """Say whether the homes stand on more than one sheet."""
        rows = [one.row for one in self.lines] + [one.row for one in self.refused]
        return len({row.sheet for row in rows}) > 1

    @property
    def balances(self) -> dict[UUID, int]:
        """Return each part's opening balance."""
        return {line.part.id: line.balance for line in self.lines}

    @property
    def firsts(self) -> dict[UUID, int]:
        """Return each part's first payment where the sheet says it."""
        return {line.part.id: line.first for line in self.lines if line.first is not None}


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    lines: list[Line] = field(default_factory=list)
    refused: list[Said] = field(default_factory=list)
    rounded: list[Said] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    named: set[UUID] = field(default_factory=set)


def read(content: bytes, filename: str, register: Register) -> Opening:
    """Read a sheet of balances beside the register.

    Raises `UnreadableSheet` for what is no table, `Incomplete` where no columns are found.
    """
    found = _Found()
    homes = Homes(register.parts)
    for sheet, at in _tables(content, filename):
        for row in rows(sheet, at):
            found.rows.append(row)
            if not row.total:
                _take(row, homes, found)
    _refuse_twice(found)
    claimed = totals(found.rows, {(one.row.sheet, one.row.number): one for one in found.lines})
    sums = tuple(_sums(found.lines, register))
    return Opening(
        lines=tuple(found.lines),
        refused=tuple(sorted(found.refused, key=lambda one: (one.row.sheet, one.row.number))),
        questions=tuple(_questions(found, register, claimed)),
        claimed=claimed,
        buildings=sums,
        whole=_sum("合计", found.lines, len(register.parts)),
    )


def _tables(content: bytes, filename: str) -> Iterator[tuple[Sheet, Columns]]:
    found, lacking = [], list[Missing]()
    for sheet in workbook.sheets(content, filename):
        at = None if sheet.hidden else columns(sheet)
        if isinstance(at, Columns):
            found.append((sheet, at))
        elif isinstance(at, Missing):
            lacking.append(at)
    if lacking and not found:
        raise Incomplete(f"工作表“{lacking[0].sheet}”：{lacking[0].said}请照空白模板的表头改好。")
    if not found:
        raise Incomplete("没有找到表头。表里要有“房号”和“余额（元）”这两列，请下载空白模板照着填。")
    yield from found


def _take(row: Row, homes: Homes, found: _Found) -> None:
    part, doubt = homes.find(row)
    if part is None:
        found.refused.append(Said(row, doubt.said_zh if doubt else ""))
        return
    found.named.add(part.id)
    first = _amount(row, "首次交存", row.first, found) if not is_nothing(row.first) else None
    if is_nothing(row.balance):
        found.refused.append(Said(row, "余额没有填。没有余额的，请填 0。"))
        return
    balance = _amount(row, "余额", row.balance, found)
    if balance is not None and (first is not None or is_nothing(row.first)):
        found.lines.append(Line(row, part, first, balance))


def _amount(row: Row, name: str, text: str, found: _Found) -> int | None:
    fen, doubt = amount(text)
    if doubt and fen is None:
        found.refused.append(Said(row, f"{name}{doubt.said_zh}。"))
    elif doubt:
        found.rounded.append(Said(row, f"{name} {doubt.said_zh}"))
    return fen


def _refuse_twice(found: _Found) -> None:
    """Refuse every row of a home that stands in the sheet more than once."""
    by_part: dict[UUID, list[Line]] = defaultdict(list)
    for line in found.lines:
        by_part[line.part.id].append(line)
    for lines in by_part.values():
        if len(lines) > 1:
            named = "、".join(f"第 {line.row.number} 行" for line in lines)
            said = f"{lines[0].part.label} 出现了 {len(lines)} 次（{named}），请只留一行。"
            found.refused += [Said(line.row, said) for line in lines]
    found.lines = [line for line in found.lines if len(by_part[line.part.id]) == 1]


def _questions(found: _Found, register: Register, claimed: Sequence[Claimed]) -> Iterator[Question]:
    if found.rounded:
        said = "；".join(f"第 {one.row.number} 行{one.said}" for one in found.rounded[:_NAMED])
        yield Question("rounded", f"有 {len(found.rounded)} 个金额带着零头，按四舍五入到分", said)
    silent = [line.part.label for line in found.lines if line.first is None]
    if silent:
        note = "以后判断不了它们要不要续筹"
        yield Question("first", f"有 {len(silent)} 处没有首次交存额：{_listed(silent)}", note)
    missing = [part.label for part in register.parts if part.id not in found.named]
    if missing:
        text = f"名册里有 {len(missing)} 处不在表里：{_listed(missing)}"
        yield Question("missing", text, "确认后，它们暂时没有维修资金账户，以后交存时再开")
    for one in claimed:
        if not one.agrees:
            yield Question(f"total-{one.row.sheet}-{one.row.number}", one.said, "请先查清差在哪里")


def _listed(labels: Sequence[str]) -> str:
    return "、".join(labels[:_NAMED]) + (" 等" if len(labels) > _NAMED else "")


def _sums(lines: Sequence[Line], register: Register) -> Iterator[Sum]:
    for name in register.buildings:
        of = sum(part.building == name for part in register.parts)
        yield _sum(name, [line for line in lines if line.part.building == name], of)


def _sum(name: str, lines: Iterable[Line], of: int) -> Sum:
    taken = list(lines)
    first = sum(line.first or 0 for line in taken)
    return Sum(name, len(taken), of, first, sum(line.balance for line in taken))


def said_of(total: Sum) -> str:
    """Say a sum in one line."""
    return f"{total.parts} 处，首次交存 {money_text(total.first)}，余额 {money_text(total.balance)}"
