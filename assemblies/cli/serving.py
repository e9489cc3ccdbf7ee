"""`serve`: the data made ready, then site and worker as processes that live and end together."""

import errno
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from types import FrameType

from assemblies.cli import demo
from assemblies.cli.attachment import ATTACHED
from assemblies.foundation.config import ROOT, Config
from assemblies.foundation.refusals import Refusal
from assemblies.foundation.site import open_site

STOP_WITHIN, READY_WITHIN = 10, 60
LOOK_EVERY = 0.2
# Modules of their own, not commands: they start without what only this process needs.
CHILDREN = ("assemblies.cli.server", "assemblies.cli.worker")
SMALL_FILE = "/static/icons/mark.svg"


class PortTaken(Refusal):
    """Somebody listens there already, or this user may not."""


class Stopped(Refusal):
    """A process ended without being asked to."""

    said = "网站或后台任务意外停止，原因见上面的记录。请再运行一次；仍不行请把记录交给管理员。"


def serve(settings: Config) -> int:
    """Prepare the data, keep site and worker running together, and end with them.

    Raises `PortTaken`, `Stopped`, and what the demonstration raises.
    """
    require_free(settings.host, settings.port)
    site = open_site(settings)
    greeting = demo.prepare(site)
    site.database.close()
    with _children() as family:
        family.wait_until_ready(settings)
        if not family.stopping:
            print(greeting, flush=True)  # noqa: T201 -- this is for the person at the keyboard
        family.watch()
    return 0


def require_free(host: str, port: int) -> None:
    """Let a port pass that can be listened on; raises `PortTaken` saying how to take another."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = "已经被别的程序占用" if error.errno == errno.EADDRINUSE else "不能使用"
            raise PortTaken(
                f"端口 {port} {why}，请换一个再启动，例如：make run PORT=8123"
            ) from error


class _Family:
    """The processes started here; `stopping` once they were asked to end."""

    def __init__(self) -> None:
        self.stopping = False
        self.children = [
            subprocess.Popen([sys.executable, "-m", name, ATTACHED], cwd=ROOT)  # noqa: S603 -- ours
            for name in CHILDREN
        ]

    @property
    def whole(self) -> bool:
        """Say whether all of them are alive."""
        return all(child.poll() is None for child in self.children)

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Ask all of them to end."""
        self.stopping = True
        for child in self.children:
            child.terminate()

    def wait_until_ready(self, settings: Config) -> None:
        """Wait for the site's first answer; whoever opens the address then finds it there."""
        patience = time.monotonic() + READY_WITHIN
        while self.whole and not self.stopping and time.monotonic() < patience:
            if _answers(settings.host, settings.port):
                return
            time.sleep(LOOK_EVERY)

    def watch(self) -> None:
        """Wait until one ends or all are asked to; raises `Stopped` for an end unasked."""
        while self.whole:
            time.sleep(LOOK_EVERY)
        if not self.stopping:
            raise Stopped

    def end(self) -> None:
        """Stop those that still run, by force where asking does not help."""
        self.stop()
        for child in self.children:
            try:
                child.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                child.kill()


@contextmanager
def _children() -> Iterator[_Family]:
    family = _Family()
    signal.signal(signal.SIGTERM, family.stop)
    signal.signal(signal.SIGINT, family.stop)
    try:
        yield family
    finally:
        family.end()


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=READY_WITHIN)
    try:
        connection.request("GET", SMALL_FILE)
        return connection.getresponse().status > 0
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
