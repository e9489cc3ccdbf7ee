"""What is offered for rows that nothing answers: the tree's numbers, the streets' own sums."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.console.queries.ground import Ground
from assemblies.console.queries.tree import AUTHORITY
from assemblies.console.rows import ROWS, Kind
from assemblies.records.oversight import MonthRecord


def offers(session: Session, base: Ground) -> dict[int, tuple[int, ...]]:
    """Return the values offered by row; the office takes them over by saving them.

    An authority is offered the sums of its streets once every one of them has sent its table:
    part of a sum would mislead.
    """
    counted = (len(base.streets), len(base.communities), len(base.estates))
    tree = {row: (number,) for row, number in enumerate(counted, start=1)}
    return {**(_sums(session, base) if base.office.kind == AUTHORITY else {}), **tree}


def _sums(session: Session, base: Ground) -> dict[int, tuple[int, ...]]:
    records = session.execute(
        select(MonthRecord).where(
            MonthRecord.node_id.in_([one.id for one in base.streets]),
            MonthRecord.month == base.month.key,
            MonthRecord.submitted_at.is_not(None),
        )
    ).scalars()
    sent = [one.fixed["rows"] for one in records if one.fixed]
    if not sent or len(sent) < len(base.streets):
        return {}
    added = [row for row in ROWS if row.kind is not Kind.DONE and not row.computed]
    return {row.number: (sum(one[str(row.number)]["value"][0] for one in sent),) for row in added}
