"""The rules that govern an estate between its assemblies: its pack as it is in force today."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotFound
from assemblies.records.premises import EstateRecord
from voting.law.rules import Rules, compose


def rules_for(session: Session, estate: UUID, *, now: datetime) -> Rules:
    """Return the parameters in force for an estate today; raises `NotFound`."""
    record = session.get(EstateRecord, estate)
    if record is None:
        raise NotFound
    return compose(record.pack, on=in_china(now).date())
