"""The registers in ../shared/samples give exactly the answers that were computed elsewhere."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assemblies.estates.register.heads import Persons, sums
from assemblies.estates.register.preview import Verdict, compare
from assemblies.estates.register.reading import read
from assemblies.estates.register.values import Reading, Sums, Use
from assemblies.foundation.sheets.doubts import Level

SAMPLES = Path(__file__).parents[5] / "shared" / "samples"
GOOD = ("register-clean.xlsx", "register-messy.xlsx", "register-gbk.csv")
# What answers.json expects of a row of register-refused.xlsx, as our codes and levels.
SAID = {
    "duplicate part": (Level.REFUSED, "duplicate_part"),
    "area missing": (Level.REFUSED, "area_missing"),
    "area not positive": (Level.REFUSED, "area_not_positive"),
    "area not a number": (Level.REFUSED, "area_not_number"),
    "more than two decimals: shown, not rounded silently": (Level.REFUSED, "area_decimals"),
    "ID checksum wrong": (Level.REFUSED, "id_checksum"),
    "owner missing on a sold part": (Level.REFUSED, "owner_missing"),
    "unknown use": (Level.REFUSED, "use_unknown"),
    "same ID, other name than in row 2": (Level.REFUSED, "id_other_name"),
    "area far outside: 98623.00": (Level.QUESTION, "area_outside"),
    "formula text stays text": (Level.QUESTION, "name_formula"),
    "phone too short: warning": (Level.WARNING, "phone_odd"),
}

if not SAMPLES.is_dir():
    if os.environ.get("CI") == "true":
        pytest.fail(f"the sample registers are missing: {SAMPLES}", pytrace=False)
    pytest.skip(f"the sample registers are not here: {SAMPLES}", allow_module_level=True)


@pytest.fixture(scope="module")
def answers() -> Any:
    return json.loads((SAMPLES / "answers.json").read_text("utf-8"))


def sample(name: str) -> Reading:
    return read((SAMPLES / name).read_bytes(), name)


@pytest.mark.parametrize("name", GOOD)
def test_parts_area_and_heads(name: str, answers: Any) -> None:
    reading = sample(name)
    found = {
        "without_parking": sums(reading.parts, set(Use) - {Use.PARKING}),
        "with_parking": sums(reading.parts),
        "building_1": sums([part for part in reading.parts if part.key.building == "1"]),
    }
    for which, expected in answers["answers"].items():
        got = found[which]
        assert {"parts": got.parts, "area_dm2": got.area_dm2, "heads": got.heads} == expected


@pytest.mark.parametrize("name", GOOD)
def test_nothing_of_a_good_register_is_refused_or_asked_about(name: str) -> None:
    reading = sample(name)
    heavy = [r for r in reading.remarks if r.level in {Level.REFUSED, Level.QUESTION}]
    assert heavy == []
    assert {row.verdict for row in compare(reading, {}).rows} == {Verdict.NEW}


def test_the_three_files_are_one_register() -> None:
    clean, messy, gbk = map(sample, GOOD)

    def essence(reading: Reading) -> dict[Any, Any]:
        persons = Persons(reading.parts)
        return {
            part.key: (part.area_dm2, part.use, part.status, persons.owners_of(part))
            for part in reading.parts
        }

    assert essence(clean) == essence(messy) == essence(gbk)


def test_a_second_file_of_the_same_estate_changes_nothing() -> None:
    clean, messy, gbk = map(sample, GOOD)
    stored = {part.key: part for part in clean.parts}
    for reading in (messy, gbk):
        preview = compare(reading, stored)
        assert {row.verdict for row in preview.rows} == {Verdict.UNCHANGED}
        assert preview.absent == ()


def test_each_defective_row_is_said(answers: Any) -> None:
    reading = sample("register-refused.xlsx")
    preview = compare(reading, {})
    said = {row.place.row: row for row in preview.rows}
    for answer in answers["refused_xlsx"]:
        row = said[answer["row"]]
        heavy = {(r.level, r.code) for r in row.remarks if r.level is not Level.NOTE}
        if answer["expect"] == "ok":
            assert (row.verdict, heavy) == (Verdict.NEW, set())
        else:
            assert heavy == {SAID[answer["expect"]]}
            assert all(remark.column for remark in row.remarks)


def test_a_formula_stays_text() -> None:
    reading = sample("register-refused.xlsx")
    names = [owner.name for part in reading.parts for owner in part.owners]
    assert '=HYPERLINK("x")' in names


def test_only_the_rows_without_doubt_are_summed_and_applied() -> None:
    reading = sample("register-refused.xlsx")
    assert reading.sums == Sums(parts=2, area_dm2=18798, owners=2, heads=2)
    preview = compare(reading, {})
    assert len(preview.applicable()) == 2
    assert len(preview.applicable(preview.askable)) == 4
