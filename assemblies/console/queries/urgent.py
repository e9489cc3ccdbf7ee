"""What to look at first: each matter of an estate in words, with its urgency and its page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import TypeAlias
from uuid import UUID

from assemblies.console.queries.line import Line
from assemblies.foundation.clock import in_china
from assemblies.foundation.permissions import Need, Staff
from assemblies.foundation.pictures import missing_text
from assemblies.foundation.wording import short_day_text
from assemblies.records.seal_gaps import LATE

CLOSING = timedelta(days=3)
FIRST, MOST_OF_A_KIND = 5, 2
# Kind, level, days, the sentence and where it is settled.
Said: TypeAlias = "tuple[str, Level, int, str, str]"


class Level(IntEnum):
    """How urgent something is, the most urgent first; the first two are late."""

    MINE_LATE = 0
    LATE = 1
    MINE = 2
    NEAR = 3

    @property
    def late(self) -> bool:
        """Say whether a day has passed."""
        return self <= Level.LATE


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter that needs somebody; `days` is how long it is late, or how soon it ends."""

    kind: str
    level: Level
    days: int
    estate: UUID
    place: str
    said: str
    href: str

    @property
    def order(self) -> tuple[int, int, str]:
        """Return by what matters are put in order: level, then days, then name."""
        return self.level, -self.days, self.place


def matters(line: Line, person: Staff, *, now: datetime) -> tuple[Matter, ...]:
    """Return what an estate needs, the most urgent first."""
    today = in_china(now).date()
    found = [
        Matter(kind, level, days, line.estate.id, line.estate.name, said, href)
        for kind, level, days, said, href in _all(line, person, today, now)
    ]
    return tuple(sorted(found, key=lambda one: one.order))


def _all(line: Line, person: Staff, today: date, now: datetime) -> Iterator[Said]:
    yield from _repairs(line, today)
    yield from _duties(line, today)
    yield from _reports(line, today)
    yield from _votings(line, person, now)
    yield from _committee(line, person, today)
    yield from _orders(line, person, today)
    yield from _seals(line, today)


def _seals(line: Line, today: date) -> Iterator[Said]:
    """Say what is wrong with the seals; a keeper who is late stands among the duties already."""
    told = [one for one in line.gaps if one.kind != LATE]
    if told:
        over = (today - told[0].since).days
        more = f"（印章另有 {len(told) - 1} 处）" if len(told) > 1 else ""
        yield "seal", Level.LATE, over, f"{told[0].text.rstrip('。')}{more}", told[0].href


def _repairs(line: Line, today: date) -> Iterator[Said]:
    for one in line.repairs:
        href = f"/estates/{line.estate.id}/repairs/{one.repair}/stations/{one.stop}"
        over = (today - one.due_on).days
        if over > 0:
            yield "repair", Level.MINE_LATE, over, f"“{one.title}”等您审核，已超过 {over} 天", href
        else:
            yield (
                "repair",
                Level.MINE,
                over,
                f"“{one.title}”等您审核，{_by(one.due_on, today)}",
                href,
            )


def _duties(line: Line, today: date) -> Iterator[Said]:
    home = f"/estates/{line.estate.id}/duties"
    late, soon = line.calendar.late, line.calendar.soon
    if late:
        over = (today - late[0].due_on).days
        more = f"，另有 {len(late) - 1} 件逾期" if len(late) > 1 else ""
        href = home if len(late) > 1 else late[0].href or home
        yield "duty", Level.LATE, over, f"{late[0].words}逾期 {over} 天{more}", href
    if soon and soon[0].due_on <= today + CLOSING:
        left = (today - soon[0].due_on).days
        said = f"{soon[0].words}{_by(soon[0].due_on, today)}"
        yield "duty", Level.NEAR, left, said, soon[0].href or home


def _reports(line: Line, today: date) -> Iterator[Said]:
    href = f"/estates/{line.estate.id}/supervision/reports"
    told = any(one.name == "report_due_days" for one in line.calendar.late)
    if line.reports.oldest is not None and not told:
        over = (today - line.reports.oldest).days
        yield "report", Level.LATE, over, f"定期报告逾期 {over} 天没有交", href
    if line.reports.unreceived:
        yield "report", Level.NEAR, 0, f"有 {line.reports.unreceived} 份定期报告等签收", href


