"""What is wrong with the seals of many estates, in one list, for the street (LAW.md K5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from assemblies.foundation.clock import in_china
from assemblies.foundation.wording import day_text
from assemblies.records.committees import CommitteeRecord
from assemblies.records.duties import DutyRecord, is_late
from assemblies.records.premises import EstateRecord
from assemblies.records.repairs import RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seal_log import differences
from assemblies.records.seals import (
    APPLIED,
    CLOSED,
    LOST,
    SIGNED,
    STAMPED,
    SealRecord,
    SealUseRecord,
)
from voting.law.duties import due
from voting.law.rules import compose

PHOTOGRAPHS, LATE, CONTRACT = "photographs", "late", "contract"
SIGNATURES, LOSS, LOG = "signatures", "loss", "log"
WORDS = {
    PHOTOGRAPHS: "缺照片",
    LATE: "保管人逾期",
    CONTRACT: "合同没有用印登记",
    SIGNATURES: "久未签够",
    LOSS: "印章遗失",
    LOG: "台账与日志不符",
}
STAMP_DUTY, CONTRACT_DUTY, LOSS_DUTY = "seal_stamp_days", "contract_signing_days", "seal_lost"
# A repair has its contract by the time money or works are asked for.
_CONTRACTED = ("advanced", "accepted", "settled", "paid", "closed")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or late: at which estate, what, since when, and where it is."""

    estate: UUID
    kind: str
    text: str
    since: date
    href: str

    @property
    def words(self) -> str:
        """Return the kind as people say it."""
        return WORDS[self.kind]


def gaps_of(
    session: Session, estates: Iterable[UUID], *, logs: bool = True, now: datetime
) -> list[Gap]:
    """Return what is wrong with the seals of estates, the oldest first.

    `logs` also holds each seal log against its tables, one estate after the other; a page about
    many estates leaves that to the pages of each.
    """
    wanted = list(estates)
    held = _held(session, wanted)
    found = [gap for estate in wanted for gap in _gaps(held, estate, now)]
    if logs:
        found += [gap for estate in wanted for gap in _differing(session, estate, now)]
    return sorted(found, key=lambda gap: (gap.since, gap.kind, gap.text))


@dataclass(frozen=True, slots=True)
class _Held:
    """What is read of all estates at once: each thing by the estate it belongs to."""

    packs: dict[UUID, str]
    uses: dict[UUID, list[SealUseRecord]]
    lost: dict[UUID, list[SealRecord]]
    duties: dict[tuple[UUID, str], list[DutyRecord]]
    repairs: dict[UUID, list[RepairRecord]]
    resolutions: dict[UUID, ResolutionRecord]

    def decided(self, repair: RepairRecord) -> set[UUID]:
        """Return the resolution that a repair rests on, if one was voted."""
        every = self.resolutions.values()
        item = repair.item_id
        return {one.id for one in every if item is not None and one.item_id == item}


def _held(session: Session, estates: list[UUID]) -> _Held:
    duties, repairs = _duties(session, estates), _contracted(session, estates)
    return _Held(
        packs=_packs(session, estates),
        uses=_uses(session, estates),
        lost=_lost(session, estates),
        duties=duties,
        repairs=repairs,
        resolutions=_resolutions(session, duties, repairs),
    )


def _gaps(held: _Held, estate: UUID, now: datetime) -> Iterator[Gap]:
    uses = held.uses[estate]
    yield from _stamps(held, estate, uses, now)
    yield from _signatures(held, estate, uses, now)
    yield from _losses(held, estate, now)
    yield from _contracts(held, estate, uses)
    yield from _repairs(held, estate, uses)


def _differing(session: Session, estate: UUID, now: datetime) -> Iterator[Gap]:
    for said in differences(session, estate):
        yield Gap(estate, LOG, said, in_china(now).date(), f"/estates/{estate}/seals")


def _stamps(
    held: _Held, estate: UUID, uses: Iterable[SealUseRecord], now: datetime
) -> Iterator[Gap]:
    """Name the uses that were stamped and not photographed, and those whose keeper is late."""
    duties = {one.source_id: one for one in held.duties[estate, STAMP_DUTY]}
    for use in uses:
        duty = duties.get(use.id)
        if use.stamped_at is not None and not use.photo_ids:
            text = f"{use.number_zh}《{use.title}》已盖章，还没有盖章页的照片。"
            yield Gap(estate, PHOTOGRAPHS, text, in_china(use.stamped_at).date(), _at(use, estate))
        if duty is not None and duty.due_on is not None and is_late(duty, now):
            step = "存照片" if use.state == STAMPED else "盖章并存照片"
            text = (
                f"{use.number_zh}《{use.title}》应在 {day_text(duty.due_on)}前{step}，保管人逾期。"
            )
            yield Gap(estate, LATE, text, duty.due_on, _at(use, estate))


def _signatures(
    held: _Held, estate: UUID, uses: Iterable[SealUseRecord], now: datetime
) -> Iterator[Gap]:
    """Name the applications that wait for signatures longer than a keeper may wait to stamp."""
    for use in (one for one in uses if one.state == APPLIED):
        rules = compose(held.packs[estate], on=in_china(now).date())
        asked = in_china(use.applied_at).date()
        if in_china(now).date() > due(STAMP_DUTY, asked, rules).last:
            missing = use.needed - len(use.answered(SIGNED))
            text = f"{use.number_zh}《{use.title}》申请后还差 {missing} 名委员签字。"
            yield Gap(estate, SIGNATURES, text, asked, _at(use, estate))


