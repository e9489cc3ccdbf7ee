"""Rules: composed of packs and the estate's own, frozen as JSON, read back by a stranger."""

from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.support.laws import RECORDED, TODAY, house, rules
from voting.canonical import JSON, JSONObject, decode, encode
from voting.errors import CutsUnderTheLaw, Malformed, NoSuchRule, RuleNotRecorded
from voting.law.house import HouseRules, Revote, Silence
from voting.law.matters import Matter
from voting.law.rules import Rules, compose

LAW = compose("shandong", on=TODAY)


def move(
    name: str, unit: str, value: JSON, clause: str = "议事规则第八条：另有约定。"
) -> JSONObject:
    return {"name": name, "unit": unit, "value": value, "clause": clause}


def share(numerator: int, denominator: int, *, strict: bool, base: str) -> JSONObject:
    return {"share": [numerator, denominator], "strict": strict, "base": base}


def test_values_by_name() -> None:
    assert LAW.share("quorum_area") == Fraction(2, 3)
    assert LAW.days("notice_days") == timedelta(days=15)
    assert LAW.number("challenge_months") == 12
    assert LAW.flag("abstain_takes_part") is True
    assert LAW.flag("void_takes_part") is False
    assert LAW.listed("voting_uses") == ("dwelling", "shop")
    assert [citation.id for citation in LAW.citations("notice_days")] == ["pmr:14.1"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: LAW.parameter("phase_of_the_moon"),
        lambda: LAW.threshold("notice_days"),
        lambda: LAW.days("challenge_months"),
        lambda: LAW.number("abstain_takes_part"),
        lambda: LAW.number("quorum_area"),
        lambda: LAW.flag("notice_days"),
        lambda: LAW.listed("notice_days"),
    ],
)
def test_a_value_that_is_not_there_is_refused(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(NoSuchRule):
        ask()


def test_without_the_estates_own_rules_there_is_no_vote() -> None:
    with pytest.raises(RuleNotRecorded) as refusal:
        _ = LAW.house
    assert len(refusal.value.missing) == 4


def test_the_estates_own_rules_lie_on_top() -> None:
    frozen = rules()
    assert frozen.house == house()
    assert frozen.house.revote is Revote.LAST
    assert frozen.house.silence is Silence.NONE
    assert frozen.house.proxies == 3
    assert frozen.house.extension == 15


LAWFUL: dict[str, tuple[JSONObject, JSON]] = {
    "a longer notice": (move("notice_days", "days", 20), 20),
    "the same notice": (move("notice_days", "days", 15), 15),
    "a quicker publication": (move("decision_posted_days", "days", 1), 1),
    "longer objections": (move("objection_days", "days", 10), 10),
    "another window": (move("window_most_days", "days", 30), 30),
    "one more grave matter": (move("grave_matters", "matters", [4, 6, 7, 8]), [4, 6, 7, 8]),
    "a larger quorum": (
        move("quorum_area", "share", share(3, 4, strict=False, base="entitled")),
        share(3, 4, strict=False, base="entitled"),
    ),
    "more than half of all owners": (
        move("ordinary_heads", "share", share(1, 2, strict=True, base="entitled")),
        share(1, 2, strict=True, base="entitled"),
    ),
}


@pytest.mark.parametrize(("moved", "value"), LAWFUL.values(), ids=LAWFUL)
def test_a_clause_may_move_what_the_law_lets_it_move(moved: JSONObject, value: JSON) -> None:
    parameter = rules(moves=[moved]).parameter(str(moved["name"]))
    assert parameter.to_json()["value"] == value
    assert parameter.law[-1].said_zh == moved["clause"]
    assert parameter.standing_zh == "本小区约定"


CUTS: dict[str, JSONObject] = {
    "half is no quorum": move("quorum_area", "share", share(1, 2, strict=True, base="entitled")),
    "more than two thirds by heads but not two thirds": move(
        "quorum_heads", "share", share(13, 20, strict=False, base="entitled")
    ),
    "two thirds for a grave matter": move(
        "grave_area", "share", share(2, 3, strict=False, base="participants")
    ),
    "exactly half carries": move(
        "ordinary_area", "share", share(1, 2, strict=False, base="participants")
    ),
    "fund raising is ordinary": move("grave_matters", "matters", [7, 8]),
    "five days' notice": move("notice_days", "days", 5),
    "fourteen days' notice": move("notice_days", "days", 14),
    "decisions posted after a week": move("decision_posted_days", "days", 7),
    "silence agrees to grave matters": move("deemed_in_grave_matters", "flag", value=True),
    "abstaining is not taking part": move("abstain_takes_part", "flag", value=False),
    "two years to sue": move("challenge_months", "months", 24),
    "shops do not vote": move("voting_uses", "text", ["dwelling"]),
}


@pytest.mark.parametrize("moved", CUTS.values(), ids=CUTS)
def test_a_clause_that_cuts_under_the_law_is_refused(moved: JSONObject) -> None:
    with pytest.raises(CutsUnderTheLaw) as refusal:
        rules(moves=[moved])
    law = LAW.parameter(str(moved["name"]))
    assert law.said_zh in refusal.value.said
    assert law.citations[0].text in refusal.value.said


def test_a_clause_moves_only_what_there_is() -> None:
    with pytest.raises(NoSuchRule):
        rules(moves=[move("phase_of_the_moon", "days", 3)])


def test_a_clause_keeps_the_unit() -> None:
    with pytest.raises(Malformed):
        rules(moves=[move("notice_days", "months", 3)])


def test_shops_cannot_be_shut_out() -> None:
    with pytest.raises(CutsUnderTheLaw):
        rules(uses=["dwelling"])


def test_parking_may_be_let_in() -> None:
    frozen = rules(uses=["dwelling", "shop", "parking"], uses_clause="产权车位计入。")
    assert frozen.house.uses == ("dwelling", "shop", "parking")


@pytest.mark.parametrize("pack", ["national", "shandong"])
@pytest.mark.parametrize("on", [date(2019, 6, 1), date(2026, 11, 21)])
def test_rules_survive_the_freeze(pack: str, on: date) -> None:
    frozen = rules(pack, on=on, moves=[move("notice_days", "days", 20)])
    read = Rules.from_json(decode(encode(frozen.to_json())))
    assert read == frozen
    assert read.quorum() == frozen.quorum()
    assert read.majority(Matter.FUND_USE) == frozen.majority(Matter.FUND_USE)
    assert read.strange() == ()


def test_rules_without_the_estates_own_survive_too() -> None:
    assert Rules.from_json(decode(encode(LAW.to_json()))) == LAW


def test_frozen_rules_carry_the_words_of_their_citations() -> None:
    frozen = rules().to_json()
    cited = frozen["citations"]
    assert isinstance(cited, dict)
    place = cited["civil-code:278.2"]
    assert isinstance(place, dict)
    assert "三分之二以上" in str(place["said"])


def tampered(name: str, key: str, value: JSON) -> JSONObject:
    frozen = deepcopy(rules().to_json())
    parameters = frozen["parameters"]
    assert isinstance(parameters, dict)
    parameter = parameters[name]
    assert isinstance(parameter, dict)
    parameter[key] = value
    return frozen


def test_rules_that_differ_from_the_packs_are_named() -> None:
    weaker = share(1, 10, strict=False, base="entitled")
    read = Rules.from_json(tampered("quorum_heads", "value", weaker))
    assert read.strange() == ("quorum_heads",)


def without(key: str) -> JSONObject:
    return {name: value for name, value in rules().to_json().items() if name != key}


BROKEN: dict[str, JSONObject] = {
    "another format": {**rules().to_json(), "format": "zhongjue/rules/0"},
    "no citations": without("citations"),
    "no date": {**rules().to_json(), "on": "yesterday"},
    "a date spelt otherwise": {**rules().to_json(), "on": "20261121"},
    "a field too many": {**rules().to_json(), "x": 1},
    "a citation that is not there": tampered("notice_days", "citations", ["pmr:99"]),
    "a citation that is no text": tampered("notice_days", "citations", [14]),
    "days as text": tampered("notice_days", "value", "15"),
    "days below zero": tampered("notice_days", "value", -1),
    "an unknown unit": tampered("notice_days", "unit", "moons"),
    "an unknown move": tampered("notice_days", "may", "anything"),
    "a share as days": tampered("quorum_area", "value", 1),
    "yes as a number": tampered("abstain_takes_part", "value", 1),
    "an empty list": tampered("grave_matters", "value", []),
    "matters as words": tampered("grave_matters", "value", ["six"]),
    "words as numbers": tampered("voting_uses", "value", [1]),
    "a date of a parameter": tampered("notice_days", "since", "2003"),
}


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_broken_rules_are_refused(value: JSON) -> None:
    with pytest.raises(Malformed):
        Rules.from_json(value)


def test_a_local_limit_on_proxies_holds_for_the_estate() -> None:
    capped = compose("weifang", on=TODAY)
    with pytest.raises(CutsUnderTheLaw):
        capped.with_house(house(proxies=4))
    assert capped.with_house(house(proxies=3)).house.proxies == 3


def test_recording_again_starts_from_the_law() -> None:
    longer = rules(moves=[move("notice_days", "days", 20)])
    assert longer.with_house(HouseRules.of(RECORDED)).number("notice_days") == 15
