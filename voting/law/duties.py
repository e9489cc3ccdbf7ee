"""What must happen after a decision, by when, and which provision says so."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from voting.law.citations import Citation
from voting.law.matters import Matter
from voting.law.parameters import DAYS
from voting.law.rules import Rules

# Which periods follow a decision in a matter, and from what they run: "" from the decision itself.
_ALWAYS = (
    ("decision_posted_days", ""),
    ("posting_lasts_days", "公告张贴"),
    ("challenge_months", "业主知道或者应当知道决定"),
    ("evidence_months", ""),
)
_AFTER = {
    Matter.RULES: (("change_told_days", ""),),
    Matter.COVENANT: (("change_told_days", ""),),
    Matter.COMMITTEE: (
        ("first_committee_meeting_days", ""),
        ("filing_days", ""),
        ("certificate_days", "提交备案"),
        ("handover_days", ""),
    ),
    Matter.MANAGER: (
        ("contract_filing_days", "签订合同"),
        ("dismissal_notice_days", "送达解聘通知"),
    ),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do after a decision; `due` is None where the period runs from a later event.

    A duty that is not `binding` rests on practice elsewhere and only advises.
    """

    name: str
    said_zh: str
    starts_zh: str
    due: date | None
    binding: bool
    law: tuple[Citation, ...]


def duties(matter: Matter, decided_on: date, rules: Rules) -> tuple[Duty, ...]:
    """List what follows a decision in a matter, in the order in which it falls due.

    Law: sd art. 32 -- posted within three days; civil-code art. 280 para. 2 and spc-2009-7
    art. 12 -- open to suit for a year; pmr art. 16 -- a new committee files within thirty days;
    civil-code art. 946 -- sixty days' notice to a dismissed manager; sd art. 57 -- the contract.
    """
    periods = (*_AFTER.get(matter, ()), *_ALWAYS)
    found = [_duty(name, event, decided_on, rules) for name, event in periods if rules.has(name)]
    return tuple(sorted(found, key=lambda duty: (duty.due is None, duty.due or decided_on)))


def last_day(start: date, number: int, unit: str) -> date:
    """Return the last day of a period of so many days or months that begins after `start`.

    A last day that is a holiday moves to the next working day; holidays are fixed year by year
    and are not computed here, so the day returned is never too late.

    Law: civil-code art. 201 para. 1 -- the first day does not count;
    civil-code art. 202 -- months end on the same day of the month, or on its last.
    """
    if unit == DAYS:
        return date.fromordinal(start.toordinal() + number)
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _duty(name: str, event: str, decided_on: date, rules: Rules) -> Duty:
    parameter = rules.parameter(name)
    due = None if event else last_day(decided_on, rules.number(name), parameter.unit)
    return Duty(
        name=name,
        said_zh=parameter.said_zh,
        starts_zh=f"自{event or '作出决定'}之日起算，当日不计",
        due=due,
        binding=parameter.verified,
        law=parameter.law,
    )
