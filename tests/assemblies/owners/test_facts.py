"""The one fact: what agrees, however it is typed, and what is asked for."""

import pytest

from assemblies.owners.facts import Fact, Kind, Known, plain

ID, PHONE = Fact(Kind.ID, "123X"), Fact(Kind.PHONE, "5678")
CREDIT, NAME = Fact(Kind.CREDIT, "DE7K"), Fact(Kind.NAME, "阿卜杜拉·买买提")

TYPED = {
    "as printed": ("123X", (ID, PHONE), Kind.ID),
    "a small x": ("123x", (ID, PHONE), Kind.ID),
    "full width": ("１２３Ｘ", (ID, PHONE), Kind.ID),
    "with blanks": (" 12 3X ", (ID, PHONE), Kind.ID),
    "the phone": ("5678", (ID, PHONE), Kind.PHONE),
    "a co-owner's": ("0000", (ID, Fact(Kind.ID, "0000")), Kind.ID),
    "a company's": ("de7k", (CREDIT,), Kind.CREDIT),
    "a name with its dot": ("阿卜杜拉·买买提", (NAME,), Kind.NAME),
    "a name without its dot": ("阿卜杜拉买买提", (NAME,), Kind.NAME),
    "a name with another dot": ("阿卜杜拉•买买提", (NAME,), Kind.NAME),
    "half a name": ("阿卜杜拉", (NAME,), None),
    "three of four": ("123", (ID, PHONE), None),
    "five": ("0123X", (ID, PHONE), None),
    "nothing": ("", (ID, PHONE), None),
    "only blanks": (" - ", (ID, PHONE), None),
    "nothing is known": ("1234", (), None),
    "nothing typed, nothing registered": ("", (Fact(Kind.NAME, ""),), None),
}


@pytest.mark.parametrize(("typed", "facts", "kind"), TYPED.values(), ids=TYPED)
def test_what_agrees(typed: str, facts: tuple[Fact, ...], kind: Kind | None) -> None:
    assert Known(facts).recognise(typed) is kind


ASKED = {
    "a person with both": ((ID, PHONE), "身份证号的后四位，或登记手机号的后四位"),
    "two with the same": ((ID, Fact(Kind.ID, "0000")), "身份证号的后四位"),
    "a company": ((CREDIT,), "统一社会信用代码的后四位"),
    "a name only": ((NAME,), "产权人的姓名（全名）"),
    "nothing": ((), ""),
}


@pytest.mark.parametrize(("facts", "asked"), ASKED.values(), ids=ASKED)
def test_what_is_asked(facts: tuple[Fact, ...], asked: str) -> None:
    assert Known(facts).asked == asked


def test_what_is_left_out() -> None:
    assert plain("ａb-３ ４·5") == "AB345"
