"""Periods before and during a vote: which dates are lawful, and a plan that is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from voting.errors import UnlawfulDate
from voting.law.citations import CIVIL_CODE_201_1, Citation
from voting.law.rules import Rules

# China has kept one time without summer time since 1991; the database of zones is not needed.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
POSTING_HOUR, OPENING_HOUR, CLOSING_HOUR = time(9), time(8), time(20)


@dataclass(frozen=True, slots=True)
class Plan:
    """The times of an assembly, all with their zone; raises `UnlawfulDate` when out of order.

    `told` is when the residents' committee hears of it; `extended_to` is the later closing.
    """

    posted: datetime
    roll_posted: datetime
    opens: datetime
    closes: datetime
    extended_to: datetime | None = None
    told: datetime | None = None

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise UnlawfulDate("投票截止时间要晚于投票开始时间。")
        if self.extended_to is not None and self.extended_to <= self.closes:
            raise UnlawfulDate("延期后的截止时间要晚于原定的截止时间。")


@dataclass(frozen=True, slots=True)
class DateCheck:
    """One planned time held against the period that governs it.

    A check that is not `binding` rests on practice elsewhere and only advises.
    """

    step: str
    step_zh: str
    given: datetime
    earliest: datetime | None
    latest: datetime | None
    rule_zh: str
    binding: bool
    law: tuple[Citation, ...]

    @property
    def holds(self) -> bool:
        """Whether the time lies within the period."""
        return not self._too_early and not self._too_late

    @property
    def said_zh(self) -> str:
        """The check as a sentence, with the nearest lawful time and the provision."""
        law = f"{self.rule_zh}（{'、'.join(citation.text for citation in self.law)}）"
        return f"{self.step_zh}定在{_zh(self.given)}，{self._outcome_zh}。{law}"

    @property
    def _outcome_zh(self) -> str:
        if self.earliest is not None and self._too_early:
            return f"{'太早' if self.binding else '偏早'}，最早为{_zh(self.earliest)}"
        if self.latest is not None and self._too_late:
            return f"{'太晚' if self.binding else '偏晚'}，最晚为{_zh(self.latest)}"
        return "符合要求"

    @property
    def _too_early(self) -> bool:
        return self.earliest is not None and self.given < self.earliest

    @property
    def _too_late(self) -> bool:
        return self.latest is not None and self.given > self.latest


def check_dates(plan: Plan, rules: Rules) -> tuple[DateCheck, ...]:
    """Hold every date of a plan against its period, in the order of the plan.

    Raises `RuleNotRecorded` for an extension when the estate recorded no rule of it.

    Law: pmr art. 14 -- owners are told fifteen days before, the residents' committee with them;
    sd art. 22 -- the draft roll is posted fifteen days before; civil-code art. 201 para. 1 --
    the day of posting does not count.
    """
    checks = [_told(plan, rules), _notice(plan, rules), _draft_roll(plan, rules)]
    checks += [*_window(plan, rules), _extension(plan, rules)]
    return tuple(check for check in checks if check is not None)


def require_lawful(plan: Plan, rules: Rules) -> None:
    """Let a lawful plan pass; raises `UnlawfulDate` with the first date that breaks a period.

    Law: pmr art. 14; sd art. 22.
    """
    for check in check_dates(plan, rules):
        if check.binding and not check.holds:
            raise UnlawfulDate(check.said_zh)


def propose(rules: Rules, start: date) -> Plan:
    """Propose lawful dates for a notice posted on `start`, with one day to spare.

    Law: pmr art. 14 para. 1 -- fifteen days; sd art. 22 -- likewise the draft roll. The spare day
    keeps the plan lawful also for a reader who counts fifteen whole days between.
    """
    posted = datetime.combine(start, POSTING_HOUR, CHINA)
    wait = max(rules.days(name) for name in ("notice_days", "draft_roll_days") if rules.has(name))
    opens = start + wait + timedelta(days=1)
    closes = opens + rules.days("window_usual_days")
    return Plan(
        posted=posted,
        roll_posted=posted,
        opens=datetime.combine(opens, OPENING_HOUR, CHINA),
        closes=datetime.combine(closes, CLOSING_HOUR, CHINA),
        told=posted,
    )


def objections_close(rules: Rules, posted: datetime) -> datetime:
    """Return the moment at which objections to a preliminary result are closed.

    Law: civil-code art. 201 para. 1 -- the day of posting does not count;
    civil-code art. 203 para. 2 -- the last day ends at twenty-four hours.
    The length is practice elsewhere: qingyuan art. 17.
    """
    return _end_of_day(_day(posted) + rules.days("objection_days"))


def _told(plan: Plan, rules: Rules) -> DateCheck | None:
    if plan.told is None:
        return None
    latest = _end_of_day(_day(plan.posted))
    rule = "tell_residents_committee"
    return _check(rules, rule, "告知居民委员会的时间", plan.told, latest=latest)


def _notice(plan: Plan, rules: Rules) -> DateCheck:
    earliest = _midnight(_day(plan.posted) + rules.days("notice_days"))
    return _check(rules, "notice_days", "投票开始时间", plan.opens, earliest=earliest)


def _draft_roll(plan: Plan, rules: Rules) -> DateCheck | None:
    if not rules.has("draft_roll_days"):
        return None
    earliest = _midnight(_day(plan.roll_posted) + rules.days("draft_roll_days"))
    return _check(rules, "draft_roll_days", "投票开始时间", plan.opens, earliest=earliest)


def _window(plan: Plan, rules: Rules) -> tuple[DateCheck, DateCheck]:
    least = plan.opens + rules.days("window_least_days")
    most = _end_of_day(_day(plan.opens) + rules.days("window_most_days"))
    last = plan.extended_to or plan.closes
    return (
        _check(rules, "window_least_days", "投票截止时间", plan.closes, earliest=least),
        _check(rules, "window_most_days", "投票截止时间", last, latest=most),
    )


def _extension(plan: Plan, rules: Rules) -> DateCheck | None:
    if plan.extended_to is None:
        return None
    days = rules.house.extension
    return DateCheck(
        step="extension",
        step_zh="延期后的截止时间",
        given=plan.extended_to,
        earliest=None,
        latest=_end_of_day(_day(plan.closes) + timedelta(days=days)) if days else plan.closes,
        rule_zh=f"本小区的规则允许延期最多 {days} 天。" if days else "本小区的规则不允许延期。",
        binding=True,
        law=(Citation.of_house(rules.house.extension_clause),),
    )


def _check(
    rules: Rules,
    rule: str,
    step_zh: str,
    given: datetime,
    *,
    earliest: datetime | None = None,
    latest: datetime | None = None,
) -> DateCheck:
    """Hold a time against a parameter; one that no statute here fixes does not bind."""
    parameter = rules.parameter(rule)
    law = (*parameter.law, *((CIVIL_CODE_201_1,) if parameter.verified else ()))
    return DateCheck(
        rule, step_zh, given, earliest, latest, parameter.said_zh, parameter.verified, law
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _end_of_day(day: date) -> datetime:
    """Return the end of a day: its twenty-fourth hour (civil-code art. 203 para. 2)."""
    return _midnight(day + timedelta(days=1))


def _zh(moment: datetime) -> str:
    local = moment.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
