"""The register as a list: found by room, number or name, in the order of the estate, masked."""

from dataclasses import replace

import pytest

from assemblies.estates.queries.lines import PAGE, Search, lines
from assemblies.estates.register.values import Status, Use
from tests.assemblies.estates.clerks import Clerk, flat, owner

WANG, LI = owner("王一", 1, "13800000001"), owner("李二", 2)


@pytest.fixture
def filled(clerk: Clerk) -> Clerk:
    garage = replace(flat("A01", WANG, building="0", use=Use.PARKING), building="地下车库")
    clerk.take_in(
        flat("1001", LI),
        flat("201", WANG, LI),
        flat("201", owner("100%先生", 3), building="10"),
        flat("201", building="2", status=Status.UNSOLD),
        garage,
    )
    return clerk


FOUND = {
    "everything, in the order of the estate": (
        Search(),
        ["1号楼1单元201", "1号楼1单元1001", "2号楼1单元201", "10号楼1单元201", "地下车库1单元A01"],
    ),
    "a room": (Search("201"), ["1号楼1单元201", "2号楼1单元201", "10号楼1单元201"]),
    "a number in another spelling": (Search("01-01-0201"), ["1号楼1单元201"]),
    "a whole address": (Search("2号楼1单元201"), ["2号楼1单元201"]),
    "words of an address": (Search("10号楼 201"), ["10号楼1单元201"]),
    "an owner": (Search("王一"), ["1号楼1单元201", "地下车库1单元A01"]),
    "an owner and a building": (Search("李二", building="1"), ["1号楼1单元201", "1号楼1单元1001"]),
    "a sign that means everything to the database": (Search("%"), ["10号楼1单元201"]),
    "a use": (Search(use="parking"), ["地下车库1单元A01"]),
    "a status": (Search(status="unsold"), ["2号楼1单元201"]),
    "nobody": (Search("无此人"), []),
}


@pytest.mark.parametrize(("search", "labels"), FOUND.values(), ids=FOUND)
def test_what_a_search_finds(filled: Clerk, search: Search, labels: list[str]) -> None:
    page = lines(filled.session, filled.estate, search, 1)
    assert [line.label for line in page.lines] == labels
    assert page.total == len(labels)


def test_owners_are_masked_with_the_last_four(filled: Clerk) -> None:
    page = lines(filled.session, filled.estate, Search("王一", building="1"), 1)
    assert page.lines[0].owners == ("王*（尾号 0012）", "李*（尾号 0020）")


def test_a_list_is_leafed_through_and_never_past_its_end(clerk: Clerk) -> None:
    clerk.take_in(*(flat(f"{floor}01", WANG) for floor in range(1, PAGE + 2)))
    first, last = (lines(clerk.session, clerk.estate, Search(), at) for at in (1, 99))
    assert (len(first.lines), first.number, first.pages) == (PAGE, 1, 2)
    assert (len(last.lines), last.number) == (1, 2)
    assert last.lines[0].label == f"1号楼1单元{PAGE + 1}01"
