"""The ballot paper as one voter sees it: what is asked, what weighs, where things stand."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import (
    AssemblyRecord,
    AttachmentRecord,
    ItemRecord,
    VoterRecord,
)
from assemblies.records.casting.holders import Holder, holder
from assemblies.records.casting.logged import Earlier, standing, state
from assemblies.records.casting.questions import Question, document, question
from voting import canonical
from voting.agenda import Agenda
from voting.ballot import Channel
from voting.law.house import CHOICES_ZH, Revote
from voting.law.rules import Rules
from voting.roll import Voter


class Stage(Enum):
    """What a voter can do at this moment."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where to go when the phone will not do."""

    place: str
    contact: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A paper with its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything on a voter's page."""

    holder: Holder
    estate: str
    title: str
    convener: str
    home: str
    voter: Voter
    stage: Stage
    revote: Revote
    desk: Desk
    questions: tuple[Question, ...]
    ballots: tuple[Earlier, ...]
    standing: int | None

    @property
    def revote_words(self) -> str:
        """Say which of two ballots stands."""
        return CHOICES_ZH["revote"][self.revote.value]

    @property
    def may_vote(self) -> bool:
        """Say whether a ballot sent now could count."""
        return self.stage is Stage.OPEN and not self._final

    @property
    def _final(self) -> bool:
        """Say whether the ballot that stands outranks every later one of a phone."""
        stands = next((one for one in self.ballots if one.index == self.standing), None)
        if stands is None or self.revote is Revote.LAST:
            return False
        return self.revote is Revote.FIRST or stands.channel is Channel.PAPER

    def for_phone(self) -> dict[str, object]:
        """Return what the page's script signs with."""
        bound = self.holder.bound
        return {
            **bound.plain(),
            "voter": str(self.holder.voter),
            "opening": self.holder.opening.jwk(),
        }


def paper(session: Session, letter: UUID, *, now: datetime) -> Paper:
    """Return a voter's page; raises `LetterNeeded`."""
    held = holder(session, letter)
    record = session.get_one(AssemblyRecord, held.assembly)
    agenda = Agenda.decode(document(session, held.assembly, "agenda.json"))
    rules = Rules.from_json(canonical.decode(document(session, held.assembly, "rules.json")))
    home = session.get_one(VoterRecord, held.voter)
    voter = Voter.read(canonical.decode(home.line))
    present = state(session, held.assembly, held.voter)
    return Paper(
        holder=held,
        estate=agenda.estate,
        title=agenda.title,
        convener=agenda.convener,
        home=home.label,
        voter=voter,
        stage=_stage(present.phase, held, now),
        revote=rules.house.revote,
        desk=Desk(record.place, record.contact),
        questions=tuple(question(item, voter, rules) for item in agenda.items),
        ballots=present.earlier,
        standing=standing(present.earlier, present.closes, rules.house.revote),
    )


def attachment(session: Session, letter: UUID, wanted: UUID) -> Attached:
    """Return a paper of the assembly of a letter, with its bytes; raises `NotFound`."""
    held = holder(session, letter)
    found = (
        select(AttachmentRecord.name, AttachmentRecord.media_type, AttachmentRecord.content)
        .join(ItemRecord, ItemRecord.id == AttachmentRecord.item_id)
        .where(AttachmentRecord.id == wanted, ItemRecord.assembly_id == held.assembly)
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound
    return Attached(row.name, row.media_type, row.content)


def _stage(phase: str, held: Holder, now: datetime) -> Stage:
    if phase in {"certified", "published"}:
        return Stage.DONE
    if phase != "frozen" or now >= held.closes:
        return Stage.CLOSED
    return Stage.BEFORE if now < held.opens else Stage.OPEN
