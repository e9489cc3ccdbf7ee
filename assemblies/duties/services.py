"""Verbs of the duties room: mark one as done with its proof, and tell of those that are late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload, checked
from assemblies.foundation.wording import day_text
from assemblies.records.duties import WHO, Done, DutyRecord, fulfil
from assemblies.records.files import keep
from assemblies.records.supervision import Happened, digest_of, tell

# Who may say that a duty was done; the duties of an office are its own.
NEEDS = {
    "committee": Need.RUN_COMMITTEE,
    "keeper": Need.RUN_COMMITTEE,
    "manager": Need.RUN_COMMITTEE,
    "group": Need.PREPARE_ELECTION,
    "community": Need.NOTE,
    "street": Need.ORDER,
    "authority": Need.ORDER,
}
THE_CLOCK = "系统按时核对"
# As many as one transaction tells of; the rest are told a second later.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Finished:
    """That a duty was done: in one sentence, with a paper that proves it."""

    said: str
    proof: Upload | None


def finish(
    session: Session, duty: UUID, finished: Finished, by: str, keys: Keys, *, now: datetime
) -> None:
    """Mark a duty that has no page of its own as done, with its proof.

    Raises `NotFound`, `WrongStep` where it is done elsewhere or no longer open, `Incomplete`.
    """
    found = select(DutyRecord).where(DutyRecord.id == duty).with_for_update()
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    if record.href:
        raise WrongStep("这件事在它自己的页面上办理，办完会自动从待办里划去。")
    if record.done_at is not None or record.void_at is not None:
        raise WrongStep("这件事已经办结，或者不再要求办理。")
    said = finished.said.strip()
    if finished.proof is None or not said:
        raise Incomplete("请用一句话写明办理情况，并附上凭证。")
    file = keep(session, record.estate_id, checked(finished.proof), by, now=now)
    fulfil(session, record.source_id, record.name, Done(by, said, file.id), now=now)
    sentence = f"{record.title}（{record.about}）办结：{said}"
    happened = Happened("duty.done", sentence, by, f"duty:{record.id}", file.sha256)
    tell(session, record.estate_id, happened, keys, now=now)


def anything_late(session: Session, *, now: datetime) -> bool:
    """Say whether `tell_late` would tell of anything: a look that takes no lock."""
    found = select(DutyRecord.id).where(_untold(now)).limit(1)
    return session.execute(found).first() is not None


def tell_late(session: Session, keys: Keys, *, now: datetime) -> int:
    """Tell the supervision record of every duty whose last day has passed, once each.

    Returns of how many it told. Nobody's click is needed: the worker calls this every second.
    """
    due = select(DutyRecord).where(_untold(now))
    order = (DutyRecord.estate_id, DutyRecord.due_on, DutyRecord.id)
    held = session.execute(due.order_by(*order).limit(BATCH).with_for_update()).scalars().all()
    for record in held:
        record.late_at = now
        session.flush()
        last = record.due_on.isoformat() if record.due_on else ""
        digest = digest_of({"duty": str(record.id), "last_day": last, "name": record.name})
        kind, source = _kind_and_source(record)
        happened = Happened(kind, _late(record, now), THE_CLOCK, source, digest)
        tell(session, record.estate_id, happened, keys, now=now)
    return len(held)


def _kind_and_source(record: DutyRecord) -> tuple[str, str]:
    """Name what is late: a regular report by itself, everything else as a duty."""
    if record.name == "report_due_days":
        return "report.late", f"report:{record.source_id}"
    return "duty.late", f"duty:{record.id}"


def _late(record: DutyRecord, now: datetime) -> str:
    today = in_china(now).date()
    last = record.due_on or today
    period = "" if record.binding else "，这是建议期限"
    who = WHO.get(record.who, record.who)
    return (
        f"{record.title}（{record.about}）应由{who}在{day_text(last)}以前办完，"
        f"到{day_text(today)}还没有办{period}。"
    )


def _untold(now: datetime) -> ColumnElement[bool]:
    """Return the condition of a duty that is late and of which nobody told yet (CC 203)."""
    return and_(
        DutyRecord.due_on < in_china(now).date(),
        DutyRecord.done_at.is_(None),
        DutyRecord.void_at.is_(None),
        DutyRecord.late_at.is_(None),
    )
