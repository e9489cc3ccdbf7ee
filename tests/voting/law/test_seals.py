"""Signatures before a seal is used: one below, at and above what is needed."""

import pytest

from tests.support.laws import TODAY, rules
from voting.canonical import JSON
from voting.errors import CutsUnderTheLaw
from voting.law.house import HouseRules, Move
from voting.law.rules import Rules, compose
from voting.law.seals import signatures_needed, signed_enough

RULES = rules()
NEEDED = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 4, 7: 4, 11: 6}


@pytest.mark.parametrize(("members", "needed"), NEEDED.items())
def test_more_than_half_of_all_members_sign(members: int, needed: int) -> None:
    assert signatures_needed(members, RULES) == needed
    signed = [signed_enough(number, members, RULES) for number in range(members + 1)]
    assert [one.holds for one in signed] == [number >= needed for number in range(members + 1)]


def test_without_members_nobody_can_sign_enough() -> None:
    assert not signed_enough(0, 0, RULES).holds


def test_it_says_who_is_missing() -> None:
    three = signed_enough(3, 7, RULES)
    assert (
        three.said_zh == "签字的委员 3 人，全体委员 7 人，须过半数（至少 4 人）：未达到，还差 1 人"
    )
    assert three.missing_zh == "还差 1 人"
    assert signed_enough(4, 7, RULES).said_zh.endswith("（至少 4 人）：达到")
    assert signed_enough(4, 7, RULES).missing_zh == ""


def moved(pack: str, share: list[int], *, strict: bool) -> Rules:
    pair: list[JSON] = [*share]
    value: JSON = {"share": pair, "strict": strict, "base": "entitled"}
    move: JSON = {
        "name": "seal_signatures",
        "unit": "share",
        "value": value,
        "clause": "用印要签字。",
    }
    assert Move.from_json(move).name == "seal_signatures"
    house = HouseRules.of({**rules().house.to_json(), "moves": [move]})
    return compose(pack, on=TODAY, house=house)


@pytest.mark.parametrize("pack", ["shandong", "zibo"])
def test_an_estate_may_ask_for_more_signatures_and_never_for_fewer(pack: str) -> None:
    assert signatures_needed(7, moved(pack, [2, 3], strict=False)) == 5
    for less in ([1, 2], [1, 3]):
        with pytest.raises(CutsUnderTheLaw):
            moved(pack, less, strict=False)


def test_in_zibo_it_is_law_and_elsewhere_practice() -> None:
    standing = {p: rules(p).parameter("seal_signatures").standing_zh for p in ("zibo", "shandong")}
    assert standing == {"zibo": "法定", "shandong": "参照（待核）"}
