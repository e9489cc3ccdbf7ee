"""One cell's text, read as an area, a phone, a share; cleaned and folded."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.estates.register.cells import area, phones, share
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.text import (
    DateCell,
    FormulaCell,
    NumberCell,
    compact,
    number_text,
    tidy,
)

AREAS = {
    "plain": ("98.35", 9835),
    "one decimal": ("98.5", 9850),
    "whole": ("98", 9800),
    "a needless third zero": ("98.350", 9835),
    "full-width digits": ("９８.６２", 9862),
    "full-width point": ("９８．６２", 9862),
    "square metre sign": ("133.77㎡", 13377),
    "m2": ("133.77m2", 13377),
    "m²": ("133.77 m²", 13377),
    "in Chinese": ("133.77平方米", 13377),
    "colloquial": ("133.77 平米", 13377),
    "thousands": ("1,234.56", 123456),
    "full-width comma": ("1，234.56", 123456),
    "blanks around": ("  98.35 \t", 9835),
    "hard blank": ("\u00a098.35\u3000", 9835),
    "no leading zero": (".5", 50),
    "the smallest": ("0.01", 1),
}  # fmt: skip
NO_AREAS = {
    "a guess": ("约98", "area_not_number"),
    "a sum": ("98.35+5", "area_not_number"),
    "decimal comma": ("98,35", "area_not_number"),
    "Chinese full stop": ("98。35", "area_not_number"),
    "scientific": ("9.8E+01", "area_not_number"),
    "a date": (DateCell("2026-01-02"), "area_not_number"),
    "formula without result": (FormulaCell("=A1+B1"), "area_not_number"),
    "negative": ("-98.5", "area_not_positive"),
    "zero": ("0", "area_not_positive"),
    "three decimals": ("98.505", "area_decimals"),
    "four decimals": ("98.3501", "area_decimals"),
    "absurd": ("98350000", "area_absurd"),
    "two": ("98.35 12.72", "area_not_number"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "dm2"), AREAS.values(), ids=AREAS)
def test_area_is_read_exactly(text: str, dm2: int) -> None:
    assert area(text) == (dm2, None)


@pytest.mark.parametrize(("text", "code"), NO_AREAS.values(), ids=NO_AREAS)
def test_area_is_refused_never_rounded(text: str, code: str) -> None:
    size, doubt = area(text)
    assert size is None
    assert doubt is not None
    assert (doubt.level, doubt.code) == (Level.REFUSED, code)


@given(st.integers(1, 100_000_000))
def test_any_area_typed_into_a_spreadsheet_comes_back_exactly(dm2: int) -> None:
    typed = float(Decimal(dm2) / 100)
    assert area(number_text(typed)) == (dm2, None)


def test_a_sum_that_the_spreadsheet_computed_is_what_the_spreadsheet_shows() -> None:
    assert number_text(89.1 + 9.25) == "98.35"
    assert number_text(13800080472.0) == "13800080472"
    assert number_text(1.0) == "1"


PHONES = {
    "mobile": ("13800080472", ("13800080472",), True),
    "blanks inside": ("138 0008 0472", ("13800080472",), True),
    "dashes inside": ("138-0008-0472", ("13800080472",), True),
    "float as text": ("13800080472.0", ("13800080472",), True),
    "full-width": ("１３８０００８０４７２", ("13800080472",), True),
    "country code": ("+86 138 0008 0472", ("13800080472",), True),
    "country code, zeros": ("008613800080472", ("13800080472",), True),
    "two, ideographic comma": ("13800080472、13900080472", ("13800080472", "13900080472"), True),
    "two, slash": ("13800080472/13900080472", ("13800080472", "13900080472"), True),
    "two, blank": ("13800080472 13900080472", ("13800080472", "13900080472"), True),
    "two, line": ("13800080472\n13900080472", ("13800080472", "13900080472"), True),
    "same twice": ("13800080472、13800080472", ("13800080472",), True),
    "land line": ("0531-88880000", ("0531-88880000",), True),
    "land line in brackets": ("(0531)88880000", ("0531-88880000",), True),
    "land line with extension": ("0531-88880000-801", ("0531-88880000-801",), True),
    "local": ("8888000", ("8888000",), True),
    "service line": ("400-800-0000", ("400-800-0000",), True),
    "with its owner": ("13800080472（妻）", ("13800080472",), True),
    "with a word": ("手机：13800080472", ("13800080472",), True),
    "nothing": ("无", (), True),
    "slash for nothing": ("/", (), True),
    "too short": ("1380000", ("1380000",), False),
    "too long": ("138000804721", ("138000804721",), False),
    "no such prefix": ("12800080472", ("12800080472",), False),
    "words": ("见备注", ("见备注",), False),
}  # fmt: skip


@pytest.mark.parametrize(("text", "numbers", "sound"), PHONES.values(), ids=PHONES)
def test_phones(text: str, numbers: tuple[str, ...], sound: bool) -> None:
    found, doubt = phones(text)
    assert found == numbers
    assert (doubt is None) is sound
    assert doubt is None or doubt.level is Level.WARNING


SHARES = {
    "fraction": ("1/2", Fraction(1, 2)),
    "per cent": ("50%", Fraction(1, 2)),
    "fine per cent": ("33.33%", Fraction(3333, 10000)),
    "decimal": (NumberCell("0.5"), Fraction(1, 2)),
    "Chinese": ("三分之一", Fraction(1, 3)),
    "each": ("各50%", Fraction(1, 2)),
    "all": ("全部", Fraction(1)),
    "one": ("1", Fraction(1)),
    "joint": ("共同共有", None),
    "blank": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "part"), SHARES.values(), ids=SHARES)
def test_shares(text: str, part: Fraction | None) -> None:
    assert share(text) == (part, None)


@pytest.mark.parametrize("text", ["50", "1/0", "3/2", "一半左右", DateCell("2026-01-02"), "0"])
def test_a_share_that_is_not_clear_is_asked_about(text: str) -> None:
    part, doubt = share(text)
    assert part is None
    assert doubt is not None
    assert doubt.level is Level.QUESTION


def test_tidy_keeps_rare_signs_and_drops_invisible_ones() -> None:
    assert tidy("\ufeff 王　旸\u200b\t祎 ") == "王 旸 祎"
    assert tidy("𠮷野Ａ１") == "𠮷野A1"
    assert tidy("a\x00b\x07c") == "abc"


def test_compact_knows_every_dash() -> None:
    assert {compact(f"1{dash}2") for dash in "-‐‑–—－ー"} == {"1-2"}


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert compact(compact(text)) == compact(text)
