"""The registers in ../shared/samples, through the services and into the tables."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assemblies.estates.queries.estates import overview
from assemblies.estates.queries.register import stored
from assemblies.estates.refusals import NothingToDo, RowsRefused
from assemblies.estates.register.export import export
from assemblies.estates.register.preview import Verdict
from assemblies.estates.services.imports import Upload, lay
from tests.assemblies.estates.clerks import Clerk

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
GOOD = ("register-clean.xlsx", "register-messy.xlsx", "register-gbk.csv")

if not SAMPLES.is_dir():
    if os.environ.get("CI") == "true":
        pytest.fail(f"the sample registers are missing: {SAMPLES}", pytrace=False)
    pytest.skip(f"the sample registers are not here: {SAMPLES}", allow_module_level=True)


def bytes_of(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


@pytest.fixture(scope="module")
def answers() -> Any:
    return json.loads((SAMPLES / "answers.json").read_text("utf-8"))


@pytest.mark.parametrize("name", GOOD)
def test_the_tables_hold_exactly_what_was_computed_elsewhere(
    clerk: Clerk, answers: Any, name: str
) -> None:
    clerk.take_file(bytes_of(name), name)
    view = overview(clerk.session, clerk.estate)
    found = {
        "with_parking": view.whole,
        "without_parking": view.counted,
        "building_1": next(one.figures for one in view.buildings if one.key == "1"),
    }
    told = {
        name: {"parts": one.parts, "area_dm2": one.area, "heads": one.heads}
        for name, one in found.items()
    }
    assert told == answers["answers"]


@pytest.mark.parametrize("name", GOOD)
def test_the_plan_says_the_same_sums_before_anything_is_written(
    clerk: Clerk, answers: Any, name: str
) -> None:
    plan = lay(clerk.session, clerk.estate, Upload(name, bytes_of(name)), clerk.keys).plan
    wanted = answers["answers"]["with_parking"]
    assert (plan.after.parts, plan.after.area_dm2, plan.after.heads) == tuple(wanted.values())
    assert plan.of_file == plan.after
    assert clerk.standing().parts == {}


@pytest.mark.parametrize("name", [*GOOD, "export"])
def test_the_same_register_in_another_guise_changes_nothing(clerk: Clerk, name: str) -> None:
    clerk.take_file(bytes_of(GOOD[0]), GOOD[0])
    standing = stored(clerk.session, clerk.estate, clerk.keys)
    data = (
        export(one.part for one in standing.parts.values()) if name == "export" else bytes_of(name)
    )
    plan = lay(clerk.session, clerk.estate, Upload(name, data), clerk.keys).plan
    assert set(plan.counts) == {Verdict.UNCHANGED}
    with pytest.raises(NothingToDo):
        clerk.take_file(data, name)


def test_a_file_with_refused_rows_is_not_applied_at_all(clerk: Clerk, answers: Any) -> None:
    name = "register-refused.xlsx"
    plan = lay(clerk.session, clerk.estate, Upload(name, bytes_of(name)), clerk.keys).plan
    verdicts = {row.row: row.verdict for row in plan.rows}
    asked = {12: Verdict.QUESTION, 13: Verdict.QUESTION, 2: Verdict.NEW, 14: Verdict.NEW}
    for told in answers["refused_xlsx"]:
        assert verdicts[told["row"]] is asked.get(told["row"], Verdict.REFUSED), told
    assert [row.row for row in plan.rows if row.warned] == [14]
    with pytest.raises(RowsRefused) as refused:
        clerk.take_file(bytes_of(name), name)
    assert "9 行不能导入" in refused.value.said
    assert clerk.standing().parts == {}
