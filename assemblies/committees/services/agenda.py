"""From the list to the agenda: candidates become the options of an election that voters read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.queries.found import candidate_in, is_free
from assemblies.committees.services.telling import Event, told
from assemblies.foundation.acting import Acting
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.uploads import Checked
from assemblies.records.assemblies import AssemblyRecord, AttachmentRecord, ItemRecord
from assemblies.records.committees import CandidateRecord, term_in_office
from assemblies.records.duties import Done, fulfil
from voting.agenda import Item, ItemKind, Option
from voting.canonical import sha256_hex
from voting.law.matters import Matter
from voting.scope import Scope, ScopeKind

MOST_ITEMS = 20
EDITABLE = ("draft", "reviewed")
# An election sooner than this before the end fills seats of the present term.
NEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Listing:
    """An election to be held: in which assembly, for how many seats, among whom.

    `paper` is what voters read of the candidates, beside their line on the ballot.
    """

    assembly: UUID
    seats: int
    candidates: tuple[UUID, ...]
    paper: Checked | None = None


def put_on_agenda(session: Session, acting: Acting, listing: Listing, *, now: datetime) -> UUID:
    """Add an election of these candidates to a draft agenda and return the item's id.

    A plan that changes is to be told to the street again (SD 23). Raises `WrongStep` once the
    agenda is posted, `Incomplete` for seats that cannot be or a candidate who does not stand.
    """
    record, seats = _draft(session, acting.estate, listing.assembly), listing.seats
    wanted = dict.fromkeys(listing.candidates)
    standing = [_standing(session, acting.estate, one) for one in wanted]
    if not 1 <= seats <= len(standing):
        raise Incomplete(f"应选人数要在 1 人和候选人数（{len(standing)} 人）之间。")
    if len(record.items) >= MOST_ITEMS:
        raise Incomplete(f"一次会议最多 {MOST_ITEMS} 个事项，请分两次会议办理。")
    item = _item(session, record, seats, standing)
    if listing.paper is not None:
        _attach(session, item, listing.paper)
    for number, one in enumerate(standing, 1):
        one.item_id, one.option = item, str(number)
    record.phase, record.reviewed_at, record.review_answer = "draft", None, ""
    session.flush()
    _reelection_begun(session, acting, record.title, now=now)
    names = "、".join(one.name for one in standing)
    said = f"{len(standing)} 名候选人列入“{record.title}”，应选 {seats} 人：{names}。"
    facts = {"candidates": names, "seats": seats}
    source = f"assembly:{listing.assembly}"
    told(session, acting, Event("candidate.listed", said, source, facts), now=now)
    return item


def _reelection_begun(session: Session, acting: Acting, title: str, *, now: datetime) -> None:
    """Mark re-election as begun where the term in office nears its end (SD 33)."""
    term = term_in_office(session, acting.estate)
    if term is not None and term.ends_on - in_china(now).date() <= NEAR:
        done = Done(acting.by, f"候选人列入“{title}”")
        fulfil(session, term.id, "reelection_start_days", done, now=now)


def _draft(session: Session, estate: UUID, assembly: UUID) -> AssemblyRecord:
    found = select(AssemblyRecord).where(
        AssemblyRecord.id == assembly, AssemblyRecord.estate_id == estate
    )
    record = session.execute(found.with_for_update()).scalar_one_or_none()
    if record is None:
        raise NotFound
    if record.phase not in EDITABLE:
        raise WrongStep("这次会议的公告已经张贴，议程不能再改。请选另一次会议。")
    return record


def _standing(session: Session, estate: UUID, candidate: UUID) -> CandidateRecord:
    record = candidate_in(session, estate, candidate)
    if record.withdrawn_at is not None:
        raise Incomplete(f"{record.name}已经退出，不能列入议程。")
    if not is_free(session, record):
        raise Incomplete(f"{record.name}已经列入一次会议的议程。")
    return record


def _item(
    session: Session, record: AssemblyRecord, seats: int, standing: Sequence[CandidateRecord]
) -> UUID:
    term = standing[0].term_number
    item = ItemRecord(id=uuid4(), assembly_id=record.id, attachments=[])
    item.take(
        Item(
            id=item.id,
            number=len(record.items) + 1,
            matter=Matter.COMMITTEE,
            kind=ItemKind.ELECTION,
            title=f"选举第{term}届业主委员会委员",
            text=f"从 {len(standing)} 名候选人中选举 {seats} 名委员，最多同意 {seats} 人。"
            "候选人情况见附件。",
            scope=Scope(ScopeKind.ESTATE),
            options=tuple(
                Option(str(number), one.name, described(one))
                for number, one in enumerate(standing, 1)
            ),
            seats=seats,
        )
    )
    session.add(item)
    session.flush()
    session.expire(record, ["items"])
    return item.id


def _attach(session: Session, item: UUID, paper: Checked) -> None:
    session.add(
        AttachmentRecord(
            id=uuid4(),
            item_id=item,
            position=1,
            name=paper.name,
            media_type=paper.media_type,
            size=len(paper.content),
            sha256=sha256_hex(paper.content),
            content=paper.content,
        )
    )
    session.flush()
    session.expire(session.get_one(ItemRecord, item), ["attachments"])


def described(candidate: CandidateRecord) -> str:
    """Say in a line who a candidate is, as the ballot shows it; no phone, no opinion."""
    born = f"{candidate.born}年生" if candidate.born else ""
    party = "中共党员" if candidate.party else ""
    facts = "，".join(one for one in (candidate.sex, born, party, candidate.room) if one)
    return f"{facts}。{candidate.statement}" if candidate.statement else f"{facts}。"
