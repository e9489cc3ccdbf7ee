"""What each command does; the only module that starts processes."""

import argparse
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from granian.constants import Interfaces
from granian.server import Server

from assemblies.app import create_app
from assemblies.cli import demo, samples
from assemblies.cli.worker import work_for_ever
from assemblies.foundation import config, database
from assemblies.foundation.config import ROOT, Config
from assemblies.foundation.site import open_site

STOP_WITHIN = 10
LOOK_EVERY = 0.3
THREADS = 8


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    if asked.command == "samples":
        samples.make(asked.out)
        return 0
    settings = config.from_environment()
    if asked.command in {"serve", "migrate"}:
        settings.instance.mkdir(parents=True, exist_ok=True)
        database.migrate(settings.database_url)
    commands: dict[str, Callable[[Config], int]] = {
        "serve": serve,
        "web": web,
        "work": work,
        "migrate": lambda _settings: 0,
    }
    return commands[asked.command](settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assemblies.cli", description="众决 Zhongjue")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="首次建库和演示小区，启动网站和后台任务")
    commands.add_parser("web", help="只启动网站")
    commands.add_parser("work", help="只运行后台任务")
    commands.add_parser("migrate", help="把数据库升级到最新结构")
    sample = commands.add_parser("samples", help="模拟一次完整会议，写出全部打印件和导出件")
    sample.add_argument("--out", type=Path, default=ROOT / "out")
    return parser


def serve(settings: Config) -> int:
    """Prepare the data, say what was made, and keep site and worker running together."""
    site = open_site(settings)
    print(demo.prepare(site), flush=True)  # noqa: T201 -- this is for the person at the keyboard
    site.database.close()
    me = [sys.executable, "-m", "assemblies.cli"]
    children = [subprocess.Popen([*me, name], cwd=ROOT) for name in ("web", "work")]  # noqa: S603

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(child.poll() is None for child in children):
        time.sleep(LOOK_EVERY)
    stop(0, None)
    return max(abs(child.wait(STOP_WITHIN)) for child in children)


def web(settings: Config) -> int:
    """Serve the site; granian keeps slow clients away from Python's threads."""
    Server(
        "assemblies.cli.commands:site_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=THREADS,
        websockets=False,
        log_access=False,  # an access log would hold letters' codes
        respawn_failed_workers=True,
    ).serve()
    return 0


def site_app() -> object:
    """Build the WSGI application inside a worker process."""
    return create_app(config.from_environment())


def work(settings: Config) -> int:
    """Run jobs and close assemblies whose time has come, until told to stop."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    work_for_ever(open_site(settings))
    return 0
