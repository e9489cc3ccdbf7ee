"""What is filled in about a meeting of the committee, before it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from assemblies.foundation.uploads import Upload

AGREE, AGAINST, ABSTAIN = "agree", "against", "abstain"
VOTES_ZH = {AGREE: "同意", AGAINST: "反对", ABSTAIN: "弃权"}
PASSED, REJECTED, NO_DECISION = "passed", "rejected", "no_decision"
PRESENT, ABSENT, SUSPENDED = "present", "absent", "suspended"
POSTS_ZH = {"chair": "主任", "vice-chair": "副主任", "member": "委员"}


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an agenda: what is to be decided, and the text that members vote on."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A meeting as it is called; `asked_by` are the members who asked for an extra one."""

    title: str
    place: str
    planned: datetime
    points: tuple[Point, ...]
    asked_by: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Whom of the residents' committee one told of the meeting, and when."""

    whom: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a paper hangs, with the photograph if there is one."""

    place: str
    photograph: Upload | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as it took place: who came, and how each of them voted on each point."""

    at: datetime
    present: tuple[UUID, ...]
    votes: Mapping[UUID, Mapping[UUID, str]] = field(default_factory=dict)
    put_off: frozenset[UUID] = frozenset()
    chaired_by: str = ""
    recorded_by: str = ""
    guests: str = ""
    summary: str = ""
