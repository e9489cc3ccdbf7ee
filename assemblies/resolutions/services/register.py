"""Verbs of the register: show that a decision was posted, and mark one that a newer replaces."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import CHINA, in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload, checked
from assemblies.foundation.wording import day_text
from assemblies.records.files import keep
from assemblies.records.resolutions import (
    ASSEMBLY,
    REVOKED,
    SUPERSEDED,
    Proof,
    ResolutionRecord,
    change_state,
    locked_estate,
    mark_posted,
)
from assemblies.records.supervision import Happened, digest_of, tell
from assemblies.resolutions.queries.register import why_not


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something to which resolution of which estate."""

    estate: UUID
    resolution: UUID
    by: str


@dataclass(frozen=True, slots=True)
class Posted:
    """That a decision hangs on the door: where, since which day, and its photograph."""

    place: str
    on: date
    photo: Upload | None


def resolution_of(session: Session, estate: UUID, resolution: UUID) -> ResolutionRecord:
    """Return a resolution of an estate, its row locked; raises `NotFound`."""
    found = select(ResolutionRecord).where(
        ResolutionRecord.id == resolution, ResolutionRecord.estate_id == estate
    )
    record = session.execute(found.with_for_update()).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def not_before(record: ResolutionRecord, on: date, *, now: datetime) -> None:
    """Refuse a day before the decision or after today; raises `Incomplete`."""
    if on > in_china(now).date():
        raise Incomplete("日期不能晚于今天。")
    if on < in_china(record.published_at).date():
        raise Incomplete(f"日期不能早于决定公布的那一天（{day_text(record.published_at)}）。")


def post(session: Session, deed: Deed, posted: Posted, keys: Keys, *, now: datetime) -> None:
    """Record that a decision was posted, with its photograph, once.

    SD 32: decisions are posted in writing within three days. Raises `Incomplete` without a
    photograph or for a day that cannot be, `WrongStep` where it was recorded or was revoked.
    """
    record, by = resolution_of(session, deed.estate, deed.resolution), deed.by
    if record.posted_at is not None:
        raise WrongStep("这项决定的张贴情况已经登记过了。")
    if record.state == REVOKED:
        raise WrongStep("这项决定已经撤销，不再张贴。")
    if record.body != ASSEMBLY:
        raise WrongStep("业委会的决定随会议纪要一起公示，请在那次会议的页面登记。")
    if posted.photo is None:
        raise Incomplete("请附上张贴处的照片。")
    not_before(record, posted.on, now=now)
    # The photograph shows a public notice; it is open to everybody as the notice is.
    file = keep(session, deed.estate, checked(posted.photo), by, shown=True, now=now)
    at = now if posted.on == in_china(now).date() else datetime.combine(posted.on, time(), CHINA)
    mark_posted(session, (record.id,), Proof(posted.place, at, file.id), by, now=now)
    said = f"{record.number}“{record.title}”于{day_text(posted.on)}张贴在{posted.place}，附照片。"
    happened = Happened("resolution.posted", said, by, f"resolution:{record.id}", file.sha256)
    tell(session, deed.estate, happened, keys, now=now)


def supersede(session: Session, deed: Deed, newer: UUID, keys: Keys, *, now: datetime) -> None:
    """Mark a resolution as replaced by a newer one, and void what it still asked for.

    Raises `Incomplete` where the newer cannot replace the older: it failed, no longer stands, is
    not newer, decides another matter, or is the committee's against the owners'.
    """
    locked_estate(session, deed.estate)
    old = resolution_of(session, deed.estate, deed.resolution)
    new = resolution_of(session, deed.estate, newer)
    refused = why_not(old, new)
    if refused:
        raise Incomplete(refused)
    note = f"被{new.number}“{new.title}”取代"
    change_state(session, old.id, SUPERSEDED, new.id, note, now=now)
    said = f"{old.number}“{old.title}”{note}，原决定从今天起不再执行。"
    digest = digest_of({"older": str(old.id), "newer": str(new.id)})
    happened = Happened("resolution.superseded", said, deed.by, f"resolution:{old.id}", digest)
    tell(session, deed.estate, happened, keys, now=now)
