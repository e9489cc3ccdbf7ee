"""An item's thresholds in words, for every matter, before and after 2021."""

from datetime import date

import pytest

from voting.law.matters import Matter
from voting.law.rules import compose
from voting.law.wording import words

NOW = compose("shandong", on=date(2026, 11, 21))
OLD = compose("shandong", on=date(2020, 6, 1))


def test_fund_use_of_one_building() -> None:
    assert words(Matter.FUND_USE, "3 号楼", NOW) == (
        "须有3 号楼专有部分面积三分之二以上、且人数三分之二以上的业主参与表决；"
        "并经参与表决的业主中专有部分面积过半数、且人数过半数的业主同意"
        "（民法典第278条第2款、第1259条）。"
    )


@pytest.mark.parametrize("matter", Matter)
def test_every_matter_names_its_own_majority(matter: Matter) -> None:
    said = words(matter, "本小区", NOW)
    assert said.count("三分之二以上") == 2
    assert said.count("四分之三以上") == (2 if matter.value in {6, 7, 8} else 0)
    assert said.count("过半数") == (0 if matter.value in {6, 7, 8} else 2)


def test_before_2021_shares_are_of_all_owners() -> None:
    said = words(Matter.FUND_USE, "本小区", OLD)
    assert "并经本小区全体业主中专有部分面积三分之二以上" in said
    assert "物权法（2007）第76条第2款" in said


@pytest.mark.parametrize("matter", Matter)
def test_every_matter_has_its_name_and_its_item(matter: Matter) -> None:
    assert matter.zh
    assert matter.citation.item == matter.value
    assert matter.citation.text.startswith("《中华人民共和国民法典》第二百七十八条第一款第")
