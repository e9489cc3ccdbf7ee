"""Write a repair's plan: budget line by line, quotes, photographs, who does it and is paid."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.records.repairs import RepairRecord
from assemblies.repairs.services.drafts import PlanDraft, QuoteDraft
from assemblies.repairs.services.shares import share_out
from assemblies.repairs.services.steps import (
    EMERGENCY,
    MOST_PHOTOS,
    kept,
    kept_all,
    locked,
    require_state,
    written,
)


def plan(
    session: Session, estate: UUID, repair: UUID, draft: PlanDraft, by: str, *, now: datetime
) -> None:
    """Write the plan anew; the budget is the sum of its lines, and the shares follow it.

    Raises `Incomplete` naming what is missing, `WrongStep` before the questions are answered or
    once it is posted.
    """
    record = locked(session, estate, repair)
    emergency = record.path == EMERGENCY
    require_state(record, "draft", *(("checked", "accepted") if emergency else ()))
    if not emergency:
        require_answered(record)
    _require_whole(draft)
    record.lines = [
        {"what": one.what.strip(), "quantity": one.quantity.strip(), "fen": one.fen}
        for one in draft.lines
    ]
    record.budget_fen = sum(one.fen for one in draft.lines)
    record.quotes = [_quote(session, record, one, by, now) for one in draft.quotes]
    record.contractor = draft.contractor.strip()
    record.contractor_account = draft.account.strip()
    add_photos(session, record, draft, by, now)
    share_out(session, record)


def require_answered(record: RepairRecord) -> None:
    """Let a repair pass of which every question was answered no; raises `WrongStep`."""
    if not record.answers or any(one["answer"] != "no" for one in record.answers):
        raise WrongStep("请先回答“该不该由维修资金出”，全部答完才能往下办。")


def add_photos(
    session: Session, record: RepairRecord, draft: PlanDraft, by: str, now: datetime
) -> None:
    """Keep more photographs of what is to be repaired; raises `Incomplete` for too many."""
    if len(record.photo_ids) + len(draft.photos) > MOST_PHOTOS:
        raise Incomplete(f"现场照片最多 {MOST_PHOTOS} 张。")
    added = kept_all(session, record, draft.photos, by, shown=True, now=now)
    record.photo_ids = [*record.photo_ids, *added]


def _require_whole(draft: PlanDraft) -> None:
    refused = (
        (not draft.lines, "请至少填写一行预算。"),
        (any(not one.what.strip() for one in draft.lines), "每一行预算都要写明做什么。"),
        (any(one.fen <= 0 for one in draft.lines), "每一行预算都要有金额。"),
        (not draft.quotes, "请至少填写一家报价。"),
        (any(not one.who.strip() for one in draft.quotes), "请写明是哪一家的报价。"),
        (any(one.fen <= 0 for one in draft.quotes), "请填写每一家的报价金额。"),
    )
    for applies, said in refused:
        if applies:
            raise Incomplete(said)
    written(施工单位=draft.contractor, 收款账户=draft.account)
    if draft.contractor.strip() not in {one.who.strip() for one in draft.quotes}:
        raise Incomplete("选定的施工单位要在报价的单位里面，名称请写得一样。")


def _quote(
    session: Session, record: RepairRecord, one: QuoteDraft, by: str, now: datetime
) -> dict[str, Any]:
    before = {old["file"] for old in record.quotes if old["file"]}
    if one.paper is not None:
        file = str(kept(session, record, one.paper, by, shown=False, now=now).id)
    elif one.kept in before:
        file = one.kept
    else:
        raise Incomplete(f"请上传“{one.who.strip()}”的报价单。")
    return {"who": one.who.strip(), "fen": one.fen, "file": file}
