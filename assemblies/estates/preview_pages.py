"""The preview a page at a time: refused rows first, then what is asked, then the rest."""

from collections.abc import Callable
from dataclasses import dataclass

from assemblies.estates.plans import MOST_QUESTIONS, Plan, PlanRow
from assemblies.estates.queries.batches import Preview
from assemblies.estates.register.preview import Verdict
from assemblies.foundation.pictures import Link, Option

PAGE = 100
_SHOWN_ROWS = 12
_ORDER = (
    Verdict.REFUSED, Verdict.QUESTION, Verdict.CHANGED, Verdict.NEW, Verdict.UNCHANGED,
)  # fmt: skip
_STATES = {Verdict.REFUSED: "error", Verdict.QUESTION: "warn"}
_TAGS = {
    Verdict.REFUSED: "failed",
    Verdict.QUESTION: "waiting",
    Verdict.CHANGED: "note",
    Verdict.NEW: "passed",
    Verdict.UNCHANGED: "note",
}
_WARNED = "warned"
_KINDS: dict[str, tuple[str, Callable[[PlanRow], bool]]] = {
    "": ("全部", lambda row: True),
    "refused": ("不能导入", lambda row: row.verdict is Verdict.REFUSED),
    "question": ("待确认", lambda row: row.verdict is Verdict.QUESTION),
    _WARNED: ("有提醒", lambda row: row.warned),
    "changed": ("有变化", lambda row: row.verdict is Verdict.CHANGED),
    "new": ("新增", lambda row: row.verdict is Verdict.NEW),
    "unchanged": ("无变化", lambda row: row.verdict is Verdict.UNCHANGED),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page draws it."""

    row: PlanRow
    place: str
    state: str
    tag: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows of one kind; `kinds` are the filters with how many rows each finds."""

    only: str
    number: int
    pages: int
    lines: tuple[Line, ...]
    kinds: tuple[Link, ...]

    @property
    def position(self) -> str:
        """Say which page this is."""
        return f"第 {self.number} 页，共 {self.pages} 页"


def page(plan: Plan, only: str, number: int) -> Page:
    """Return one page of a plan's rows."""
    kind = only if only in _KINDS else ""
    chosen = [row for row in plan.rows if _KINDS[kind][1](row)]
    chosen.sort(key=lambda row: (_ORDER.index(row.verdict), not row.warned))
    pages = max(1, -(-len(chosen) // PAGE))
    at = min(max(number, 1), pages)
    several = len({row.sheet for row in plan.rows}) > 1
    return Page(
        only=kind,
        number=at,
        pages=pages,
        lines=tuple(_line(row, several=several) for row in chosen[(at - 1) * PAGE : at * PAGE]),
        kinds=_kinds(plan, kind),
    )


def _kinds(plan: Plan, only: str) -> tuple[Link, ...]:
    found = []
    for kind, (name, holds) in _KINDS.items():
        number = sum(holds(row) for row in plan.rows)
        if number or kind == only:
            href = f"?only={kind}" if kind else "?"
            found.append(Link(f"{name} {number:,}", href, current=kind == only))
    return tuple(found)


def _line(row: PlanRow, *, several: bool) -> Line:
    place = f"{row.sheet} 第 {row.row} 行" if several else f"第 {row.row} 行"
    state = _STATES.get(row.verdict, "warn" if row.warned else "")
    return Line(row, place, state, _TAGS[row.verdict])


def questions(plan: Plan) -> tuple[Option, ...]:
    """Return what the clerk has to confirm, each with the rows that ask it."""
    return tuple(
        Option(one.id, one.text, _where([row.row for row in one.rows])) for one in plan.questions
    )


def _where(rows: list[int]) -> str:
    named = "、".join(str(row) for row in rows[:_SHOWN_ROWS])
    more = f" 等 {len(rows)} 行" if len(rows) > _SHOWN_ROWS else " 行"
    return f"第 {named}{more}"


def blocked(waiting: Preview) -> str:
    """Say why the file cannot be applied as it is; empty where nothing stands in the way."""
    plan = waiting.plan
    if waiting.stale:
        return "上传之后名册有了改动，下面的比对已经过时。请先重新比对。"
    if plan.refused:
        return (
            f"有 {plan.refused:,} 行不能导入。请在表格里改好这些行，再重新上传；"
            "导入要么全部成功，要么一行也不写。"
        )
    if len(plan.questions) > MOST_QUESTIONS:
        return f"需要确认的内容有 {len(plan.questions):,} 项，多半是整列填错了。请改好文件再上传。"
    if not plan.written:
        return "文件内容与现有名册完全一致，没有需要导入的内容。"
    return ""
