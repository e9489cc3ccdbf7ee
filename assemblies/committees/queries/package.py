"""Everything the filing's papers say, read from the records (SD 31)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.committees.drafts import PAPERS, PartyBranch
from assemblies.committees.queries.filed import FilingView, filing_of
from assemblies.committees.queries.found import departments
from assemblies.committees.queries.house import TermView, term_of, term_view
from assemblies.committees.queries.standing import CandidateView, view_of
from assemblies.committees.queries.texts import Text, texts_of
from assemblies.foundation import verdicts
from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import ItemVerdict
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord, ItemRecord
from assemblies.records.committees import CandidateRecord, CommitteeRecord, TermRecord
from assemblies.records.files import files_of
from assemblies.records.filings import FilingRecord
from assemblies.records.premises import EstateRecord
from assemblies.records.register import USES, register
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from voting.result import ItemResult, Result
from voting.scope import Scope


@dataclass(frozen=True, slots=True)
class Vote:
    """The election behind a term: when, how, and with which figures."""

    title: str
    convener: str
    opens: datetime | None
    closes: datetime | None
    published: datetime
    number: str
    result: ItemResult
    verdict: ItemVerdict
    digest: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper that was uploaded to the filing, with its bytes."""

    heading: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """What all papers of one filing are made of."""

    estate: str
    address: str
    committee: str
    party: PartyBranch
    party_name: str
    filing: FilingView
    term: TermView
    former: bool
    heads: int
    area_dm2: int
    vote: Vote | None
    candidates: tuple[CandidateView, ...]
    departments: tuple[str, ...]
    texts: tuple[Text, ...]
    enclosures: tuple[Enclosure, ...]
    today: date
    law: str

    @property
    def missing_reviews(self) -> tuple[str, ...]:
        """Say whose joint review lacks which department."""
        return tuple(
            f"{one.name}缺{'、'.join(one.missing)}意见" for one in self.candidates if one.missing
        )

    @property
    def enclosed(self) -> tuple[tuple[str, str], ...]:
        """Return what is enclosed for each heading of SD 31, and how."""
        held = {kind: [link.name for name, link in self.filing.papers if name == words]
                for kind, words in PAPERS.items()}  # fmt: skip
        passed = {text.kind: f"业主大会决议 {text.number} 通过，文本附后" for text in self.texts}
        decision = f"{self.vote.title}决议 {self.vote.number}" if self.vote else self.term.basis
        members = f"委员 {len(self.term.members)} 人，候补 {len(self.term.alternates)} 人"
        return (
            ("一、会议决议", "；".join([decision, *held["minutes"]])),
            ("二、议事规则", _text("rules", held, passed)),
            ("三、管理规约", _text("covenant", held, passed)),
            ("四、委员名单", members),
            ("五、其他材料", "；".join(held["other"]) or "无"),
        )


def package_of(
    session: Session, estate: UUID, filing: UUID, keys: Keys, *, now: datetime
) -> Package:
    """Return what the papers of a filing say; raises `NotFound`."""
    view = filing_of(session, estate, filing, now=now)
    record = term_of(session, estate, view.term)
    committee = session.get_one(CommitteeRecord, record.committee_id)
    place = session.get_one(EstateRecord, estate)
    rules = rules_for(session, estate, now=now)
    whole = register(session, estate).entitled(Scope(), USES)
    term = term_view(session, estate, record, keys, now=now)
    return Package(
        estate=place.name,
        address=place.address,
        committee=committee.name,
        party=PartyBranch(committee.party_branch),
        party_name=committee.party_branch_name,
        filing=view,
        term=term,
        former=record.number > 1,
        heads=whole.heads,
        area_dm2=whole.area,
        vote=_vote(session, record),
        candidates=_candidates(session, estate, record, keys, now),
        departments=departments(rules),
        texts=tuple(texts_of(session, estate).values()),
        enclosures=_enclosures(session, filing),
        today=in_china(view.submitted_at or now).date(),
        law="、".join(one.text for one in rules.citations("filing_days")),
    )


def _enclosures(session: Session, filing: UUID) -> tuple[Enclosure, ...]:
    papers = session.get_one(FilingRecord, filing).papers
    found = files_of(session, [one["file"] for one in papers])
    return tuple(
        Enclosure(PAPERS[one["kind"]], file.name, file.media_type, file.content)
        for one, file in zip(papers, found, strict=True)
    )


def _text(kind: str, held: dict[str, list[str]], passed: dict[str, str]) -> str:
    return "；".join(held[kind]) or passed.get(kind, "还没有附上")


def _vote(session: Session, term: TermRecord) -> Vote | None:
    if term.item_id is None:
        return None
    item = session.get_one(ItemRecord, term.item_id)
    assembly = session.get_one(AssemblyRecord, item.assembly_id)
    paper = session.get_one(DocumentRecord, (assembly.id, "result.json"))
    result = Result.decode(paper.content)
    place = next(at for at, one in enumerate(result.items) if one.item == item.id)
    resolution = session.query(ResolutionRecord).filter_by(item_id=item.id).one()
    return Vote(
        title=assembly.title,
        convener=assembly.convener_name,
        opens=assembly.opens_at,
        closes=assembly.closes_at,
        published=resolution.published_at,
        number=resolution.number,
        result=result.items[place],
        verdict=verdicts.verdicts(result)[place],
        digest=paper.sha256,
    )


def _candidates(
    session: Session, estate: UUID, term: TermRecord, keys: Keys, now: datetime
) -> tuple[CandidateView, ...]:
    """Return the papers of those who were elected, in the order of their votes."""
    found = [
        session.get_one(CandidateRecord, one.candidate_id)
        for one in term.members
        if one.candidate_id is not None and one.seat == "member"
    ]
    return tuple(view_of(session, estate, one, keys, now=now) for one in found)
