"""Reads of one resolution's page: what was decided, what follows, what rests on it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.clock import in_china
from assemblies.foundation.pictures import FileLink, Option
from assemblies.foundation.places import Place
from assemblies.foundation.refusals import NotFound
from assemblies.foundation.wording import day_text
from assemblies.records.calendar import Entry, of_source
from assemblies.records.files import FileRecord
from assemblies.records.oversight import OrderRecord
from assemblies.records.places import place_of
from assemblies.records.resolutions import ASSEMBLY, REVOKED, STANDING, ResolutionRecord
from assemblies.records.rules import rules_for
from assemblies.resolutions.following import DISMISSAL, FILING, SIGNING
from assemblies.resolutions.queries.register import Line, line, why_not
from assemblies.resolutions.queries.resting import Handover, Resting, handover, resting
from voting.law.citations import Citation
from voting.law.duties import last_day
from voting.law.matters import Matter
from voting.law.rules import Rules


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a resolution: who changed it, in which words, and the page that says so."""

    words: str
    at: datetime | None
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on a resolution's page."""

    place: Place
    line: Line
    duties: tuple[Entry, ...]
    photo: FileLink | None
    posted_until: date | None
    posted_until_law: str
    challenge_law: str
    challenge_words: str
    kept_until: date | None
    fate: Fate | None
    replaces: tuple[Line, ...]
    newer: tuple[Option, ...]
    resting: tuple[Resting, ...]
    handover: Handover | None

    def duty(self, name: str) -> Entry | None:
        """Return a duty by its parameter's name, None where the resolution opened none."""
        return next((one for one in self.duties if one.name == name), None)

    @property
    def is_of_manager(self) -> bool:
        """Say whether contract, notice and hand-over belong to it."""
        return self.line.matter == Matter.MANAGER and self.line.passed

    @property
    def signing(self) -> Entry | None:
        """Return the duty to sign the contract."""
        return self.duty(SIGNING)

    @property
    def filing(self) -> Entry | None:
        """Return the duty to file the contract."""
        return self.duty(FILING)

    @property
    def dismissal(self) -> Entry | None:
        """Return the period of the notice to a dismissed manager."""
        return self.duty(DISMISSAL)

    @property
    def may_post(self) -> bool:
        """Say whether its posting is still to be recorded here; minutes are posted on their own."""
        waits = self.line.posted_at is None and self.line.state != REVOKED
        return waits and self.line.body == ASSEMBLY

    @property
    def stands(self) -> bool:
        """Say whether it was adopted and nothing changed it."""
        return self.line.passed and self.line.state == STANDING


def page(session: Session, estate: UUID, resolution: UUID, *, now: datetime) -> Page:
    """Return a resolution's page; raises `NotFound`."""
    place = place_of(session, estate)
    record = session.get(ResolutionRecord, resolution)
    shown = line(session, resolution, now=now)
    if record is None or shown is None or record.estate_id != estate:
        raise NotFound
    rules = rules_for(session, estate, now=now)
    until, until_law = _posted_until(record, rules)
    return Page(
        place=place,
        line=shown,
        duties=of_source(session, resolution, now=now),
        photo=_link(session, record.posted_file_id),
        posted_until=until,
        posted_until_law=until_law,
        challenge_law=Citation.shortly(rules.citations("challenge_months")),
        challenge_words=challenge_words(record.challengeable_until, now),
        kept_until=_kept_until(record, rules),
        fate=_fate(session, record),
        replaces=_replaces(session, record, now),
        newer=_newer(session, record),
        resting=resting(session, record),
        handover=handover(session, resolution),
    )


def challenge_words(until: datetime, now: datetime) -> str:
    """Say how long a decision may still be taken to court; its last day counts whole (CC 203)."""
    left = (in_china(until).date() - in_china(now).date()).days
    if left < 0:
        return "一年期限已过"
    return f"还有 {left} 天" if left else "今天是最后一天"


def _posted_until(record: ResolutionRecord, rules: Rules) -> tuple[date | None, str]:
    if record.posted_at is None or not rules.has("posting_lasts_days"):
        return None, ""
    parameter = rules.parameter("posting_lasts_days")
    since = in_china(record.posted_at).date()
    return last_day(since, rules.number(parameter.name), parameter.unit), parameter.said_zh


def _kept_until(record: ResolutionRecord, rules: Rules) -> date | None:
    if not rules.has("evidence_months"):
        return None
    unit = rules.parameter("evidence_months").unit
    since = in_china(record.published_at).date()
    return last_day(since, rules.number("evidence_months"), unit)


def _link(session: Session, file: UUID | None) -> FileLink | None:
    record = session.get(FileRecord, file) if file else None
    return record.link() if record else None


def _fate(session: Session, record: ResolutionRecord) -> Fate | None:
    if record.state == STANDING or record.state_id is None:
        return None
    newer = session.get(ResolutionRecord, record.state_id)
    if newer is not None:
        href = f"/estates/{record.estate_id}/resolutions/{newer.id}"
        return Fate(record.state_note, record.state_at, href)
    order = session.get(OrderRecord, record.state_id)
    if order is None:
        return Fate(record.state_note, record.state_at, "")
    words = f"{order.office} {order.number}：{record.state_note}"
    href = f"/estates/{record.estate_id}/supervision/orders/{order.id}"
    return Fate(words, record.state_at, href)


def _replaces(session: Session, record: ResolutionRecord, now: datetime) -> tuple[Line, ...]:
    found = select(ResolutionRecord.id).where(ResolutionRecord.state_id == record.id)
    shown = (line(session, one, now=now) for one in session.execute(found).scalars())
    return tuple(one for one in shown if one is not None)


def _newer(session: Session, record: ResolutionRecord) -> tuple[Option, ...]:
    """Return the resolutions that may be said to replace this one."""
    found = (
        select(ResolutionRecord)
        .where(
            ResolutionRecord.estate_id == record.estate_id,
            ResolutionRecord.published_at > record.published_at,
        )
        .order_by(ResolutionRecord.published_at)
    )
    return tuple(
        Option(str(one.id), f"{one.number}　{one.title}（{day_text(one.published_at)}）")
        for one in session.execute(found).scalars()
        if not why_not(record, one)
    )
