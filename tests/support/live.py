"""The whole site, running on a free port of this machine, with a clock that a test may shift.

Ask for the fixture `live_site`; `site.clock.ahead` moves the time, `site.database` reaches behind.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from assemblies.app import create_app
from assemblies.foundation.config import Config
from assemblies.foundation.site import Site

HOST = "localhost"  # keys and passkeys of a browser need this name, not 127.0.0.1


@dataclass(frozen=True, slots=True)
class LiveSite:
    """A running site: where it answers, and its inside."""

    base_url: str
    app: Flask
    site: Site

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"{self.base_url}{path}"


class SilentHandler(WSGIRequestHandler):
    """Answers requests and says nothing about them."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- werkzeug's name
        """Say nothing."""


@contextmanager
def served(database_url: str, folder: Path) -> Iterator[LiveSite]:
    """Run the site on an empty, migrated database for as long as the block lasts."""
    with socket.create_server((HOST, 0)) as listening:
        port = listening.getsockname()[1]
        base_url = f"http://{HOST}:{port}"
        app = create_app(
            Config(instance=folder / "instance", database_url=database_url, public_url=base_url)
        )
        server = make_server(
            HOST,
            port,
            app,
            threaded=True,
            request_handler=SilentHandler,
            fd=listening.fileno(),
        )
        with _running(server):
            yield LiveSite(base_url, app, app.extensions["site"])
        app.extensions["site"].database.close()


@contextmanager
def _running(server: BaseWSGIServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def live_site(sqlite_url: str, tmp_path: Path) -> Iterator[LiveSite]:
    """Run the site on an empty SQLite database, this test's own."""
    with served(sqlite_url, tmp_path) as running:
        yield running
