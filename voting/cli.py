"""`python -m voting verify FILE`: the only file of the core that touches disk and exit codes.

Exit code 0: every step holds. 1: a step does not hold. 2: wrong usage, or a file is unreadable.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter_ns

from voting.verify.report import Report, StreamReport
from voting.verify.streams import verify_file

HOLDS, FAILS, UNUSABLE = 0, 1, 2
_SECOND = 10**9
_WIDE_SPACE = "\u3000"
_MARKS_ZH = {True: "［成立］", False: "［不成立］", None: "［未检查］"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        data = asked.file.read_bytes()
        log_key = _log_key(asked.log_key)
        receipts = [path.read_bytes() for path in asked.receipt]
    except (OSError, UnicodeDecodeError) as error:
        print(f"文件打不开：{error}", file=sys.stderr)
        return UNUSABLE
    begun = perf_counter_ns()
    report = verify_file(data, log_key=log_key, workers=asked.workers, receipts=receipts)
    took = max(perf_counter_ns() - begun, 1)
    print(_as_json(report, took) if asked.json else _as_text(report, took))
    return HOLDS if report.holds else FAILS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m voting", description="众决：独立核验与重新计票"
    )
    commands = parser.add_subparsers(required=True, metavar="命令")
    command = commands.add_parser(
        "verify", help="核验一份证据包，并重新计票；也核验印章使用日志和监督纪实"
    )
    command.add_argument(
        "file",
        type=Path,
        metavar="文件",
        help="证据包（*-public.zip 或 *-audit.zip），或印章使用日志、监督纪实的证据包",
    )
    command.add_argument(
        "--log-key", metavar="公钥", help="从别处得知的日志公钥：一行文字，或存有它的文件"
    )
    command.add_argument(
        "--receipt", type=Path, action="append", default=[], metavar="回执",
        help="业主的投票回执，或以前留存的日志快照（checkpoint.txt），可给多份："
        "核对自己的票在日志里，日志没有被改写或截短",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="以 JSON 输出")
    command.add_argument(
        "--workers",
        type=_workers,
        default=os.cpu_count() or 1,
        metavar="数目",
        help="同时用几个进程",
    )
    return parser


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:  # noqa: PLR2004 -- more never helps
        raise argparse.ArgumentTypeError("是 1 到 64 的整数")
    return int(text)


def _log_key(given: str | None) -> str | None:
    """Return the key; what has not the two plus signs of one names a file."""
    if given is None or given.count("+") > 1:
        return given
    return Path(given).read_text("utf-8").strip()


def _as_text(report: Report | StreamReport, took: int) -> str:
    lines = []
    for step in report.steps:
        lines.append(f"{step.number}. {step.title_zh} {_MARKS_ZH[step.holds]}")
        lines += [f"   {_one_line(said)}" for said in step.said_zh]
    lines.append(f"结论：{report.said_zh}")
    lines.append(f"用时 {took // 10**6} 毫秒；{_amount_zh(report, took)}。")
    return "\n".join(lines)


def _one_line(said: str) -> str:
    """Keep what a file says of itself from breaking out of its line, or steering a terminal."""
    return "".join(one if one.isprintable() or one == _WIDE_SPACE else "\ufffd" for one in said)


def _amount_zh(report: Report | StreamReport, took: int) -> str:
    if isinstance(report, StreamReport):
        return f"记录 {report.entries} 条"
    return f"选票 {report.ballots} 张，每秒 {_rate(report, took)} 张"


def _as_json(report: Report | StreamReport, took: int) -> str:
    found = {**report.to_json(), "milliseconds": took // 10**6}
    if isinstance(report, Report):
        found["ballots_per_second"] = _rate(report, took)
    return json.dumps(found, ensure_ascii=False, indent=2)


def _rate(report: Report, took: int) -> int:
    return report.ballots * _SECOND // took
