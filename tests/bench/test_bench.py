"""The measurements run, find no error, and say what the issue asks for under its own names."""

import json
import socket
import threading
from pathlib import Path

import pytest

from bench import load
from bench.load import Load
from bench.measuring import measure
from bench.sizes import TINY

NAMES = {
    "cast_http",
    "bare_insert_http",
    "cast_http_50k",
    "tally_100k_s",
    "verify_bundle",
    "import_10k_s",
    "letters_1000_s",
    "voter_page_bytes",
}


def test_a_tiny_run_measures_everything(tmp_path: Path) -> None:
    found = measure(TINY, lambda _said: None, backends=["sqlite"])
    found.write(tmp_path / "bench.json")
    written = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert set(written) == NAMES
    for name in ("cast_http", "bare_insert_http"):
        assert set(written[name]["sqlite"]) == {"1", "8", "32"}
        for said in written[name]["sqlite"].values():
            assert said["errors"] == 0
            assert said["per_s"] > 0
            assert said["p95_ms"] > 0
    assert set(written["verify_bundle"]) == {"per_s", "raw_signatures_per_s"}
    assert all(number > 0 for number in written["verify_bundle"].values())
    assert written["voter_page_bytes"] > 1_000
    assert "cast, sqlite" in found.table()


def test_95_of_100_answers_came_within_p95() -> None:
    took = tuple(float(number) for number in range(100, 0, -1))
    assert Load(100, 2.0, took, 0).p95 == 96.0
    assert Load(100, 2.0, took, 4).per_second == 48.0


@pytest.mark.parametrize(
    ("answer", "errors"),
    {
        "well": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 0),
        "refused": (b"HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n", 3),
        "hung up": (b"", 3),
    }.values(),
    ids=["well", "refused", "hung up"],
)
def test_what_is_no_good_answer_is_an_error(answer: bytes, errors: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=_answer, args=(listening, answer))
        server.start()
        found = load.run(listening.getsockname()[1], [b"GET / HTTP/1.1\r\n\r\n"] * 3, 1)
        server.join()
    assert found.errors == errors


def _answer(listening: socket.socket, answer: bytes) -> None:
    connection, _ = listening.accept()
    with connection:
        while answer and connection.recv(1_000):
            connection.sendall(answer)
