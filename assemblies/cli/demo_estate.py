"""The demonstration estate's register: 120 parts in three buildings and a garage, all invented."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from assemblies.cli.demo_people import company, person
from assemblies.estates.register.export import export
from assemblies.estates.register.values import (
    Basis,
    ExistingPart,
    PartKey,
    RegisterOwner,
    Status,
    Use,
)

NAME = "和平里小区（演示）"
ADDRESS = "示例市演示区和平路 1 号"
DEVELOPER = "和平里示例置业有限公司"
CONTACT = "0531-0000 0000（业委会值班电话）"
FILE = "和平里小区业主名册.xlsx"
FLOORS = 6
GARAGE, BAYS, BAYS_UNSOLD, BAY_AREA = "地下车库", 18, 4, 1272


@dataclass(frozen=True, slots=True)
class House:
    """A building: its entrances and the areas (dm²) of the flats on every floor of one."""

    number: int
    entrances: int
    areas: tuple[int, ...]


HOUSES = (
    House(1, 2, (8950, 11837, 13404)),
    House(2, 2, (9286, 10432, 12611)),
    House(3, 2, (9835, 14208)),
)
SHOPS = (5630, 7215, 4880, 16240, 8890, 6150)

DEVELOPING = company(1, DEVELOPER)
GROCER = company(2, "示例便民商贸有限公司")
# One owner of three flats; a couple of whom one also owns a flat alone: two heads (SPC 9).
OF_THREE, ALONE, WITH_HER = person(301), person(302), person(303)
COUPLE = Fraction(1, 2)
OWNERS_OF: dict[tuple[int, int, int], tuple[RegisterOwner, ...]] = {
    (1, 1, 101): (OF_THREE,),
    (2, 2, 602): (OF_THREE,),
    (3, 1, 301): (OF_THREE,),
    (1, 1, 201): (ALONE,),
    (1, 1, 202): (ALONE, WITH_HER),
    # Two neighbours of one name are two owners, for their numbers differ.
    (2, 1, 101): (person(304, name="王秀英"),),
    (2, 1, 102): (person(305, name="王秀英"),),
    # Known by a phone alone, and known by nothing but the name.
    (2, 1, 401): (person(306, known_by_id=False),),
    (2, 1, 402): (person(307, known_by_id=False, reachable=False),),
}
UNSOLD = {(3, 2, floor * 100 + side) for floor in range(3, FLOORS + 1) for side in (1, 2)}
UNDELIVERED = {(3, 2, 201), (3, 2, 202)}
SEALED = {(1, 2, 402)}
EVERY_COUPLE, EVERY_SHARED, EVERY_SURVEYED = 4, 12, 9


def register() -> bytes:
    """Return the register as the XLSX that a clerk would upload."""
    return export(parts())


def parts() -> tuple[ExistingPart, ...]:
    """Return all parts: flats, shops at the street, parking bays."""
    flats = tuple(_flats())
    return (*flats, *_shops(), *_bays(flats))


def _flats() -> Iterator[ExistingPart]:
    places = (
        (house, entrance, floor, side)
        for house in HOUSES
        for entrance in range(1, house.entrances + 1)
        for floor in range(1, FLOORS + 1)
        for side in range(1, len(house.areas) + 1)
    )
    for number, (house, entrance, floor, side) in enumerate(places):
        place = (house.number, entrance, floor * 100 + side)
        yield ExistingPart(
            key=PartKey(str(house.number), str(entrance), str(place[2])),
            building=f"{house.number}号楼",
            entrance=f"{entrance}单元",
            floor=str(floor),
            room=str(place[2]),
            area_dm2=house.areas[side - 1],
            basis=Basis.SURVEY if number % EVERY_SURVEYED == 0 else Basis.REGISTER,
            use=Use.DWELLING,
            status=_status(place),
            unit_code=f"990000GB00001F{house.number:04d}{entrance:02d}{place[2]:04d}",
            owners=_owners(place, number),
        )


def _status(place: tuple[int, int, int]) -> Status:
    for places, status in (
        (UNSOLD, Status.UNSOLD),
        (UNDELIVERED, Status.UNDELIVERED),
        (SEALED, Status.SEALED),
    ):
        if place in places:
            return status
    return Status.SOLD


def _owners(place: tuple[int, int, int], number: int) -> tuple[RegisterOwner, ...]:
    if place in UNSOLD:
        return (DEVELOPING,)
    if place in OWNERS_OF:
        return OWNERS_OF[place]
    share = COUPLE if number % EVERY_SHARED == 0 else None
    if number % EVERY_COUPLE == 0:
        return person(number, share=share), person(100 + number, share=share)
    return (person(number),)


def _shops() -> Iterator[ExistingPart]:
    owners = (GROCER, GROCER, person(41), person(321), person(322), person(323))
    for number, (size, owner) in enumerate(zip(SHOPS, owners, strict=True), 1):
        yield ExistingPart(
            key=PartKey("3", "", f"S{number}"),
            building="3号楼",
            entrance="",
            floor="1",
            room=f"S{number}",
            area_dm2=size,
            basis=Basis.REGISTER,
            use=Use.SHOP,
            status=Status.SOLD,
            owners=(owner,),
            note="沿街商铺",
        )


def _bays(flats: tuple[ExistingPart, ...]) -> Iterator[ExistingPart]:
    """Give most bays to the owner of some flat; the last ones are still the developer's."""
    owners = [flat.owners[0] for flat in flats if flat.owners[0].id_number]
    for number in range(1, BAYS + 1):
        unsold = number > BAYS - BAYS_UNSOLD
        yield ExistingPart(
            key=PartKey("0", "", f"B{number}"),
            building=GARAGE,
            entrance="",
            floor="-1",
            room=f"B{number:03d}",
            area_dm2=BAY_AREA,
            basis=Basis.SURVEY,
            use=Use.PARKING,
            status=Status.UNSOLD if unsold else Status.SOLD,
            owners=(DEVELOPING if unsold else replace(owners[number * 4], share=None),),
        )
