"""What is wrong with the seals of many estates, in one list, for the street (LAW.md K5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assemblies.foundation.clock import in_china
from assemblies.foundation.wording import day_text
from assemblies.records.committees import CommitteeRecord
from assemblies.records.duties import DutyRecord, is_late
from assemblies.records.repairs import RepairRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
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
STAMP_DUTY, CONTRACT_DUTY = "seal_stamp_days", "contract_signing_days"
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


def gaps_of(session: Session, estates: Iterable[UUID], *, now: datetime) -> list[Gap]:
    """Return what is wrong with the seals of estates, the oldest first."""
    found = [gap for estate in estates for gap in _gaps(session, estate, now)]
    return sorted(found, key=lambda gap: (gap.since, gap.kind, gap.text))


def _gaps(session: Session, estate: UUID, now: datetime) -> Iterator[Gap]:
    uses = _uses(session, estate)
    yield from _stamps(session, estate, uses, now)
    yield from _signatures(session, estate, uses, now)
    yield from _losses(session, estate, now)
    yield from _contracts(session, estate, uses)
    yield from _repairs(session, estate, uses)
    for said in differences(session, estate):
        yield Gap(estate, LOG, said, in_china(now).date(), f"/estates/{estate}/seals")


def _uses(session: Session, estate: UUID) -> list[SealUseRecord]:
    found = (
        select(SealUseRecord)
        .join(CommitteeRecord, SealUseRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == estate)
        .options(selectinload(SealUseRecord.signatures))
    )
    return list(session.execute(found).scalars())


def _stamps(
    session: Session, estate: UUID, uses: Iterable[SealUseRecord], now: datetime
) -> Iterator[Gap]:
    """Name the uses that were stamped and not photographed, and those whose keeper is late."""
    duties = {one.source_id: one for one in _duties(session, estate, STAMP_DUTY)}
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
    session: Session, estate: UUID, uses: Iterable[SealUseRecord], now: datetime
) -> Iterator[Gap]:
    """Name the applications that wait for signatures longer than a keeper may wait to stamp."""
    waiting = [use for use in uses if use.state == APPLIED]
    if not waiting:
        return
    rules = rules_for(session, estate, now=now)
    for use in waiting:
        asked = in_china(use.applied_at).date()
        if in_china(now).date() > due(STAMP_DUTY, asked, rules).last:
            missing = use.needed - len(use.answered(SIGNED))
            text = f"{use.number_zh}《{use.title}》申请后还差 {missing} 名委员签字。"
            yield Gap(estate, SIGNATURES, text, asked, _at(use, estate))


def _losses(session: Session, estate: UUID, now: datetime) -> Iterator[Gap]:
    found = (
        select(SealRecord)
        .join(CommitteeRecord, SealRecord.committee_id == CommitteeRecord.id)
        .where(CommitteeRecord.estate_id == estate, SealRecord.state == LOST)
    )
    reported = {one.source_id: one for one in _duties(session, estate, "seal_lost")}
    for seal in session.execute(found).scalars():
        duty = reported.get(seal.id)
        if duty is not None and duty.done_at is None:
            since = duty.due_on or in_china(now).date()
            text = f"“{seal.name}”遗失，还没有报案和作废声明的证明。"
            yield Gap(estate, LOSS, text, since, f"/estates/{estate}/seals/{seal.id}")


def _contracts(session: Session, estate: UUID, uses: Iterable[SealUseRecord]) -> Iterator[Gap]:
    """Name the contracts that were signed on a resolution without a closed use of a seal."""
    sealed = {use.basis_id for use in uses if use.state == CLOSED}
    for duty in _duties(session, estate, CONTRACT_DUTY):
        if duty.done_at is None or duty.source_id in sealed:
            continue
        record = session.get(ResolutionRecord, duty.source_id)
        title = f"{record.number}《{record.title}》" if record else duty.title
        text = f"{title}的合同已经签订，却没有办结的用印登记。"
        yield Gap(estate, CONTRACT, text, in_china(duty.done_at).date(), _home(estate))


def _repairs(session: Session, estate: UUID, uses: Iterable[SealUseRecord]) -> Iterator[Gap]:
    """Name the repairs whose money moved though nothing was sealed for them."""
    closed = [use for use in uses if use.state == CLOSED]
    bases = {use.basis_id for use in closed}
    found = select(RepairRecord).where(
        RepairRecord.estate_id == estate, RepairRecord.state.in_(_CONTRACTED)
    )
    for repair in session.execute(found).scalars():
        named = any(repair.title in use.title for use in closed)
        if not named and bases.isdisjoint(_decided(session, repair)):
            since = in_china(repair.approved_at or repair.created_at).date()
            text = f"维修项目“{repair.title}”已经拨款，合同却没有办结的用印登记。"
            yield Gap(estate, CONTRACT, text, since, _home(estate))


def _decided(session: Session, repair: RepairRecord) -> set[UUID]:
    """Return the resolution that a repair rests on, if one was voted."""
    if repair.item_id is None:
        return set()
    found = select(ResolutionRecord.id).where(ResolutionRecord.item_id == repair.item_id)
    return set(session.execute(found).scalars())


def _duties(session: Session, estate: UUID, name: str) -> list[DutyRecord]:
    found = select(DutyRecord).where(
        DutyRecord.estate_id == estate, DutyRecord.name == name, DutyRecord.void_at.is_(None)
    )
    return list(session.execute(found).scalars())


def _at(use: SealUseRecord, estate: UUID) -> str:
    return f"/estates/{estate}/seals/uses/{use.id}"


def _home(estate: UUID) -> str:
    return f"/estates/{estate}/seals"
