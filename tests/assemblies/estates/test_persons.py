"""Who is one person: by number, else by name and phone, through every import."""

from collections.abc import Sequence

import pytest

from assemblies.estates.queries.estates import overview
from assemblies.estates.refusals import NothingToDo, RowsRefused
from assemblies.estates.register.values import ExistingPart
from tests.assemblies.estates.clerks import Clerk, flat, owner

WITH_ID = owner("王一", 1, "13800000001")
BY_PHONE = owner("王一", None, "13800000001")
OTHER_PHONE = owner("王一", None, "13800000002")
NAMELESS = owner("王一")
OTHER_ID = owner("王一", 2, "13800000001")

# first import, second import -> persons and heads afterwards
CASES = {
    "the same number is one person": ([flat("101", WITH_ID)], [flat("102", WITH_ID)], 1),
    "the same name and phone is one person": ([flat("101", BY_PHONE)], [flat("102", BY_PHONE)], 1),
    "the same name with another phone is another": (
        [flat("101", BY_PHONE)], [flat("102", OTHER_PHONE)], 2,
    ),
    "a name alone is always another": ([flat("101", NAMELESS)], [flat("102", NAMELESS)], 2),
    "a number found later makes the phone's person that one": (
        [flat("101", BY_PHONE)], [flat("102", WITH_ID)], 1,
    ),
    "a phone is known by the number it came with": (
        [flat("101", WITH_ID)], [flat("102", BY_PHONE)], 1,
    ),
    "two numbers behind one phone leave the phone's owner a third": (
        [flat("101", BY_PHONE)], [flat("102", WITH_ID), flat("103", OTHER_ID)], 3,
    ),
    "a number filled in where the owner stood keeps them": (
        [flat("101", NAMELESS)], [flat("101", WITH_ID)], 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "heads"), CASES.values(), ids=CASES)
def test_persons_and_heads(
    clerk: Clerk, first: Sequence[ExistingPart], second: Sequence[ExistingPart], heads: int
) -> None:
    clerk.take_in(*first)
    clerk.take_in(*second)
    assert len(clerk.standing().persons) == heads
    assert overview(clerk.session, clerk.estate).whole.heads == heads


KEPT = ("a number found later", "a phone is known", "a number filled in", "the same number")


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith(KEPT)])
def test_a_person_keeps_their_record(clerk: Clerk, name: str) -> None:
    first, second, _ = CASES[name]
    clerk.take_in(*first)
    before = set(clerk.standing().persons)
    clerk.take_in(*second)
    assert set(clerk.standing().persons) == before


def test_what_a_file_says_of_a_person_holds_for_all_their_parts(clerk: Clerk) -> None:
    clerk.take_in(flat("101", owner("王一", 1, "13800000001")), flat("102", owner("王一", 1)))
    assert clerk.part("102").part.owners[0].phones == ("13800000001",)
    clerk.take_in(flat("103", owner("王一", 1, "13900000000")))
    assert {part.owners[0].phones for part in clerk.standing().existing().values()} == {
        ("13900000000",)
    }


def test_one_person_twice_on_a_part_is_refused_though_each_row_is_sound(clerk: Clerk) -> None:
    both = flat("101", owner("王一", 1, "13800000009"), BY_PHONE)
    with pytest.raises(RowsRefused):
        clerk.take_in(both, flat("102", WITH_ID))


def test_a_file_that_makes_two_stored_owners_one_is_refused(clerk: Clerk) -> None:
    clerk.take_in(flat("101", owner("王一", 1, "13800000009"), BY_PHONE))
    before = clerk.rows()
    with pytest.raises(RowsRefused):
        clerk.take_in(flat("102", WITH_ID))
    assert clerk.rows() == before


def test_phones_of_several_rows_are_joined_in_the_order_of_the_file(clerk: Clerk) -> None:
    both = owner("王一", None, "13800000009", "13800000001")
    clerk.take_in(flat("101", WITH_ID, building="10"))
    file = (flat("101", WITH_ID), flat("101", both, building="10"))
    clerk.take_in(*file)
    assert clerk.part("101").part.owners[0].phones == ("13800000001", "13800000009")
    with pytest.raises(NothingToDo):
        clerk.take_in(*file)
