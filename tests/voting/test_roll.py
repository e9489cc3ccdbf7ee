"""The roll: one line per voter, weights from its parts alone, nobody and nothing twice."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given

from tests.support.simulation import part, uid
from tests.support.strategies import SCOPES, rolls
from voting.canonical import JSON, JSONObject, encode
from voting.errors import Malformed, NotCanonical, NotOnTheRoll
from voting.law.majorities import NOBODY, Count
from voting.roll import Roll, Voter, roll_of
from voting.scope import Scope, ScopeKind

FLAT = part("flat", "101", area=9_000)
SHOP = part("shop", "1", area=4_550, building="2号楼", use="shop")
VOTER = Voter(uid("voter"), (FLAT, SHOP))
OTHER = Voter(uid("other"), (part("other", "102", area=8_000),))


@given(rolls())
def test_a_roll_reads_as_it_was_written(roll: Roll) -> None:
    assert Roll.decode(roll.encode()) == roll
    assert Roll.decode(roll.encode()).encode() == roll.encode()


@given(rolls())
def test_the_weights_of_all_voters_are_the_whole_roll(roll: Roll) -> None:
    heads = sum(voter.weight(Scope()).heads for voter in roll)
    area = sum(part.area for voter in roll for part in voter.parts)
    assert roll.entitled(Scope()) == Count(heads=len(roll.voters), area=area) == Count(heads, area)


@given(rolls(), SCOPES)
def test_a_scope_never_weighs_more_than_the_whole(roll: Roll, scope: Scope) -> None:
    inside, whole = roll.entitled(scope), roll.entitled(Scope())
    assert inside.heads <= whole.heads
    assert inside.area <= whole.area
    assert roll.areas(scope) == {
        voter.id: voter.weight(scope).area for voter in roll if voter.weight(scope).heads
    }


@given(rolls())
def test_the_buildings_together_are_the_whole_area(roll: Roll) -> None:
    parts = [
        roll.entitled(Scope(ScopeKind.BUILDINGS, buildings=(name,)))
        for name in ("1号楼", "2号楼", "3号楼")
    ]
    assert sum(one.area for one in parts) == roll.entitled(Scope()).area


def test_a_voter_weighs_one_head_and_the_parts_inside() -> None:
    assert VOTER.weight(Scope()) == Count(heads=1, area=13_550)
    assert VOTER.area == 13_550
    building = Scope(ScopeKind.BUILDINGS, buildings=("2号楼",))
    assert VOTER.weight(building) == Count(heads=1, area=4_550)
    assert OTHER.weight(building) == NOBODY


def test_a_voter_is_found_by_id() -> None:
    roll = roll_of([VOTER, OTHER])
    assert roll.voter(OTHER.id) is OTHER
    assert OTHER.id in roll
    assert uid("nobody") not in roll
    with pytest.raises(NotOnTheRoll):
        roll.voter(uid("nobody"))


def test_a_part_is_called_as_people_call_it() -> None:
    assert FLAT.label == "1号楼1单元101"


def test_a_line_has_no_newline() -> None:
    assert roll_of([VOTER]).encode() == VOTER.line() + b"\n"


@pytest.mark.parametrize(
    ("voters", "said"),
    {
        "a voter twice": ((VOTER, replace(OTHER, id=VOTER.id)), "twice"),
        "a part of two voters": ((VOTER, replace(OTHER, parts=(FLAT,))), "twice"),
        "a part twice of one voter": ((replace(VOTER, parts=(FLAT, FLAT)),), "twice"),
        "two developers": (
            (replace(VOTER, developer=True), replace(OTHER, developer=True)),
            "two developers",
        ),
    }.values(),
)
def test_what_stands_twice_is_refused(voters: tuple[Voter, ...], said: str) -> None:
    with pytest.raises(Malformed, match=said):
        Roll(voters)


def line(**fields: JSON) -> bytes:
    plain = VOTER.plain()
    assert isinstance(plain, dict)
    return encode({**plain, **fields}) + b"\n"


def one_part(**fields: JSON) -> JSONObject:
    plain = FLAT.plain()
    assert isinstance(plain, dict)
    return {**plain, **fields}


@pytest.mark.parametrize(
    "changed",
    {
        "two heads": line(heads=2),
        "another version": line(v=2),
        "no part": line(parts=[]),
        "an area of nothing": line(parts=[one_part(area=0)]),
        "an area in square metres": line(parts=[one_part(area="90.00")]),
        "a name": line(name="张三"),
        "an owner in a part": line(parts=[one_part(owner="张三")]),
        "an id in capitals": line(voter=str(VOTER.id).upper()),
        "a developer in words": line(developer="yes"),
    }.values(),
)
def test_a_line_of_another_shape_is_refused(changed: bytes) -> None:
    with pytest.raises(Malformed):
        Roll.decode(changed)


@pytest.mark.parametrize("data", [b"{}", b" {}\n", VOTER.line()])
def test_bytes_that_are_not_canonical_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        Roll.decode(data)


def test_ids_are_compared_as_ids() -> None:
    assert UUID(str(VOTER.id)) in roll_of([VOTER])
