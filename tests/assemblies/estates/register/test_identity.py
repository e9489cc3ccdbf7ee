"""Resident IDs, credit codes and other papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.estates.register.identity import (
    credit_check,
    document,
    eighteen,
    kind_of_name,
    masked,
    resident_check,
)
from assemblies.estates.register.values import OwnerKind
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.text import NumberCell
from tests.assemblies.estates.register.making import credit, resident

RIGHT = "99000019630728616X"

GOOD = {
    "as it is": (RIGHT, RIGHT),
    "lower-case x": ("99000019630728616x", RIGHT),
    "full-width": ("９９０００019630728616Ｘ", RIGHT),
    "behind a tab": ("\t99000019630728616X", RIGHT),
    "with blanks": ("990000 19630728 616X", RIGHT),
    "behind an apostrophe": ("'99000019630728616X", RIGHT),
    "trailing blanks": ("99000019630728616X  ", RIGHT),
}


@pytest.mark.parametrize(("text", "number"), GOOD.values(), ids=GOOD)
def test_a_resident_id_is_read(text: str, number: str) -> None:
    for id_type in ("身份证", "居民身份证", ""):
        found, doubts = document(id_type, text, "张三")
        assert (found.kind, found.id_type, found.number) == (OwnerKind.PERSON, "身份证", number)
        assert doubts == ()


BAD = {
    "checksum": (RIGHT[:-1] + "1", "id_checksum"),
    "no such month": ("990000196313286160", "id_birth"),
    "no such day": ("990000196302306160", "id_birth"),
    "before anyone alive": ("990000170001016160", "id_birth"),
    "seventeen": (RIGHT[:-1], "id_shape"),
    "nineteen": ("0" + RIGHT, "id_shape"),
    "the letter O": ("99OO0019630728616X", "id_shape"),
    "a number cell has lost its end": (NumberCell("990000196307286000"), "id_lost"),
    "scientific text": ("9.90000E+17", "id_lost"),
    "too long": ("1" * 50, "id_unreadable"),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_a_wrong_resident_id_is_refused(text: str, code: str) -> None:
    for id_type in ("身份证", ""):
        found, doubts = document(id_type, text, "张三")
        assert found.number is None
        assert [(d.level, d.code) for d in doubts] == [(Level.REFUSED, code)]


def test_no_remark_shows_a_whole_number() -> None:
    for text, _ in BAD.values():
        _, doubts = document("身份证", text, "张三")
        assert all(text not in doubt.said_zh for doubt in doubts if len(text) > 4)


def test_an_id_of_fifteen_digits_is_the_same_person() -> None:
    old = RIGHT[:6] + RIGHT[8:17]
    assert eighteen(old) == RIGHT
    for text in (old, NumberCell(old)):
        found, doubts = document("", text, "张三")
        assert found.number == RIGHT
        assert [(d.level, d.code) for d in doubts] == [(Level.WARNING, "id_old")]
    found, doubts = document("身份证", "990000631328616", "张三")
    assert found.number is None
    assert [d.code for d in doubts] == ["id_birth"]


def test_a_masked_number_is_asked_about() -> None:
    found, doubts = document("身份证", "990000********616X", "张三")
    assert found.number is None
    assert [(d.level, d.code) for d in doubts] == [(Level.QUESTION, "id_masked")]


def test_a_credit_code_with_and_without_its_type() -> None:
    code = credit(1)
    for id_type in ("统一社会信用代码", "营业执照", ""):
        found, doubts = document(id_type, code.lower(), "某某商贸有限公司")
        expected = (OwnerKind.COMPANY, "统一社会信用代码", code)
        assert (found.kind, found.id_type, found.number) == expected
        assert doubts == ()


def test_a_credit_code_with_a_wrong_check_is_warned_of_not_refused() -> None:
    found, doubts = document("统一社会信用代码", "91990000MA00000X1X", "某某公司")
    assert found.number == "91990000MA00000X1X"
    assert [(d.level, d.code) for d in doubts] == [(Level.WARNING, "credit_checksum")]


def test_a_credit_code_under_the_name_of_an_id_card() -> None:
    found, doubts = document("身份证", credit(2), "某某公司")
    assert (found.kind, found.id_type) == (OwnerKind.COMPANY, "统一社会信用代码")
    assert [d.code for d in doubts] == ["id_type_differs"]


def test_other_papers_are_kept_as_they_are() -> None:
    found, doubts = document("护照", "e12345678", "John Smith")
    assert (found.kind, found.id_type, found.number) == (OwnerKind.PERSON, "护照", "E12345678")
    assert doubts == ()
    found, doubts = document("", "E12345678", "John Smith")
    assert (found.id_type, found.number) == ("其他证件", "E12345678")
    assert [d.code for d in doubts] == ["id_type_unknown"]


def test_no_number() -> None:
    found, doubts = document("身份证", "", "张三")
    assert (found.id_type, found.number, doubts) == ("身份证", None, ())


@pytest.mark.parametrize("name", ["众和置业有限公司", "某某居委会", "某银行支行", "第一小学"])
def test_names_of_organisations(name: str) -> None:
    assert kind_of_name(name) is OwnerKind.COMPANY


@pytest.mark.parametrize("name", ["张三", "买买提·艾力", "王公司"])
def test_names_of_persons(name: str) -> None:
    assert kind_of_name(name) is OwnerKind.PERSON


@given(st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(number: int, at: int, digit: str) -> None:
    right = resident(number)
    wrong = right[:at] + digit + right[at + 1 :]
    if wrong == right:
        return
    found, doubts = document("身份证", wrong, "张三")
    assert found.number is None
    assert doubts


def test_published_checks() -> None:
    # GB 11643-1999's own example; a credit code printed on the registry's public licences.
    assert resident_check("11010519491231002") == "X"
    assert credit_check("91350100M000100Y4") == "3"


def test_mask() -> None:
    assert masked(RIGHT) == "尾号 616X"
