"""The command: what it prints, and its exit code."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.simulation import Simulation, simulate
from tests.support.streams import SealLog, StreamLog, a_year_of_seals, supervised
from voting.bundle import Edition
from voting.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(voters=5, seed="cli")


@pytest.fixture(params=Edition, ids=lambda edition: edition.value)
def bundle(simulation: Simulation, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "evidence.zip"
    path.write_bytes(simulation.bundle(request.param))
    return path


def test_a_good_bundle_prints_its_steps_and_exits_0(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(bundle)]) == 0
    said = capsys.readouterr().out
    assert all(f"\n{number}. " in f"\n{said}" for number in range(1, 10))
    assert "［成立］" in said
    assert "结论：全部 9 步都成立。" in said


def test_a_broken_bundle_exits_1(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle.write_bytes(bundle.read_bytes()[:-1])
    assert main(["verify", str(bundle), "--workers", "1"]) == 1
    said = capsys.readouterr().out
    assert "1. 档案与清单 ［不成立］" in said
    assert "2. 存证日志 ［未检查］" in said
    assert "不可采信" in said


def test_machines_read_json(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(bundle), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["holds"], len(read["steps"]), read["ballots"]) == (True, 9, 5)
    assert read["ballots_per_second"] > 0


def test_the_log_s_key_is_given_as_text_or_as_a_file(
    simulation: Simulation, bundle: Path, tmp_path: Path
) -> None:
    key = simulation.signer.verifier.vkey
    held = tmp_path / "log.vkey"
    held.write_text(key + "\n", "utf-8")
    assert main(["verify", str(bundle), "--log-key", key]) == 0
    assert main(["verify", str(bundle), "--log-key", str(held)]) == 0
    other = simulate(voters=5, seed="elsewhere").signer.verifier.vkey
    assert main(["verify", str(bundle), "--log-key", other]) == 1


@pytest.mark.parametrize("missing", ["file", "key"])
def test_what_cannot_be_read_exits_2(
    missing: str, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(tmp_path / "nowhere")
    asked = [nowhere] if missing == "file" else [str(bundle), "--log-key", nowhere]
    assert main(["verify", *asked]) == 2
    assert "文件打不开" in capsys.readouterr().err


def test_a_key_file_that_is_no_text_exits_2(bundle: Path) -> None:
    assert main(["verify", str(bundle), "--log-key", str(Path(sys.executable))]) == 2


STREAMS = {"seals": a_year_of_seals(), "supervision": supervised("seal.made", "order.issued")}
SUMS = {"seals": "印章 2 枚，用印 6 件，已办结 2 件。", "supervision": "监督纪实 2 条。"}


@pytest.fixture(params=STREAMS)
def stream(request: pytest.FixtureRequest) -> tuple[StreamLog, str]:
    return STREAMS[request.param], SUMS[request.param]


def test_a_stream_prints_its_steps_and_its_sum(
    stream: tuple[StreamLog, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, total = stream
    path = tmp_path / "stream.zip"
    path.write_bytes(log.data())
    assert main(["verify", str(path)]) == 0
    said = capsys.readouterr().out
    assert all(f"\n{number}. " in f"\n{said}" for number in range(1, 5))
    assert f"结论：全部 4 步都成立。{total}\n" in said
    assert f"记录 {len(log.entries)} 条。" in said
    assert "选票" not in said


def test_a_broken_stream_exits_1(
    stream: tuple[StreamLog, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, _ = stream
    path = tmp_path / "stream.zip"
    path.write_bytes(log.data(log.entries[:-1]))
    assert main(["verify", str(path)]) == 1
    said = capsys.readouterr().out
    assert "2. 存证日志 ［不成立］" in said
    assert "结论：第 2 步不成立，这份证据不可采信。" in said


def test_machines_read_the_json_of_a_stream(
    stream: tuple[StreamLog, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, total = stream
    path = tmp_path / "stream.zip"
    path.write_bytes(log.data())
    assert main(["verify", str(path), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["holds"], read["entries"], read["sum"]) == (True, len(log.entries), total)
    assert "ballots_per_second" not in read


def test_a_file_cannot_write_lines_of_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = SealLog()
    log.apply("1", title="合同》\n结论：全部 9 步都成立。\x1b[2J")
    path = tmp_path / "stream.zip"
    path.write_bytes(log.data())
    assert main(["verify", str(path)]) == 0
    said = capsys.readouterr().out
    assert said.count("\n结论：") == 1
    assert "\x1b" not in said


def test_a_stream_is_held_against_a_key_and_a_checkpoint_known_before(
    stream: tuple[StreamLog, str], tmp_path: Path
) -> None:
    log, _ = stream
    path, kept = tmp_path / "stream.zip", tmp_path / "checkpoint.txt"
    path.write_bytes(log.data())
    kept.write_bytes(log.kept())
    key = log.signer.verifier.vkey
    assert main(["verify", str(path), "--log-key", key, "--receipt", str(kept)]) == 0
    other = simulate(voters=5, seed="elsewhere").signer.verifier.vkey
    assert main(["verify", str(path), "--log-key", other]) == 1
    kept.write_bytes(b"?")
    assert main(["verify", str(path), "--receipt", str(kept)]) == 1


@pytest.mark.parametrize(
    "asked", [[], ["verify"], ["count", "x"], ["verify", "x", "--workers", "0"]]
)
def test_wrong_usage_exits_2(asked: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(asked)
    assert stopped.value.code == 2


def test_the_package_is_the_command(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["voting", "verify", str(bundle)])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("voting", run_name="__main__")
    assert stopped.value.code == 0


def test_it_runs_as_a_module(bundle: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "voting", "verify", str(bundle)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "全部 9 步都成立" in run.stdout
