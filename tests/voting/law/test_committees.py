"""The committee: every threshold one below, at and above; every date of a term."""

from datetime import date

import pytest

from tests.support.laws import rules
from voting.errors import NoSuchRule
from voting.law.committees import (
    Vacancy,
    agreed,
    alternates_allowed,
    party_share,
    present_enough,
    reelection_begins,
    size_is_lawful,
    term_end,
    vacancy,
)

RULES, NATION = rules(), rules("national")
LEAST_PRESENT = {5: 4, 6: 4, 7: 5, 9: 6, 11: 8}
LEAST_AGREE = {5: 3, 6: 4, 7: 4, 9: 5, 11: 6}
LEAST_PARTY = {5: 3, 7: 5, 9: 6, 10: 6, 11: 7}


@pytest.mark.parametrize(("members", "least"), LEAST_PRESENT.items())
def test_two_thirds_are_present(members: int, least: int) -> None:
    held = [present_enough(least + step, members, RULES).holds for step in (-1, 0, 1)]
    assert held == [False, True, True]


@pytest.mark.parametrize(("members", "least"), LEAST_AGREE.items())
def test_more_than_half_of_all_members_agree(members: int, least: int) -> None:
    held = [agreed(least + step, members, RULES).holds for step in (-1, 0, 1)]
    assert held == [False, True, True]


@pytest.mark.parametrize(("members", "least"), LEAST_PARTY.items())
@pytest.mark.parametrize("pack", ["shandong", "dezhou", "zaozhuang"])
def test_the_party_share_is_a_flag(pack: str, members: int, least: int) -> None:
    policy = rules(pack)
    held = [party_share(least + step, members, policy).holds for step in (-1, 0, 1)]
    assert held == [False, True, True]
    assert not policy.parameter("party_share").verified
    assert "不影响选举效力" in policy.parameter("party_share").said_zh


def test_four_of_seven_are_under_sixty_in_a_hundred() -> None:
    four = party_share(4, 7, RULES)
    assert four.percent_zh == "57.14%"
    assert four.said_zh == (
        "是党员的委员 4 人，全体委员 7 人，须五分之三以上（至少 5 人）：未达到，还差 1 人"
    )


def test_a_meeting_says_who_is_missing() -> None:
    assert present_enough(4, 7, RULES).said_zh == (
        "出席的委员 4 人，全体委员 7 人，须三分之二以上（至少 5 人）：未达到，还差 1 人"
    )
    assert agreed(4, 7, RULES).said_zh == (
        "同意的委员 4 人，全体委员 7 人，须过半数（至少 4 人）：达到"
    )


def test_elsewhere_more_than_half_are_present() -> None:
    assert [present_enough(number, 6, NATION).holds for number in (3, 4)] == [False, True]
    assert not NATION.parameter("committee_present").verified


SIZES = {0: False, 1: False, 3: False, 4: False, 5: True, 6: False, 7: True, 12: False, 13: True}


@pytest.mark.parametrize(("members", "lawful"), SIZES.items())
def test_five_or_more_and_odd(members: int, lawful: bool) -> None:
    assert size_is_lawful(members, RULES) is lawful


TERMS = {
    date(2026, 12, 21): date(2031, 12, 21),
    date(2028, 2, 29): date(2033, 2, 28),
    date(2027, 3, 1): date(2032, 3, 1),
}


@pytest.mark.parametrize(("began", "ends"), TERMS.items())
def test_a_term_ends_after_five_years(began: date, ends: date) -> None:
    assert term_end(began, RULES) == ends


def test_reelection_begins_ninety_days_before_the_end() -> None:
    assert reelection_begins(date(2031, 12, 21), RULES) == date(2031, 9, 22)
    assert reelection_begins(date(2028, 3, 30), RULES) == date(2027, 12, 31)


@pytest.mark.parametrize("members", [5, 7, 11])
def test_as_many_alternates_as_members(members: int) -> None:
    assert alternates_allowed(members, RULES) == members


VACANCIES = {
    "all seats taken": (7, 7, 3, Vacancy.NONE),
    "an alternate steps in": (7, 6, 1, Vacancy.SUBSTITUTE),
    "nobody to step in, enough left": (7, 6, 0, Vacancy.BY_ELECTION),
    "just half of eight left": (8, 4, 0, Vacancy.BY_ELECTION),
    "one under half of eight": (8, 3, 0, Vacancy.NEW_ELECTION),
    "four of seven are over half": (7, 4, 0, Vacancy.BY_ELECTION),
    "three of seven are under half": (7, 3, 0, Vacancy.NEW_ELECTION),
    "an alternate lifts three to four": (7, 3, 1, Vacancy.SUBSTITUTE),
    "alternates that are too few": (7, 1, 2, Vacancy.NEW_ELECTION),
    "nobody left": (7, 0, 0, Vacancy.NEW_ELECTION),
    "more alternates than seats": (7, 2, 9, Vacancy.SUBSTITUTE),
}


@pytest.mark.parametrize(
    ("seats", "left", "alternates", "asked"), VACANCIES.values(), ids=VACANCIES
)
@pytest.mark.parametrize("pack", ["shandong", "qingdao", "national", "dezhou"])
def test_vacancies(pack: str, seats: int, left: int, alternates: int, asked: Vacancy) -> None:
    assert vacancy(seats, left, alternates, rules(pack)) is asked
    assert asked.zh


CALLED = {
    "two thirds of nine": (9, 6, 0, Vacancy.BY_ELECTION),
    "one under two thirds": (9, 5, 0, Vacancy.STREET_CALLS),
    "an alternate lifts five to six": (9, 5, 1, Vacancy.SUBSTITUTE),
    "under two thirds with an alternate": (9, 4, 1, Vacancy.STREET_CALLS),
    "under half too": (9, 1, 0, Vacancy.STREET_CALLS),
    "all there": (9, 9, 0, Vacancy.NONE),
}


@pytest.mark.parametrize(("seats", "left", "alternates", "asked"), CALLED.values(), ids=CALLED)
@pytest.mark.parametrize("pack", ["zibo", "weifang"])
def test_in_two_cities_the_street_calls(
    pack: str, seats: int, left: int, alternates: int, asked: Vacancy
) -> None:
    assert vacancy(seats, left, alternates, rules(pack)) is asked


def test_the_law_before_the_code_knows_no_committee_rule_here() -> None:
    with pytest.raises(NoSuchRule):
        size_is_lawful(5, rules("property-law-2007"))
