"""Findings: their numbers, their words, and their way through JSON."""

from copy import deepcopy
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.laws import rules
from voting.canonical import JSON, JSONObject, decode, encode
from voting.errors import Malformed
from voting.law.findings import Finding, square_metres
from voting.law.majorities import NOBODY, Count
from voting.law.participation import participation

RULES = rules()
ENTITLED = Count(heads=9, area=90_000)


def took_part(count: Count) -> Finding:
    return participation(count, ENTITLED, RULES.quorum())


def test_it_says_that_enough_took_part() -> None:
    assert took_part(Count(6, 60_000)).by_heads.said_zh == (
        "参与表决的人数 6 人，全体人数 9 人，须三分之二以上（至少 6 人）：达到"
    )


def test_it_says_what_is_missing() -> None:
    finding = took_part(Count(5, 17_894_5))
    assert finding.by_heads.said_zh.endswith("须三分之二以上（至少 6 人）：未达到，还差 1 人")
    assert finding.missing_zh == "还差 1 户"


MISSING = {
    "还差 6 户、600.00 ㎡": NOBODY,
    "还差 1 户": Count(5, 60_000),
    "还差 0.01 ㎡": Count(6, 59_999),
    "": Count(6, 60_000),
}


@pytest.mark.parametrize(("words", "count"), MISSING.items(), ids=MISSING)
def test_what_is_missing_in_words(words: str, count: Count) -> None:
    assert took_part(count).missing_zh == words


def test_a_comparison_names_its_share() -> None:
    heads = took_part(NOBODY).by_heads
    assert (heads.share, heads.strict, heads.least) == (Fraction(2, 3), False, 6)


def test_large_figures_are_grouped() -> None:
    whole = Count(heads=12_345, area=123_456_789)
    finding = participation(Count(8_193, 81_883_471), whole, RULES.quorum())
    assert finding.missing_zh == "还差 37 户、4,210.55 ㎡"


def test_the_sentence_ends_with_the_provision() -> None:
    assert took_part(NOBODY).said_zh.endswith("（民法典第278条第2款、第1259条）。")


PERCENT = {"66.66%": (Count(6, 59_999), ENTITLED), "100.00%": (ENTITLED, ENTITLED)}


@pytest.mark.parametrize(("words", "counts"), PERCENT.items(), ids=PERCENT)
def test_a_percentage_is_never_rounded_up(words: str, counts: tuple[Count, Count]) -> None:
    assert participation(*counts, RULES.quorum()).by_area.percent_zh == words


def test_of_nothing_no_percentage() -> None:
    assert participation(NOBODY, NOBODY, RULES.quorum()).by_area.percent_zh == "0.00%"


AREAS = {0: "0.00 ㎡", 5: "0.05 ㎡", 100: "1.00 ㎡", 8_950: "89.50 ㎡", 421_055: "4,210.55 ㎡"}


@pytest.mark.parametrize(("area", "words"), AREAS.items())
def test_square_metres(area: int, words: str) -> None:
    assert square_metres(area) == words


@given(st.builds(Count, st.integers(0, 9), st.integers(0, 90_000)))
def test_a_finding_survives_json(count: Count) -> None:
    finding = took_part(count)
    assert Finding.from_json(decode(encode(finding.to_json()))) == finding


def broken(**changed: JSON) -> JSONObject:
    value = deepcopy(took_part(Count(5, 60_000)).to_json())
    heads = value["heads"]
    assert isinstance(heads, dict)
    for path, item in changed.items():
        if path.startswith("heads_"):
            heads[path.removeprefix("heads_")] = item
        else:
            value[path] = item
    return value


BROKEN = {
    "a failure called a success": broken(holds=True),
    "one comparison called a success": broken(heads_holds=True),
    "zero is not false": broken(holds=0),
    "a part raised without its words": broken(heads_part=6),
    "words changed": broken(heads_said="达到"),
    "a negative part": broken(heads_part=-1),
    "an unknown finding": broken(name="applause"),
    "a field too many": broken(remark="x"),
    "a field too many inside": broken(heads_remark="x"),
}


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_a_finding_that_contradicts_itself_is_refused(value: JSON) -> None:
    with pytest.raises(Malformed):
        Finding.from_json(value)
