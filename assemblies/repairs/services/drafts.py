"""What people filled in on a repair's pages, as frozen values on their way into the tables."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from assemblies.foundation.uploads import Upload
from voting.scope import Scope


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """What is to be repaired and why, and who owns it in common; `danger` in an emergency."""

    title: str
    path: str
    reason: str
    works: str
    common_part: str
    common_evidence: str
    scope: Scope
    uses: tuple[str, ...]
    evidence: tuple[Upload, ...] = ()
    danger: str = ""
    authority: UUID | None = None


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """Whether one of the things that the fund must not pay is the case, and what shows it."""

    question: str
    applies: bool
    evidence: str
    papers: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line of a budget, in fen."""

    what: str
    quantity: str
    fen: int


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """What one company offers to do it for; `kept` is the paper handed in before."""

    who: str
    fen: int
    paper: Upload | None = None
    kept: str = ""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """Budget, quotes, photographs, and who is to do it and be paid."""

    lines: tuple[LineDraft, ...]
    quotes: tuple[QuoteDraft, ...]
    contractor: str
    account: str
    photos: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """One party on the spot: owners, committee, community or manager; what they saw, and when."""

    who: str
    name: str
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SpotDraft:
    """What was found on the spot: the parties' words and the photographs."""

    parties: tuple[PartyDraft, ...]
    photos: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class PostingDraft:
    """Where something hangs, and the photograph of it."""

    place: str
    photo: Upload | None


@dataclass(frozen=True, slots=True)
class HeardDraft:
    """What owners said while the plan hung, and the photograph of its last day."""

    said: str
    photo: Upload | None


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """What was mended since the application came back, with papers; empty the first time.

    `account` is the payee's account where it was wrong; figures that owners decided stay.
    """

    note: str = ""
    papers: tuple[Upload, ...] = ()
    account: str = ""


@dataclass(frozen=True, slots=True)
class AcceptanceDraft:
    """Who accepted the works, when, which owners were there, and the papers."""

    by: str
    representatives: str
    at: datetime
    papers: tuple[Upload, ...]


@dataclass(frozen=True, slots=True)
class SettlementDraft:
    """What the works cost in the end, with papers, an audit, and a later resolution if over."""

    fen: int
    papers: tuple[Upload, ...]
    audit: Upload | None = None
    supplement: UUID | None = None
