"""A committee's meeting brought to any of its steps, for tests of this room and of others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Acting
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.meetings.drafts import Call, Held, Point, Posted
from assemblies.meetings.services import announcing, calling, holding, minutes
from assemblies.records.committees import MemberRecord
from assemblies.records.meetings import MeetingRecord
from tests.support.households import PNG

BY = "林海生（业委会主任）"
A_WEEK = timedelta(days=7)
POINTS = (
    Point("委托审计第三季度公共收益账目", "委托示例会计师事务所审计，费用 3,000.00 元。"),
    Point("更换单元门禁", "更换 2 号楼两个单元的门禁。"),
)
PHOTOGRAPH = Upload("公告栏.png", PNG)


@dataclass(slots=True)
class Round:
    """A committee with a meeting called at `now` for a week later, and the verbs on it."""

    session: Session
    estate: UUID
    keys: Keys
    members: tuple[MemberRecord, ...]
    now: datetime
    planned: datetime
    points: Sequence[Point] = POINTS
    meeting: UUID = field(init=False)

    def __post_init__(self) -> None:
        """Call the meeting."""
        called = Call("审计和门禁", "党群服务站二楼", self.planned, tuple(self.points))
        self.meeting = calling.call(self.session, self.acting, called, now=self.now)

    @property
    def acting(self) -> Acting:
        """Return who acts."""
        return Acting(self.estate, BY, self.keys)

    @property
    def record(self) -> MeetingRecord:
        """Return the meeting as it is stored."""
        return self.session.get_one(MeetingRecord, self.meeting)

    def announce(self, at: datetime | None = None) -> None:
        """Hang the agenda on the door."""
        announcing.post_agenda(
            self.session, self.acting, self.meeting, Posted("各单元公告栏"), now=at or self.now
        )

    def held(self, *votes: str, present: int | None = None) -> Held:
        """Return the meeting with the first members present, voting alike on every point.

        `votes` are of those present in order; without them no point is voted on.
        """
        came = self.members[: present if present is not None else len(votes)]
        ids = tuple(one.id for one in came)
        each = dict(zip(ids, votes, strict=True)) if votes else {}
        return Held(
            at=self.planned,
            present=ids,
            votes={one.id: each for one in self.record.decisions} if votes else {},
            chaired_by=came[0].name if came else "",
            recorded_by="陈素芬",
        )

    def hold(self, held: Held, at: datetime | None = None) -> MeetingRecord:
        """Record the meeting."""
        holding.hold(
            self.session, self.acting, self.meeting, held, now=at or self.planned + A_WEEK / 84
        )
        self.session.flush()
        return self.record

    def confirm(self, member: int, note: str = "") -> None:
        """Let one member confirm the minutes by their account."""
        account = self.members[member].account_id
        assert account is not None
        at = self.planned + A_WEEK
        minutes.confirm(self.session, self.acting, self.meeting, account, note, now=at)

    def post(self, at: datetime) -> None:
        """Hang the minutes on the door."""
        posted = Posted("各单元公告栏", PHOTOGRAPH)
        minutes.post(self.session, self.acting, self.meeting, posted, now=at)
