"""The estate's own rules: recorded whole, never under the law, shown with every citation."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import assembly_of
from assemblies.agendas.queries.house import RuleLine, house_lines, parameter_lines
from assemblies.agendas.services.rules import PACKS, record_rules
from assemblies.estates.packs import PACKS as ESTATES
from assemblies.foundation.refusals import Incomplete
from assemblies.records.premises import EstateRecord
from tests.support.agendas import drafted
from tests.support.laws import house
from tests.support.registers import Registered
from voting.canonical import JSON
from voting.errors import CutsUnderTheLaw, RuleNotRecorded
from voting.law.rules import compose

DAY = date(2026, 3, 2)
CLAUSE = "第九条　示例条款。"


def share(name: str, part: int, whole: int, *, strict: bool = False) -> list[JSON]:
    base = "entitled" if name.startswith("quorum") else "participants"
    value: JSON = {"share": [part, whole], "strict": strict, "base": base}
    return [{"name": name, "unit": "share", "value": value, "clause": CLAUSE}]


def days(name: str, number: int) -> list[JSON]:
    return [{"name": name, "unit": "days", "value": number, "clause": CLAUSE}]


CUTS = {
    "half for the quorum by heads": share("quorum_heads", 1, 2, strict=True),
    "half for the quorum by area": share("quorum_area", 1, 2, strict=True),
    "exactly half for ordinary matters": share("ordinary_heads", 1, 2),
    "two thirds for grave matters": share("grave_area", 2, 3),
    "fourteen days of notice": days("notice_days", 14),
    "fourteen days of roll": days("draft_roll_days", 14),
}
STRICTER = {
    "more than two thirds for the quorum": share("quorum_heads", 2, 3, strict=True),
    "three quarters for the quorum": share("quorum_area", 3, 4),
    "two thirds for ordinary matters": share("ordinary_heads", 2, 3),
    "four fifths for grave matters": share("grave_area", 4, 5),
    "sixteen days of notice": days("notice_days", 16),
    "exactly what the law asks": days("notice_days", 15),
}


# The nation's law fixes no posting of the roll.
CUTTING = [
    pytest.param(moves, pack, id=f"{said}, {pack}")
    for said, moves in CUTS.items()
    for pack in ("national", "shandong")
    if (said, pack) != ("fourteen days of roll", "national")
]


@pytest.mark.parametrize(("moves", "pack"), CUTTING)
def test_a_clause_under_the_law_is_refused_with_the_reason(
    session: Session, estate: Registered, now: datetime, moves: list[JSON], pack: str
) -> None:
    assembly = drafted(session, estate, now)
    with pytest.raises(CutsUnderTheLaw, match="法定要求"):
        record_rules(session, assembly, pack, house(moves=moves), now=now)
    assert assembly_of(session, assembly).house is None


@pytest.mark.parametrize("moves", list(STRICTER.values()), ids=STRICTER)
def test_a_stricter_clause_is_recorded_and_holds(
    session: Session, estate: Registered, now: datetime, moves: list[JSON]
) -> None:
    assembly = drafted(session, estate, now)
    record_rules(session, assembly, "shandong", house(moves=moves), now=now)
    rules = assembly_of(session, assembly).rules(now)
    moved = rules.parameter(str(moves[0]["name"]))  # type: ignore[index,call-overload]
    assert moved.clause == CLAUSE
    assert CLAUSE in [law.said_zh for law in moved.law]


def test_dwellings_cannot_be_left_out(session: Session, estate: Registered, now: datetime) -> None:
    assembly = drafted(session, estate, now)
    with pytest.raises(CutsUnderTheLaw):
        record_rules(session, assembly, "shandong", house(uses=["shop"]), now=now)


def test_silence_is_not_deemed_consent_in_this_release(
    session: Session, estate: Registered, now: datetime
) -> None:
    assembly = drafted(session, estate, now)
    with pytest.raises(Incomplete, match="送达证明在以后的版本提供"):
        record_rules(session, assembly, "shandong", house(silence="deemed"), now=now)


def test_an_unknown_pack_is_refused(session: Session, estate: Registered, now: datetime) -> None:
    assembly = drafted(session, estate, now)
    with pytest.raises(Incomplete, match="适用的规则"):
        record_rules(session, assembly, "../shandong", house(), now=now)


def test_the_recorded_rules_are_said_with_their_clauses() -> None:
    lines = house_lines(compose("shandong", on=DAY, house=house(proxies=3, extension=0)))
    assert (
        RuleLine("委托投票", "一人最多接受 3 位业主的书面委托", "一人最多接受三位业主委托。")
        in lines
    )
    assert ("延期", "不延期") in [(line.name, line.words) for line in lines]
    assert [line.name for line in lines] == [
        "投了两次",
        "没有投票",
        "委托投票",
        "延期",
        "哪些房屋计票",
        "弃权票",
        "废票",
        "选举排名",
    ]
    assert all(line.source for line in lines)


def test_no_proxies_and_an_extension_are_said() -> None:
    lines = house_lines(compose("national", on=DAY, house=house(proxies=0, extension=10)))
    said = {line.name: line.words for line in lines}
    assert said["委托投票"] == "不接受委托投票"
    assert said["延期"] == "参与不足时可以延期，最多延长 10 天"


def test_unrecorded_rules_have_no_lines() -> None:
    with pytest.raises(RuleNotRecorded):
        house_lines(compose("shandong", on=DAY))


def test_an_assembly_begins_under_the_rules_of_its_estate(
    session: Session, estate: Registered, now: datetime
) -> None:
    assert set(ESTATES) <= set(PACKS)
    session.get_one(EstateRecord, estate.estate).pack = "qingdao"
    assert assembly_of(session, drafted(session, estate, now)).pack == "qingdao"


@pytest.mark.parametrize("pack", PACKS)
def test_every_parameter_is_shown_with_value_and_citation(pack: str) -> None:
    rules = compose(pack, on=DAY)
    lines = parameter_lines(rules)
    assert {line.name for line in lines} == {one.name for one in rules.parameters}
    assert all(line.value and line.said and "《" in line.citation for line in lines)
    assert [line.name for line in lines[:2]] == ["quorum_area", "quorum_heads"]
    assert {line.verified for line in lines} == {True, False}
    said = {line.name: line.value for line in lines}
    assert said["quorum_area"] == "三分之二以上"
    assert said["ordinary_heads"] == "过半数"
    assert said["notice_days"] == "15 天"
    assert said["voting_uses"] == "住宅、商铺"
    assert said["grave_matters"] == "第 6 项、第 7 项、第 8 项"
    assert said["fund_station_days"] == "5 个工作日"
    assert said["joint_review_departments"].split("；")[-1] == "信访"
    assert not {line.floor for line in lines} & set(PACKS)
