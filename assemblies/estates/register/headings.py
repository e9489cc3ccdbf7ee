"""One heading's words: which field it names, and of which owner."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assemblies.estates.register.synonyms import (
    CO_OWNER_WORDS,
    OWNER_HEADINGS,
    OWNER_WORDS,
    PART_HEADINGS,
    WEAK_HEADINGS,
    WITH_OWNER_ONLY,
    Field,
)
from assemblies.foundation.sheets.numerals import arabic
from assemblies.foundation.sheets.text import compact

_NUMERAL = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_OWNER = re.compile(
    rf"第?(?P<before>{_NUMERAL})?(?P<word>{'|'.join((*CO_OWNER_WORDS, *OWNER_WORDS))})"
    rf"(?P<after>{_NUMERAL})?(?:的|-|:|_)?(?P<rest>.*)"
)
_NUMBERED = re.compile(rf"(?P<before>{_NUMERAL})?(?P<rest>.*?)-?(?P<after>{_NUMERAL})?")
_NUMBER_IN_BRACKETS = re.compile(rf"\(({_NUMERAL})\)")
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")
_ORNAMENT = re.compile(r"[*★:]|必填|选填|请填写|M2$|平方米$|平米$")


class Who(StrEnum):
    """Whose column a heading says it is."""

    NOT_SAID = ""
    OWNER = "owner"
    CO_OWNER = "co-owner"


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading says: 业主2电话 is PHONE, number 2, of an owner."""

    field: Field
    number: int | None = None
    who: Who = Who.NOT_SAID
    weak: bool = False


def heading(text: str) -> Heading | None:
    """Read a heading, or return None where its words are not known."""
    bare = _bare(text)
    if found := PART_HEADINGS.get(bare):
        return Heading(found, weak=bare in WEAK_HEADINGS)
    if (own := OWNER_HEADINGS.get(bare)) and bare not in WITH_OWNER_ONLY:
        return Heading(own)
    return _of_owner(bare) or _numbered(bare)


def _bare(text: str) -> str:
    folded = _NUMBER_IN_BRACKETS.sub(r"\1", compact(text))
    return _ORNAMENT.sub("", _BRACKETS.sub("", folded)).removeprefix("所属")


def _of_owner(bare: str) -> Heading | None:
    found = _OWNER.fullmatch(bare)
    if not found:
        return None
    who = Who.CO_OWNER if found["word"] in CO_OWNER_WORDS else Who.OWNER
    number = _number(found["before"] or found["after"])
    if not found["rest"]:
        return Heading(Field.NAME, number, who)
    field = OWNER_HEADINGS.get(found["rest"]) or OWNER_HEADINGS.get(
        _NUMBERED.sub(r"\g<rest>", found["rest"], count=1)
    )
    return Heading(field, number, who) if field else None


def _numbered(bare: str) -> Heading | None:
    found = _NUMBERED.fullmatch(bare)
    field = OWNER_HEADINGS.get(found["rest"]) if found else None
    if not found or not field or found["rest"] in WITH_OWNER_ONLY - {"名称"}:
        return None
    return Heading(field, _number(found["before"] or found["after"]))


def _number(numeral: str | None) -> int | None:
    return int(arabic(numeral) or 0) or None if numeral else None
