"""The monthly table of an office: live until it is submitted, as it went out from then on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.console.months import Month
from assemblies.console.queries.answers import Computed
from assemblies.console.queries.committee_rows import committee_rows, review_row
from assemblies.console.queries.ground import Ground, ground, table_day
from assemblies.console.queries.lines import Keyed, Line, Share, Table
from assemblies.console.queries.matter_rows import matter_rows
from assemblies.console.queries.offers import offers
from assemblies.console.queries.publication_rows import publication_rows
from assemblies.console.queries.tree import tree
from assemblies.console.rows import RATIOS, ROWS, Row
from assemblies.records.files import FileRecord, files_of
from assemblies.records.oversight import MonthRecord
from assemblies.records.supervision import digest_of


def table(session: Session, node: UUID, month: Month, *, now: datetime) -> Table:
    """Return the table: live until it was submitted, as it went out from then on; `NotFound`."""
    base, record = ground(session, node, month, now=now), month_of(session, node, month)
    day, said = table_day(tree(session), base.estates, base.today)
    before = values_of(month_of(session, node, month.before))
    fixed = record.fixed if record is not None else None
    lines = _fixed(session, fixed, before) if fixed else _live(session, base, record, before)
    return Table(
        node=node,
        office=base.office.name,
        path=base.path,
        month=month,
        as_of=datetime.fromisoformat(fixed["as_of"]) if fixed else base.as_of,
        lines=lines,
        due_on=month.due(day),
        due_said=said,
        over=month.over(now),
        submitted_at=None if record is None else record.submitted_at,
        submitted_by="" if record is None else record.submitted_by,
        digest=fixed["digest"] if fixed else "",
        intact=not fixed or digest_of(facts_of(fixed)) == fixed["digest"],
        estates=fixed["estates"] if fixed else len(base.estates),
        shares=shares({one.row.number: one.value for one in lines}),
    )


def computed(session: Session, base: Ground) -> dict[int, Computed]:
    """Return what the records answer, by row."""
    return {
        **committee_rows(session, base),
        **review_row(session, base),
        **matter_rows(session, base),
        **publication_rows(session, base),
    }


def month_of(session: Session, node: UUID, month: Month) -> MonthRecord | None:
    """Return an office's record of a month, None before anything was keyed."""
    found = select(MonthRecord).where(MonthRecord.node_id == node, MonthRecord.month == month.key)
    return session.execute(found).scalar_one_or_none()


def values_of(record: MonthRecord | None) -> dict[int, tuple[int, ...]]:
    """Return the values of a submitted month, or what was keyed for it so far."""
    if record is None:
        return {}
    rows = record.fixed["rows"] if record.fixed else record.keyed
    return {int(number): tuple(one["value"]) for number, one in rows.items()}


def facts_of(fixed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the digest of a submitted table is taken of: all but the digest itself."""
    return {name: value for name, value in fixed.items() if name != "digest"}


def shares(values: Mapping[int, tuple[int, ...] | None]) -> tuple[Share, ...]:
    """Return the ratios that officials report from the values of the rows."""
    found = []
    for ratio in RATIOS:
        part, whole = values.get(ratio.part), values.get(ratio.whole)
        found.append(
            Share(
                ratio,
                None if part is None else part[ratio.place],
                None if whole is None else whole[0],
            )
        )
    return tuple(found)


def _live(
    session: Session,
    base: Ground,
    record: MonthRecord | None,
    before: Mapping[int, tuple[int, ...]],
) -> tuple[Line, ...]:
    answers = computed(session, base)
    keyed = _keyed(session, record)
    offered = offers(session, base)
    return tuple(
        _line(row, answers.get(row.number), keyed.get(row.number), before, offered) for row in ROWS
    )


def _line(
    row: Row,
    answer: Computed | None,
    keyed: Keyed | None,
    before: Mapping[int, tuple[int, ...]],
    offered: Mapping[int, tuple[int, ...]],
) -> Line:
    value = keyed.value if keyed else answer.value if answer else None
    line = Line(
        row=row,
        value=value,
        computed=answer,
        keyed=keyed,
        remark="",
        before=before.get(row.number),
        suggestion=offered.get(row.number),
    )
    return _with_remark(line)


def _with_remark(line: Line) -> Line:
    parts = []
    if line.replaced and line.computed is not None:
        parts.append(f"平台记录为 {line.computed_said}，按所附材料填报。")
    if line.keyed is not None and line.keyed.note:
        parts.append(line.keyed.note)
    if line.computed is not None and not line.replaced:
        parts.append(line.computed.said)
    return Line(
        line.row,
        line.value,
        line.computed,
        line.keyed,
        "".join(parts),
        line.before,
        line.suggestion,
    )


def _keyed(session: Session, record: MonthRecord | None) -> dict[int, Keyed]:
    if record is None:
        return {}
    wanted = [one["file"] for one in record.keyed.values() if one["file"]]
    files = {str(one.id): one for one in files_of(session, wanted)}
    return {int(number): _one(one, files) for number, one in record.keyed.items()}


def _one(one: Mapping[str, Any], files: Mapping[str, FileRecord]) -> Keyed:
    kept = files.get(one["file"])
    return Keyed(
        tuple(one["value"]),
        one["note"],
        one["by"],
        datetime.fromisoformat(one["at"]),
        None if kept is None else kept.link(),
    )


def _fixed(
    session: Session, fixed: Mapping[str, Any], before: Mapping[int, tuple[int, ...]]
) -> tuple[Line, ...]:
    """Return the lines as they went out; later records do not change them."""
    rows = fixed["rows"]
    wanted = [one["keyed"]["file"] for one in rows.values() if one["keyed"]]
    files = {str(one.id): one for one in files_of(session, [one for one in wanted if one])}
    found = []
    for row in ROWS:
        one = rows[str(row.number)]
        answer = one["computed"]
        found.append(
            Line(
                row=row,
                value=tuple(one["value"]),
                computed=None if answer is None else _answer(answer),
                keyed=_one(one["keyed"], files) if one["keyed"] else None,
                remark=one["remark"],
                before=before.get(row.number),
                suggestion=tuple(one["offered"]) or None,
            )
        )
    return tuple(found)


def _answer(kept: Mapping[str, Any]) -> Computed:
    return Computed(
        tuple(kept["value"]), kept["said"], tuple(kept["counted"]), tuple(kept["missing"])
    )
