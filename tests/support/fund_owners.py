"""The homes of a frozen assembly's households put into the register, each with its owners."""

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.records.assemblies import VoterPersonRecord
from assemblies.records.premises import BuildingRecord, OwnershipRecord, PartRecord
from tests.support.builders import Frozen, Letter
from tests.support.households import Home


def housed(session: Session, frozen: Frozen) -> dict[str, UUID]:
    """Register every home of every household; return the parts by label."""
    buildings: dict[str, UUID] = {}
    return {
        f"{home.building}{home.entrance}{home.room}": _part(
            session, frozen.estate, letter, home, buildings
        )
        for letter in frozen.letters
        for home in letter.household.homes
    }


def _part(
    session: Session, estate: UUID, letter: Letter, home: Home, buildings: dict[str, UUID]
) -> UUID:
    if home.building not in buildings:
        building = BuildingRecord(
            id=uuid4(), estate_id=estate, key=home.building, name=home.building,
            position=len(buildings),
        )  # fmt: skip
        session.add(building)
        session.flush()
        buildings[home.building] = building.id
    developer = letter.household.developer
    part = PartRecord(
        id=uuid4(),
        estate_id=estate,
        building_id=buildings[home.building],
        entrance_key=home.entrance,
        room_key=home.room,
        entrance=home.entrance,
        floor=home.room[:1],
        room=home.room,
        area_dm2=home.area,
        basis="register",
        use=home.use,
        status="unsold" if developer else "sold",
    )
    session.add(part)
    session.flush()
    persons = select(VoterPersonRecord.person_id).where(VoterPersonRecord.voter_id == letter.voter)
    for position, person in enumerate(() if developer else session.scalars(persons).all()):
        session.add(
            OwnershipRecord(id=uuid4(), part_id=part.id, person_id=person, position=position)
        )
    session.flush()
    return part.id
