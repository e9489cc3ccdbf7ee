"""Citations: tied to the article files, and written as statutes are cited."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from voting.canonical import JSON, JSONObject, decode, encode
from voting.errors import Malformed, NoSuchArticle
from voting.law import citations
from voting.law.citations import (
    CIVIL_CODE_278_1,
    CIVIL_CODE_278_2,
    CIVIL_CODE_1259,
    R274_26_2,
    SPC_9,
    Citation,
)
from voting.law.packs import Pack

LAW = Path(citations.__file__).parent
ARTICLES = sorted(path for path in (LAW / "articles").glob("*.md") if path.name != "README.md")
PACKS = sorted(path.stem for path in (LAW / "packs").glob("*.toml"))
HEAD = ["act", "article", "title", "short", "status", "read", "from", "until", "computable"]
NUMERALS = {numeral: number for number, numeral in enumerate("全一二三四五六七八九十")}
CITED = re.compile(r"([a-z][a-z0-9-]*) art\. (\d+)(?: para\. (\d+))?")

TEXTS = {
    "《中华人民共和国民法典》第二百七十八条第二款": CIVIL_CODE_278_2,
    "《中华人民共和国民法典》第一千二百五十九条": CIVIL_CODE_1259,
    "《中华人民共和国民法典》第二百七十八条第一款第五项": CIVIL_CODE_278_1.at_item(5),
    "《业主大会和业主委员会指导规则》第二十六条第二款（待核）": R274_26_2,
    "《物业管理条例》第十二条第一款": Citation.of("pmr", 12, 1),
    "《中华人民共和国民法典》第二百零一条第一款": Citation.of("civil-code", 201, 1),
    "《山东省物业管理条例》第二十条": Citation.of("sd", 20),
    "《“德州红色物业”建设三年行动方案》第五项": Citation.of("dz", 5),
    "《枣庄市物业服务质量提升年活动实施方案》": Citation.of("zz", 0),
    "《本小区业主大会议事规则》": Citation.of_house("以最后一次为准"),
}


@pytest.mark.parametrize(("text", "citation"), TEXTS.items(), ids=TEXTS)
def test_full_text(text: str, citation: Citation) -> None:
    assert citation.text == text


def test_short_text() -> None:
    assert CIVIL_CODE_278_2.short == "民法典第278条第2款"
    assert SPC_9.short == "区分所有权司法解释第9条"
    assert R274_26_2.short == "指导规则第26条第2款（待核）"


def test_provisions_of_one_act_name_it_once() -> None:
    law = (CIVIL_CODE_278_2, CIVIL_CODE_1259, SPC_9, CIVIL_CODE_278_2)
    assert Citation.shortly(law) == "民法典第278条第2款、第1259条、区分所有权司法解释第9条"


@pytest.mark.parametrize("citation", TEXTS.values(), ids=TEXTS)
def test_a_citation_survives_json(citation: Citation) -> None:
    assert Citation.from_json(decode(encode(citation.to_json()))) == citation


def test_an_id_finds_its_place() -> None:
    assert Citation.named("civil-code:278.2") is not CIVIL_CODE_278_1
    assert Citation.named("civil-code:278.2") == CIVIL_CODE_278_2
    assert Citation.named("spc-2009-7:9") == SPC_9


@pytest.mark.parametrize(
    "name", ["civil-code:9999", "civil-code:278.3", "civil-code:278", "civil-code", "../x:1", ""]
)
def test_a_place_that_is_not_kept_is_refused(name: str) -> None:
    with pytest.raises(NoSuchArticle):
        Citation.named(name)


@pytest.mark.parametrize("line", ["第二款 没有冒号", "第2款：阿拉伯数字", "说明：不是款"])
def test_a_line_that_is_no_paragraph_is_refused(line: str) -> None:
    with pytest.raises(NoSuchArticle):
        citations._said(line)


BROKEN: dict[str, JSONObject] = {
    "a field too many": {**SPC_9.to_json(), "x": 1},
    "one is not true": {**SPC_9.to_json(), "verified": 1},
    "a number as text": {**SPC_9.to_json(), "article": "9"},
}


@pytest.mark.parametrize("value", [*BROKEN.values(), 1], ids=[*BROKEN, "no object"])
def test_a_broken_citation_is_refused(value: JSON) -> None:
    with pytest.raises(Malformed):
        Citation.from_json(value)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_file_is_complete(path: Path) -> None:
    front, _, body = path.read_text("utf-8").partition("\n\n")
    head = dict(line.split(":", 1) for line in front.splitlines())
    head = {key: value.strip() for key, value in head.items()}
    assert list(head) == HEAD
    assert f"{head['act']}-{head['article']}" == path.stem
    assert head["status"] in {"checked", "excerpt", "memory"}
    assert date.fromisoformat(head["read"]) == date(2026, 11, 21)
    for key in ("from", "until"):
        assert re.fullmatch(r"|\d{4}(-\d{2}-\d{2})?", head[key])
    places = list(paragraphs(body))
    assert places
    assert places == sorted(set(places))
    for paragraph in places:
        citation = Citation.of(head["act"], int(head["article"]), paragraph)
        assert citation.verified is (head["status"] == "checked")
        assert citation.said_zh.endswith("。")


def paragraphs(body: str) -> Iterator[int]:
    for line in body.splitlines():
        yield NUMERALS[line.partition("：")[0].removeprefix("第")[0]]


def cited_in_docstrings() -> set[str]:
    """Collect what the code names: every paragraph, or the whole article."""
    found = set()
    for path in LAW.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                _, _, law = (ast.get_docstring(node) or "").partition("Law: ")
                found |= {
                    f"{act}:{article}.{paragraph or 0}"
                    for act, article, paragraph in CITED.findall(law)
                }
    return found


def cited_in_packs() -> set[str]:
    parameters = [parameter for name in PACKS for parameter in Pack.named(name).parameters]
    cited = [citation for parameter in parameters for citation in parameter.citations]
    return {f"{citation.act}:{citation.article}.{citation.paragraph}" for citation in cited}


def test_what_code_cites_is_kept() -> None:
    for name in cited_in_docstrings():
        act, _, place = name.partition(":")
        article, _, paragraph = place.partition(".")
        assert (LAW / "articles" / f"{act}-{article}.md").is_file(), name
        if paragraph != "0":
            assert Citation.of(act, int(article), int(paragraph)).said_zh


def test_every_computable_paragraph_is_computed() -> None:
    """The converse: what is marked computable is cited by a parameter or by the code."""
    cited = cited_in_docstrings() | cited_in_packs()
    for path in ARTICLES:
        head = dict(
            line.split(":", 1) for line in path.read_text("utf-8").splitlines()[: len(HEAD)]
        )
        act, article = head["act"].strip(), head["article"].strip()
        for paragraph in filter(None, head["computable"].replace(" ", "").split(",")):
            whole = f"{act}:{article}.0"
            assert {f"{act}:{article}.{paragraph}", whole} & cited, f"{path.stem} {paragraph}"
