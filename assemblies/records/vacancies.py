"""What empty seats of a committee ask for, held as a duty until they are filled."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.records.duties import Done, Opening, duty_of, fulfil, open_duty
from assemblies.records.rules import rules_for
from voting.law.committees import Vacancy, vacancy
from voting.law.duties import Duty, due
from voting.law.rules import Rules

STREET, ANEW = "vacancy_street_days", "vacancy_new_election"


@dataclass(frozen=True, slots=True)
class Seats:
    """How many seats a term has, how many are taken, and who could step in."""

    term: UUID
    seats: int
    left: int
    alternates: int


def settle(
    session: Session, estate: UUID, seats: Seats, *, on: date, now: datetime
) -> Vacancy:  # fmt: skip
    """Open the duty that empty seats ask for, close it when they are filled, say which it is.

    QD 41: under half a new election; ZB 34, WF 38: under two thirds the street office calls it.
    """
    rules = rules_for(session, estate, now=now)
    found = vacancy(seats.seats, seats.left, seats.alternates, rules)
    asked = _asked(found, on, rules)
    if asked is None:
        for name in (STREET, ANEW):
            fulfil(session, seats.term, name, Done("业主委员会", "委员已经补足"), now=now)
        return found
    who = "street" if found is Vacancy.STREET_CALLS else "committee"
    href = f"/estates/{estate}/committee"
    about = f"应选 {seats.seats} 人，现有委员 {seats.left} 人，候补 {seats.alternates} 人"
    held = duty_of(session, seats.term, asked.name)
    if held is not None:
        held.done_at, held.about = None, about
    open_duty(session, estate, Opening(asked, seats.term, found.zh, about, who, href), now=now)
    return found


def _asked(found: Vacancy, on: date, rules: Rules) -> Duty | None:
    """Return the duty of a vacancy; a new election has no day of its own in the law."""
    if found is Vacancy.STREET_CALLS and rules.has(STREET):
        return due(STREET, on, rules)
    if found not in (Vacancy.NEW_ELECTION, Vacancy.STREET_CALLS):
        return None
    rule = rules.parameter(ANEW)
    return Duty(ANEW, rule.said_zh, "自委员人数不足之日起", None, rule.verified, rule.law)
