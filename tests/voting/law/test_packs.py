"""Rule packs: complete, cited, marked honestly, and no floor cuts under the one below it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from voting.errors import Malformed, NoSuchRule
from voting.law import packs
from voting.law.citations import LEGISLATION_LAW_99_1
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
