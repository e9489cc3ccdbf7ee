"""The register of resolutions (决议台账): what owners and committee decided, and its fate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.database import Record, UtcDateTime
from assemblies.foundation.refusals import NotFound, WrongStep
from assemblies.records import duties
from assemblies.records.premises import EstateRecord
from assemblies.records.rules import rules_for
from voting.law.duties import last_day
from voting.law.parameters import MONTHS
from voting.law.rules import Rules

ASSEMBLY, COMMITTEE = "assembly", "committee"
STANDING, SUPERSEDED, CORRECTED, REVOKED = "standing", "superseded", "corrected", "revoked"
STATES = (STANDING, SUPERSEDED, CORRECTED, REVOKED)


class ResolutionRecord(Record):
    """One numbered outcome: of an assembly's item (`item_id`) or a committee's `decision_id`.

    `body`: assembly or committee. `outcome`: passed, rejected, tied, no-decision; a motion that
    failed is recorded as failed, never as its opposite. `state`: standing, superseded, corrected,
    revoked; `state_id` names the order or the later resolution that changed it.
    """

    __tablename__ = "resolutions"
    __table_args__ = (UniqueConstraint("estate_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    estate_id: Mapped[UUID] = mapped_column(ForeignKey("estates.id"), index=True)
    body: Mapped[str] = mapped_column(default="assembly")
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("items.id"), unique=True)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decisions.id"), unique=True)
    number: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    # voting.law.matters.Matter, 0 for a committee's decision.
    matter: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str]
    # Who won a choice or an election, in words; how the counts read, in one sentence.
    winner: Mapped[str] = mapped_column(default="")
    counts: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    challengeable_until: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_place: Mapped[str] = mapped_column(default="")
    posted_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id"))
    state: Mapped[str] = mapped_column(default="standing")
    state_id: Mapped[UUID | None]
    state_note: Mapped[str] = mapped_column(default="")
    state_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Proof:
    """That a decision hangs on the door: where, since when, and the photograph."""

    place: str
    at: datetime
    file: UUID | None


def challengeable_until(decided: datetime, rules: Rules) -> datetime:
    """Return the last second in which a decision may be taken to court, its last day in China.

    Law: civil-code art. 280 para. 2, spc-2009-7 art. 12 -- one year, for the assembly's and the
    committee's decisions alike.
    """
    last = last_day(in_china(decided).date(), rules.number("challenge_months"), MONTHS)
    return datetime.combine(last, time(23, 59, 59), CHINA)


def locked_estate(session: Session, estate: UUID) -> EstateRecord:
    """Return an estate, its row locked so that numbers run without a gap; raises `NotFound`."""
    found = select(EstateRecord).where(EstateRecord.id == estate).with_for_update()
    record = session.execute(found).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def enter_committee_decision(  # noqa: PLR0913 -- what was decided, by whom, and how it came out
    session: Session,
    estate: UUID,
    decision_id: UUID,
    title: str,
    outcome: str,
    counts: str,
    *,
    now: datetime,
) -> ResolutionRecord:
    """Enter a committee's decision under its next number of the year; raises `NotFound`.

    `outcome` is passed or rejected, `counts` one sentence with all figures. Numbers run per
    estate and year: 和平里小区业委会决〔2026〕3号. The same decision is entered once.
    """
    name = locked_estate(session, estate).name
    found = select(ResolutionRecord).where(ResolutionRecord.decision_id == decision_id)
    held = session.execute(found).scalar_one_or_none()
    if held is not None:
        return held
    year = in_china(now).year
    number = f"{name}业委会决〔{year}〕{_entered(session, estate, year) + 1}号"
    record = ResolutionRecord(
        id=uuid4(),
        estate_id=estate,
        body=COMMITTEE,
        decision_id=decision_id,
        number=number,
        title=title,
        outcome=outcome,
        counts=counts,
        published_at=now,
        challengeable_until=challengeable_until(now, rules_for(session, estate, now=now)),
    )
    session.add(record)
    session.flush()
    return record


def mark_posted(
    session: Session, resolutions: Iterable[UUID], proof: Proof, by: str, *, now: datetime
) -> None:
    """Record that decisions were posted, and that their duty to post was done then (SD 32)."""
    for one in resolutions:
        record = session.get_one(ResolutionRecord, one)
        record.posted_at, record.posted_place = proof.at, proof.place
        record.posted_file_id = proof.file
        done = duties.Done(by, f"{proof.place}张贴", proof.file)
        duties.fulfil(session, record.id, "decision_posted_days", done, now=min(proof.at, now))


def change_state(
    session: Session,
    resolution: UUID,
    state: str,
    by_id: UUID,
    note: str,
    *,
    now: datetime,
) -> ResolutionRecord:
    """Record that a resolution was corrected, revoked or superseded, and void its open duties.

    `by_id` names the order or the later resolution. Raises `NotFound` for none, `WrongStep` where
    it no longer stands (PMR 19).
    """
    found = select(ResolutionRecord).where(ResolutionRecord.id == resolution).with_for_update()
    record = session.execute(found).scalar_one_or_none()
    if record is None or state not in STATES[1:]:
        raise NotFound
    if record.state in (SUPERSEDED, REVOKED):
        raise WrongStep("这项决定已经不再执行，不能再改它的状态。")
    record.state, record.state_id, record.state_note, record.state_at = state, by_id, note, now
    duties.void_all(session, record.id, now=now)
    return record


def _entered(session: Session, estate: UUID, year: int) -> int:
    found = select(func.count()).where(
        ResolutionRecord.estate_id == estate,
        ResolutionRecord.body == COMMITTEE,
        ResolutionRecord.number.contains(f"〔{year}〕"),
    )
    return session.execute(found).scalar_one()
