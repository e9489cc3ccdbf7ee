"""Rule packs: complete, cited, marked honestly, and no floor cuts under the one below it."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from voting.errors import Malformed, NoSuchRule
from voting.law import packs
from voting.law.citations import LEGISLATION_LAW_99_1
from voting.law.majorities import ENTITLED
from voting.law.packs import Pack
from voting.law.parameters import Parameter
from voting.law.rules import compose

PACKS = sorted(path.stem for path in (Path(packs.__file__).parent / "packs").glob("*.toml"))
PARAMETERS = [
    pytest.param(parameter, id=f"{name}.{parameter.name}")
    for name in PACKS
    for parameter in Pack.named(name).parameters
]
LAST_OF_OLD, FIRST_OF_NEW = date(2020, 12, 31), date(2021, 1, 1)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_a_parameter_names_its_law(parameter: Parameter) -> None:
    assert parameter.citations
    assert parameter.said_zh.endswith("。")
    assert not parameter.clause
    assert parameter.until is None or parameter.since < parameter.until


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_what_is_called_verified_rests_on_texts_that_were_read(parameter: Parameter) -> None:
    assert not parameter.verified or all(citation.verified for citation in parameter.citations)


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_what_is_not_verified_says_so(parameter: Parameter) -> None:
    """A value without a statute behind it tells whose practice it is."""
    said = ("没有规定", "没有写明", "参照", "写明", "约定", "建议")
    assert parameter.verified or any(word in parameter.said_zh for word in said)
    assert parameter.standing_zh == ("法定" if parameter.verified else "参照（待核）")


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("on", [LAST_OF_OLD, FIRST_OF_NEW, date(2021, 12, 3), date(2026, 11, 21)])
def test_no_floor_cuts_under_the_one_below(name: str, on: date) -> None:
    rules = compose(name, on=on)
    assert [parameter.name for parameter in rules.parameters] == sorted(
        {parameter.name for parameter in rules.parameters}
    )
    for parameter in rules.parameters:
        assert parameter.in_force(on)


@pytest.mark.parametrize("name", PACKS)
def test_no_parameter_has_two_versions_on_one_day(name: str) -> None:
    parameters = Pack.named(name).parameters
    edges = {p.since for p in parameters} | {p.until for p in parameters if p.until}
    for day in {edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)}:
        names = [parameter.name for parameter in Pack.named(name).in_force(day)]
        assert len(names) == len(set(names)), day


def test_the_old_law_ends_the_day_before_the_civil_code() -> None:
    old, new = (compose("shandong", on=on).quorum() for on in (LAST_OF_OLD, FIRST_OF_NEW))
    assert (old.area.words_zh, new.area.words_zh) == ("过半数", "三分之二以上")


def test_before_the_old_law_there_is_none() -> None:
    with pytest.raises(NoSuchRule):
        compose("national", on=date(2007, 9, 30)).quorum()


def test_the_province_stands_on_the_nation() -> None:
    names = [pack.name for pack in Pack.named("shandong").floors()]
    assert names == ["property-law-2007", "national", "shandong"]
    assert LEGISLATION_LAW_99_1.paragraph == 1


@pytest.mark.parametrize("name", ["atlantis", "", "../articles/x", "national.toml"])
def test_an_unknown_pack_is_refused(name: str) -> None:
    with pytest.raises(NoSuchRule):
        Pack.named(name)


def test_a_floor_keeps_the_unit_of_the_one_below() -> None:
    days = compose("national", on=FIRST_OF_NEW).parameter("notice_days")
    quorum = compose("national", on=FIRST_OF_NEW).parameter("quorum_area")
    with pytest.raises(Malformed):
        days.require_not_cut_by(quorum)


def test_a_pack_holds_no_float() -> None:
    with pytest.raises(Malformed):
        packs._plain({"value": 0.5})


def test_an_entry_is_a_table() -> None:
    with pytest.raises(Malformed):
        packs._parameter("national", 3)


# What follows a decision: value and unit, and the packs where it is the law of the place.
FOLLOWING: dict[str, tuple[int, str, set[str]]] = {
    "preparatory_announce_days": (10, "days", {"shandong", "zibo", "dezhou"}),
    "reelection_start_days": (90, "days", {"shandong", "zibo", "dezhou"}),
    "reelection_group_days": (30, "days", set()),
    "reelection_done_days": (90, "days", set()),
    "committee_agenda_days": (7, "days", set()),
    "committee_tell_community_days": (5, "days", {"zibo"}),
    "minutes_posted_days": (3, "days", {"shandong", "zibo", "dezhou"}),
    "vacancy_street_days": (90, "days", {"zibo"}),
    "member_handover_days": (3, "days", set()),
    "seal_stamp_days": (3, "days", set()),
    "seal_publication_months": (6, "months", set()),
    "contract_signing_days": (30, "days", set()),
    "fund_station_days": (5, "workdays", set()),
    "fund_emergency_station_days": (2, "workdays", set()),
    "refill_notice_days": (30, "days", {"zibo"}),
    "fund_publication_months": (12, "months", set()),
    "income_publication_months": (6, "months", set()),
    "report_months": (3, "months", set()),
    "report_due_days": (15, "days", set()),
    "inquiry_reply_days": (7, "days", set()),
    "order_reply_days": (7, "days", set()),
    "monthly_table_day": (3, "count", {"zaozhuang"}),
}
SHARES = {
    "extra_meeting_members": ("zibo", Fraction(1, 3), False),
    "party_share": ("dezhou", Fraction(3, 5), False),
    "removal_proposal_heads": ("shandong", Fraction(1, 5), False),
    "removal_proposal_members": ("shandong", Fraction(1, 2), True),
    "vacancy_new_election": ("shandong", Fraction(1, 2), False),
    "vacancy_street_share": ("weifang", Fraction(2, 3), False),
    "committee_most_alternates": ("shandong", Fraction(1), False),
    "seal_signatures": ("shandong", Fraction(1, 2), True),
    "fund_advance": ("shandong", Fraction(7, 10), False),
    "fund_settlement_over": ("shandong", Fraction(1, 10), True),
}
NOW = date(2026, 11, 21)


@pytest.mark.parametrize(("name", "expected"), FOLLOWING.items(), ids=FOLLOWING)
def test_periods_of_what_follows(name: str, expected: tuple[int, str, set[str]]) -> None:
    value, unit, lawful = expected
    found = {p: compose(p, on=NOW) for p in ("shandong", "zibo", "dezhou", "zaozhuang")}
    holding = {p: rules.parameter(name) for p, rules in found.items() if rules.has(name)}
    assert holding
    assert {(one.value, one.unit) for one in holding.values()} == {(value, unit)}
    inherited = {"zaozhuang"} if "shandong" in lawful else set()
    assert {p for p, one in holding.items() if one.verified} == lawful | inherited


@pytest.mark.parametrize(("name", "expected"), SHARES.items(), ids=SHARES)
def test_shares_of_what_follows(name: str, expected: tuple[str, Fraction, bool]) -> None:
    pack, share, strict = expected
    threshold = compose(pack, on=NOW).threshold(name)
    assert (threshold.share, threshold.strict, threshold.base) == (share, strict, ENTITLED)


def test_two_cities_review_candidates_with_their_own_departments() -> None:
    asked = {p: compose(p, on=NOW).listed("joint_review_departments") for p in CITIES}
    assert len(asked["dezhou"]) == 6
    assert set(asked["dezhou"]) - {"城市管理", "街道办事处", "住建（房管）"} < set(
        asked["zaozhuang"]
    )
    assert "城市管理" not in asked["zaozhuang"]
    assert all(compose(p, on=NOW).parameter("joint_review_departments").verified for p in CITIES)


CITIES = ("dezhou", "zaozhuang")


@pytest.mark.parametrize("name", ["negative_list", "fund_emergency_dangers", "fund_not_chargeable"])
@pytest.mark.parametrize("pack", ["national", "shandong", *CITIES])
def test_lists_are_short_phrases_each_once(pack: str, name: str) -> None:
    listed = [str(one) for one in compose(pack, on=NOW).listed(name)]
    assert len(listed) == len(set(listed)) >= 5
    assert all(2 < len(one) <= 40 and not one.endswith("。") for one in listed)


def test_the_keeper_of_a_seal_is_not_the_chair() -> None:
    rules = compose("shandong", on=NOW)
    assert rules.flag("seal_keeper_not_chair")
    assert not rules.parameter("seal_keeper_not_chair").verified
