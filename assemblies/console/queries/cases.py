"""What waits for an office or is open with it: repairs at its station, orders, inquiries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.console.queries.tree import Estate
from assemblies.foundation.permissions import Need, Staff
from assemblies.records.oversight import InquiryRecord, OrderRecord
from assemblies.records.repairs import RepairRecord, StationRecord

T = TypeVar("T")
STATIONS: Mapping[str, Need] = {
    "community": Need.CLEAR_COMMUNITY,
    "street": Need.CLEAR_STREET,
    "authority": Need.CLEAR_AUTHORITY,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A repair that waits at a station which the person at the screen decides."""

    estate: UUID
    repair: UUID
    stop: UUID
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Order:
    """An order to correct that is not closed yet."""

    estate: UUID
    id: UUID
    number: str
    due_on: date | None
    replied: bool


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry about a member that has not ended."""

    estate: UUID
    id: UUID
    reply_due_on: date | None
    replied_at: datetime | None
    suspended_at: datetime | None
    moved_at: datetime | None

    @property
    def rests_with_office(self) -> bool:
        """Say whether the member replied and the office has not yet said what follows."""
        return self.replied_at is not None and not (self.suspended_at or self.moved_at)


def waiting(
    session: Session, estates: Sequence[Estate], person: Staff
) -> dict[UUID, tuple[Waiting, ...]]:
    """Return by estate the repairs that wait for this person's office, the soonest first."""
    mine = {station: person.nodes(need) for station, need in STATIONS.items()}
    nodes = {one.id: one.node for one in estates}
    rows = session.execute(
        select(
            RepairRecord.estate_id,
            RepairRecord.id.label("repair"),
            StationRecord.id.label("stop"),
            RepairRecord.title,
            StationRecord.due_on,
            StationRecord.station,
        )
        .join(RepairRecord, StationRecord.repair_id == RepairRecord.id)
        .where(
            RepairRecord.estate_id.in_(list(nodes)),
            StationRecord.decision == "",
            StationRecord.station.in_(list(STATIONS)),
        )
        .order_by(StationRecord.due_on, RepairRecord.number)
    )
    return by_estate(
        [
            Waiting(row.estate_id, row.repair, row.stop, row.title, row.due_on)
            for row in rows
            if nodes[row.estate_id] in mine[row.station]
        ],
        lambda one: one.estate,
    )


def orders(session: Session, estates: Iterable[UUID]) -> dict[UUID, tuple[Order, ...]]:
    """Return by estate the orders to correct that are open."""
    rows = session.execute(
        select(OrderRecord)
        .where(
            OrderRecord.estate_id.in_(list(estates)),
            OrderRecord.kind == "correct",
            OrderRecord.closed_at.is_(None),
        )
        .order_by(OrderRecord.issued_at)
    ).scalars()
    return by_estate(
        [
            Order(one.estate_id, one.id, one.number, one.due_on, one.replied_at is not None)
            for one in rows
        ],
        lambda one: one.estate,
    )


def inquiries(session: Session, estates: Iterable[UUID]) -> dict[UUID, tuple[Inquiry, ...]]:
    """Return by estate the inquiries that have not ended."""
    rows = session.execute(
        select(
            InquiryRecord.estate_id,
            InquiryRecord.id,
            InquiryRecord.reply_due_on,
            InquiryRecord.replied_at,
            InquiryRecord.suspended_at,
            InquiryRecord.moved_at,
        )
        .where(InquiryRecord.estate_id.in_(list(estates)), InquiryRecord.ended_at.is_(None))
        .order_by(InquiryRecord.opened_at)
    )
    return by_estate([Inquiry(*row) for row in rows], lambda one: one.estate)


def by_estate(values: Iterable[T], of: Callable[[T], UUID]) -> dict[UUID, tuple[T, ...]]:
    """Return values in their order, gathered by the estate they belong to."""
    found: dict[UUID, list[T]] = defaultdict(list)
    for one in values:
        found[of(one)].append(one)
    return {estate: tuple(several) for estate, several in found.items()}
