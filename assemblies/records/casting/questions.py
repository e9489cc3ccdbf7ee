"""What is asked: each item as one voter reads it, with what the voter weighs on it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.foundation.wording import money_text
from assemblies.records.assemblies import DocumentRecord
from assemblies.records.details import Details, FundPlan, Hiring, details_of, facts
from voting.agenda import Item, Option
from voting.law.rules import Rules
from voting.law.wording import words
from voting.roll import Voter
from voting.scope import Scope, ScopeKind


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


def document(session: Session, assembly: UUID, name: str) -> bytes:
    """Return a frozen document; raises `NotFound`."""
    record = session.get(DocumentRecord, (assembly, name))
    if record is None:
        raise NotFound
    return record.content


def question(item: Item, voter: Voter, rules: Rules) -> Question:
    """Return an item as this voter reads it."""
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
