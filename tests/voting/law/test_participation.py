"""Participation and consent: golden cases 1 and 17, and one more yes never loses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.law.majorities import NOBODY, Count
from voting.law.matters import Matter
from voting.law.participation import consent_carries, participation
from voting.law.rules import compose

NOW = compose("national", on=date(2026, 11, 21))
OLD = compose("national", on=date(2020, 12, 31))
ALL = Count(heads=9, area=90_000)
GRAVE, ORDINARY = Matter.FUND_RAISE, Matter.FUND_USE

PARTICIPATION = {
    "golden 1: exactly two thirds of both": (Count(6, 60_000), True),
    "one head short": (Count(5, 60_000), False),
    "one dm² short": (Count(6, 59_999), False),
    "more than two thirds": (Count(7, 60_001), True),
    "all the heads, too little area": (Count(9, 59_999), False),
    "all the area, too few heads": (Count(5, 90_000), False),
    "nobody": (NOBODY, False),
}


@pytest.mark.parametrize(("took_part", "enough"), PARTICIPATION.values(), ids=PARTICIPATION)
def test_participation(took_part: Count, enough: bool) -> None:
    finding = participation(took_part, ALL, NOW.quorum())
    assert finding.name == "participation"
    assert finding.holds is enough
    assert [citation.id for citation in finding.law] == ["civil-code:278.2", "civil-code:1259"]


def test_nobody_is_entitled_so_nobody_is_enough() -> None:
    assert not participation(NOBODY, NOBODY, NOW.quorum()).holds


TOOK_PART = Count(heads=80, area=80_000)
CONSENT = {
    "golden 1: exactly half is not more than half": (ORDINARY, Count(40, 40_000), False),
    "ordinary: one head and one dm² more than half": (ORDINARY, Count(41, 40_001), True),
    "ordinary: more heads, half the area": (ORDINARY, Count(41, 40_000), False),
    "ordinary: more area, half the heads": (ORDINARY, Count(40, 40_001), False),
    "golden 1: exactly three quarters carries": (GRAVE, Count(60, 60_000), True),
    "grave: one head short": (GRAVE, Count(59, 60_000), False),
    "grave: one dm² short": (GRAVE, Count(60, 59_999), False),
    "grave: more": (GRAVE, Count(61, 60_001), True),
    "grave: more than half does not carry": (GRAVE, Count(41, 40_001), False),
    "nobody agreed": (ORDINARY, NOBODY, False),
}


@pytest.mark.parametrize(("matter", "agreed", "carried"), CONSENT.values(), ids=CONSENT)
def test_consent(matter: Matter, agreed: Count, carried: bool) -> None:
    finding = consent_carries(agreed, TOOK_PART, Count(100, 100_000), NOW.majority(matter))
    assert finding.name == "consent"
    assert finding.holds is carried
    assert finding.by_heads.whole == TOOK_PART.heads
    assert finding.by_area.whole == TOOK_PART.area


def test_nobody_took_part_so_nobody_carries() -> None:
    assert not consent_carries(NOBODY, NOBODY, ALL, NOW.majority(ORDINARY)).holds


@pytest.mark.parametrize("matter", Matter)
def test_the_grave_matters_are_six_seven_and_eight(matter: Matter) -> None:
    assert NOW.is_grave(matter) is (matter.value in {6, 7, 8})


@pytest.mark.parametrize("matter", Matter)
def test_before_2021_fund_and_rebuilding_were_grave(matter: Matter) -> None:
    assert OLD.is_grave(matter) is (matter.value in {5, 6, 7})


# (matter, agreed, took part) of 9 heads and 900.00 m² -> (2007 law, Civil Code)
TWO_LAWS = {
    "six take part, four agree": (Matter.MANAGER, Count(4, 40_000), Count(6, 60_000), False, True),
    "five take part, all agree": (Matter.MANAGER, Count(5, 50_000), Count(5, 50_000), True, False),
    "fund use: six take part, five agree": (
        Matter.FUND_USE,
        Count(5, 50_000),
        Count(6, 60_000),
        False,
        True,
    ),
    "advertisements: nine take part, five agree": (
        Matter.COMMON_PARTS,
        Count(5, 50_000),
        Count(9, 90_000),
        True,
        False,
    ),
    "six take part, all agree": (Matter.MANAGER, Count(6, 60_000), Count(6, 60_000), True, True),
}


@pytest.mark.parametrize(
    ("matter", "agreed", "took", "old", "new"), TWO_LAWS.values(), ids=TWO_LAWS
)
def test_golden_17_same_figures_two_outcomes(
    matter: Matter, agreed: Count, took: Count, old: bool, new: bool
) -> None:
    outcomes = [
        participation(took, ALL, law.quorum()).holds
        and consent_carries(agreed, took, ALL, law.majority(matter)).holds
        for law in (OLD, NOW)
    ]
    assert outcomes == [old, new]


def test_golden_17_cites_the_law_of_its_day() -> None:
    old = consent_carries(Count(4, 40_000), Count(6, 60_000), ALL, OLD.majority(Matter.MANAGER))
    assert [citation.id for citation in old.law] == ["property-law:76.2", "pmr:12.3"]
    assert old.by_heads.whole == ALL.heads
    assert [citation.id for citation in participation(NOBODY, ALL, OLD.quorum()).law] == [
        "pmr:12.1"
    ]


COUNTS = st.builds(Count, st.integers(0, 500), st.integers(0, 50_000))


@given(
    agreed=COUNTS,
    others=COUNTS,
    absent=COUNTS,
    yes=st.integers(1, 20_000),
    matter=st.sampled_from(Matter),
    law=st.sampled_from([OLD, NOW]),
)
def test_one_more_yes_never_loses(
    agreed: Count, others: Count, absent: Count, yes: int, matter: Matter, law: object
) -> None:
    """A new voter who says yes, or one who changes to yes, never turns a pass into a failure."""
    assert law in (OLD, NOW)
    rules = OLD if law == OLD else NOW
    took, new = agreed + others, Count(1, yes)
    entitled = took + absent + new
    needed, quorum = rules.majority(matter), rules.quorum()
    if participation(took, entitled, quorum).holds:
        assert participation(took + new, entitled, quorum).holds
    if consent_carries(agreed, took, entitled, needed).holds:
        assert consent_carries(agreed + new, took + new, entitled, needed).holds
        if others.heads and others.area >= yes:
            assert consent_carries(agreed + new, took, entitled, needed).holds
