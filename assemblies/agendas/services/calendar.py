"""Plan when the notice is posted and when voting opens and closes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.agendas.services.assemblies import editable
from assemblies.agendas.services.drafts import Dates
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete
from assemblies.records.assemblies import AssemblyRecord
from voting.law.calendar import Plan, require_lawful
from voting.law.house import HouseRules
from voting.law.rules import Rules, compose


def plan_dates(session: Session, assembly: UUID, dates: Dates, *, now: datetime) -> None:
    """Set the dates of an assembly.

    Raises `UnlawfulDate` naming the clause that a date breaks, `Incomplete` for a day that is
    past, `WrongStep` once the agenda is posted.
    """
    record = editable(session, assembly)
    if in_china(dates.post).date() < in_china(now).date():
        raise Incomplete("公告日期已经过去，请从今天起安排。")
    rules = rules_of(record, dates.post)
    require_lawful(Plan(dates.post, dates.post, dates.opens, dates.closes), rules)
    record.planned_post, record.opens_at, record.closes_at = dates.post, dates.opens, dates.closes


def rules_of(record: AssemblyRecord, posted: datetime) -> Rules:
    """Return the rules of an assembly as they stand on the day of its posting."""
    house = None if record.house_rules is None else HouseRules.from_json(record.house_rules)
    return compose(record.pack, on=in_china(posted).date(), house=house)
