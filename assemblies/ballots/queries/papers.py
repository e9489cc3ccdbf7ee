"""The ballot paper as one voter sees it: what is asked, what weighs, where things stand."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.ballots.queries.holders import Holder, holder
from assemblies.ballots.queries.logged import Earlier, standing, state
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.wording import money_text
from assemblies.records.assemblies import (
    AssemblyRecord,
    AttachmentRecord,
    DocumentRecord,
    ItemRecord,
    VoterRecord,
)
from assemblies.records.details import Details, FundPlan, Hiring, details_of, facts
from voting import canonical
from voting.agenda import Agenda, Item, Option
from voting.law.house import CHOICES_ZH, Revote
from voting.law.rules import Rules
from voting.law.wording import words
from voting.roll import Voter
from voting.scope import Scope, ScopeKind


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
class Answer:
    """An option of an item, with what a voter wants to know of it."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item as one voter reads it; `area` is what the voter weighs on it, 0 for nothing."""

    item: Item
    area: int
    facts: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    needed: str

    @property
    def concerns(self) -> bool:
        """Say whether any of the voter's parts lies within the item's scope."""
        return self.area > 0


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
        final = self.revote is Revote.FIRST and self.standing is not None
        return self.stage is Stage.OPEN and not final

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
        questions=tuple(_question(item, voter, rules) for item in agenda.items),
        ballots=present.earlier,
        standing=standing(present.earlier, present.closes, rules.house.revote),
    )


def document(session: Session, assembly: UUID, name: str) -> bytes:
    """Return a frozen document; raises `NotFound`."""
    record = session.get(DocumentRecord, (assembly, name))
    if record is None:
        raise NotFound
    return record.content


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


def _question(item: Item, voter: Voter, rules: Rules) -> Question:
    details = details_of(item)
    told = list(facts(item))
    if isinstance(details, FundPlan):
        mine = {part.id for part in voter.parts}
        borne = sum(share.fen for share in details.shares if share.part in mine)
        told += [("您家分摊", money_text(borne))] if borne else []
    return Question(
        item=item,
        area=voter.weight(item.scope).area,
        facts=tuple(told),
        answers=tuple(
            Answer(option.id, option.label, _note(option, details)) for option in item.options
        ),
        needed=words(item.matter, _where(item.scope), rules),
    )


def _note(option: Option, details: Details | None) -> str:
    price = details.price(option.id) if isinstance(details, Hiring) else ""
    return "，".join(note for note in (price, option.detail) if note)


def _where(scope: Scope) -> str:
    return "本小区" if scope.kind is ScopeKind.ESTATE else scope.words.removesuffix("的业主")
