"""Founding an estate in the administrative tree, and keeping its particulars."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.estates.packs import PACKS, USUAL
from assemblies.estates.services.writing import locked
from assemblies.foundation.refusals import Incomplete, NotFound
from assemblies.records.people import NodeRecord
from assemblies.records.premises import EstateRecord


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of an estate as a whole."""

    name: str
    address: str = ""
    developer: str = ""
    contact: str = ""
    pack: str = USUAL


def create_estate(
    session: Session, particulars: Particulars, *, parent: UUID, now: datetime
) -> UUID:
    """Found an estate under a community or street; return its id.

    Raises `Incomplete` without a name or for one that its neighbours have, `NotFound`.
    """
    if session.get(NodeRecord, parent) is None:
        raise NotFound
    name = _name(particulars)
    taken = select(NodeRecord.id).where(NodeRecord.parent_id == parent, NodeRecord.name == name)
    if session.execute(taken).first():
        raise Incomplete(f"这个社区里已经有“{name}”，请换一个名称。")
    node = NodeRecord(id=uuid4(), kind="estate", name=name, parent_id=parent)
    session.add(node)
    session.flush()
    estate = EstateRecord(
        id=uuid4(),
        node_id=node.id,
        name=name,
        address=particulars.address.strip(),
        developer=particulars.developer.strip(),
        contact=particulars.contact.strip(),
        pack=_pack(particulars),
        created_at=now,
    )
    session.add(estate)
    session.flush()
    return estate.id


def change_estate(session: Session, estate: UUID, particulars: Particulars) -> None:
    """Correct an estate's particulars; raises `NotFound` and `Incomplete`."""
    record = locked(session, estate)
    record.name = _name(particulars)
    record.address = particulars.address.strip()
    record.developer = particulars.developer.strip()
    record.contact = particulars.contact.strip()
    record.pack = _pack(particulars)
    session.get_one(NodeRecord, record.node_id).name = record.name


def _name(particulars: Particulars) -> str:
    name = particulars.name.strip()
    if not name:
        raise Incomplete("请填写小区名称。")
    return name


def _pack(particulars: Particulars) -> str:
    if particulars.pack not in PACKS:
        raise Incomplete("没有这套规则，请重新选择。")
    return particulars.pack
