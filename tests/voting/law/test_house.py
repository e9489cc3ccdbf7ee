"""The estate's own rules: nothing is taken for granted, everything has its clause."""

import pytest

from tests.support.laws import RECORDED, house
from voting.canonical import JSON, JSONObject, decode, encode
from voting.errors import Malformed, RuleNotRecorded
from voting.law.house import CHOICES_ZH, RULES_ZH, HouseRules, Move, Revote, Silence


@pytest.mark.parametrize("name", RULES_ZH)
@pytest.mark.parametrize("part", ["{}", "{}_clause"])
@pytest.mark.parametrize("nothing", [None, "", "absent"])
def test_a_rule_that_is_not_recorded_is_named(name: str, part: str, nothing: JSON) -> None:
    recorded = {**RECORDED, part.format(name): nothing}
    if nothing == "absent":
        del recorded[part.format(name)]
    assert HouseRules.unrecorded(recorded) == (RULES_ZH[name],)
    with pytest.raises(RuleNotRecorded) as refusal:
        HouseRules.of(recorded)
    assert refusal.value.missing == (RULES_ZH[name],)
    assert RULES_ZH[name] in refusal.value.said


def test_all_four_are_named_when_none_is_recorded() -> None:
    assert HouseRules.unrecorded({}) == tuple(RULES_ZH.values())


def test_zero_is_an_answer() -> None:
    assert house(proxies=0, extension=0).proxies == 0


@pytest.mark.parametrize("name", RULES_ZH)
def test_a_clause_of_blanks_is_no_clause(name: str) -> None:
    with pytest.raises(RuleNotRecorded):
        house(**{f"{name}_clause": " \u3000 "})


def test_the_value_itself_refuses_a_blank_clause() -> None:
    with pytest.raises(RuleNotRecorded) as refusal:
        HouseRules(Revote.FIRST, "", Silence.NONE, "有", 0, "有", 0, "有")
    assert refusal.value.missing == (RULES_ZH["revote"],)


def test_a_move_needs_its_clause() -> None:
    moved: JSONObject = {"name": "notice_days", "unit": "days", "value": 20, "clause": " "}
    with pytest.raises(RuleNotRecorded):
        house(moves=[moved])


MALFORMED: dict[str, JSONObject] = {
    "an unknown policy": {"revote": "loudest"},
    "an unknown silence": {"silence": "agrees"},
    "proxies below zero": {"proxies": -1},
    "proxies as text": {"proxies": "3"},
    "proxies as truth": {"proxies": True},
    "an extension of years": {"extension": 1_000},
    "no uses": {"uses": []},
    "a blank use": {"uses": [" "]},
    "a use that is no text": {"uses": [1]},
    "a tie by lot": {"election_ties": "lot"},
    "an unknown field": {"weather": "fine"},
}


@pytest.mark.parametrize("changed", MALFORMED.values(), ids=MALFORMED)
def test_a_value_that_is_no_choice_is_refused(changed: JSONObject) -> None:
    with pytest.raises(Malformed):
        house(**changed)


def test_a_tie_is_only_ever_reported() -> None:
    with pytest.raises(Malformed):
        HouseRules(Revote.FIRST, "有", Silence.NONE, "有", 0, "有", 0, "有", election_ties="lot")


@pytest.mark.parametrize("revote", Revote)
@pytest.mark.parametrize("silence", Silence)
def test_the_rules_survive_json(revote: Revote, silence: Silence) -> None:
    move: JSONObject = {"name": "notice_days", "unit": "days", "value": 20, "clause": "第八条"}
    recorded = house(revote=revote.value, silence=silence.value, moves=[move])
    assert HouseRules.from_json(decode(encode(recorded.to_json()))) == recorded
    assert recorded.moves == (Move("notice_days", "days", 20, "第八条"),)


def test_every_choice_has_its_words() -> None:
    assert set(CHOICES_ZH["revote"]) == set(Revote)
    assert set(CHOICES_ZH["silence"]) == set(Silence)
