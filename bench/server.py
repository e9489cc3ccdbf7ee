"""The production server under measurement: the real site, and beside it one bare insert."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Uuid, bindparam, text

from assemblies.cli import server
from assemblies.foundation import config
from assemblies.foundation.config import ROOT, Config
from assemblies.foundation.database import Database

STARTED_WITHIN = 120.0
STOPPED_WITHIN = 15.0
BARE_PATH = "/bench/insert"
TABLE = text("CREATE TABLE bench_inserts (id CHAR(32) PRIMARY KEY, said VARCHAR NOT NULL)")
INSERT = text("INSERT INTO bench_inserts (id, said) VALUES (:id, :said)").bindparams(
    bindparam("id", type_=Uuid(native_uuid=False))
)


def app() -> Flask:
    """Build the site with one more route, inside a worker process."""
    made = server.site_app()
    guard: CSRFProtect = made.extensions["csrf"]
    made.add_url_rule(BARE_PATH, view_func=guard.exempt(bare_insert), methods=["POST"])
    return made


def bare_insert() -> Response:
    """Insert one row and commit it: nothing is signed in, checked, hashed or signed."""
    said: str = request.get_json()["said"]
    database: Database = current_app.extensions["site"].database
    with database.writing() as session:
        session.execute(INSERT, {"id": uuid4(), "said": said})
    return Response('{"ok":true}', mimetype="application/json")


@contextmanager
def serving(settings: Config) -> Iterator[None]:
    """Run the server, as `python -m assemblies.cli web` does, for as long as the block lasts."""
    words = {
        "PORT": str(settings.port),
        "DATABASE_URL": settings.database_url,
        "ZHONGJUE_INSTANCE": str(settings.instance),
        "ZHONGJUE_PUBLIC_URL": settings.public_url,
        "ZHONGJUE_WORKERS": str(settings.workers),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "bench.server"],
        cwd=ROOT,
        env=os.environ | words,
        start_new_session=True,
    ) as process:
        try:
            _wait(settings.port, process)
            yield
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and its workers, kindly first: a left-over would answer on the port."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=STOPPED_WITHIN)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


if __name__ == "__main__":
    server.listen(config.from_environment(), "bench.server:app")
