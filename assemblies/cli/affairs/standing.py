"""The candidates of the demonstration's election: nominated, held against the list, reviewed."""

from datetime import datetime

from sqlalchemy import select

from assemblies.cli.affairs.stage import Stage
from assemblies.cli.demo_agendas import STANDING
from assemblies.cli.rehearsal import AN_HOUR
from assemblies.committees import drafts
from assemblies.committees.queries.found import departments
from assemblies.committees.services import candidates
from assemblies.foundation.acting import Acting
from assemblies.records.premises import BuildingRecord, OwnershipRecord, PartRecord, PersonRecord
from assemblies.records.rules import rules_for

BORN = (1957, 1979, 1984, 1976, 1990, 1982)
# Of six candidates four are party members; the last one's papers lack one department's word.
PARTY = (True, True, False, True, False, True)


def stand(stage: Stage, *, now: datetime) -> None:
    """Nominate everybody on the ballot and enter the departments' opinions, all but one."""
    session, estate = stage.session, stage.estate
    acting = Acting(estate, stage.who("community"), stage.keys)
    rules = rules_for(session, estate, now=now)
    asked, stood = departments(rules), []
    for place, (name, said) in enumerate(STANDING):
        facts = drafts.Facts(
            name=name,
            room=room_of(stage, name),
            sex="男" if place % 2 == 0 else "女",
            born=BORN[place],
            party=PARTY[place],
            phone=f"010-0000 01{place:02d}",
        )
        clear = {number: drafts.Clause(clear=True) for number in range(len(_clauses(stage, now)))}
        nominated = drafts.Nomination(facts, drafts.Nominator.COMMUNITY, said, clear)
        stood.append(candidates.nominate(session, acting, nominated, now=now))
    for candidate in stood:
        for department in asked[:-1] if candidate == stood[-1] else asked:
            street = Acting(estate, f"{department}（{stage.name('street')}代录）", stage.keys)
            opinion = drafts.Opinion(department, clear=True)
            candidates.review(session, street, candidate, opinion, now=now + AN_HOUR)


def _clauses(stage: Stage, now: datetime) -> tuple[str | int, ...]:
    return rules_for(stage.session, stage.estate, now=now).listed("negative_list")


def room_of(stage: Stage, name: str) -> str:
    """Return the first home of an owner of this name, as the register writes it."""
    found = (
        select(PartRecord, BuildingRecord.name)
        .join(BuildingRecord, PartRecord.building_id == BuildingRecord.id)
        .join(OwnershipRecord, OwnershipRecord.part_id == PartRecord.id)
        .join(PersonRecord, OwnershipRecord.person_id == PersonRecord.id)
        .where(PersonRecord.name == name, PartRecord.use == "dwelling")
        .order_by(BuildingRecord.position, PartRecord.entrance, PartRecord.room)
    )
    part, building = stage.session.execute(found.limit(1)).one()
    return f"{building}{part.entrance}{part.room}"
