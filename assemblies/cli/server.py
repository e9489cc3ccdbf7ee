"""The production server: granian, worker processes with a few threads each (docs/adr/0004)."""

import sys

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from assemblies.app import create_app
from assemblies.cli.attachment import end_with_parent
from assemblies.foundation import config
from assemblies.foundation.config import Config

SITE = "assemblies.cli.server:site_app"
THREADS = 16
# Seconds. The thread that is writing comes back from the database after each statement and then
# waits so long for the others to let it go on; everybody waits for that thread.
GIVE_WAY_AFTER = 0.0005
KILL_WITHIN = 5  # less than `serve` waits before it ends this process itself


def listen(settings: Config, app: str = SITE) -> int:
    """Serve an application, named "module:factory", until told to stop."""
    Server(
        app,
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,  # what is worth saying at a start, `serve` says
        log_access=False,  # an access log would hold letters' codes
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_WITHIN,
    ).serve()
    return 0


def site_app() -> Flask:
    """Build the WSGI application inside a worker process."""
    sys.setswitchinterval(GIVE_WAY_AFTER)
    return create_app(config.from_environment())


if __name__ == "__main__":
    end_with_parent(sys.argv)
    sys.exit(listen(config.from_environment()))