def _losses(held: _Held, estate: UUID, now: datetime) -> Iterator[Gap]:
    reported = {one.source_id: one for one in held.duties[estate, LOSS_DUTY]}
    for seal in held.lost[estate]:
        duty = reported.get(seal.id)
        if duty is not None and duty.done_at is None:
            since = duty.due_on or in_china(now).date()
            text = f"“{seal.name}”遗失，还没有报案和作废声明的证明。"
            yield Gap(estate, LOSS, text, since, f"/estates/{estate}/seals/{seal.id}")


def _contracts(held: _Held, estate: UUID, uses: Iterable[SealUseRecord]) -> Iterator[Gap]:
    """Name the contracts that were signed on a resolution without a closed use of a seal."""
    sealed = {use.basis_id for use in uses if use.state == CLOSED}
    for duty in held.duties[estate, CONTRACT_DUTY]:
        if duty.done_at is None or duty.source_id in sealed:
            continue
        record = held.resolutions.get(duty.source_id)
        title = f"{record.number}《{record.title}》" if record else duty.title
        text = f"{title}的合同已经签订，却没有办结的用印登记。"
        yield Gap(estate, CONTRACT, text, in_china(duty.done_at).date(), _home(estate))


def _repairs(held: _Held, estate: UUID, uses: Iterable[SealUseRecord]) -> Iterator[Gap]:
    """Name the repairs whose money moved though nothing was sealed for them."""
    closed = [use for use in uses if use.state == CLOSED]
    bases = {use.basis_id for use in closed}
    for repair in held.repairs[estate]:
        named = any(repair.title in use.title for use in closed)
        if not named and bases.isdisjoint(held.decided(repair)):
            since = in_china(repair.approved_at or repair.created_at).date()
            text = f"维修项目“{repair.title}”已经拨款，合同却没有办结的用印登记。"
            yield Gap(estate, CONTRACT, text, since, _home(estate))


def _packs(session: Session, estates: list[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        select(EstateRecord.id, EstateRecord.pack).where(EstateRecord.id.in_(estates))
    )
    return {row.id: row.pack for row in rows}


def _uses(session: Session, estates: list[UUID]) -> dict[UUID, list[SealUseRecord]]:
    rows = session.execute(
        select(CommitteeRecord.estate_id, SealUseRecord)
        .join(CommitteeRecord, SealUseRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id.in_(estates))
        .options(selectinload(SealUseRecord.signatures))
    )
    found = defaultdict[UUID, list[SealUseRecord]](list)
    for estate, use in rows:
        found[estate].append(use)
    return found


def _lost(session: Session, estates: list[UUID]) -> dict[UUID, list[SealRecord]]:
    rows = session.execute(
        select(CommitteeRecord.estate_id, SealRecord)
        .join(CommitteeRecord, SealRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id.in_(estates), SealRecord.state == LOST)
    )
    found = defaultdict[UUID, list[SealRecord]](list)
    for estate, seal in rows:
        found[estate].append(seal)
    return found


def _duties(session: Session, estates: list[UUID]) -> dict[tuple[UUID, str], list[DutyRecord]]:
    rows = session.execute(
        select(DutyRecord).where(
            DutyRecord.estate_id.in_(estates),
            DutyRecord.name.in_([STAMP_DUTY, CONTRACT_DUTY, LOSS_DUTY]),
            DutyRecord.void_at.is_(None),
        )
    ).scalars()
    found = defaultdict[tuple[UUID, str], list[DutyRecord]](list)
    for one in rows:
        found[one.estate_id, one.name].append(one)
    return found


def _contracted(session: Session, estates: list[UUID]) -> dict[UUID, list[RepairRecord]]:
    rows = session.execute(
        select(RepairRecord).where(
            RepairRecord.estate_id.in_(estates), RepairRecord.state.in_(_CONTRACTED)
        )
    ).scalars()
    found = defaultdict[UUID, list[RepairRecord]](list)
    for one in rows:
        found[one.estate_id].append(one)
    return found


def _resolutions(
    session: Session,
    duties: dict[tuple[UUID, str], list[DutyRecord]],
    repairs: dict[UUID, list[RepairRecord]],
) -> dict[UUID, ResolutionRecord]:
    """Return the resolutions on which contracts and repairs rest, by their id."""
    signed = [one.source_id for (_, name), several in duties.items() for one in several
              if name == CONTRACT_DUTY]  # fmt: skip
    items = [one.item_id for several in repairs.values() for one in several if one.item_id]
    rows = session.execute(
        select(ResolutionRecord).where(
            or_(ResolutionRecord.id.in_(signed), ResolutionRecord.item_id.in_(items))
        )
    ).scalars()
    return {one.id: one for one in rows}


def _at(use: SealUseRecord, estate: UUID) -> str:
    return f"/estates/{estate}/seals/uses/{use.id}"


def _home(estate: UUID) -> str:
    return f"/estates/{estate}/seals"
