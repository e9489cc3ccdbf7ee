"""What the pack says of a committee's meetings, in numbers and in words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.meetings.ahead import AGENDA, COMMUNITY
from assemblies.records.rules import rules_for
from voting.law.committees import present_enough
from voting.law.findings import Comparison

EXTRA = "extra_meeting_members"
MINUTES = "minutes_posted_days"


def presence(
    session: Session, estate: UUID, present: int, members: int, *, now: datetime
) -> Comparison:
    """Hold those who came against what the pack asks; raises `NotFound`, `NoSuchRule`."""
    return present_enough(present, members, rules_for(session, estate, now=now))


def sayings(session: Session, estate: UUID, *, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return each rule of the pack about meetings as its words and its provisions."""
    rules = rules_for(session, estate, now=now)
    names = (AGENDA, COMMUNITY, "committee_present", "committee_agree", EXTRA, MINUTES)
    found = (rules.parameter(name) for name in names if rules.has(name))
    return tuple((one.said_zh, "；".join(law.short for law in one.law)) for one in found)
