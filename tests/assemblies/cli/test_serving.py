"""`serve` really serves: started as a process, asked over HTTP, stopped by a signal."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from assemblies.cli import commands
from assemblies.foundation.config import ROOT

PATIENCE = 120
STOPS_WITHIN = 15


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(instance: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start `serve`, wait for its greeting, and make sure that nothing is left of it."""
    environment = {**os.environ, "PORT": str(port), "ZHONGJUE_INSTANCE": str(instance)}
    environment.pop("DATABASE_URL", None)
    said = instance.with_suffix(".txt")
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "assemblies.cli", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process, greeted(process, said)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def greeted(process: "subprocess.Popen[bytes]", said: Path) -> str:
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        text = said.read_text("utf-8")
        if text.count("─" * 64) == 2 or process.poll() is not None:
            return text
        time.sleep(0.1)
    raise AssertionError(said.read_text("utf-8"))


def got(port: int, path: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_it_serves_stops_on_a_signal_and_starts_again_with_its_data(tmp_path: Path) -> None:
    instance, port = tmp_path / "instance", free_port()
    with served(instance, port) as (process, first):
        pages = re.findall(rf"http://localhost:{port}(/board/\S+)", first)
        assert len(pages) == 2
        for path in ("/", "/staff/sign-in", *pages):
            assert got(port, path)[0] == 200
        (letter,) = re.findall(rf"http://localhost:{port}(/v/\S+)", first)
        assert got(port, letter)[0] == 303
        assert refused_start(instance, port) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOPS_WITHIN) == 0
        assert not listening(port)
    with served(instance, port) as (process, second):
        assert re.findall(rf"http://localhost:{port}(/v/\S+)", second) == [letter]
        process.kill()
        assert gone(port), "site and worker outlive the process that started them"
    everything = instance.with_suffix(".txt").read_text("utf-8")
    assert everything.count(letter) == 1, "codes must not stand in a log"
    assert "Traceback" not in everything


def listening(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def gone(port: int) -> bool:
    patience = time.monotonic() + STOPS_WITHIN
    while listening(port) and time.monotonic() < patience:
        time.sleep(0.1)
    return not listening(port)


def refused_start(instance: Path, port: int) -> int:
    environment = {**os.environ, "PORT": str(port), "ZHONGJUE_INSTANCE": str(instance)}
    again = subprocess.run(
        [sys.executable, "-m", "assemblies.cli", "serve"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.stderr == (
        f"众决：端口 {port} 已经被别的程序占用，请换一个再启动，例如：make run PORT=8123\n"
    )
    return again.returncode


@pytest.mark.parametrize("written", ["eighty", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_one_clear_line(
    written: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", written)
    assert commands.main(["serve"]) == 1
    assert capsys.readouterr().err.startswith("众决：PORT 要写成 1 到 65535 之间的数字")


def test_a_database_that_is_not_there_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHONGJUE_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    assert commands.main(["migrate"]) == 1
    assert capsys.readouterr().err.startswith("众决：数据库打不开")
