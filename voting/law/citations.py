"""Citations: which act, article and paragraph says so, and what it says in our own words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from voting.canonical import JSON, Fields, JSONObject
from voting.errors import NoSuchArticle

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_ID = re.compile(r"(?P<act>[a-z][a-z0-9-]*):(?P<article>\d+)(?:\.(?P<paragraph>\d+))?")
_PARAGRAPH = re.compile(r"(?:全条|第(?P<paragraph>[一二三四五六七八九十]+)款)：(?P<said>.+)")
HOUSE = "house"  # the act of a citation that quotes the estate's own rules
_PLANS = ("dz", "zz")  # plans of an office: they number their tasks (项), not articles


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in an act; paragraph 0 is the whole article, item 0 the whole paragraph.

    `verified` says that the full text of the statute was read; otherwise the text shows （待核）.
    """

    act: str
    article: int
    paragraph: int
    title_zh: str
    short_zh: str
    said_zh: str
    verified: bool
    item: int = 0

    @property
    def id(self) -> str:
        """The short name used in rule packs: `civil-code:278.2`."""
        return f"{self.act}:{self.article}" + (f".{self.paragraph}" if self.paragraph else "")

    @property
    def text(self) -> str:
        """The full form: 《中华人民共和国民法典》第二百七十八条第二款."""
        return f"《{self.title_zh}》{self._place(_numeral)}{self._mark}"

    @property
    def short(self) -> str:
        """The short form, with figures: 民法典第278条第2款."""
        return f"{self.short_zh}{self._place(str)}{self._mark}"

    @classmethod
    def of(cls, act: str, article: int, paragraph: int = 0) -> "Citation":
        """Read one place from its article's file; raises `NoSuchArticle`."""
        head, said = _article(act, article)
        if paragraph not in said:
            raise NoSuchArticle(f"{act} art. {article} para. {paragraph}")
        verified = head["status"] == "checked"
        return cls(act, article, paragraph, head["title"], head["short"], said[paragraph], verified)

    @classmethod
    def named(cls, name: str) -> "Citation":
        """Read the place that has this id; raises `NoSuchArticle`."""
        match = _ID.fullmatch(name)
        if match is None:
            raise NoSuchArticle(name)
        return cls.of(match["act"], int(match["article"]), int(match["paragraph"] or 0))

    @classmethod
    def of_house(cls, clause: str) -> "Citation":
        """Quote a clause of the estate's own rules, in its own words."""
        return cls(HOUSE, 0, 0, "本小区业主大会议事规则", "本小区议事规则", clause, verified=True)

    def at_item(self, item: int) -> "Citation":
        """Return the citation of one numbered item in this paragraph."""
        return replace(self, item=item)

    @staticmethod
    def shortly(law: "Iterable[Citation]") -> str:
        """Name provisions in short form, each once: 民法典第278条第2款、第1259条."""
        named: list[str] = []
        act = ""
        for citation in dict.fromkeys(law):
            short = citation.short
            named.append(short.removeprefix(citation.short_zh) if citation.act == act else short)
            act = citation.act
        return "、".join(named)

    def to_json(self) -> JSONObject:
        """Return the citation with its texts, so that a reader needs no other file."""
        return {
            "act": self.act,
            "article": self.article,
            "item": self.item,
            "paragraph": self.paragraph,
            "said": self.said_zh,
            "short": self.short_zh,
            "title": self.title_zh,
            "verified": self.verified,
        }

    @classmethod
    def from_json(cls, value: JSON) -> "Citation":
        """Read a citation; raises `Malformed`."""
        fields = Fields(value, "citation")
        citation = cls(
            act=fields.text("act"),
            article=fields.integer("article", at_least=0, at_most=9_999),
            paragraph=fields.integer("paragraph", at_least=0, at_most=99),
            title_zh=fields.text("title"),
            short_zh=fields.text("short"),
            said_zh=fields.text("said"),
            verified=fields.boolean("verified"),
            item=fields.integer("item", at_least=0, at_most=99),
        )
        fields.done()
        return citation

    @property
    def _mark(self) -> str:
        return "" if self.verified else "（待核）"

    def _place(self, number: Callable[[int], str]) -> str:
        article = "项" if self.act in _PLANS else "条"
        parts = ((self.article, article), (self.paragraph, "款"), (self.item, "项"))
        return "".join(f"第{number(value)}{name}" for value, name in parts if value)


def _numeral(number: int) -> str:
    """Write 1..9999 in Chinese: 10 十, 105 一百零五, 1259 一千二百五十九."""
    text, gap = "", False
    for place, name in _PLACES:
        digit, number = divmod(number, place)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + name
        gap = bool(text) and not digit
    return text.removeprefix("一") if text.startswith("一十") else text


