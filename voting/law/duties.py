"""What must happen after a decision or another event, by when, and which provision says so."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from voting.errors import NoSuchRule
from voting.law.citations import Citation
from voting.law.matters import Matter
from voting.law.parameters import DAYS, MONTHS, WORKDAYS
from voting.law.rules import Rules
from voting.law.working_days import working_day_after

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
        ("minutes_posted_days", "业主委员会开会"),
    ),
    Matter.MANAGER: (
        ("contract_signing_days", "选定物业服务企业"),
        ("contract_filing_days", "签订合同"),
        ("dismissal_notice_days", "送达解聘通知"),
    ),
    Matter.FUND_USE: (("fund_station_days", "收到使用申请"),),
    Matter.FUND_RAISE: (("refill_notice_days", ""),),
}
# The events from which the other periods run.
_EVENTS: Mapping[str, str] = {
    "preparatory_group_days": "具备首次会议条件",
    "preparatory_announce_days": "筹备组组建",
    "preparation_days": "筹备组成立",
    "reelection_group_days": "任期届满",
    "reelection_done_days": "换届小组成立",
    "vacancy_street_days": "委员出现空缺",
    "member_handover_days": "委员离任",
    "seal_stamp_days": "同意用印",
    "seal_publication_months": "上一次公布",
    "fund_posting_days": "公示",
    "fund_emergency_posting_days": "公示",
    "fund_emergency_station_days": "收到应急申请",
    "fund_publication_months": "上一次公布",
    "income_publication_months": "上一次公布",
    "report_months": "上一个报告期结束",
    "report_due_days": "报告期结束",
    "inquiry_reply_days": "收到问询",
    "order_reply_days": "收到责令改正通知书",
    "objection_days": "公示初步结果",
}
# Periods that end where the others begin: what they ask for is done before the event.
_BEFORE: Mapping[str, str] = {
    "notice_days": "业主大会会议召开",
    "draft_roll_days": "业主大会会议召开",
    "reelection_start_days": "任期届满",
    "renewal_refusal_days": "合同期满",
    "committee_agenda_days": "业主委员会开会",
    "committee_tell_community_days": "业主委员会开会",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do; `due` is None where the period runs from an event still to come.

    A duty that is not `binding` rests on practice elsewhere and only advises.
    """

    name: str
    said_zh: str
    starts_zh: str
    due: date | None
    binding: bool
    law: tuple[Citation, ...]

    @property
    def last(self) -> date:
        """The last day; raises `NoSuchRule` where the period has not begun."""
        if self.due is None:
            raise NoSuchRule(f"{self.name} has not begun")
        return self.due


def duties(matter: Matter, decided_on: date, rules: Rules) -> tuple[Duty, ...]:
    """List what follows a decision in a matter, in the order in which it falls due.

    Law: sd art. 32 -- posted within three days; civil-code art. 280 para. 2 and spc-2009-7
    art. 12 -- open to suit for a year; pmr art. 16 -- a new committee files within thirty days;
    civil-code art. 946 -- sixty days' notice to a dismissed manager; sd art. 57 -- the contract.
    """
    periods = (*_AFTER.get(matter, ()), *_ALWAYS)
    named = [(name, event) for name, event in periods if rules.has(name)]
    found = [_following(name, event, decided_on, rules) for name, event in named]
    return tuple(sorted(found, key=lambda duty: (duty.due is None, duty.due or decided_on)))


def due(name: str, start: date, rules: Rules) -> Duty:
    """Return the duty that a period opens on the day of its event.

    A period before an event (the agenda before a meeting, re-election before the end of a term)
    counts back from it: its last day is so many days earlier. Raises `NoSuchRule` when no period
    of this name is in force.

    Law: civil-code art. 201 para. 1 -- the day of the event does not count.
    """
    parameter = rules.parameter(name)
    if parameter.unit not in (DAYS, WORKDAYS, MONTHS):
        raise NoSuchRule(f"{name} is no period")
    if name in _BEFORE:
        starts_zh = f"自{_BEFORE[name]}之日往前算，当日不计"
        return _duty(name, starts_zh, start - rules.days(name), rules)
    event = _event(name)
    last = last_day(start, rules.number(name), parameter.unit)
    return _duty(name, f"自{event}之日起算，当日不计", last, rules)


def last_day(start: date, number: int, unit: str) -> date:
    """Return the last day of a period of days, working days or months that begins after `start`.

    A last day that is a holiday moves to the next working day; holidays are fixed year by year
    and are not computed here, so the day returned is never too late.

    Law: civil-code art. 201 para. 1 -- the first day does not count;
    civil-code art. 202 -- months end on the same day of the month, or on its last.
    """
    if unit == DAYS:
        return date.fromordinal(start.toordinal() + number)
    if unit == WORKDAYS:
        return working_day_after(start, number)
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _event(name: str) -> str:
    """Name the event from which a period runs."""
    periods = (*_ALWAYS, *(period for after in _AFTER.values() for period in after))
    return _EVENTS.get(name) or dict(periods).get(name) or "作出决定"


def _following(name: str, event: str, decided_on: date, rules: Rules) -> Duty:
    """Return what follows a decision, dated where the period runs from the decision itself."""
    last = None if event else last_day(decided_on, rules.number(name), rules.parameter(name).unit)
    return _duty(name, f"自{event or '作出决定'}之日起算，当日不计", last, rules)


def _duty(name: str, starts_zh: str, last: date | None, rules: Rules) -> Duty:
    parameter = rules.parameter(name)
    return Duty(name, parameter.said_zh, starts_zh, last, parameter.verified, parameter.law)