def _votings(line: Line, person: Staff, now: datetime) -> Iterator[Said]:
    for one in line.votings:
        href = f"/assemblies/{one.id}"
        if one.open and one.closes_at is not None and one.closes_at - now <= CLOSING:
            left = (in_china(now).date() - in_china(one.closes_at).date()).days
            lack = missing_text(one.heads, one.area) if one.heads and one.area else ""
            if lack:
                yield "voting", Level.NEAR, left, f"“{one.title}”{_until(left)}截止，{lack}", href
        settled = one.objections_until is None or one.objections_until <= now
        may_certify = person.may(Need.CERTIFY, at=line.estate.node)
        if one.phase == "counted" and settled and may_certify:
            yield (
                "certify",
                Level.MINE,
                0,
                f"“{one.title}”公示期满，等您核验结果",
                f"{href}/certify",
            )


def _committee(line: Line, person: Staff, today: date) -> Iterator[Said]:
    body, href = line.body, f"/estates/{line.estate.id}/committee"
    if line.unreviewed:
        said = f"{line.unreviewed} 名候选人的联审意见不齐"
        mine = person.may(Need.REVIEW_CANDIDATE, at=line.estate.node)
        yield "review", Level.MINE if mine else Level.NEAR, 0, said, f"{href}/candidates"
    if body is None:
        return
    if body.reelection == "over":
        over = (today - body.ends_on).days
        yield "term", Level.LATE, over, f"业委会任期已经届满 {over} 天", f"{href}/reelection"
    if body.reelection == "due":
        over = (today - body.begins_on).days
        ends = short_day_text(body.ends_on)
        yield "term", Level.LATE, over, f"业委会{ends}届满，该启动换届了", f"{href}/reelection"
    if body.waiting and person.may(Need.DECIDE_FILING, at=line.estate.node):
        yield "filing", Level.MINE, 0, "业委会备案等您办理", f"{href}/filings"


def _orders(line: Line, person: Staff, today: date) -> Iterator[Said]:
    home, acts = (
        f"/estates/{line.estate.id}/supervision",
        person.may(Need.ORDER, at=line.estate.node),
    )
    for one in line.orders:
        href = f"{home}/orders/{one.id}"
        over = (today - one.due_on).days if one.due_on is not None else 0
        if one.replied and acts:
            yield "order", Level.MINE, 0, f"{one.number}已经答复，等您办结", href
        elif not one.replied and over > 0:
            yield "order", Level.LATE, over, f"{one.number}要求改正，逾期 {over} 天没有答复", href
    for asked in line.inquiries:
        href = f"{home}/inquiries/{asked.id}"
        if asked.rests_with_office and acts:
            yield "inquiry", Level.MINE, 0, "委员已经答复问询，等您决定下一步", href
        elif asked.replied_at is None and asked.reply_due_on and asked.reply_due_on < today:
            over = (today - asked.reply_due_on).days
            yield "inquiry", Level.LATE, over, f"委员问询逾期 {over} 天没有答复", href


def _by(day: date, today: date) -> str:
    left = (day - today).days
    return "今天到期" if left == 0 else f"还有 {left} 天（{short_day_text(day)}前）"


def _until(over: int) -> str:
    return {0: "今天", -1: "明天", -2: "后天"}.get(over, f"{-over} 天后")


def first(every: Iterable[Matter]) -> tuple[Matter, ...]:
    """Return the few to look at first: the most urgent, at most two of a kind while others wait."""
    ordered = sorted(every, key=lambda one: one.order)
    seen: dict[str, int] = defaultdict(int)
    chosen: list[Matter] = []
    others: list[Matter] = []
    for one in ordered:
        seen[one.kind] += 1
        (chosen if seen[one.kind] <= MOST_OF_A_KIND else others).append(one)
    return tuple(sorted([*chosen, *others][:FIRST], key=lambda one: one.order))
