"""Reads of the orders to correct and the revocations of an estate."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Role, Staff
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.records.files import FileRecord
from assemblies.records.oversight import OrderRecord
from assemblies.records.people import NodeRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ResolutionRecord

CORRECT, REVOKE = "correct", "revoke"
NAMES = {CORRECT: "责令限期改正通知书", REVOKE: "撤销决定书"}
# Whose orders they are, and the kind of node that bears the office's name.
OFFICES = {Role.STREET: "street", Role.AUTHORITY: "authority"}
BODIES = {"assembly": "业主大会决定", "committee": "业主委员会决定"}


@dataclass(frozen=True, slots=True)
class Target:
    """The resolution that an order is about."""

    id: UUID
    number: str
    title: str
    body: str

    @property
    def words(self) -> str:
        """Return its number and title: 和平里小区业决〔2026〕1号-1（更换电梯）."""
        return f"{self.number}（{self.title}）" if self.title else self.number


@dataclass(frozen=True, slots=True)
class Order:
    """An order as pages and papers show it."""

    id: UUID
    estate: UUID
    place: str
    kind: str
    number: str
    office: str
    addressee: str
    facts: str
    clause: str
    demand: str
    due_on: date | None
    target: Target | None
    issued_by: str
    issued_at: datetime
    served_at: datetime | None
    served_how: str
    served_file: FileLink | None
    reply: str
    replied_by: str
    replied_at: datetime | None
    reply_file: FileLink | None
    closed_at: datetime | None
    closed_by: str
    closing: str

    @property
    def name(self) -> str:
        """Return what the paper is called."""
        return NAMES[self.kind]

    def late(self, now: datetime) -> bool:
        """Say whether the deadline passed without a reply."""
        ends = self.due_on
        return ends is not None and in_china(self.replied_at or now).date() > ends

    def state(self, now: datetime) -> tuple[str, str]:
        """Return the kind of tag and the words for where it stands."""
        if self.closed_at is not None:
            return "passed", "已办结"
        if self.kind == REVOKE:
            return ("took", "已送达") if self.served_at else ("waiting", "待送达")
        if self.replied_at is not None:
            return "took", "已答复，待核实"
        if self.late(now):
            return "failed", "逾期未答复"
        return ("waiting", "待答复") if self.served_at else ("waiting", "待送达")


def listed(session: Session, estate: UUID) -> tuple[Order, ...]:
    """Return an estate's orders and revocations, newest first."""
    found = select(OrderRecord).where(OrderRecord.estate_id == estate)
    rows = session.execute(found.order_by(OrderRecord.issued_at.desc())).scalars().all()
    return tuple(_order(session, record) for record in rows)


def order(session: Session, estate: UUID, order: UUID) -> Order:
    """Return an order of an estate; raises `NotFound`."""
    record = session.get(OrderRecord, order)
    if record is None or record.estate_id != estate:
        raise NotFound
    return _order(session, record)


def targets(session: Session, estate: UUID) -> tuple[Target, ...]:
    """Return the resolutions that an order may be about: those still in force, newest first."""
    found = select(ResolutionRecord).where(
        ResolutionRecord.estate_id == estate, ResolutionRecord.state.in_(("standing", "corrected"))
    )
    rows = session.execute(found.order_by(ResolutionRecord.published_at.desc())).scalars()
    return tuple(_target(record) for record in rows)


def office_of(session: Session, person: Staff, place: Place) -> str:
    """Name the office in whose name a person orders at an estate: 示例街道办事处."""
    for role, kind in OFFICES.items():
        if any(one.role is role and place.node in one.reach for one in person.grants):
            return office_above(session, place.node, kind)
    return ""


def office_above(session: Session, node: UUID, kind: str) -> str:
    """Return the name of the street or authority above a node, "" where the tree has none."""
    found = session.get(NodeRecord, node)
    while found is not None and found.kind != kind:
        found = None if found.parent_id is None else session.get(NodeRecord, found.parent_id)
    if found is None:
        return ""
    return f"{found.name}办事处" if found.name.endswith("街道") else found.name


def place(session: Session, estate: UUID) -> Place:
    """Return the estate with its node; raises `NotFound`."""
    return place_of(session, estate)


def _order(session: Session, record: OrderRecord) -> Order:
    target = session.get(ResolutionRecord, record.resolution_id) if record.resolution_id else None
    return Order(
        id=record.id,
        estate=record.estate_id,
        place=place_of(session, record.estate_id).name,
        kind=record.kind,
        number=record.number,
        office=record.office,
        addressee=record.addressee,
        facts=record.facts,
        clause=record.clause,
        demand=record.demand,
        due_on=record.due_on,
        target=None if target is None else _target(target),
        issued_by=record.issued_by,
        issued_at=record.issued_at,
        served_at=record.served_at,
        served_how=record.served_how,
        served_file=_link(session, record.served_file_id),
        reply=record.reply,
        replied_by=record.replied_by,
        replied_at=record.replied_at,
        reply_file=_link(session, record.reply_file_id),
        closed_at=record.closed_at,
        closed_by=record.closed_by,
        closing=record.closing,
    )


def _target(record: ResolutionRecord) -> Target:
    return Target(record.id, record.number, record.title, BODIES[record.body])


def _link(session: Session, file: UUID | None) -> FileLink | None:
    return None if file is None else session.get_one(FileRecord, file).link()
