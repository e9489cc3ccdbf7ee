"""Granting a standing authorisation (小额维修授权) that an assembly decided."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.wording import day_text, money_text
from assemblies.funds.queries.bases import FUND_USE, standing_basis
from assemblies.records.authorities import ASSEMBLY
from assemblies.records.repairs import AuthorityRecord
from assemblies.records.supervision import Happened, digest_of, tell
from voting.canonical import Plain


@dataclass(frozen=True, slots=True)
class AuthorityDraft:
    """What an assembly allowed without asking again: how much, for what, how long."""

    resolution: UUID
    each_fen: int
    yearly_fen: int
    covers: str
    since: date
    until: date | None = None


def grant(
    session: Session, estate: UUID, draft: AuthorityDraft, actor: Actor, *, now: datetime
) -> AuthorityRecord:
    """Record an authorisation; its resolution is a passed one of the assembly in item 5.

    Raises `Incomplete` for a resolution that failed, was revoked or superseded, or is the
    committee's own, and for limits that make no sense.
    """
    basis = standing_basis(session, estate, draft.resolution, matters=(FUND_USE,), body=ASSEMBLY)
    _require_sound(draft)
    if draft.since < in_china(basis.published_at).date():
        raise Incomplete("授权不能早于决定公布的那一天。")
    record = AuthorityRecord(
        id=uuid4(),
        estate_id=estate,
        resolution_id=basis.id,
        each_fen=draft.each_fen,
        yearly_fen=draft.yearly_fen,
        covers=draft.covers.strip(),
        since=draft.since,
        until=draft.until,
        granted_by=actor.by,
    )
    session.add(record)
    session.flush()
    until = f"至{day_text(draft.until)}" if draft.until else "起，未定终止日"
    said = (
        f"按{basis.number}《{basis.title}》授权小额维修：{record.covers}，每次不超过 "
        f"{money_text(record.each_fen)}，每年不超过 {money_text(record.yearly_fen)}，"
        f"自{day_text(record.since)}{until}。"
    )
    _tell(session, record, said, actor, now=now)
    return record


def end(
    session: Session, estate: UUID, authority: UUID, on: date, actor: Actor, *, now: datetime
) -> None:
    """End an authorisation on a day; raises `NotFound`, and `WrongStep` if it has ended before."""
    record = session.get(AuthorityRecord, authority)
    if record is None or record.estate_id != estate:
        raise NotFound
    if record.until is not None and record.until <= on:
        raise WrongStep("这项授权已经到期。")
    record.until = on
    _tell(session, record, f"小额维修授权（{record.covers}）到{day_text(on)}为止。", actor, now=now)


def _require_sound(draft: AuthorityDraft) -> None:
    if draft.each_fen <= 0 or draft.yearly_fen < draft.each_fen:
        raise Incomplete("请核对限额：每年的限额不能小于每次的限额。")
    if not draft.covers.strip():
        raise Incomplete("请写明授权包括哪些维修。")
    if draft.until is not None and draft.until < draft.since:
        raise Incomplete("终止日不能早于起始日。")


def _tell(
    session: Session, record: AuthorityRecord, said: str, actor: Actor, *, now: datetime
) -> None:
    facts: dict[str, Plain] = {
        "covers": record.covers,
        "each": record.each_fen,
        "since": record.since.isoformat(),
        "until": record.until.isoformat() if record.until else None,
        "yearly": record.yearly_fen,
    }
    source = f"authority:{record.id}"
    told = Happened("authority.granted", said, actor.by, source, digest_of(facts))
    tell(session, record.estate_id, told, actor.keys, now=now)
