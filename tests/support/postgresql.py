"""A throw-away PostgreSQL server on the loopback, gone when the tests are."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

MENDING = "PostgreSQL server not found; install it with: apt-get install -y postgresql"
SERVER_ACCOUNT = "postgres"  # the server refuses to run as root
STARTED_WITHIN = 30.0
# Nothing here outlives the tests, so nothing here needs to survive a power cut.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class PostgresqlMissing(Exception):
    """This machine has no PostgreSQL server, or it would not start."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it listens."""

    port: int

    def url(self, database: str) -> str:
        """Return the address of one database as SQLAlchemy reads it."""
        return f"postgresql://{SERVER_ACCOUNT}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, *, template: str = "template1") -> None:
        """Make a database, a copy of `template`."""
        self._run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')

    def drop(self, database: str) -> None:
        """Remove a database, even when somebody is still connected."""
        self._run(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_server(settings: Sequence[str] = CARELESS) -> Iterator[Server]:
    """Run a fresh cluster for as long as the block lasts; bench/ wants it with other settings.

    Raises `PostgresqlMissing` with the command that mends it.
    """
    binaries = _binaries()
    folder = _folder()
    try:
        _initialise(binaries, folder)
        with _process(binaries, folder, settings) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    """Return the folder of the newest server on this machine."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise PostgresqlMissing(MENDING)
    return Path(on_path).resolve().parent


def _folder() -> Path:
    """Make the server's folder: directly in /tmp, for a socket's path may have only 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="zhongjue-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        try:
            shutil.chown(folder, SERVER_ACCOUNT, SERVER_ACCOUNT)
        except LookupError as error:
            raise PostgresqlMissing(MENDING) from error
    return folder


def _as_server_account() -> list[str]:
    """Return the words before a command that drop root, and end it when the tests are killed."""
    words = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        words += [f"--reuid={SERVER_ACCOUNT}", f"--regid={SERVER_ACCOUNT}", "--init-groups"]
    return words


def _initialise(binaries: Path, folder: Path) -> None:
    command = [f"{binaries}/initdb", "-D", f"{folder}/data", "-U", SERVER_ACCOUNT, "-A", "trust"]
    options = ["--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"]
    made = subprocess.run(
        [*_as_server_account(), *command, *options],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise PostgresqlMissing(f"initdb failed: {made.stdout}{made.stderr}")


@contextmanager
def _process(binaries: Path, folder: Path, settings: Sequence[str]) -> Iterator[Server]:
    port = free_port()
    where = ("listen_addresses=127.0.0.1", f"unix_socket_directories={folder}")
    command = [f"{binaries}/postgres", "-D", f"{folder}/data", "-p", str(port)]
    words = [word for setting in (*where, *settings) for word in ("-c", setting)]
    log = folder / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*_as_server_account(), *command, *words], cwd="/", stdout=output, stderr=output
        ) as process,
    ):
        try:
            server = Server(port)
            _wait(server, process, log)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown: connections are cut
            process.wait(timeout=STARTED_WITHIN)


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(server.url("postgres"), connect_timeout=2),
        ):
            return
        time.sleep(0.05)
    raise PostgresqlMissing(f"PostgreSQL did not start: {log.read_text('utf-8')}")


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
