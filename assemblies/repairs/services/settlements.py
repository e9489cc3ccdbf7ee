"""Accept the works, settle what they cost, and post the settlement."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.refusals import Incomplete
from assemblies.foundation.wording import money_text
from assemblies.records import duties
from assemblies.records.duties import Done
from assemblies.records.repairs import RepairRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.services.basis import require_authority, supplement_for
from assemblies.repairs.services.drafts import AcceptanceDraft, PostingDraft, SettlementDraft
from assemblies.repairs.services.payments import PUBLICATION, require_nothing_pending
from assemblies.repairs.services.shares import share_out
from assemblies.repairs.services.steps import (
    EMERGENCY,
    STANDING,
    kept,
    kept_all,
    locked,
    require_state,
    tell_of,
    written,
)
from voting.law import funds
from voting.law.rules import Rules


def accept(
    session: Session,
    estate: UUID,
    repair: UUID,
    draft: AcceptanceDraft,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Record who accepted the works, which owners were there, and the papers.

    Raises `WrongStep` before the money was approved (in an emergency: before the check on the
    spot), `Incomplete`. Law: F165 22.
    """
    record = locked(session, estate, repair)
    emergency = record.path == EMERGENCY
    require_state(record, *(("checked",) if emergency else ("approved", "advanced")))
    require_nothing_pending(session, record)
    written(验收人=draft.by, 参加验收的业主代表=draft.representatives)
    if draft.at > now:
        raise Incomplete("验收的时间不能晚于现在。")
    if not draft.papers:
        raise Incomplete("请上传验收单或者验收照片。")
    record.acceptance_ids = kept_all(session, record, draft.papers, actor.by, shown=True, now=now)
    record.accepted_at, record.accepted_by = draft.at, draft.by.strip()
    record.representatives, record.state = draft.representatives.strip(), "accepted"
    said = f"{record.accepted_by}验收合格，业主代表 {record.representatives} 参加。"
    tell_of(session, record, "repair.accepted", said, actor, now=now)


def settle(
    session: Session,
    estate: UUID,
    repair: UUID,
    draft: SettlementDraft,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Record what the works cost in the end.

    More than the pack's share over the budget asks for an audit; anything over what owners agreed
    to asks for another decision of theirs: raises `Incomplete`. Law: CC 278 para. 1 item 5; the
    audit is practice (Jinan).
    """
    record = locked(session, estate, repair)
    require_state(record, "accepted")
    if draft.fen <= 0:
        raise Incomplete("请填写结算总价。")
    if record.budget_fen <= 0:
        raise Incomplete("请先填写维修方案和预算，再结算。")
    if not draft.papers:
        raise Incomplete("请上传结算书或者发票。")
    rules = rules_for(session, estate, now=now)
    _require_audit(record, draft, rules)
    _require_agreed(session, record, draft, now)
    record.settlement_ids = kept_all(session, record, draft.papers, actor.by, shown=True, now=now)
    if draft.audit is not None:
        record.audit_file_id = kept(session, record, draft.audit, actor.by, shown=True, now=now).id
    record.settled_fen, record.settled_at, record.state = draft.fen, now, "settled"
    if record.path == EMERGENCY:
        share_out(session, record)
    said = f"结算 {money_text(draft.fen)}，预算 {money_text(record.budget_fen)}。"
    tell_of(session, record, "repair.settled", said, actor, now=now)


def publish(
    session: Session,
    estate: UUID,
    repair: UUID,
    draft: PostingDraft,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Post the settlement and what each part bore; the repair is closed.

    Raises `WrongStep` before the last payment, `Incomplete`. Law: CC 281 para. 1 -- the use of the
    fund is published.
    """
    record = locked(session, estate, repair)
    require_state(record, "paid")
    written(张贴地点=draft.place)
    if draft.photo is None:
        raise Incomplete("请上传张贴的照片。")
    photo = kept(session, record, draft.photo, actor.by, shown=True, now=now)
    record.settlement_posted_at, record.settlement_place = now, draft.place.strip()
    record.settlement_file_id = photo.id
    record.state, record.closed_at = "closed", now
    duties.fulfil(
        session, record.id, PUBLICATION, Done(actor.by, record.settlement_place, photo.id), now=now
    )
    cost, place = money_text(record.settled_fen), record.settlement_place
    said = f"结算 {cost}和逐户分摊已经张贴在{place}，项目办结。"
    tell_of(session, record, "repair.closed", said, actor, digest=photo.sha256, now=now)


def _require_audit(record: RepairRecord, draft: SettlementDraft, rules: Rules) -> None:
    if draft.audit is None and funds.needs_audit(record.budget_fen, draft.fen, rules):
        said = rules.parameter("fund_settlement_over").said_zh
        over = money_text(draft.fen - record.budget_fen)
        raise Incomplete(f"结算价比预算多 {over}，请上传审计报告。{said}")


def _require_agreed(
    session: Session, record: RepairRecord, draft: SettlementDraft, now: datetime
) -> None:
    """Nothing is paid beyond what owners agreed to; an emergency is claimed at its true cost."""
    if record.path == EMERGENCY or draft.fen <= record.budget_fen:
        return
    if record.path == STANDING:
        require_authority(session, record, draft.fen, now=now)
    elif draft.supplement is not None:
        supplement_for(session, record, draft.supplement, draft.fen - record.budget_fen)
    else:
        over, budget = draft.fen - record.budget_fen, money_text(record.budget_fen)
        raise Incomplete(
            f"结算价超过业主表决同意的预算 {budget}，多出 {money_text(over)}。"
            "多出的部分业主没有同意，不能动用维修资金（《民法典》第二百七十八条第一款第五项）。请就多出的部分再表决一次，"
            f"通过后在这里选择那项决定；或者与施工单位商定不超过 {budget} 结算。"
        )
