"""The rail of a project: its steps in the order of its path, done, now or ahead."""

from collections.abc import Iterator
from datetime import datetime

from assemblies.foundation.pictures import Phase, Stage
from assemblies.foundation.wording import short_day_text
from assemblies.repairs.queries.values import Project

ENDED = ("refused", "dropped")


def phases(view: Project) -> tuple[Phase, ...]:
    """Return the steps of a project with their days."""
    drawn: list[Phase] = []
    current = False
    for name, at in _steps(view):
        state: Stage = "done" if at else "ahead" if current else "now"
        note = ""
        if state == "now" and view.state in ENDED:
            state, note = "failed", "没有成立" if view.state == "refused" else "已撤回"
        current = current or at is None
        drawn.append(Phase(name, short_day_text(at) if at else "", state, note))
    return tuple(drawn)


def _steps(view: Project) -> Iterator[tuple[str, datetime | None]]:
    emergency = view.path == "emergency"
    yield "立项", view.created_at
    if emergency:
        yield "现场查验", view.checks[0].at if view.checks else None
        yield "抢修验收", view.accepted_at
        yield "结算", view.settled_at
        yield "公示", view.posted_at
    else:
        yield "公示方案", view.posted_at
        if view.path == "ordinary":
            decided = view.decision and view.decision.carries
            yield "业主表决", view.decision.published_at if decided and view.decision else None
    yield "申请", view.applied_at
    yield "审核通过", view.approved_at
    if emergency:
        yield "拨付办结", view.closed_at
        return
    yield "预付", _paid(view, "advance") or (view.accepted_at and view.approved_at)
    yield "验收", view.accepted_at
    yield "结算", view.settled_at
    yield "付清", _paid(view, "balance") or view.closed_at
    yield "公示结算", view.settlement_posted_at


def _paid(view: Project, kind: str) -> datetime | None:
    found = (one.paid_at for one in view.instructions if one.kind == kind)
    return next((at for at in found if at is not None), None)
