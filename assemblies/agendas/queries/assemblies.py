"""An assembly and its items as the pages of this room show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer

from assemblies.agendas.queries.needs import Needs, needs_of
from assemblies.agendas.queries.register import Register, register
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import AssemblyRecord, AttachmentRecord, ItemRecord
from assemblies.records.details import FundPlan, Hiring, details_of, facts
from assemblies.records.premises import EstateRecord
from voting.agenda import Item
from voting.law.calendar import Plan
from voting.law.house import HouseRules
from voting.law.rules import Rules, compose

BEFORE_POSTING = ("draft", "reviewed")


@dataclass(frozen=True, slots=True)
class EstateView:
    """An estate for which an assembly is to be convened."""

    id: UUID
    node: UUID
    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class AssemblyView:
    """An assembly: who convenes it, how far it is, and all its dates."""

    id: UUID
    estate: UUID
    node: UUID
    estate_name: str
    address: str
    number: int
    title: str
    convener: str
    convener_name: str
    contact: str
    place: str
    phase: str
    pack: str
    house: HouseRules | None
    planned_post: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    reviewed_at: datetime | None
    review_answer: str
    posted_at: datetime | None
    frozen_at: datetime | None
    closed_at: datetime | None
    opened_at: datetime | None
    counted_at: datetime | None
    objections_until: datetime | None
    certified_at: datetime | None
    published_at: datetime | None

    @property
    def editable(self) -> bool:
        """Say whether items, rules and dates may still change."""
        return self.phase in BEFORE_POSTING

    def rules_on(self, now: datetime) -> date:
        """Return the day whose law governs: that of the posting, done, planned or now."""
        return in_china(self.posted_at or self.planned_post or now).date()

    def rules(self, now: datetime) -> Rules:
        """Return the rules that govern, with the estate's own if recorded."""
        return self.rules_at(self.rules_on(now))

    def rules_at(self, day: date) -> Rules:
        """Return the rules that would govern a notice posted on a day."""
        return compose(self.pack, on=day, house=self.house)

    @property
    def plan(self) -> Plan | None:
        """Return the planned dates, None until the convener set them."""
        posted = self.posted_at or self.planned_post
        if posted is None or self.opens_at is None or self.closes_at is None:
            return None
        return Plan(posted, posted, self.opens_at, self.closes_at, told=self.reviewed_at)


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with what it needs, what its matter asks for, in words, and whether it is whole."""

    item: Item
    needs: Needs
    facts: tuple[tuple[str, str], ...]
    fund: FundPlan | None
    hiring: Hiring | None


@dataclass(frozen=True, slots=True)
class Paper:
    """An attachment with its bytes."""

    name: str
    media_type: str
    sha256: str
    content: bytes


def estate_of(session: Session, estate: UUID) -> EstateView:
    """Return an estate; raises `NotFound`."""
    record = session.get(EstateRecord, estate)
    if record is None:
        raise NotFound
    return EstateView(record.id, record.node_id, record.name, record.contact)


def assembly_of(session: Session, assembly: UUID) -> AssemblyView:
    """Return an assembly; raises `NotFound`."""
    row = session.execute(
        select(AssemblyRecord, EstateRecord)
        .join(EstateRecord, AssemblyRecord.estate_id == EstateRecord.id)
        .where(AssemblyRecord.id == assembly)
    ).one_or_none()
    if row is None:
        raise NotFound
    return _view(*row)


def items_of(session: Session, assembly: UUID) -> tuple[Item, ...]:
    """Return the items of an assembly in order, with their attachments."""
    found = (
        select(ItemRecord)
        .where(ItemRecord.assembly_id == assembly)
        .options(selectinload(ItemRecord.attachments))
        .order_by(ItemRecord.number)
    )
    return tuple(record.value() for record in session.execute(found).scalars())


def item_views(session: Session, view: AssemblyView, *, now: datetime) -> tuple[ItemView, ...]:
    """Return the items with what each needs by today's register."""
    rules, parts = view.rules(now), register(session, view.estate)
    return tuple(_item(item, rules, parts) for item in items_of(session, view.id))


def item_view(session: Session, view: AssemblyView, item: UUID, *, now: datetime) -> ItemView:
    """Return one item; raises `NotFound`."""
    for one in items_of(session, view.id):
        if one.id == item:
            return _item(one, view.rules(now), register(session, view.estate))
    raise NotFound


def paper_of(session: Session, assembly: UUID, paper: UUID) -> Paper:
    """Return an attachment with its bytes; raises `NotFound`."""
    record = session.execute(
        select(AttachmentRecord)
        .join(ItemRecord, AttachmentRecord.item_id == ItemRecord.id)
        .where(AttachmentRecord.id == paper, ItemRecord.assembly_id == assembly)
        .options(undefer(AttachmentRecord.content))
    ).scalar_one_or_none()
    if record is None:
        raise NotFound
    return Paper(record.name, record.media_type, record.sha256, record.content)


def _item(item: Item, rules: Rules, parts: Register) -> ItemView:
    details = details_of(item)
    return ItemView(
        item=item,
        needs=needs_of(item, rules, parts),
        facts=facts(item),
        fund=details if isinstance(details, FundPlan) else None,
        hiring=details if isinstance(details, Hiring) else None,
    )


def _view(record: AssemblyRecord, estate: EstateRecord) -> AssemblyView:
    house = record.house_rules
    return AssemblyView(
        id=record.id,
        estate=estate.id,
        node=estate.node_id,
        estate_name=estate.name,
        address=estate.address,
        number=record.number,
        title=record.title,
        convener=record.convener,
        convener_name=record.convener_name,
        contact=record.contact,
        place=record.place,
        phase=record.phase,
        pack=record.pack,
        house=None if house is None else HouseRules.from_json(house),
        planned_post=record.planned_post,
        opens_at=record.opens_at,
        closes_at=record.closes_at,
        reviewed_at=record.reviewed_at,
        review_answer=record.review_answer,
        posted_at=record.posted_at,
        frozen_at=record.frozen_at,
        closed_at=record.closed_at,
        opened_at=record.opened_at,
        counted_at=record.counted_at,
        objections_until=record.objections_until,
        certified_at=record.certified_at,
        published_at=record.published_at,
    )