@cache
def _article(act: str, article: int) -> tuple[dict[str, str], dict[int, str]]:
    """Read an article's front lines and what each paragraph says."""
    path = files("voting.law").joinpath("articles", f"{act}-{article}.md")
    if not path.is_file():
        raise NoSuchArticle(f"{act} art. {article}")
    front, _, body = path.read_text("utf-8").partition("\n\n")
    head = {key: value.strip() for key, _, value in (x.partition(":") for x in front.splitlines())}
    return head, dict(_said(line) for line in body.splitlines() if line)


def _said(line: str) -> tuple[int, str]:
    match = _PARAGRAPH.fullmatch(line)
    if match is None:
        raise NoSuchArticle(f"neither 全条 nor 第…款: {line}")
    numbers = {_numeral(number): number for number in range(1, 20)}
    return numbers.get(match["paragraph"], 0), match["said"]


CIVIL_CODE_134_2 = Citation.of("civil-code", 134, 2)
CIVIL_CODE_165 = Citation.of("civil-code", 165)
CIVIL_CODE_201_1 = Citation.of("civil-code", 201, 1)
CIVIL_CODE_202 = Citation.of("civil-code", 202)
CIVIL_CODE_203_2 = Citation.of("civil-code", 203, 2)
CIVIL_CODE_217 = Citation.of("civil-code", 217)
CIVIL_CODE_277_1 = Citation.of("civil-code", 277, 1)
CIVIL_CODE_278_1 = Citation.of("civil-code", 278, 1)
CIVIL_CODE_278_2 = Citation.of("civil-code", 278, 2)
CIVIL_CODE_279 = Citation.of("civil-code", 279)
CIVIL_CODE_280_1 = Citation.of("civil-code", 280, 1)
CIVIL_CODE_280_2 = Citation.of("civil-code", 280, 2)
CIVIL_CODE_281_1 = Citation.of("civil-code", 281, 1)
CIVIL_CODE_281_2 = Citation.of("civil-code", 281, 2)
CIVIL_CODE_283 = Citation.of("civil-code", 283)
CIVIL_CODE_946_1 = Citation.of("civil-code", 946, 1)
CIVIL_CODE_1259 = Citation.of("civil-code", 1259)
PROPERTY_LAW_76_2 = Citation.of("property-law", 76, 2)
LEGISLATION_LAW_99_1 = Citation.of("legislation-law", 99, 1)
SPC_1_1 = Citation.of("spc-2009-7", 1, 1)
SPC_1_2 = Citation.of("spc-2009-7", 1, 2)
SPC_2_1 = Citation.of("spc-2009-7", 2, 1)
SPC_7 = Citation.of("spc-2009-7", 7)
SPC_8 = Citation.of("spc-2009-7", 8)
SPC_9 = Citation.of("spc-2009-7", 9)
SPC_10_1 = Citation.of("spc-2009-7", 10, 1)
SPC_11 = Citation.of("spc-2009-7", 11)
SPC_12 = Citation.of("spc-2009-7", 12)
SPC_13 = Citation.of("spc-2009-7", 13)
PMR_12_1 = Citation.of("pmr", 12, 1)
PMR_12_2 = Citation.of("pmr", 12, 2)
PMR_13_2 = Citation.of("pmr", 13, 2)
PMR_14_1 = Citation.of("pmr", 14, 1)
PMR_14_2 = Citation.of("pmr", 14, 2)
PMR_16_1 = Citation.of("pmr", 16, 1)
PMR_19_2 = Citation.of("pmr", 19, 2)
SD_20 = Citation.of("sd", 20)
SD_22 = Citation.of("sd", 22)
SD_24_1 = Citation.of("sd", 24, 1)
SD_24_2 = Citation.of("sd", 24, 2)
SD_25_1 = Citation.of("sd", 25, 1)
SD_25_2 = Citation.of("sd", 25, 2)
SD_26 = Citation.of("sd", 26)
SD_27 = Citation.of("sd", 27)
SD_28 = Citation.of("sd", 28)
SD_30 = Citation.of("sd", 30)
SD_31 = Citation.of("sd", 31)
SD_32 = Citation.of("sd", 32)
SD_57 = Citation.of("sd", 57)
R274_25 = Citation.of("r274", 25)
R274_26_2 = Citation.of("r274", 26, 2)
F165_20 = Citation.of("f165", 20)
F165_22 = Citation.of("f165", 22)
F165_23 = Citation.of("f165", 23)
F165_24 = Citation.of("f165", 24)
ESIGN_13_1 = Citation.of("esign", 13, 1)
ESIGN_14 = Citation.of("esign", 14)
PIPL_6_2 = Citation.of("pipl", 6, 2)
PIPL_25 = Citation.of("pipl", 25)
