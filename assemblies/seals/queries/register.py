"""The register of uses (印章使用登记表): every field of the form, a row a use."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.wording import day_text
from assemblies.records import streams
from assemblies.records.places import place_of
from assemblies.seals.queries.use_views import UseView
from assemblies.seals.queries.uses import uses_of


@dataclass(frozen=True, slots=True)
class Line:
    """One use with every field of the form."""

    number: str
    applied: str
    seal: str
    title: str
    kind: str
    copies: str
    purpose: str
    receiver: str
    basis: str
    covers: str
    applicant: str
    signed: str
    count: str
    keeper: str
    stamped: str
    witness: str
    returned: str
    photographs: str
    state: str


# The heads of the sheet, in the order of a line's fields.
COLUMNS = (
    "序号", "申请日期", "印章", "文件名称", "文件种类", "份数", "用途", "交给谁", "依据",
    "依据说明", "申请人", "签字同意的委员", "签字人数", "保管人", "盖章时间", "监印人", "归还时间",
    "盖章页存照", "状态",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register of an estate at a moment, with the log that it shows."""

    estate: str
    at: datetime
    rows: tuple[Line, ...]
    entries: int
    origin: str
    checkpoint: str


def register_of(session: Session, estate: UUID, *, now: datetime) -> Register:
    """Return the register as it stands now; raises `NotFound` before the log has begun."""
    head = streams.head_of(session, estate, streams.Stream.SEALS)
    found = reversed(uses_of(session, estate))
    return Register(
        estate=place_of(session, estate).name,
        at=now,
        rows=tuple(_row(use) for use in found),
        entries=head.size,
        origin=head.origin,
        checkpoint=head.checkpoint,
    )


def _row(use: UseView) -> Line:
    seen = "、".join(one.digest[:8] for one in use.photographs)
    return Line(
        number=use.number,
        applied=day_text(use.applied_at),
        seal=use.seal_name,
        title=use.title,
        kind=use.kind,
        copies=f"{use.copies} 份 × {use.pages} 页",
        purpose=use.purpose,
        receiver=use.receiver,
        basis=use.basis,
        covers=use.covers,
        applicant=use.applicant,
        signed="、".join(one.name for one in use.said("signed")) or "无",
        count=f"{len(use.answers)} 人中 {use.signed} 人，须 {use.needed} 人",
        keeper=use.stamped_by or use.keeper,
        stamped=_minute(use.stamped_at),
        witness=use.witness,
        returned=_minute(use.returned_at),
        photographs=f"{len(use.photographs)} 张（{seen}）" if seen else "",
        state=use.tag[1],
    )


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{in_china(moment):%Y-%m-%d %H:%M}"
