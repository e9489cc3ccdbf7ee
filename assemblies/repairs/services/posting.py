"""Post a repair's plan with its share list, and record what owners said while it hung."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.wording import money_text, short_day_text
from assemblies.records import duties
from assemblies.records.duties import Done, Opening
from assemblies.records.repairs import RepairRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.queries.periods import posting_period
from assemblies.repairs.services.basis import require_authority
from assemblies.repairs.services.drafts import HeardDraft, PostingDraft
from assemblies.repairs.services.plans import require_answered
from assemblies.repairs.services.shares import share_out
from assemblies.repairs.services.steps import (
    EMERGENCY,
    STANDING,
    address,
    kept,
    locked,
    require_state,
    tell_of,
    written,
)
from voting.law.duties import Duty, due

A_DAY = timedelta(days=1)


def post(
    session: Session,
    estate: UUID,
    repair: UUID,
    draft: PostingDraft,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Post plan, budget, share list and photographs; from now on the shares are fixed.

    Raises `WrongStep`, `Incomplete` naming what is missing. Law: CC 281 -- the use is published;
    the days are the pack's (ZB 67 for emergencies, practice elsewhere).
    """
    record = locked(session, estate, repair)
    require_state(record, "settled" if record.path == EMERGENCY else "draft")
    require_answered(record)
    if record.budget_fen <= 0:
        raise WrongStep("请先填写预算、报价和施工单位。")
    if not record.photo_ids:
        raise Incomplete("请先上传现场照片，照片要和方案一起公示。")
    written(张贴地点=draft.place)
    if draft.photo is None:
        raise Incomplete("请上传张贴的照片。")
    if record.path == STANDING:
        require_authority(session, record, record.budget_fen, now=now)
    share_out(session, record)
    photo = kept(session, record, draft.photo, actor.by, shown=True, now=now)
    record.state, record.posted_at = "posted", now
    record.posted_place, record.posted_file_id = draft.place.strip(), photo.id
    duty = _open_duty(session, record, now)
    said = (
        f"方案、预算 {money_text(record.settled_fen or record.budget_fen)}和 {len(record.shares)} "
        f"户的分摊清册已经张贴在{record.posted_place}，公示到{short_day_text(duty.last)}。"
    )
    tell_of(session, record, "repair.posted", said, actor, digest=photo.sha256, now=now)


def hear(
    session: Session, estate: UUID, repair: UUID, draft: HeardDraft, actor: Actor, *, now: datetime
) -> None:
    """Record on the posting's last day or later what owners said, with a photograph.

    Raises `WrongStep` before that day, `Incomplete`.
    """
    record = locked(session, estate, repair)
    require_state(record, "posted", "voted")
    last = last_day_of(session, record, now=now)
    if in_china(now).date() < last:
        raise WrongStep(f"公示要到{short_day_text(last)}才满，请在当天或以后记录。")
    written(公示期间业主的意见=draft.said)
    if draft.photo is None:
        raise Incomplete("请上传公示期满时的照片。")
    photo = kept(session, record, draft.photo, actor.by, shown=True, now=now)
    record.heard, record.heard_at, record.heard_file_id = draft.said.strip(), now, photo.id
    done = Done(actor.by, "公示期满，已拍照留证", photo.id)
    duties.fulfil(session, record.id, posting_period(record.path), done, now=now)
    said = f"方案公示期满，业主意见：{record.heard}"
    tell_of(session, record, "repair.heard", said, actor, digest=photo.sha256, now=now)


def require_posting_over(session: Session, record: RepairRecord, *, now: datetime) -> None:
    """Let a repair pass whose plan hung for all its days, today not counting among them.

    Raises `WrongStep` naming the first day. Law: civil-code art. 201 -- the day of posting does
    not count; the last day ends at midnight (art. 203).
    """
    first = last_day_of(session, record, now=now) + A_DAY
    if in_china(now).date() < first:
        raise WrongStep(f"方案还在公示，最早{short_day_text(first)}可以申请。")


def last_day_of(session: Session, record: RepairRecord, *, now: datetime) -> date:
    """Return the last day on which the plan hangs; raises `WrongStep` before it is posted."""
    return _duty(session, record, now).last


def _duty(session: Session, record: RepairRecord, now: datetime) -> Duty:
    if record.posted_at is None:
        raise WrongStep("方案还没有公示。")
    rules = rules_for(session, record.estate_id, now=now)
    return due(posting_period(record.path), in_china(record.posted_at).date(), rules)


def _open_duty(session: Session, record: RepairRecord, now: datetime) -> Duty:
    duty = _duty(session, record, now)
    opening = Opening(
        duty, record.id, "维修方案公示期满，拍照并记录业主意见", record.title, href=address(record)
    )
    duties.open_duty(session, record.estate_id, opening, now=now)
    return duty
