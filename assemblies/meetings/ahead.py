"""What has to happen before a meeting, by which day, and what it means when it came too late."""

from dataclasses import dataclass
from datetime import date, datetime

from assemblies.foundation.clock import in_china
from assemblies.foundation.wording import day_text
from voting.law.duties import due
from voting.law.rules import Rules

AGENDA, COMMUNITY = "committee_agenda_days", "committee_tell_community_days"
_WORDS = {AGENDA: ("议程", "公示"), COMMUNITY: ("社区居委会", "告知")}


@dataclass(frozen=True, slots=True)
class Ahead:
    """One thing to do before a meeting: its last day, and the day on which it was done.

    What is not `binding` rests on a provision that was not verified: late is a flag, no bar.
    """

    name: str
    days: int
    last: date
    done: date | None
    binding: bool
    law: str

    def late(self, today: date) -> bool:
        """Say whether it was done after its last day, or is undone when that day is over."""
        return (self.done or today) > self.last

    def flag(self, today: date) -> str:
        """Return the sentence about its lateness, "" when it is in time."""
        if not self.late(today):
            return ""
        what, verb = _WORDS[self.name]
        needed = f"应在开会 {self.days} 日前{verb}，最迟 {day_text(self.last)}（{self.law}）"
        if self.done is None:
            return f"{what}没有按时{verb}：{needed}。"
        return f"{what}{verb}晚了：{day_text(self.done)}才{verb}，{needed}。"


def things_ahead(
    planned: datetime, posted: datetime | None, told: datetime | None, rules: Rules
) -> tuple[Ahead, ...]:
    """List what the pack asks before a meeting planned for a moment.

    Law: r274 art. 39 -- the agenda; zb art. 32, wf art. 37 -- the residents' committee.
    """
    done = ((AGENDA, posted), (COMMUNITY, told))
    return tuple(_thing(name, planned, at, rules) for name, at in done if rules.has(name))


def _thing(name: str, planned: datetime, at: datetime | None, rules: Rules) -> Ahead:
    duty = due(name, in_china(planned).date(), rules)
    law = "；".join(citation.short for citation in duty.law)
    day = in_china(at).date() if at is not None else None
    return Ahead(name, rules.number(name), duty.last, day, duty.binding, law)
