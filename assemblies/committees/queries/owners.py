"""Whether somebody owns what they say they own, by the register as it stands."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.premises import BuildingRecord, OwnershipRecord, PartRecord, PersonRecord


def not_an_owner(session: Session, estate: UUID, name: str, room: str) -> str:
    """Say what the register lacks of a person and a room, "" where it knows them together.

    Only owners sit on a committee (SD 30); a slip of the pen is the usual reason, so it is said
    and not refused.
    """
    label = "".join(room.split())
    found = select(PartRecord.id).join(BuildingRecord).where(
        PartRecord.estate_id == estate,
        BuildingRecord.name + PartRecord.entrance + PartRecord.room == label,
    )  # fmt: skip
    part = session.execute(found).scalars().first()
    if part is None:
        return f"业主名册上没有“{room}”，请核对房号（写法如 1号楼1单元101）。"
    owners = (
        select(PersonRecord.name)
        .join(OwnershipRecord, OwnershipRecord.person_id == PersonRecord.id)
        .where(OwnershipRecord.part_id == part)
    )
    names = {owner.strip() for owner in session.execute(owners).scalars()}
    if name.strip() not in names:
        return f"业主名册上{room}的业主里没有{name}，请核对是不是业主本人。"
    return ""
