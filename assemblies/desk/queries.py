"""Reads of the desk: the voters by room, and one voter's paper with what was logged already."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import NotFound
from assemblies.records.assemblies import AssemblyRecord, CredentialRecord, VoterRecord
from assemblies.records.casting import holders, logged, questions
from assemblies.records.casting.holders import Holder
from assemblies.records.casting.questions import Question
from assemblies.records.logs import LogEntryRecord
from assemblies.records.premises import EstateRecord
from voting import canonical
from voting.agenda import Agenda
from voting.ballot import PAPER_ASSURANCE, Ballot, Channel
from voting.law.house import CHOICES_ZH, Revote
from voting.law.rules import Rules
from voting.roll import Voter


@dataclass(frozen=True, slots=True)
class Meeting:
    """A frozen assembly as the pages of this room show it."""

    id: UUID
    node: UUID
    estate: str
    title: str
    phase: str
    opens: datetime
    closes: datetime
    place: str
    contact: str

    def takes_papers(self, now: datetime) -> bool:
        """Say whether a paper keyed in now is logged; after closing it is logged as late."""
        return self.phase in {"frozen", "closed"} and now >= self.opens


@dataclass(frozen=True, slots=True)
class VoterLine:
    """A voter in the list, and how many ballots the log holds of them."""

    id: UUID
    position: int
    label: str
    area: int
    ballots: int


@dataclass(frozen=True, slots=True)
class Received:
    """A ballot in the log as the desk may see it: how and when it came, never what it says."""

    index: int
    channel: Channel
    at: datetime
    teller: str
    note: str
    late: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One voter's paper: what is asked, what weighs, and what came in before."""

    meeting: Meeting
    holder: Holder
    voter: Voter
    position: int
    label: str
    convener: str
    revote: Revote
    proxies: bool
    questions: tuple[Question, ...]
    received: tuple[Received, ...]

    @property
    def revote_words(self) -> str:
        """Say which of two ballots stands."""
        return CHOICES_ZH["revote"][self.revote.value]

    def for_browser(self) -> dict[str, object]:
        """Return what the page's script seals and signs with."""
        return {
            **self.holder.bound.plain(),
            "voter": str(self.holder.voter),
            "opening": self.holder.opening.jwk(),
        }


def meeting(session: Session, assembly: UUID) -> Meeting:
    """Return an assembly; raises `NotFound` for one without dates."""
    record = session.get(AssemblyRecord, assembly)
    if record is None or record.opens_at is None or record.closes_at is None:
        raise NotFound
    estate = session.get_one(EstateRecord, record.estate_id)
    return Meeting(
        id=record.id,
        node=estate.node_id,
        estate=estate.name,
        title=record.title,
        phase=record.phase,
        opens=record.opens_at,
        closes=record.closes_at,
        place=record.place,
        contact=record.contact,
    )


def voters(session: Session, assembly: UUID, room: str, most: int) -> tuple[VoterLine, ...]:
    """Return the voters whose address contains `room`, in the roll's order, `most` at most."""
    cast = (
        select(func.count())
        .select_from(LogEntryRecord)
        .join(AssemblyRecord, AssemblyRecord.log_id == LogEntryRecord.log_id)
        .where(
            AssemblyRecord.id == assembly,
            LogEntryRecord.kind == logged.BALLOT,
            LogEntryRecord.subject == VoterRecord.id,
        )
        .scalar_subquery()
    )
    found = (
        select(VoterRecord, cast)
        .where(VoterRecord.assembly_id == assembly)
        .where(VoterRecord.label.contains(room, autoescape=True))
        .order_by(VoterRecord.position)
        .limit(most)
    )
    return tuple(
        VoterLine(one.id, one.position, one.label, one.area_dm2, ballots)
        for one, ballots in session.execute(found)
    )


def sheet(session: Session, assembly: UUID, voter_id: UUID) -> Sheet:
    """Return one voter's paper; raises `NotFound` for a voter of another assembly."""
    held = holders.voter(session, assembly, voter_id)
    agenda = Agenda.decode(questions.document(session, assembly, "agenda.json"))
    frozen = canonical.decode(questions.document(session, assembly, "rules.json"))
    rules = Rules.from_json(frozen)
    home = session.get_one(VoterRecord, voter_id)
    voter = Voter.read(canonical.decode(home.line))
    return Sheet(
        meeting=meeting(session, assembly),
        holder=held,
        voter=voter,
        position=home.position,
        label=home.label,
        convener=agenda.convener,
        revote=rules.house.revote,
        proxies=rules.house.proxies > 0,
        questions=tuple(questions.question(item, voter, rules) for item in agenda.items),
        received=_received(session, held, rules.house.revote),
    )


def _received(session: Session, held: Holder, revote: Revote) -> tuple[Received, ...]:
    earlier = logged.state(session, held.assembly, held.voter).earlier
    stands = logged.standing(earlier, held.closes, revote)
    found = select(CredentialRecord.thumbprint, CredentialRecord.assurance)
    rows = session.execute(found.where(CredentialRecord.voter_id == held.voter))
    assurances = {row.thumbprint: row.assurance for row in rows}
    received = []
    for one in earlier:
        ballot = Ballot.read(one.token, trusted=held.devices)
        teller, note = _keyed_by(assurances[ballot.key])
        late = one.at >= held.closes
        place = (one.index, ballot.channel, one.at)
        received.append(Received(*place, teller, note, late, one.index == stands))
    return tuple(received)


def _keyed_by(assurance: str) -> tuple[str, str]:
    """Return who keyed a paper in, and its number or note; nothing for a phone."""
    if not assurance.startswith(PAPER_ASSURANCE):
        return "", ""
    teller, _, note = assurance.removeprefix(PAPER_ASSURANCE).partition(":")
    return teller, note
