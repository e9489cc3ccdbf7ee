"""The demonstration estate has all that a real one has, and its file reads back as itself."""

from collections import Counter

from assemblies.cli import demo_estate
from assemblies.estates.register.reading import read
from assemblies.estates.register.values import Status, Use
from assemblies.foundation.sheets.doubts import Level


def test_there_are_120_parts_of_every_sort() -> None:
    parts = demo_estate.parts()
    assert Counter(part.use for part in parts) == {Use.DWELLING: 96, Use.SHOP: 6, Use.PARKING: 18}
    assert Counter(part.status for part in parts) == {
        Status.SOLD: 105,
        Status.UNSOLD: 12,
        Status.UNDELIVERED: 2,
        Status.SEALED: 1,
    }
    buildings = ["1号楼", "2号楼", "3号楼", demo_estate.GARAGE]
    assert list(dict.fromkeys(part.building for part in parts)) == buildings


def test_one_owner_has_three_flats_and_some_homes_have_two_owners() -> None:
    flats = [part for part in demo_estate.parts() if part.use is Use.DWELLING]
    of_three = [flat for flat in flats if demo_estate.OF_THREE in flat.owners]
    assert [flat.label for flat in of_three] == [
        "1号楼 1单元 101",
        "2号楼 2单元 602",
        "3号楼 1单元 301",
    ]
    assert sum(len(flat.owners) == 2 for flat in flats) > 15


def test_the_file_reads_back_as_the_same_parts_and_nothing_is_refused() -> None:
    reading = read(demo_estate.register(), demo_estate.FILE)
    assert {remark.level for remark in reading.remarks} == {Level.WARNING}
    assert {part.key for part in reading.parts} == {part.key for part in demo_estate.parts()}
    assert {part.key: (part.area_dm2, part.owners) for part in reading.parts} == {
        part.key: (part.area_dm2, part.owners) for part in demo_estate.parts()
    }
