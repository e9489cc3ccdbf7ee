"""Letters on paper: everybody's own code, in the roll's order, on as many sheets as it takes."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update

from assemblies.foundation.config import Config
from assemblies.foundation.documents import MissingGlyph
from assemblies.foundation.site import Site, open_site
from assemblies.records.assemblies import AssemblyRecord
from assemblies.rolls import letters
from assemblies.rolls.queries import letters as letter_queries
from assemblies.rolls.queries.letters import LetterLine, LetterPage
from tests.support.builders import Frozen, frozen_assembly
from tests.support.households import HOUSEHOLDS

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
UNDRAWABLE = "\U00031350"  # CJK Extension H: in none of our fonts
FOOT = "有问题请联系"


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Site:
    return open_site(Config(tmp_path / "instance", sqlite_url, "http://localhost"))


@pytest.fixture
def frozen(site: Site) -> Frozen:
    with site.database.writing() as session:
        return frozen_assembly(session, site.keys, site.clock.now())


@pytest.fixture
def page(site: Site, frozen: Frozen) -> LetterPage:
    with site.database.reading() as session:
        return letter_queries.letter_page(session, frozen.assembly)


@pytest.fixture
def lines(site: Site, frozen: Frozen) -> Sequence[LetterLine]:
    with site.database.reading() as session:
        return letter_queries.letters(session, frozen.assembly)


@pytest.mark.parametrize("chunk", [2, len(HOUSEHOLDS)], ids=["two printers", "one chunk"])
def test_the_whole_set_holds_everybodys_code_in_order(
    site: Site, frozen: Frozen, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(letters, "CHUNK", chunk)
    told: list[tuple[int, int]] = []
    name = letters.print_all(
        site,
        uuid4(),
        {"assembly": str(frozen.assembly)},
        lambda done, total: told.append((done, total)),
    )
    path = site.config.outputs / name
    printed = CODE.findall(_text(path))
    assert printed == [letters.code_in_groups(letter.code) for letter in frozen.letters]
    assert told == [(done, len(HOUSEHOLDS)) for done in range(0, len(HOUSEHOLDS) + 1, chunk)]
    assert path.stat().st_mode & 0o077 == 0


def test_a_printer_says_which_sign_it_cannot_print(
    site: Site, frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "CHUNK", 2)
    with site.database.writing() as session:
        session.execute(update(AssemblyRecord).values(place=f"大厅{UNDRAWABLE}"))
    with pytest.raises(MissingGlyph) as refused:
        letters.print_all(
            site, uuid4(), {"assembly": str(frozen.assembly)}, lambda _done, _total: None
        )
    assert refused.value.characters == (UNDRAWABLE,)
    assert "U+31350" in refused.value.said


# Titles of two lines each: five fit beside everything else in large type, more in smaller type.
@pytest.mark.parametrize(
    ("items", "sheets"), [(1, 1), (5, 1), (6, 1), (40, 2)], ids=["one", "five", "six", "forty"]
)
def test_a_long_letter_runs_on_to_a_second_sheet(
    site: Site,
    page: LetterPage,
    lines: Sequence[LetterLine],
    tmp_path: Path,
    items: int,
    sheets: int,
) -> None:
    titles = tuple(f"第{number}件：使用维修资金更换设备" for number in range(1, items + 1))
    path = tmp_path / "letters.pdf"
    path.write_bytes(letters.letters_pdf(site, replace(page, items=titles), lines[:2]))
    by_sheet = _text(path).split("\f")[:-1]
    assert len(by_sheet) == 2 * sheets
    for start, line in zip(range(0, 2 * sheets, sheets), lines, strict=False):
        own = [re.sub(r"\s", "", text) for text in by_sheet[start : start + sheets]]
        assert line.label in own[0]
        assert [text.count(FOOT) for text in own] == [1] * sheets
        assert all(title in "".join(own) for title in titles)
    assert all(_keeps_off_its_foot(path, sheet) for sheet in range(1, 2 * sheets + 1))


def _keeps_off_its_foot(path: Path, sheet: int) -> bool:
    """Say whether below the line of the foot there is nothing but the foot."""
    boxes = _run("pdftotext", "-bbox", "-f", str(sheet), "-l", str(sheet), str(path), "-")
    words = [
        (float(top), float(bottom), word)
        for top, bottom, word in re.findall(
            r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</word>', boxes
        )
    ]
    foot = next(top for top, _, word in words if word.startswith(FOOT))
    below = "".join(word for _, bottom, word in words if bottom > foot)
    return below.startswith(FOOT) and below.endswith("补发后旧编码作废。")


def _text(path: Path) -> str:
    return _run("pdftotext", "-layout", str(path), "-")


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
