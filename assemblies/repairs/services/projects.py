"""Begin a repair, describe it, say whether the fund may pay for it at all, and give it up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.refusals import Incomplete
from assemblies.records import duties
from assemblies.records.register import register
from assemblies.records.repairs import RepairRecord
from assemblies.records.resolutions import locked_estate
from assemblies.records.rules import rules_for
from assemblies.repairs.queries.questions import questions, who_pays
from assemblies.repairs.services.drafts import AnswerDraft, ProjectDraft
from assemblies.repairs.services.shares import share_out
from assemblies.repairs.services.steps import (
    EMERGENCY,
    ORDINARY,
    STANDING,
    kept_all,
    locked,
    require_state,
    tell_of,
    written,
)
from voting.law.rules import Rules
from voting.scope import Scope

OPEN = ("draft", "checked", "accepted", "settled", "posted", "voted")


def begin(
    session: Session, estate: UUID, draft: ProjectDraft, actor: Actor, *, now: datetime
) -> UUID:
    """Begin a repair and return its id; raises `Incomplete` naming what is missing.

    Who bears it follows from who owns the part in common, not from where the damage shows
    (CC 274, 281, 283).
    """
    locked_estate(session, estate)
    held = select(func.max(RepairRecord.number)).where(RepairRecord.estate_id == estate)
    record = RepairRecord(
        id=uuid4(),
        estate_id=estate,
        number=(session.execute(held).scalar() or 0) + 1,
        state="draft",
        created_by=actor.by,
        created_at=now,
        evidence_ids=[],
        shares=[],
        stations=[],
    )
    _describe(session, record, draft, actor.by, now)
    session.add(record)
    session.flush()
    tell_of(session, record, "repair.begun", f"立项。{draft.reason.strip()}", actor, now=now)
    return record.id


def change(
    session: Session, estate: UUID, repair: UUID, draft: ProjectDraft, by: str, *, now: datetime
) -> None:
    """Describe a repair anew while it is a draft; its shares follow its new scope.

    Raises `WrongStep` once it is posted, `Incomplete`, `NotFound`.
    """
    record = locked(session, estate, repair)
    require_state(record, "draft")
    _describe(session, record, draft, by, now)
    share_out(session, record)


def answer(
    session: Session,
    estate: UUID,
    repair: UUID,
    answers: Sequence[AnswerDraft],
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Record whether anything stands against paying from the fund; one yes ends the project.

    Every question needs its answer and what shows it: raises `Incomplete` (F165 25, CC 281).
    """
    record = locked(session, estate, repair)
    require_state(record, "draft", "checked", "accepted", "settled")
    asked = questions(rules_for(session, estate, now=now))
    if {one.question for one in answers} != set(asked):
        raise Incomplete("每一个问题都要回答，答完才能往下办。")
    if not all(one.evidence.strip() for one in answers):
        raise Incomplete("每一个回答都请写明根据，例如看了哪份合同、问了谁、查了什么。")
    record.answers = [_answer(session, record, one, actor.by, now) for one in answers]
    stopping = next((one for one in answers if one.applies), None)
    if stopping is None:
        said = f"{len(asked)} 种不能动用维修资金的情况已经逐条查明，都不是。"
        tell_of(session, record, "repair.answered", said, actor, now=now)
    else:
        _refuse(session, record, stopping, actor, now)


def drop(
    session: Session, estate: UUID, repair: UUID, why: str, actor: Actor, *, now: datetime
) -> None:
    """Give a repair up before it is applied for; raises `Incomplete` without a reason."""
    record = locked(session, estate, repair)
    require_state(record, *OPEN)
    written(撤回的原因=why)
    record.state, record.ended_why = "dropped", why.strip()
    duties.void_all(session, record.id, now=now)
    tell_of(session, record, "repair.dropped", f"项目撤回：{why.strip()}", actor, now=now)


def _describe(
    session: Session, record: RepairRecord, draft: ProjectDraft, by: str, now: datetime
) -> None:
    rules = rules_for(session, record.estate_id, now=now)
    _require_whole(draft, rules)
    _require_places(session, record.estate_id, draft.scope, draft.uses)
    record.title, record.path = draft.title.strip(), draft.path
    record.reason, record.works = draft.reason.strip(), draft.works.strip()
    record.common_part = draft.common_part.strip()
    record.common_evidence = draft.common_evidence.strip()
    record.scope, record.uses = _as_json(draft.scope), list(draft.uses)
    record.danger = draft.danger if draft.path == EMERGENCY else ""
    record.authority_id = draft.authority if draft.path == STANDING else None
    papers = kept_all(session, record, draft.evidence, by, shown=False, now=now)
    record.evidence_ids = [*record.evidence_ids, *papers]


def _require_whole(draft: ProjectDraft, rules: Rules) -> None:
    written(
        项目名称=draft.title,
        为什么要修=draft.reason,
        怎么修=draft.works,
        修的是哪一处共有部分=draft.common_part,
        凭什么说是共有的=draft.common_evidence,
    )
    if draft.path not in (ORDINARY, STANDING, EMERGENCY):
        raise Incomplete("请选择按哪一种程序办理。")
    if draft.path == STANDING and draft.authority is None:
        raise Incomplete("请选择凭哪一项小额维修授权办理；没有授权的，要按一般程序表决。")
    if draft.path == EMERGENCY and draft.danger not in rules.listed("fund_emergency_dangers"):
        said = rules.parameter("fund_emergency_dangers").said_zh
        raise Incomplete(
            f"应急维修只限清单里的危险，请从中选择；不在清单里的按一般程序表决。{said}"
        )
    if not draft.uses:
        raise Incomplete("请选择由哪些用途的房屋分摊。")


def _require_places(session: Session, estate: UUID, scope: Scope, uses: Sequence[str]) -> None:
    parts = register(session, estate)
    known = {part.building for part in parts.parts}
    if not set(scope.buildings) <= known or not scope.parts <= {part.id for part in parts.parts}:
        raise Incomplete("选定的范围里有名册上没有的楼栋或房屋，请重新选择。")
    if not parts.within(scope, uses):
        raise Incomplete("选定的范围里没有这些用途的房屋，请重新选择共有的范围或分摊的用途。")


def _answer(
    session: Session, record: RepairRecord, one: AnswerDraft, by: str, now: datetime
) -> dict[str, Any]:
    papers = kept_all(session, record, one.papers, by, shown=False, now=now)
    before = next((old for old in record.answers if old["question"] == one.question), None)
    return {
        "question": one.question,
        "answer": "yes" if one.applies else "no",
        "evidence": one.evidence.strip(),
        "files": [*(before["files"] if before else []), *papers],
    }


def _refuse(
    session: Session,
    record: RepairRecord,
    stopping: AnswerDraft,
    actor: Actor,
    now: datetime,
) -> None:
    record.state = "refused"
    record.ended_why = f"{who_pays(stopping.question)}根据：{stopping.evidence.strip()}"
    said = f"不能从维修资金列支。{record.ended_why}"
    tell_of(session, record, "repair.refused", said, actor, now=now)


def _as_json(scope: Scope) -> dict[str, Any]:
    plain: dict[str, Any] = scope.plain()
    if "entrances" in plain:
        plain["entrances"] = [list(pair) for pair in plain["entrances"]]
    return plain
