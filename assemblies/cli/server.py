"""The production server: granian, worker processes with a few threads each (docs/adr/0004)."""

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from assemblies.app import create_app
from assemblies.foundation import config
from assemblies.foundation.config import Config

SITE = "assemblies.cli.server:site_app"
THREADS = 8


def listen(settings: Config, app: str = SITE) -> None:
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
    ).serve()


def site_app() -> object:
    """Build the WSGI application inside a worker process."""
    return create_app(config.from_environment())
