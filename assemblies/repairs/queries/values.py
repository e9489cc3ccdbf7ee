"""A project as pages and papers see it: frozen values, files with their links, money in fen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from assemblies.foundation.pictures import FileLink
from assemblies.foundation.places import Place
from assemblies.foundation.wording import money_text
from assemblies.repairs.queries.periods import EMERGENCY
from assemblies.repairs.queries.shares import ShareList
from assemblies.repairs.queries.stations import Stop
from voting.scope import Scope


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next: in words, by whom, on which page, by which day."""

    title: str
    said: str
    who: str
    page: str
    due: date | None = None

    @property
    def endpoint(self) -> str:
        """Return the page where it is done."""
        return f"repairs.{_ROOMS[self.page]}.{self.page}"

    @property
    def books(self) -> bool:
        """Say whether it is the fund's keeper who does it."""
        return self.page in {"advance", "balance", "paid"}


_ROOMS = {
    **dict.fromkeys(("answer", "plan", "check", "post", "hear"), "plans"),
    "vote": "votes",
    **dict.fromkeys(("apply", "station"), "stations"),
    **dict.fromkeys(("advance", "balance", "paid", "accept", "settle", "publish"), "money"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One project in the list: where it stands, its money, what comes next."""

    id: UUID
    number: int
    title: str
    path: str
    state: str
    state_zh: str
    fen: int
    next: Next


@dataclass(frozen=True, slots=True)
class Answered:
    """One question and its answer, with what shows it."""

    question: str
    applies: bool
    evidence: str
    files: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a company offers, and its paper."""

    who: str
    fen: int
    file: FileLink | None
    file_id: str


@dataclass(frozen=True, slots=True)
class Party:
    """One who was on the spot."""

    who: str
    name: str
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """The owners' vote on a project: its item, and the resolution once it is published."""

    assembly: UUID
    assembly_title: str
    item: UUID
    item_number: int
    resolution: UUID | None
    number: str
    outcome: str
    counts: str
    published_at: datetime | None
    state: str
    carries: bool


@dataclass(frozen=True, slots=True)
class Instruction:
    """An instruction to the bank and whether the bank carried it out."""

    id: UUID
    kind: str
    fen: int
    payee: str
    account: str
    given_by: str
    given_at: datetime
    paid_at: datetime | None
    advice: FileLink | None


@dataclass(frozen=True, slots=True)
class Authority:
    """A standing authorisation: its limits, and what was used of it this year."""

    id: UUID
    covers: str
    each: int
    yearly: int
    used: int
    number: str


@dataclass(frozen=True, slots=True)
class Project:
    """One repair, ready for its pages and papers."""

    id: UUID
    estate: Place
    number: int
    title: str
    path: str
    path_zh: str
    state: str
    state_zh: str
    reason: str
    works: str
    danger: str
    common_part: str
    common_evidence: str
    evidence: tuple[FileLink, ...]
    scope: Scope
    uses: tuple[str, ...]
    uses_zh: str
    answers: tuple[Answered, ...]
    lines: tuple[tuple[str, str, int], ...]
    quotes: tuple[Quote, ...]
    checks: tuple[Party, ...]
    photos: tuple[FileLink, ...]
    contractor: str
    account: str
    budget: int
    advance: int
    settled: int
    shares: ShareList
    created_by: str
    created_at: datetime
    posted_at: datetime | None
    posted_until: date | None
    posted_place: str
    posted_photo: FileLink | None
    heard: str
    heard_at: datetime | None
    heard_photo: FileLink | None
    decision: Decision | None
    authority: Authority | None
    applied_at: datetime | None
    stops: tuple[Stop, ...]
    approved_at: datetime | None
    instructions: tuple[Instruction, ...]
    accepted_at: datetime | None
    accepted_by: str
    representatives: str
    acceptance: tuple[FileLink, ...]
    settled_at: datetime | None
    settlement: tuple[FileLink, ...]
    audit: FileLink | None
    supplement: str
    settlement_posted_at: datetime | None
    settlement_place: str
    settlement_photo: FileLink | None
    closed_at: datetime | None
    ended_why: str
    next: Next

    @property
    def amount(self) -> int:
        """Return the sum in question: what it cost, or before that what it is to cost."""
        return self.settled or self.budget

    @property
    def applied_for(self) -> int:
        """Return what is applied for: the budget that was decided, in an emergency the true cost.

        What an ordinary repair cost in the end changes nothing of its application.
        """
        return self.amount if self.path == EMERGENCY else self.budget

    @property
    def compared_zh(self) -> str:
        """Say how the settlement stands to the budget."""
        over = self.settled - self.budget
        if not over:
            return "和预算一样"
        return f"比预算{'多' if over > 0 else '少'} {money_text(abs(over))}"

    @property
    def account_hidden(self) -> str:
        """Return the payee's account as the public sees it: its last four signs."""
        return f"尾号 {self.account[-4:]}" if self.account else ""

    @property
    def waiting(self) -> Stop | None:
        """Return the station where the application waits, none where it does not."""
        return next((one for one in self.stops if one.decided_at is None), None)

    @property
    def pending(self) -> Instruction | None:
        """Return the instruction that the bank has not carried out yet."""
        return next((one for one in self.instructions if one.paid_at is None), None)
