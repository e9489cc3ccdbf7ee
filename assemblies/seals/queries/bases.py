"""What a use of a seal may rest on: decisions that passed and stand, of the right body."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete
from assemblies.records.resolutions import (
    ASSEMBLY,
    CORRECTED,
    REVOKED,
    STANDING,
    SUPERSEDED,
    ResolutionRecord,
)
from voting.log.seals import BasisKind, SealKind

PASSED = "passed"
_FALLEN = {
    SUPERSEDED: "已被新的决定取代",
    CORRECTED: "已被责令改正",
    REVOKED: "已被撤销",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """A decision that may carry a use: what it is, its number, title and day."""

    id: UUID
    kind: BasisKind
    number: str
    title: str
    at: datetime

    @property
    def said(self) -> str:
        """Return it as one line."""
        return f"{self.number}《{self.title}》"


def kind_of(record: ResolutionRecord) -> BasisKind:
    """Return what a decision is for a seal: of all owners, or of the committee."""
    return BasisKind.RESOLUTION if record.body == ASSEMBLY else BasisKind.MINUTE


def covering(session: Session, estate: UUID, seal_kind: str) -> tuple[Basis, ...]:
    """Return the decisions that may carry a use of this kind of seal, the newest first."""
    found = (
        select(ResolutionRecord)
        .where(
            ResolutionRecord.estate_id == estate,
            ResolutionRecord.outcome == PASSED,
            ResolutionRecord.state == STANDING,
        )
        .order_by(ResolutionRecord.published_at.desc(), ResolutionRecord.number)
    )
    if seal_kind == SealKind.ASSEMBLY.value:
        found = found.where(ResolutionRecord.body == ASSEMBLY)
    return tuple(
        Basis(one.id, kind_of(one), one.number, one.title, one.published_at)
        for one in session.execute(found).scalars()
    )


def require_covering(
    session: Session, estate: UUID, seal_kind: str, basis: UUID
) -> ResolutionRecord:
    """Return the decision a use rests on; raises `Incomplete` saying why it may not carry it."""
    record = session.get(ResolutionRecord, basis)
    if record is None or record.estate_id != estate:
        raise Incomplete("请选择本小区决议台账里的一项决定作为依据。没有依据不得用印。")
    fallen = fallen_zh(record)
    if fallen:
        raise Incomplete(f"{record.number}《{record.title}》{fallen}，不能作为用印依据。")
    if seal_kind == SealKind.ASSEMBLY.value and record.body != ASSEMBLY:
        raise Incomplete("业主大会印章要以业主大会的决定为依据，业主委员会的会议纪要不够。")
    return record


def fallen_zh(record: ResolutionRecord) -> str:
    """Say why a decision carries no use; empty while it does."""
    return "没有通过" if record.outcome != PASSED else _FALLEN.get(record.state, "")
