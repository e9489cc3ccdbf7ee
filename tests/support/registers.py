"""A small register put straight into a database: two buildings, shops, parking, a developer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.records.people import AccountRecord, NodeRecord
from assemblies.records.premises import (
    BuildingRecord,
    EstateRecord,
    OwnershipRecord,
    PartRecord,
    PersonRecord,
)


@dataclass(frozen=True, slots=True)
class Home:
    """A part and the names of who owns it; without a name it is the developer's."""

    building: str
    entrance: str
    room: str
    area: int
    owners: tuple[str, ...] = ()
    use: str = "dwelling"
    status: str = "sold"


@dataclass(frozen=True, slots=True)
class Registered:
    """An estate with its register, its node in the tree, and an account to act in its name."""

    estate: UUID
    node: UUID
    account: UUID
    parts: dict[str, UUID]


# Dwellings and shops are 5 heads: 王一, 李二 with 李三, 张四, 赵五, and the developer.
HOMES = (
    Home("1号楼", "1单元", "101", 89_23, ("王一（示例）",)),
    Home("1号楼", "1单元", "102", 120_55, ("李二（示例）", "李三（示例）")),
    Home("1号楼", "2单元", "201", 89_23, ("张四（示例）",)),
    Home("1号楼", "2单元", "202", 75_01, ("张四（示例）",)),
    Home("2号楼", "1单元", "101", 98_33, ("赵五（示例）",), use="shop"),
    Home("2号楼", "1单元", "201", 110_00, status="unsold"),
    Home("2号楼", "1单元", "202", 110_00, ("钱六（示例）",), status="undelivered"),
    Home("地下车库", "", "A01", 12_75, ("王一（示例）",), use="parking"),
    Home("地下车库", "", "S01", 6_20, ("孙七（示例）",), use="storage"),
)


def registered(session: Session, now: datetime, homes: Sequence[Home] = HOMES) -> Registered:
    """Insert an estate with a register and return its ids."""
    street = NodeRecord(id=uuid4(), kind="street", name="示例街道")
    node = NodeRecord(id=uuid4(), kind="estate", name="和平里小区（示例）", parent_id=street.id)
    account = AccountRecord(
        id=uuid4(),
        username=f"director-{uuid4().hex[:8]}",
        display_name="林主任",
        password_hash="",
        created_at=now,
        session_mark="",
    )
    session.add_all([street, account])
    session.flush()
    session.add(node)
    session.flush()
    estate = EstateRecord(id=uuid4(), node_id=node.id, name=node.name, created_at=now)
    session.add(estate)
    session.flush()
    return Registered(estate.id, node.id, account.id, _parts(session, estate.id, homes))


def add_home(session: Session, estate: UUID, home: Home) -> UUID:
    """Insert one more part with its owners."""
    return _parts(session, estate, [home])[f"{home.building}{home.entrance}{home.room}"]


def _parts(session: Session, estate: UUID, homes: Sequence[Home]) -> dict[str, UUID]:
    buildings = {
        one.name: one.id for one in session.query(BuildingRecord).filter_by(estate_id=estate)
    }
    persons = {one.name: one.id for one in session.query(PersonRecord).filter_by(estate_id=estate)}
    for name in dict.fromkeys(home.building for home in homes if home.building not in buildings):
        building = BuildingRecord(
            id=uuid4(), estate_id=estate, key=name, name=name, position=len(buildings)
        )
        session.add(building)
        buildings[name] = building.id
    for name in dict.fromkeys(one for home in homes for one in home.owners if one not in persons):
        person = PersonRecord(id=uuid4(), estate_id=estate, kind="person", name=name)
        session.add(person)
        persons[name] = person.id
    session.flush()
    return {
        f"{home.building}{home.entrance}{home.room}": _part(
            session, estate, buildings[home.building], home, [persons[one] for one in home.owners]
        )
        for home in homes
    }


def _part(
    session: Session, estate: UUID, building: UUID, home: Home, owners: Sequence[UUID]
) -> UUID:
    part = PartRecord(
        id=uuid4(),
        estate_id=estate,
        building_id=building,
        entrance_key=home.entrance,
        room_key=home.room,
        entrance=home.entrance,
        floor=home.room[:1],
        room=home.room,
        area_dm2=home.area,
        basis="register",
        use=home.use,
        status=home.status,
    )
    session.add(part)
    session.flush()
    for position, person in enumerate(owners):
        session.add(
            OwnershipRecord(id=uuid4(), part_id=part.id, person_id=person, position=position)
        )
    session.flush()
    return part.id
