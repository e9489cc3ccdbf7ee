"""An application to use the fund moves through four stations; each approves or gives it back."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.foundation.wording import money_text, short_day_text
from assemblies.records import duties
from assemblies.records.duties import Done, Opening
from assemblies.records.repairs import RepairRecord, StationRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.queries import votes as reads
from assemblies.repairs.queries.periods import posting_period, station_period
from assemblies.repairs.queries.stations import STATIONS, station_words
from assemblies.repairs.services import votes
from assemblies.repairs.services.basis import require_basis
from assemblies.repairs.services.drafts import ApplicationDraft
from assemblies.repairs.services.posting import require_posting_over
from assemblies.repairs.services.steps import (
    ORDINARY,
    address,
    kept_all,
    locked,
    require_state,
    tell_of,
    written,
)
from voting.law.duties import due


def apply(
    session: Session,
    estate: UUID,
    repair: UUID,
    draft: ApplicationDraft,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Apply for the money: the package goes to the first station.

    Raises `WrongStep` before the posting is over or without the owners' decision, `Incomplete`
    where an application that came back says not what was mended. Law: F165 22, 23.
    """
    record = locked(session, estate, repair)
    require_state(record, "posted", "voted")
    require_posting_over(session, record, now=now)
    require_basis(session, record, now=now)
    resolution = reads.resolution_of(session, record)
    if record.path == ORDINARY and record.state == "posted" and resolution is not None:
        votes.take(session, record, resolution, actor, now=now)
    number = max((one.round for one in record.stations), default=0) + 1
    changed = ""
    if number > 1:
        written(这次更正了什么=draft.note)
        changed = _payee_changed(record, draft.account.strip())
    papers = kept_all(session, record, draft.papers, actor.by, shown=False, now=now)
    record.state, record.applied_at = "applied", now
    done = Done(actor.by, "公示期满，已经提交申请")
    duties.fulfil(session, record.id, posting_period(record.path), done, now=now)
    first = _enter(session, record, STATIONS[0], number, now)
    first.note, first.file_ids = draft.note.strip(), papers
    amount = money_text(record.settled_fen or record.budget_fen)
    said = f"第 {number} 次申请使用维修资金 {amount}，由业主委员会先审核。{changed}"
    tell_of(session, record, "repair.applied", said, actor, now=now)


def approve(
    session: Session,
    estate: UUID,
    station: UUID,
    reasons: str,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Approve at a station: the application moves on, after the last one the money may flow.

    Raises `WrongStep` where it was decided already or the owners' decision fell meanwhile.
    """
    record, stop = waiting(session, estate, station)
    require_basis(session, record, now=now)
    _decide(session, stop, "approved", reasons.strip() or "同意。", actor.by, now)
    here = station_words(stop.station)
    after = STATIONS.index(stop.station) + 1
    if after < len(STATIONS):
        following = _enter(session, record, STATIONS[after], stop.round, now)
        on = f"转{station_words(following.station)}，{short_day_text(following.due_on)}前办理"
    else:
        record.state, record.approved_at = "approved", now
        on = "可以通知银行划款"
    tell_of(session, record, "repair.approved", f"{here}同意，{on}。", actor, now=now)


def give_back(
    session: Session,
    estate: UUID,
    station: UUID,
    reasons: str,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Return an application with reasons; the committee mends it and applies anew.

    Raises `Incomplete` without reasons, `WrongStep`.
    """
    record, stop = waiting(session, estate, station)
    written(退回的理由=reasons)
    _decide(session, stop, "returned", reasons.strip(), actor.by, now)
    record.state = "voted" if record.path == ORDINARY else "posted"
    said = f"{station_words(stop.station)}退回，理由：{reasons.strip()}"
    tell_of(session, record, "repair.returned", said, actor, now=now)


def waiting(session: Session, estate: UUID, station: UUID) -> tuple[RepairRecord, StationRecord]:
    """Return a station's stop that waits for its word, with its repair, both locked.

    Raises `NotFound` for another estate's, `WrongStep` once it was decided.
    """
    stop = session.get(StationRecord, station)
    if stop is None:
        raise NotFound
    record = locked(session, estate, stop.repair_id)
    session.refresh(stop, with_for_update=True)
    if stop.decided_at is not None:
        raise WrongStep("这一站已经办过了。")
    require_state(record, "applied")
    return record, stop


def _payee_changed(record: RepairRecord, account: str) -> str:
    """Take over another payee's account and say so: nobody redirects money unseen."""
    if account in ("", record.contractor_account):
        return ""
    record.contractor_account = account
    return f"{record.contractor}的收款账户有更改，请各站核对。"


def _enter(
    session: Session, record: RepairRecord, station: str, number: int, now: datetime
) -> StationRecord:
    rules = rules_for(session, record.estate_id, now=now)
    duty = due(station_period(record.path), in_china(now).date(), rules)
    stop = StationRecord(
        id=uuid4(),
        repair_id=record.id,
        station=station,
        round=number,
        file_ids=[],
        entered_at=now,
        due_on=duty.last,
    )
    session.add(stop)
    session.flush()
    session.expire(record, ["stations"])
    title = f"审核维修资金使用申请（{station_words(station)}）"
    href = f"{address(record)}/stations/{stop.id}"
    opening = Opening(duty, stop.id, title, record.title, station, href)
    duties.open_duty(session, record.estate_id, opening, now=now)
    return stop


def _decide(
    session: Session, stop: StationRecord, decision: str, reasons: str, by: str, now: datetime
) -> None:
    stop.decided_at, stop.decision = now, decision
    stop.reasons, stop.decided_by = reasons, by
    said = "同意" if decision == "approved" else "退回"
    done = Done(by, f"{said}：{reasons}")
    for name in ("fund_station_days", "fund_emergency_station_days"):
        duties.fulfil(session, stop.id, name, done, now=now)
