"""Resolutions with their duties, for tests of the register, the calendar and the public page."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.records.duties import DutyRecord, Opening, open_duty
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from assemblies.resolutions.following import TASKS
from voting.law.duties import due


def opened(
    session: Session,
    record: ResolutionRecord,
    name: str,
    on: date | None = None,
    *,
    now: datetime,
) -> DutyRecord:
    """Open one duty of a resolution, as publishing it does; `on` is the day of its event."""
    rules = rules_for(session, record.estate_id, now=now)
    duty = due(name, on or in_china(now).date(), rules)
    task = TASKS[name]
    href = task.href(record.estate_id, record.id)
    about = f"{record.title}（{record.number}）"
    opening = Opening(duty, record.id, task.title, about, task.who, href)
    return open_duty(session, record.estate_id, opening, now=now)
