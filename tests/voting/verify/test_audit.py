"""The verification: every good bundle holds, every broken one fails at its step and says why."""

import functools
from dataclasses import replace

import pytest

from tests.support.broken_bundles.forging import Broken, repacked
from tests.support.broken_bundles.shelf import broken_bundles
from tests.support.simulation import Simulation, election, simulate, some_voters
from voting.bundle import Edition, write
from voting.log import kinds
from voting.log.note import Signer
from voting.result import Outcome
from voting.verify import workers
from voting.verify.audit import TITLES_ZH, verify
from voting.verify.report import Report

BROKEN = broken_bundles()


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    def rule_and_reprint(running: Simulation) -> None:
        running.letter(running.voters[0].id, 2, "信件遗失")
        running.append(kinds.OBJECTION, stage="result", sha256="0" * 64)
        running.append(kinds.ANSWERED, objection="0" * 64, answer="1" * 64)

    return simulate(
        voters=9, silent=1, revotes=2, late=1, seed="verify", before_closing=rule_and_reprint
    )


@pytest.mark.parametrize("edition", Edition)
def test_a_good_bundle_holds_in_every_step(simulation: Simulation, edition: Edition) -> None:
    report = verify(simulation.bundle(edition))
    assert [step.holds for step in report.steps] == [True] * 9
    assert [step.title_zh for step in report.steps] == list(TITLES_ZH.values())[:9]
    assert report.holds
    assert report.said_zh == "全部 9 步都成立。"
    assert report.result == simulation.result
    assert (report.edition, report.ballots) == (edition.value, len(simulation.logged))


@pytest.mark.parametrize("edition", Edition)
def test_a_vote_that_was_counted_and_not_yet_certified_holds(edition: Edition) -> None:
    counted = Simulation([election(1)], some_voters(4), seed="counted")
    counted.prepare()
    counted.close()
    counted.open()
    counted.count()
    report = verify(counted.bundle(edition))
    assert report.holds
    assert "还没有“核验认定”的记录" in report.steps[8].said_zh[0]
    assert report.result is not None
    assert report.result.items[0].outcome is Outcome.NO_DECISION


@pytest.mark.parametrize("edition", Edition)
def test_a_ballot_ruled_void_is_set_aside_and_counted_anew(edition: Edition) -> None:
    ruled = simulate(voters=6, seed="ruled")
    del ruled.entries[-2:]
    ruled.rule_void(ruled.logged[2].index)
    before = ruled.result
    ruled.count()
    ruled.conclude()
    report = verify(ruled.bundle(edition))
    assert report.holds, report.steps
    assert report.result is not None
    assert before is not None
    assert [one.reason.value for one in report.result.aside] == ["ruled-void"]
    assert report.result.digest != before.digest


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_bundle_fails_at_its_step(broken: Broken) -> None:
    report = verify(broken.data)
    failed = next(step for step in report.steps if step.holds is False)
    assert failed.number == broken.step
    assert broken.said in failed.said_zh[-1]
    assert f"第 {broken.step}" in report.said_zh
    assert not report.holds
    assert all(step.holds for step in report.steps if step.number < broken.step)


def test_a_step_that_rests_on_a_failed_one_is_not_reached() -> None:
    report = verify(b"")
    assert [step.holds for step in report.steps] == [False] + [None] * 8
    assert [step.mark_zh for step in report.steps] == ["不成立"] + ["未检查"] * 8
    assert (report.edition, report.result, report.ballots) == ("", None, 0)


def test_the_checker_may_bring_the_log_s_key(simulation: Simulation) -> None:
    key, data = simulation.signer.verifier.vkey, simulation.bundle()
    unpinned, pinned = verify(data), verify(data, log_key=key)
    assert pinned.holds
    assert any("--log-key" in said for said in unpinned.steps[1].said_zh)
    assert not any("--log-key" in said for said in pinned.steps[1].said_zh)


def test_a_whole_false_assembly_holds_until_somebody_brings_the_true_key(
    simulation: Simulation,
) -> None:
    """What a forger with every key could make up is caught by the key that is known outside."""
    false = simulate(voters=9, seed="false")
    false.signer = Signer(simulation.signer.name, false.signer.private)
    assert not verify(false.bundle(), log_key=simulation.signer.verifier.vkey).holds
    alone = simulate(voters=9, seed="false").bundle()
    assert verify(alone).holds
    report = verify(alone, log_key=simulation.signer.verifier.vkey)
    assert report.steps[1].holds is False
    assert "不是您指定的" in report.steps[1].said_zh[-1]


def test_many_processes_find_what_one_finds(
    simulation: Simulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = verify(simulation.bundle())
    monkeypatch.setattr(workers, "WORTH_SPREADING", 1)
    assert verify(simulation.bundle(), workers=2) == alone
    broken = BROKEN["a signature changed"]
    assert verify(broken.data, workers=2) == verify(broken.data)


def test_the_report_can_be_read_by_machines(simulation: Simulation) -> None:
    read = verify(simulation.bundle()).to_json()
    assert read["holds"] is True
    assert simulation.result is not None
    assert read["result"] == simulation.result.digest
    assert isinstance(read["steps"], list)
    assert [step["number"] for step in read["steps"] if isinstance(step, dict)] == list(
        range(1, 10)
    )
    assert verify(b"").to_json()["outcomes"] == []


def test_the_verdict_is_said_with_its_numbers(simulation: Simulation) -> None:
    said = "\n".join(verify(simulation.bundle(Edition.PUBLIC)).steps[7].said_zh)
    for item in simulation.items:
        assert f"事项 {item.number}《{item.title}》" in said
    assert "三分之二以上" in said
    assert "民法典第278条第2款" in said


def test_what_the_public_edition_cannot_show_is_said(simulation: Simulation) -> None:
    steps = verify(simulation.bundle(Edition.PUBLIC)).steps
    assert all(any("公开版" in said for said in steps[at].said_zh) for at in (4, 5, 6))


def test_each_ballot_set_aside_is_shown_with_its_reason(simulation: Simulation) -> None:
    said = "\n".join(verify(simulation.bundle(Edition.PUBLIC)).steps[5].said_zh)
    assert said.count("不计入：第") == 3
    assert "截止之后才送达" in said


def test_a_report_without_failure_and_without_steps_not_reached_holds() -> None:
    assert Report((), edition="public", result=None, ballots=0).holds


def test_a_document_that_hides_deep_nesting_fails_without_a_traceback(
    simulation: Simulation,
) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    for name in ("notice.json", "agenda.json", "roll.jsonl", "rules.json", "result.json"):
        data = repacked(simulation.bundle(), functools.partial(_put, name, deep))
        assert not verify(data).holds


def _put(name: str, data: bytes, files: dict[str, bytes]) -> None:
    files[name] = data


def test_a_paper_signed_by_the_desk_counts() -> None:
    def paper(running: Simulation) -> None:
        running.paper(running.voters[0].id, {running.items[0].id: "agree"})

    report = verify(simulate(voters=5, seed="paper", before_closing=paper).bundle())
    assert report.holds, report.steps
    assert "纸质 1 张" in report.steps[7].said_zh[0]


def test_the_log_of_another_assembly_is_found(
    simulation: Simulation,
) -> None:
    other = simulate(voters=9, seed="other").evidence()
    mixed = replace(simulation.evidence(), entries=other.entries, checkpoint=other.checkpoint)
    assert verify(write(mixed, Edition.AUDIT)).steps[1].holds is False
