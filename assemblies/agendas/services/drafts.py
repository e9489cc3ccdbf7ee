"""What a convener filled in, as frozen values on their way into the tables."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voting.agenda import ItemKind
from voting.law.matters import Matter
from voting.scope import Scope


class Convener(StrEnum):
    """Who convenes an assembly."""

    COMMITTEE = "committee"
    PREPARATORY = "preparatory"
    STREET = "street"

    @property
    def words(self) -> str:
        """Return the word on the screen."""
        return {"committee": "业主委员会", "preparatory": "筹备组", "street": "街道办事处"}[self]


@dataclass(frozen=True, slots=True)
class AssemblyDraft:
    """An assembly as its convener describes it."""

    title: str
    convener: Convener
    convener_name: str
    contact: str
    place: str


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """A bidder, plan or candidate; `price` in fen per m² and month, for bidders only."""

    label: str
    detail: str = ""
    price: int | None = None


@dataclass(frozen=True, slots=True)
class FundDraft:
    """A use of the maintenance fund; `budget` in fen, borne by the parts of these uses."""

    project: str
    budget: int
    contractor: str
    account: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HiringDraft:
    """The terms on which a company is chosen."""

    months: int
    contract: str


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """The draft text of rules or of the covenant."""

    draft: str


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as its convener wrote it, before it has a number."""

    matter: Matter
    kind: ItemKind
    title: str
    text: str
    scope: Scope
    options: tuple[OptionDraft, ...] = ()
    seats: int = 0
    details: FundDraft | HiringDraft | AmendmentDraft | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """When the notice is to be posted, and when voting opens and closes."""

    post: datetime
    opens: datetime
    closes: datetime


class AnswerKind(StrEnum):
    """What the street or the community said, or that they were told."""

    TOLD = "told"
    CONSENT = "consent"
    REMARKS = "remarks"

    @property
    def words(self) -> str:
        """Return the word on the screen."""
        return {"told": "已告知", "consent": "没有意见", "remarks": "提出意见"}[self]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the plan of an assembly: whose, which, and when they were told."""

    by: str
    kind: AnswerKind
    text: str
    told: datetime
