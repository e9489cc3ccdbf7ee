"""Money and shares are read strictly, from any keyboard."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.agendas.fields import fraction
from assemblies.foundation.amounts import fen, yuan

MONEY = {
    "whole": ("186000", 18_600_000),
    "with fen": ("186000.07", 18_600_007),
    "one digit after the point": ("0.5", 50),
    "grouped": ("1,186,000.00", 118_600_000),
    "full-width digits": ("１８６０００．５０", 18_600_050),
    "with the unit": ("1.80 元", 180),
    "with spaces around": ("  12 ", 1_200),
}
NO_MONEY = ["1.234", "-5", "1e5", "12,34", "一万", "", ".", "1..2", "9" * 13, "1 000"]


@pytest.mark.parametrize(("text", "amount"), MONEY.values(), ids=MONEY)
def test_an_amount_is_read_to_the_fen(text: str, amount: int) -> None:
    assert fen(text) == amount


@pytest.mark.parametrize("text", NO_MONEY)
def test_no_amount_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(ValueError, match="请填写金额"):
        fen(text)


@given(st.integers(0, 10**14 - 1))
def test_an_amount_written_is_read_back(amount: int) -> None:
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize(("text", "share"), [("3/4", Fraction(3, 4)), ("２ / ３", Fraction(2, 3))])
def test_a_share_is_read(text: str, share: Fraction) -> None:
    assert fraction(text) == share


@pytest.mark.parametrize("text", ["0.75", "75%", "4/3", "0/4", "3/0", "三分之二", ""])
def test_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="分数"):
        fraction(text)
