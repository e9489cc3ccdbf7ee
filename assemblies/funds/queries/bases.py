"""What a booking may rest on: resolutions that passed and stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete
from assemblies.records.authorities import CARRYING, PASSED
from assemblies.records.resolutions import ResolutionRecord

FUND_USE, FUND_RAISE, OTHER = 5, 6, 9


@dataclass(frozen=True, slots=True)
class Basis:
    """A resolution to choose from."""

    id: UUID
    number: str
    title: str


def bases(
    session: Session, estate: UUID, *, matters: Iterable[int] = (), body: str = ""
) -> tuple[Basis, ...]:
    """Return the resolutions of an estate that passed and stand, newest first."""
    found = select(ResolutionRecord).where(
        ResolutionRecord.estate_id == estate,
        ResolutionRecord.outcome == PASSED,
        ResolutionRecord.state.in_(CARRYING),
    )
    wanted = tuple(matters)
    if wanted:
        found = found.where(ResolutionRecord.matter.in_(wanted))
    if body:
        found = found.where(ResolutionRecord.body == body)
    records = session.execute(found.order_by(ResolutionRecord.published_at.desc())).scalars()
    return tuple(Basis(one.id, one.number, one.title) for one in records)


def standing_basis(
    session: Session, estate: UUID, resolution: UUID, *, matters: Iterable[int] = (), body: str = ""
) -> ResolutionRecord:
    """Return a resolution if it may carry a booking; raises `Incomplete` saying why it may not."""
    record = session.get(ResolutionRecord, resolution)
    if record is None or record.estate_id != estate:
        raise Incomplete("没有找到这项决定，请从决议台账里选择。")
    if record.outcome != PASSED:
        raise Incomplete(f"{record.number}《{record.title}》没有通过，不能作为依据。")
    if record.state not in CARRYING:
        raise Incomplete(f"{record.number}《{record.title}》已经不再有效，不能作为依据。")
    if body and record.body != body:
        raise Incomplete("这件事要由业主大会决定，业委会自己的决定不能作为依据。")
    wanted = tuple(matters)
    if wanted and record.matter not in wanted:
        raise Incomplete(f"{record.number}《{record.title}》不是这一类事项，不能作为依据。")
    return record
