"""What each command does, and how a refusal is told to the person at the keyboard."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.exc import OperationalError

from assemblies.cli import passwords, samples, server, serving, worker
from assemblies.foundation import config, database
from assemblies.foundation.config import ROOT, Config
from assemblies.foundation.site import open_site
from voting.errors import VotingError

NO_DATABASE = "数据库打不开，请检查 DATABASE_URL 的地址、账号，以及数据库是否已经启动：{}"

INTERRUPTED = 130  # what shells give a program that Ctrl+C ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a refusal is one clear line and a 1."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    try:
        return _run(asked)
    except KeyboardInterrupt:
        return INTERRUPTED
    except VotingError as refused:
        said = refused.said
    except OperationalError as broken:
        said = NO_DATABASE.format(str(broken.orig).splitlines()[0])
    print(f"众决：{said}", file=sys.stderr)  # noqa: T201 -- this is for the person at the keyboard
    return 1


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "samples":
        return 0 if samples.make(asked.out) else 1
    settings = config.from_environment()
    if asked.command in {"serve", "migrate"}:
        settings.instance.mkdir(parents=True, exist_ok=True)
        database.migrate(settings.database_url)
    commands: dict[str, Callable[[Config], int]] = {
        "serve": serving.serve,
        "web": server.listen,
        "work": worker.work,
        "migrate": lambda _settings: 0,
        "password": lambda settings: password(settings, asked.username),
    }
    return commands[asked.command](settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assemblies.cli", description="众决 Zhongjue")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="首次建库和演示小区，启动网站和后台任务")
    commands.add_parser("web", help="只启动网站")
    commands.add_parser("work", help="只运行后台任务")
    commands.add_parser("migrate", help="把数据库升级到最新结构")
    reset = commands.add_parser("password", help="为工作人员账号重设随机密码")
    reset.add_argument("username", help="账号名，例如 director")
    sample = commands.add_parser("samples", help="模拟一次完整会议，写出全部打印件和导出件")
    sample.add_argument("--out", type=Path, default=ROOT / "out")
    return parser


def password(settings: Config, username: str) -> int:
    """Give an account a new password; raises `NotFound` for a name that no account has."""
    said = passwords.reset(open_site(settings), username)
    print(said)  # noqa: T201 -- this is for the person at the keyboard
    return 0
