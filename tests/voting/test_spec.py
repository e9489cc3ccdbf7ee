"""SPEC.md says what the code does: kinds and fields of entries, steps, files, reasons, outcomes."""

import re
from pathlib import Path

import pytest

from voting import stream
from voting.bundle import DOCUMENTS, MANIFEST, OPENING_KEY
from voting.law import parameters
from voting.log import kinds, seals, supervision
from voting.result import Aside, Outcome
from voting.verify import streams
from voting.verify.audit import TITLES_ZH

SPEC = (Path(__file__).resolve().parents[2] / "voting" / "SPEC.md").read_text("utf-8")


def section(begin: str, end: str = "") -> str:
    """Return the text between two marks."""
    at = SPEC.index(begin)
    return SPEC[at : SPEC.index(end, at)] if end else SPEC[at:]


def rows(text: str) -> dict[str, str]:
    """Return the second column of the tables by the first."""
    return dict(re.findall(r"^\| `([a-z.-]+)` \| (.*?) \|", text, re.MULTILINE))


ROWS = rows(section("## 6 Log", "## 7 Tally"))
OF_SEALS = rows(section("**11.1", "**11.3"))
OF_SUPERVISION = rows(section("**11.4", "**11.5"))


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


@pytest.mark.parametrize("kind", seals.WORDS)
def test_every_kind_of_the_seal_log_is_described_with_its_fields(kind: str) -> None:
    assert {*re.findall(r"`([a-z]+)`", OF_SEALS[kind])} == {*seals.SHAPES[kind]}


def test_no_kind_of_the_streams_is_described_that_the_code_does_not_know() -> None:
    assert {*OF_SEALS} == {*seals.WORDS}
    assert {supervision.CREATED, *OF_SUPERVISION} == {*supervision.WORDS}


def test_every_event_of_supervision_is_described_in_its_words() -> None:
    words = {kind: said for kind, said in supervision.WORDS.items() if kind in OF_SUPERVISION}
    assert words == OF_SUPERVISION
    fields = re.findall(r"`([a-z]+)` [a-z]+", section("**11.4", "Its kind is"))
    assert {*fields} == {*supervision.SHAPES["duty.done"]}


def test_the_file_of_a_stream_is_described() -> None:
    described = section("## 11 Streams", "Both begin")
    words = [*stream.DOCUMENTS, MANIFEST, stream.FORMAT, *stream.StreamKind]
    assert [word for word in words if f"`{word}`" not in described] == []
    assert [kind.words for kind in stream.StreamKind if kind.words not in described] == []


def test_every_step_of_a_stream_is_described() -> None:
    numbers = re.findall(r"\((\d)\)", section("**11.5"))
    assert [int(number) for number in numbers] == [*streams.TITLES_ZH]


def test_every_kind_of_seal_and_basis_is_named() -> None:
    for kind, names in ((seals.MADE, seals.SealKind), (seals.APPLIED, seals.BasisKind)):
        assert [name for name in names if name not in OF_SEALS[kind]] == []
