"""A published election and its candidates on record, for tests that begin where a term begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Clause, Facts, Nomination, Nominator
from assemblies.committees.queries.found import clauses
from assemblies.committees.services.candidates import nominate
from assemblies.foundation.acting import Acting
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord
from assemblies.records.committees import CandidateRecord
from assemblies.records.premises import EstateRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.rules import rules_for
from tests.support.builders import frozen_assembly
from tests.support.households import Household, Motion, Owner, flat
from voting.agenda import Item, ItemKind, Option
from voting.ballot import Channel
from voting.canonical import sha256_hex
from voting.law.matters import Matter
from voting.result import Result
from voting.scope import Scope
from voting.tally import ABSTAIN, AGREE, Cast, tally

SIGNS = "甲乙丙丁戊己庚辛壬癸子丑"
# Golden case 13: of nine voters d to g have eight, a to c seven, h and i five: seven are seated.
NINE_FOR_SEVEN = ("abcdefg",) * 4 + ("cdefghi", "abefghi", "abcdghi", "bcdefhi", "adefghi")
# Of five voters a to f have four, g and h three: the seventh seat waits.
TIED = ("abcdefg", "abcdefg", "abcdefh", "abcdefh", "gh")


@dataclass(frozen=True, slots=True)
class Published:
    """An election whose resolution is published."""

    estate: UUID
    assembly: UUID
    item: UUID
    resolution: UUID
    result: Result


def name_of(letter: str) -> str:
    """Return the candidate behind an option."""
    return f"候选人{SIGNS[ord(letter) - ord('a')]}"


def published(
    session: Session,
    keys: Keys,
    now: datetime,
    votes: Sequence[str] = NINE_FOR_SEVEN,
    *,
    seats: int = 7,
    candidates: str = "abcdefghi",
) -> Published:
    """Publish an election in which every household agreed to the candidates of its letters."""
    item = Item(
        id=uuid4(),
        number=1,
        matter=Matter.COMMITTEE,
        kind=ItemKind.ELECTION,
        title="选举业主委员会委员",
        text=f"从 {len(candidates)} 名候选人中选举 {seats} 名委员。",
        scope=Scope(),
        options=tuple(Option(one, name_of(one)) for one in candidates),
        seats=seats,
    )
    homes = [
        Household((Owner(f"业主{at}"),), (flat(f"{at + 1}01", 10_000),))
        for at, _ in enumerate(votes)
    ]
    frozen = frozen_assembly(session, keys, now, voters=homes, items=[Motion(item, {})])
    casts = [
        Cast(at, voter.id, Channel.PHONE, {item.id: _approved(agreed, candidates)})
        for at, (voter, agreed) in enumerate(zip(frozen.roll, votes, strict=True))
    ]
    result = tally(frozen.agenda, frozen.roll, frozen.rules, frozen.bound, casts)
    text = result.encode()
    session.add(
        DocumentRecord(
            assembly_id=frozen.assembly,
            name="result.json",
            content=text,
            sha256=sha256_hex(text),
            made_at=now,
        )
    )
    record = session.get_one(AssemblyRecord, frozen.assembly)
    record.phase, record.certified_at, record.published_at = "published", now, now
    resolution = ResolutionRecord(
        id=uuid4(),
        estate_id=frozen.estate,
        item_id=item.id,
        number=f"业决〔2026〕{uuid4().hex[:6]}号-1",
        title=item.title,
        matter=item.matter.value,
        outcome=result.items[0].outcome.value,
        published_at=now,
        challengeable_until=now,
    )
    session.add(resolution)
    session.flush()
    return Published(frozen.estate, frozen.assembly, item.id, resolution.id, result)


def acting(estate: UUID, keys: Keys, by: str = "林主任（业委会主任）") -> Acting:
    """Return somebody who acts at an estate."""
    return Acting(estate, by, keys)


def nomination(session: Session, estate: UUID, name: str, *, now: datetime, party: bool = False,
               **changed: object) -> Nomination:  # fmt: skip
    """Return a whole nomination that is clear of the negative list."""
    listed = clauses(rules_for(session, estate, now=now))
    values: dict[str, object] = {
        "name": name,
        "room": "1号楼1单元101",
        "sex": "女",
        "born": 1975,
        "party": party,
        "phone": "13800001234",
        **changed,
    }
    answers = {place: Clause(clear=True) for place, _ in enumerate(listed)}
    facts = Facts(**values)  # type: ignore[arg-type]  # a test names what it changes
    return Nomination(facts, Nominator.OWNERS, "愿意为大家办事。", answers)


def stand(
    session: Session, keys: Keys, election: Published, *, party: str = "abcd", now: datetime
) -> dict[str, UUID]:
    """Put everybody on the ballot on the list of candidates, as the agenda would have."""
    made = {}
    for line in election.result.items[0].lines:
        who = acting(election.estate, keys, "筹备组")
        one = nomination(
            session, election.estate, line.label, now=now, party=line.id in party
        )  # fmt: skip
        made[line.id] = nominate(session, who, one, now=now)
        record = session.get_one(CandidateRecord, made[line.id])
        record.item_id, record.option = election.item, line.id
    session.flush()
    return made


def set_pack(session: Session, estate: UUID, pack: str) -> None:
    """Let an estate live under another pack."""
    record = session.execute(select(EstateRecord).where(EstateRecord.id == estate)).scalar_one()
    record.pack = pack
    session.flush()


def _approved(agreed: str, candidates: str) -> dict[str, str]:
    return {one: AGREE if one in agreed else ABSTAIN for one in candidates}
