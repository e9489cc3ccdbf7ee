"""SPEC.md says what the code does: kinds and fields of entries, steps, files, reasons, outcomes."""

import re
from pathlib import Path

import pytest

from voting.bundle import DOCUMENTS, MANIFEST, OPENING_KEY
from voting.law import parameters
from voting.log import kinds
from voting.result import Aside, Outcome
from voting.verify.audit import TITLES_ZH

SPEC = (Path(__file__).resolve().parents[2] / "voting" / "SPEC.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `([a-z]+)` \| (.*?) \|", SPEC[SPEC.index("## 6 Log") :], re.MULTILINE))


@pytest.mark.parametrize("kind", kinds.WORDS)
def test_every_kind_of_entry_is_described_with_its_fields(kind: str) -> None:
    assert {*re.findall(r"`([a-z0-9]+)`", ROWS[kind])} == {*kinds.SHAPES[kind]}


def test_no_kind_is_described_that_the_code_does_not_know() -> None:
    entries = SPEC[SPEC.index("**6.1**") : SPEC.index("**6.2")]
    assert {*re.findall(r"^\| `([a-z]+)`", entries, re.MULTILINE)} == {*kinds.WORDS}


@pytest.mark.parametrize("number", TITLES_ZH)
def test_every_step_has_its_section(number: int) -> None:
    assert f"**9.{number} " in SPEC


def test_every_file_reason_and_outcome_is_named() -> None:
    words = [*DOCUMENTS, MANIFEST, OPENING_KEY, *(one.value for one in (*Aside, *Outcome))]
    assert [word for word in words if f"`{word}`" not in SPEC] == []


def test_the_steps_of_the_tally_are_those_of_the_code() -> None:
    folder = Path(__file__).resolve().parents[2] / "voting"
    named = {
        step
        for name in ("tally.py", "opening.py")
        for step in re.findall(r"Step (7\.\d)", (folder / name).read_text("utf-8"))
    }
    assert named == {*re.findall(r"\*\*(7\.\d) ", SPEC)}


def test_every_unit_of_a_parameter_is_named() -> None:
    line = next(line for line in SPEC.splitlines() if line.startswith("A parameter: "))
    assert [unit for unit in parameters._KINDS if f"`{unit}`" not in line] == []
