"""A use of a seal drawn as its steps, each with its place in the log."""

from collections.abc import Sequence
from datetime import date

from assemblies.foundation.pictures import Proof, Stage, Step
from assemblies.foundation.wording import day_text, grouped_text, moment_text
from assemblies.seals.queries.seals import LogLine
from assemblies.seals.queries.use_views import UseView
from voting.log import seals

SHOWN = 16  # of a digest, beside its place; the whole stands in the list of entries


def steps(use: UseView, lines: Sequence[LogLine], today: date) -> tuple[Step, ...]:
    """Return the steps of a use: applied, signed, stamped, photographed, closed."""
    first = Step(
        "申请", "done", f"{use.applicant}申请。", moment_text(use.applied_at),
        _proofs(lines, seals.APPLIED),
    )  # fmt: skip
    if use.state in ("withdrawn", "declined"):
        return first, _signatures(use, lines), _ended(use, lines)
    return (
        first,
        _signatures(use, lines),
        _stamp(use, lines, today),
        _photographs(use, lines, today),
        _closing(use, lines),
    )


def _signatures(use: UseView, lines: Sequence[LogLine]) -> Step:
    states: dict[str, Stage] = {"applied": "now", "declined": "failed", "withdrawn": "ahead"}
    state: Stage = "done" if use.approved_at else states.get(use.state, "done")
    text = f"{len(use.answers)} 名委员中已有 {use.signed} 人签字同意，须 {use.needed} 人。"
    when = moment_text(use.approved_at) if use.approved_at else ""
    said = [*_words(lines, seals.SIGNED, "同意"), *_words(lines, seals.DECLINED, "不同意")]
    return Step("委员签字", state, text, when, tuple(said))


def _stamp(use: UseView, lines: Sequence[LogLine], today: date) -> Step:
    if use.stamped_at:
        text = f"{use.stamped_by}用“{use.seal_name}”盖章 {use.copies} 份。"
        when = moment_text(use.stamped_at)
        return Step("盖章", "done", text, when, _proofs(lines, seals.STAMPED))
    if use.state != "approved":
        return Step("盖章", "ahead", f"由保管人{use.keeper}盖章。")
    late = use.due_on is not None and today > use.due_on
    return Step("盖章", "now", f"等{use.keeper}盖章。{_due(use, late=late)}")


def _photographs(use: UseView, lines: Sequence[LogLine], today: date) -> Step:
    if use.photographs:
        text = f"已存盖章页照片 {len(use.photographs)} 张。"
        return Step("照片", "done", text, "", _proofs(lines, seals.PHOTOGRAPHED))
    if use.state != "stamped":
        return Step("照片", "ahead", "盖章后存入盖章页的照片。")
    late = use.due_on is not None and today > use.due_on
    return Step("照片", "now", f"还没有照片。{_due(use, late=late)}")


def _closing(use: UseView, lines: Sequence[LogLine]) -> Step:
    if use.closed_at:
        proofs = _proofs(lines, seals.CLOSED)
        return Step("办结", "done", f"{use.closing_note}。", moment_text(use.closed_at), proofs)
    ready = use.state == "stamped" and bool(use.photographs)
    text = "登记监印人和归还时间后办结，此后不能再改。"
    return Step("办结", "now" if ready else "ahead", text)


def _ended(use: UseView, lines: Sequence[LogLine]) -> Step:
    if use.state == "withdrawn":
        last = next((one for one in lines if one.words == seals.WORDS[seals.WITHDRAWN]), None)
        said = last.said if last else ""
        when = moment_text(last.at) if last else ""
        return Step("撤回", "done", said, when, _proofs(lines, seals.WITHDRAWN))
    against = "、".join(one.name for one in use.said("declined"))
    return Step("不盖章", "failed", f"{against}不同意，已不可能签够 {use.needed} 人。")


def _due(use: UseView, *, late: bool) -> str:
    if use.due_on is None:
        return ""
    return f"应在 {day_text(use.due_on)} 前办好{'，已经逾期' if late else ''}。"


def _words(lines: Sequence[LogLine], kind: str, word: str) -> list[Proof]:
    """Return each member's word with its time and its place in the log."""
    return [
        Proof(f"{one.said.partition('：')[0]}　{word}", f"{moment_text(one.at)}　{_place(one)}")
        for one in lines
        if one.words == seals.WORDS[kind]
    ]


def _place(line: LogLine) -> str:
    return f"日志第 {line.index} 条　{grouped_text(line.digest[:SHOWN])}…"


def _proofs(lines: Sequence[LogLine], kind: str) -> tuple[Proof, ...]:
    """Return the places of a step's entries in the log."""
    found = [one for one in lines if one.words == seals.WORDS[kind]]
    return tuple(Proof("回执", _place(one)) for one in found)
