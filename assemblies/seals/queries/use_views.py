"""A use of a seal as pages show it: a value with everything that was said and done about it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from assemblies.foundation.pictures import FileLink
from assemblies.records.seals import (
    APPLIED,
    APPROVED,
    CLOSED,
    DECLINED,
    DOCUMENT_KINDS,
    SIGNED,
    STAMPED,
    WITHDRAWN,
)

KINDS = dict(DOCUMENT_KINDS)
STATES = {
    APPLIED: ("waiting", "等委员签字"),
    APPROVED: ("waiting", "等保管人盖章"),
    STAMPED: ("waiting", "已盖章，等办结"),
    CLOSED: ("passed", "已办结"),
    WITHDRAWN: ("note", "已撤回"),
    DECLINED: ("failed", "未获同意"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one member said, or not yet: `answer` is signed, declined or empty."""

    member: UUID
    name: str
    post: str
    answer: str
    reason: str
    at: datetime | None
    suspended: bool


@dataclass(frozen=True, slots=True)
class UseView:
    """One use with everything that was said and done about it."""

    id: UUID
    number: str
    title: str
    kind: str
    state: str
    seal: UUID
    seal_name: str
    seal_usable: bool
    keeper: str
    keeper_account: UUID | None
    document: FileLink
    copies: int
    pages: int
    purpose: str
    receiver: str
    applicant: str
    applicant_id: UUID
    looked_by: str
    applied_at: datetime
    basis_kind: str
    basis_id: UUID
    basis: str
    fallen: str
    covers: str
    answers: tuple[Answer, ...]
    needed: int
    approved_at: datetime | None
    due_on: date | None
    stamped_at: datetime | None
    stamped_by: str
    photographs: tuple[FileLink, ...]
    closed_at: datetime | None
    closing_note: str
    witness: str
    returned_at: datetime | None

    @property
    def tag(self) -> tuple[str, str]:
        """Return the state as a tag: its kind and its words."""
        if self.state == STAMPED and not self.photographs:
            return "failed", "已盖章，缺照片"
        return STATES[self.state]

    def said(self, answer: str) -> tuple[Answer, ...]:
        """Return those who gave an answer, "" for those who have not spoken."""
        return tuple(one for one in self.answers if one.answer == answer)

    @property
    def signed(self) -> int:
        """Return how many signed."""
        return len(self.said(SIGNED))

    @property
    def open(self) -> bool:
        """Say whether it is neither closed nor withdrawn nor declined."""
        return self.state in (APPLIED, APPROVED, STAMPED)

    @property
    def waits_zh(self) -> str:
        """Say what waits for whom; empty at the end."""
        if self.state == APPLIED:
            names = "、".join(one.name for one in self.said(""))
            return f"还差 {self.needed - self.signed} 人签字，未表态：{names}"
        if self.state == APPROVED and not self.seal_usable:
            return "印章已报遗失或更换，请撤回后用新章重新申请"
        if self.state == APPROVED:
            return f"等{self.keeper}盖章"
        if self.state == STAMPED:
            step = "办结" if self.photographs else "存照片"
            return f"等{self.keeper}{step}"
        return ""

    def late(self, today: date) -> bool:
        """Say whether the keeper is late with stamp or photographs."""
        done = bool(self.photographs) or not self.open
        return self.due_on is not None and not done and today > self.due_on
