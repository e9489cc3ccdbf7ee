"""The report of a verification: numbered steps, what each one shows, and the recounted result."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from voting.canonical import Plain
from voting.errors import (
    BadSignature,
    Malformed,
    NotCanonical,
    Unproven,
    UnsignedNote,
    UntrustedKey,
    VotingError,
    WrongAssembly,
)
from voting.law.calendar import CHINA
from voting.result import Result


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step; `holds` is None where an earlier step that it rests on did not hold."""

    number: int
    title_zh: str
    holds: bool | None
    said_zh: tuple[str, ...]

    @property
    def mark_zh(self) -> str:
        """Return the outcome as people say it."""
        return {True: "成立", False: "不成立", None: "未检查"}[self.holds]

    def to_json(self) -> Plain:
        """Return the step for machines."""
        return {
            "holds": self.holds,
            "number": self.number,
            "said": list(self.said_zh),
            "title": self.title_zh,
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """The steps of a verification."""

    steps: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        """Say whether every step holds."""
        return all(step.holds for step in self.steps)

    @property
    def verdict_zh(self) -> str:
        """Return in one sentence whether all of it holds."""
        if self.holds:
            return f"全部 {len(self.steps)} 步都成立。"
        failed = "、".join(str(step.number) for step in self.steps if step.holds is False)
        return f"第 {failed} 步不成立，这份证据不可采信。"

    @property
    def said_zh(self) -> str:
        """Return the whole in a sentence or two."""
        return self.verdict_zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Findings):
    """What was found of a bundle; `result` is the recounted one, `ballots` how many were checked.

    `edition` is empty where not even that could be read.
    """

    edition: str
    result: Result | None
    ballots: int

    def to_json(self) -> dict[str, Plain]:
        """Return the report for machines."""
        return {
            "ballots": self.ballots,
            "edition": self.edition,
            "holds": self.holds,
            "outcomes": [
                {"number": item.number, "outcome": item.outcome.value, "title": item.title}
                for item in (self.result.items if self.result else ())
            ],
            "result": self.result.digest if self.result else None,
            "said": self.said_zh,
            "steps": [step.to_json() for step in self.steps],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamReport(Findings):
    """What was found of a stream: which one, how many entries, and its sum in one sentence.

    `stream` and `sum_zh` are empty where not even that could be read.
    """

    stream: str
    entries: int
    sum_zh: str

    @property
    def said_zh(self) -> str:
        """Return the whole in a sentence or two."""
        return self.verdict_zh + self.sum_zh if self.holds else self.verdict_zh

    def to_json(self) -> dict[str, Plain]:
        """Return the report for machines."""
        return {
            "entries": self.entries,
            "holds": self.holds,
            "said": self.said_zh,
            "steps": [step.to_json() for step in self.steps],
            "stream": self.stream,
            "sum": self.sum_zh,
        }


@contextmanager
def at(place: str) -> Iterator[None]:
    """Say where something is wrong: every refusal inside becomes an `Unproven` with its place."""
    try:
        yield
    except Unproven as error:
        raise Unproven(f"{place}：{error.said}") from error
    except VotingError as error:
        said = next((words for kind, words in _SAID_ZH if isinstance(error, kind)), error.said)
        raise Unproven(f"{place}：{said}（{error}）") from error


# What a refusal means to somebody who checks; to others the same one says that nothing was taken.
_SAID_ZH: tuple[tuple[type[VotingError], str], ...] = (
    (NotCanonical, "写法不合规范，不是逐字节的标准写法。"),
    (UnsignedNote, "没有日志公钥的签名。"),
    (Malformed, "字段不全，或格式不对。"),
    (BadSignature, "签名与内容不符，内容被改动过。"),
    (UntrustedKey, "签名所用的钥匙没有投票凭证，或不是登记公钥。"),
    (WrongAssembly, "不是为本次会议冻结的议程、名册和规则所投。"),
)


def beijing(moment: datetime) -> str:
    """Return a time as people read it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
