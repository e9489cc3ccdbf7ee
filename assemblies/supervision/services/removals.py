"""How an inquiry ends: by the owners' decision, by the member leaving, or as unfounded (SD 34)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import NotAllowed, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.committees import remove_member, restore_member
from assemblies.records.duties import void_all
from assemblies.records.oversight import InquiryRecord
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.supervision import digest_of, tell
from assemblies.supervision.queries.inquiries import OUTCOMES, resolution_on
from assemblies.supervision.services.inquiries import happened, member_of, under_inquiry
from assemblies.supervision.services.notes import Written

THE_CLOCK = "系统（按业主大会决定办理）"
PASSED = "passed"


def conclude_decided(session: Session, keys: Keys, *, now: datetime) -> int:
    """Carry out what owners decided on every motion whose result is out; return how many."""
    waiting = session.execute(_decided()).all()
    for estate, inquiry in waiting:
        conclude(session, estate, inquiry, THE_CLOCK, keys, now=now)
    return len(waiting)


def any_decided(session: Session) -> bool:
    """Say whether a motion's result is out and not carried out, without taking a lock."""
    return session.execute(_decided().limit(1)).first() is not None


def conclude(
    session: Session, estate: UUID, inquiry: UUID, by: str, keys: Keys, *, now: datetime
) -> str:
    """End an inquiry as the owners decided: the member is removed, or serves again.

    The outcome is read from their resolution, nobody chooses it. Raises `WrongStep` before it is
    published. Source: SD 34.
    """
    record = under_inquiry(session, estate, inquiry)
    decided = resolution_on(session, record)
    if decided is None:
        raise WrongStep("业主大会的决定还没有公布。")
    stands = decided.outcome == PASSED and decided.state != "revoked"
    if _gone(session, record):
        return _end(
            session, record, _Ending("resigned", f"本人已离任；{decided.number}", by), keys, now=now
        )
    if not stands:
        _restore(session, record, by, keys, now=now)
        return _end(session, record, _Ending("kept", decided.number, by), keys, now=now)
    member = remove_member(
        session, record.member_id, in_china(decided.published_at).date(),
        f"业主大会罢免（{decided.number}）", now=now,
    )  # fmt: skip
    said = f"按{decided.number}，{member.name}不再担任业主委员会委员。"
    digest = digest_of({"member": str(member.id), "resolution": decided.number})
    event = happened(record, "member.removed", said, by, digest)
    tell(session, estate, event, keys, now=now)
    return _end(session, record, _Ending("removed", decided.number, by), keys, now=now)


def find_unfounded(
    session: Session, estate: UUID, inquiry: UUID, why: Written, keys: Keys, *, now: datetime
) -> None:
    """End an inquiry whose accusation did not hold; the member serves again.

    Raises `WrongStep` once the owners were asked: from then on it is theirs. `Incomplete`.
    """
    record = under_inquiry(session, estate, inquiry)
    if record.moved_at is not None:
        raise WrongStep("已经提请业主大会表决，由业主大会决定。")
    text = why.required()
    _restore(session, record, why.by, keys, now=now)
    _end(session, record, _Ending("unfounded", text, why.by), keys, now=now)


def resign(
    session: Session, estate: UUID, inquiry: UUID, account: UUID, keys: Keys, *, now: datetime
) -> None:
    """Let the member end it by leaving, with their own sign-in; raises `NotAllowed` for others."""
    record = under_inquiry(session, estate, inquiry)
    member = member_of(session, record)
    if member.account_id is None or member.account_id != account:
        raise NotAllowed("只有本人能用自己的账号辞职。")
    if not _gone(session, record):
        remove_member(session, member.id, in_china(now).date(), "本人辞职", now=now)
        said = f"{member.name}辞去业主委员会委员职务。"
        digest = digest_of({"member": str(member.id), "why": "本人辞职"})
        event = happened(record, "member.left", said, member.name, digest)
        tell(session, estate, event, keys, now=now)
    _end(session, record, _Ending("resigned", "本人辞职", member.name), keys, now=now)


def note_departure(
    session: Session, estate: UUID, inquiry: UUID, by: str, keys: Keys, *, now: datetime
) -> None:
    """End an inquiry about somebody whose membership has ended; raises `WrongStep` before that."""
    record = under_inquiry(session, estate, inquiry)
    if not _gone(session, record):
        raise WrongStep("这位委员还在任。辞职要由本人办理，罢免要由业主大会决定。")
    why = member_of(session, record).left_why or "任期届满"
    _end(session, record, _Ending("resigned", why, by), keys, now=now)


@dataclass(frozen=True, slots=True)
class _Ending:
    """How an inquiry ended, why, and by whose word."""

    outcome: str
    why: str
    by: str


def _end(
    session: Session, record: InquiryRecord, ending: _Ending, keys: Keys, *, now: datetime
) -> str:
    record.outcome, record.ended_at, record.ended_note = ending.outcome, now, ending.why
    void_all(session, record.id, now=now)
    _release(session, record)
    name, why = member_of(session, record).name, " ".join(ending.why.split())
    said = f"对{name}的调查办结：{OUTCOMES[ending.outcome]}（{why}）。"
    digest = digest_of({"outcome": ending.outcome, "why": ending.why})
    event = happened(record, "inquiry.closed", said, ending.by, digest)
    tell(session, record.estate_id, event, keys, now=now)
    return ending.outcome


def _restore(
    session: Session, record: InquiryRecord, by: str, keys: Keys, *, now: datetime
) -> None:
    member = member_of(session, record)
    if record.suspended_at is None or member.suspended_on is None or _gone(session, record):
        return
    restore_member(session, member.id)
    said = f"{member.name}恢复履行委员职责。"
    event = happened(record, "member.restored", said, by, digest_of({"member": str(member.id)}))
    tell(session, record.estate_id, event, keys, now=now)


def _gone(session: Session, record: InquiryRecord) -> bool:
    member = member_of(session, record)
    return member.left_on is not None or member.term.ended_on is not None


def _release(session: Session, record: InquiryRecord) -> None:
    """Let go of an item that nobody has posted yet: its convener may take it off the agenda."""
    item = None if record.item_id is None else session.get(ItemRecord, record.item_id)
    if item is not None:
        assembly = session.get_one(AssemblyRecord, item.assembly_id)
        if assembly.posted_at is None:
            record.item_id = None


def _decided() -> Select[UUID, UUID]:
    return (
        select(InquiryRecord.estate_id, InquiryRecord.id)
        .join(ResolutionRecord, ResolutionRecord.item_id == InquiryRecord.item_id)
        .where(InquiryRecord.ended_at.is_(None), InquiryRecord.item_id.is_not(None))
    )
