"""A committee in office and an inquiry about a member at any of its steps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import PDF, Checked
from assemblies.records.committees import MemberRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.streams import Stream, entries_of
from assemblies.supervision.services import inquiries, motions
from assemblies.supervision.services.inquiries import InquiryDraft
from assemblies.supervision.services.motions import Petition
from assemblies.supervision.services.notes import Written
from tests.support.committee import resolved
from tests.support.registers import Registered
from voting.log.entries import Entry

STREET = "王主任（街道办事处）"
PAPER = Checked("签收单.pdf", PDF, b"%PDF-1.7\n%%EOF")
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seated:
    """An estate with a committee in office, its session and its moment."""

    session: Session
    keys: Keys
    now: datetime
    registered: Registered
    members: tuple[MemberRecord, ...]

    @property
    def estate(self) -> UUID:
        """Return the estate's id."""
        return self.registered.estate

    def kinds(self) -> list[str]:
        """Return the kinds of what the record was told, in order, without its creation."""
        return [one.kind for one in entries_of(self.session, self.estate, Stream.SUPERVISION)][1:]

    def last(self) -> Entry:
        """Return what the record was told last."""
        return Entry.parse(entries_of(self.session, self.estate, Stream.SUPERVISION)[-1].data)

    def opened(self, member: int = 4) -> UUID:
        """Open an inquiry about a member."""
        draft = InquiryDraft(
            self.members[member].id, "三次无故不参加会议。", "《示例条例》第四十条"
        )
        return inquiries.open_inquiry(
            self.session, self.estate, draft, [PAPER], STREET, self.keys, now=self.now
        )

    def noticed(self, member: int = 4) -> UUID:
        """Open an inquiry and tell the member."""
        inquiry = self.opened(member)
        how = Written("当面送达，本人签收", STREET)
        inquiries.notify(self.session, self.estate, inquiry, how, self.keys, now=self.now)
        return inquiry

    def heard(self, member: int = 4) -> UUID:
        """Open an inquiry, tell the member, and hear them."""
        inquiry = self.noticed(member)
        words = Written("因病请假，有病历。", self.members[member].name)
        inquiries.reply(self.session, self.estate, inquiry, words, None, self.keys, now=self.now)
        return inquiry

    def suspended(self, member: int = 4) -> UUID:
        """Open an inquiry, hear the member, and let the duties rest."""
        inquiry = self.heard(member)
        posted = Written("各单元门厅公告栏", STREET)
        inquiries.suspend(
            self.session, self.estate, inquiry, posted, PAPER, self.keys, now=self.now
        )
        return inquiry

    def proposed(self, inquiry: UUID, *members: int) -> None:
        """Let members propose the removal."""
        for one in members:
            account = self.members[one].account_id
            assert account is not None
            motions.propose_as_member(
                self.session, self.estate, inquiry, account, self.keys, now=self.now
            )

    def petitioned(self, inquiry: UUID, *rooms: str) -> None:
        """Let owners propose the removal."""
        petition = Petition("\n".join(rooms), PAPER, STREET)
        motions.propose_as_owners(
            self.session, self.estate, inquiry, petition, self.keys, now=self.now
        )

    def moved(self, inquiry: UUID) -> UUID:
        """Put the motion before the owners and return its assembly."""
        by = (self.registered.account, "林主任（业委会主任）")
        return motions.move(
            self.session, self.estate, inquiry, "committee", by, self.keys, now=self.now
        )

    def decided(self, item: UUID, outcome: str) -> ResolutionRecord:
        """Publish what the owners decided on an item."""
        return resolved(
            self.session, self.estate, self.now, title="罢免委员", outcome=outcome, matter=3,
            item_id=item,
        )  # fmt: skip
