"""The monthly table's verbs: key a row with its proof, take over last month's, send it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.console.months import Month
from assemblies.console.queries.ground import ground
from assemblies.console.queries.lines import Line
from assemblies.console.queries.offers import offers
from assemblies.console.queries.table import computed, month_of, table
from assemblies.console.rows import BY_NUMBER, Kind, Row
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.uploads import Upload, checked
from assemblies.records.files import FileRecord, keep_for_office
from assemblies.records.oversight import MonthRecord
from assemblies.records.supervision import digest_of
from voting.canonical import Plain

LONGEST_NOTE = 300
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What is keyed for one row: the figures, a remark, and the proof where one is sent."""

    row: int
    value: tuple[int, ...]
    note: str = ""
    paper: Upload | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Whose table of which month it is."""

    node: UUID
    month: Month


def key(
    session: Session, office: Office, entries: tuple[Entry, ...], by: str, *, now: datetime
) -> None:
    """Keep what was keyed for several rows, all or none.

    A value in place of a computed one needs its proof, and so does every other that is not
    nought. Raises `Incomplete`, `WrongStep` after the table went out, `NotFound` for no office.
    """
    base = ground(session, office.node, office.month, now=now)
    record = _open(session, office)
    answers, offered = computed(session, base), offers(session, base)
    for entry in entries:
        row = BY_NUMBER[entry.row]
        _require_sound(row, entry)
        held = record.keyed.get(str(row.number), {})
        file = _file(session, office, entry, held, by, now)
        answer = answers.get(row.number)
        known = answer.value if answer else offered.get(row.number)
        if not file and _needs_proof(entry, known):
            raise Incomplete(f"第 {row.number} 行“{row.task}”：请附上证明材料（文件或照片）。")
        record.keyed = {
            **record.keyed,
            str(row.number): {
                "value": list(entry.value),
                "note": entry.note.strip(),
                "by": by,
                "at": now.isoformat(),
                "file": file,
            },
        }
    session.flush()


def clear(session: Session, office: Office, row: int) -> None:
    """Take back what was keyed for a row; the computed value counts again, if there is one."""
    record = _open(session, office)
    record.keyed = {one: held for one, held in record.keyed.items() if one != str(row)}


def carry(session: Session, office: Office, by: str, *, now: datetime) -> int:
    """Take over last month's keyed values, with remark and proof, where nothing is keyed yet.

    A log (台账) is kept anew each time: joint meetings and ratings are not taken over.
    Returns how many rows were taken over; raises `WrongStep` after the table went out.
    """
    earlier = month_of(session, office.node, office.month.before)
    record = _open(session, office)
    held = {} if earlier is None else earlier.keyed
    fresh = {
        number: {**one, "by": by, "at": now.isoformat()}
        for number, one in held.items()
        if number not in record.keyed and _lasts(BY_NUMBER[int(number)])
    }
    record.keyed = {**record.keyed, **fresh}
    return len(fresh)


def _lasts(row: Row) -> bool:
    return not row.computed and row.kind is not Kind.LOG


def submit(session: Session, office: Office, by: str, *, now: datetime) -> str:
    """Send the table out: its values are fixed from now on; return the digest of what went out.

    Raises `WrongStep` while the month runs or after it went out, `Incomplete` naming the rows
    without a value.
    """
    record = _open(session, office)
    shown = table(session, office.node, office.month, now=now)
    if not shown.over:
        raise WrongStep(f"{office.month.words}还没有过完，下月 1 日起提交。")
    if shown.missing:
        numbers = "、".join(str(one) for one in shown.missing)
        raise Incomplete(f"还有 {len(shown.missing)} 行没有填：第 {numbers} 行。")
    rows: dict[str, Plain] = {
        str(one.row.number): _frozen(one, record.keyed.get(str(one.row.number)))
        for one in shown.lines
    }
    facts: dict[str, Plain] = {
        "as_of": shown.as_of.isoformat(),
        "estates": shown.estates,
        "month": office.month.key,
        "node": str(office.node),
        "rows": rows,
    }
    digest = digest_of(facts)
    record.fixed = {**facts, "digest": digest}
    record.submitted_at, record.submitted_by = now, by
    return digest


def _frozen(line: Line, keyed: Mapping[str, Any] | None) -> dict[str, Plain]:
    answer = line.computed
    return {
        "value": list(line.value or ()),
        "remark": line.remark,
        "offered": list(line.suggestion or ()),
        "keyed": None if keyed is None else dict(keyed),
        "computed": None
        if answer is None
        else {
            "value": list(answer.value),
            "said": answer.said,
            "counted": list(answer.counted),
            "missing": list(answer.missing),
        },
    }


def _open(session: Session, office: Office) -> MonthRecord:
    """Return the month's record under lock, begun if there is none; `WrongStep` once it is out."""
    found = (
        select(MonthRecord)
        .where(MonthRecord.node_id == office.node, MonthRecord.month == office.month.key)
        .with_for_update()
    )
    record = session.execute(found).scalar_one_or_none()
    if record is not None and record.submitted_at is not None:
        raise WrongStep(f"{office.month.words}的报表已经提交，数字不能再改。")
    if record is None:
        record = MonthRecord(id=uuid4(), node_id=office.node, month=office.month.key, keyed={})
        session.add(record)
        session.flush()
    return record


def _require_sound(row: Row, entry: Entry) -> None:
    if len(entry.value) != row.figures or not all(0 <= one <= MOST for one in entry.value):
        raise Incomplete(f"第 {row.number} 行“{row.task}”：请填写整数。")
    if row.kind is Kind.DONE and entry.value[0] not in (0, 1):
        raise Incomplete(f"第 {row.number} 行“{row.task}”：请选择是否落实。")
    if len(entry.note) > LONGEST_NOTE:
        raise Incomplete(f"第 {row.number} 行“{row.task}”：备注不超过 {LONGEST_NOTE} 字。")


def _needs_proof(entry: Entry, known: tuple[int, ...] | None) -> bool:
    """Say whether a value stands on paper only: not what is known already, and not nought."""
    return any(entry.value) if known is None else entry.value != known


def _file(
    session: Session,
    office: Office,
    entry: Entry,
    held: Mapping[str, Any],
    by: str,
    now: datetime,
) -> str:
    if entry.paper is None:
        return str(held.get("file", ""))
    kept: FileRecord = keep_for_office(session, office.node, checked(entry.paper), by, now=now)
    return str(kept.id)
