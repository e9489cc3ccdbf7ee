"""A committee meeting as its pages and papers show it: plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink
from assemblies.foundation.places import Place
from assemblies.meetings.ahead import Ahead
from assemblies.meetings.drafts import ABSTAIN, AGAINST, AGREE, PRESENT


@dataclass(frozen=True, slots=True)
class Attendant:
    """A member at a meeting: present, absent or suspended."""

    id: UUID
    name: str
    post: str
    state: str


@dataclass(frozen=True, slots=True)
class Vote:
    """How a member voted on a point."""

    name: str
    vote: str


@dataclass(frozen=True, slots=True)
class PointView:
    """A point of the agenda, and what came of it; `number_zh` is its number in the register."""

    id: UUID
    number: int
    title: str
    text: str
    outcome: str
    votes: tuple[Vote, ...]
    finding: str
    law: str
    number_zh: str

    def who(self, vote: str) -> tuple[str, ...]:
        """Return the names of those who voted in a way."""
        return tuple(one.name for one in self.votes if one.vote == vote)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return how many agreed, were against, abstained."""
        agree, against, abstain = (len(self.who(one)) for one in (AGREE, AGAINST, ABSTAIN))
        return agree, against, abstain


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A member who confirmed the minutes by their own sign-in."""

    member: UUID
    name: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting, whole."""

    id: UUID
    place: Place
    term: int
    number: int
    title: str
    where: str
    called_by: str
    called_at: datetime
    asked_by: tuple[str, ...]
    planned: datetime
    moved_from: datetime | None
    told: str
    told_at: datetime | None
    agenda_at: datetime | None
    agenda_place: str
    agenda_file: FileLink | None
    held_at: datetime | None
    minuted_at: datetime | None
    cancelled_at: datetime | None
    cancelled_why: str
    members: int
    attendance: tuple[Attendant, ...]
    quorate: bool
    finding: str
    law: str
    flags: tuple[str, ...]
    chaired_by: str
    recorded_by: str
    guests: str
    summary: str
    points: tuple[PointView, ...]
    confirmed: tuple[Confirmed, ...]
    posted_at: datetime | None
    posted_place: str
    posted_file: FileLink | None
    ahead: tuple[Ahead, ...]
    minutes_last: date | None
    minutes_law: str

    @property
    def name(self) -> str:
        """Return how people call it: 第1届业主委员会第3次会议."""
        return f"第{self.term}届业主委员会第{self.number}次会议"

    @property
    def open(self) -> bool:
        """Say whether it is still to be held."""
        return self.held_at is None and self.cancelled_at is None

    def locked(self, now: datetime) -> bool:
        """Say whether its agenda can no longer be changed: posted, or its time has come."""
        return not self.open or self.agenda_at is not None or now >= self.planned

    def of(self, state: str) -> tuple[Attendant, ...]:
        """Return the members who were present, absent or suspended."""
        return tuple(one for one in self.attendance if one.state == state)

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """Return the names of those present who have not confirmed the minutes."""
        done = {one.member for one in self.confirmed}
        return tuple(one.name for one in self.of(PRESENT) if one.id not in done)

    def late(self, now: datetime) -> bool:
        """Say whether the minutes were posted after their last day, or are due and unposted."""
        if self.held_at is None or self.minutes_last is None:
            return False
        return in_china(self.posted_at or now).date() > self.minutes_last
