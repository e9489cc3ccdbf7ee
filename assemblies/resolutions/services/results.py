"""Verbs of the resolutions room: object, answer, certify, publish."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation import verdicts
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records import logs
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord
from assemblies.records.duties import Opening, open_duty
from assemblies.records.objections import Objection, record_answer, record_objection
from assemblies.records.resolutions import (
    ResolutionRecord,
    challengeable_until,
    locked_estate,
)
from assemblies.records.supervision import tell_of_assembly
from assemblies.resolutions import following
from assemblies.resolutions.queries import results as queries
from voting.bundle import Edition
from voting.law.duties import Duty
from voting.log import kinds
from voting.result import Outcome, Result
from voting.verify.audit import verify
from voting.verify.report import Report

__all__ = ["Objection", "answer", "certify", "examine", "object_to_result", "publish"]
STAGE = "result"


def object_to_result(
    session: Session, assembly: UUID, raised: Objection, keys: Keys, *, now: datetime
) -> UUID:
    """Record an objection to the preliminary result; raises `WrongStep` outside its posting."""
    record = _assembly(session, assembly)
    until = record.objections_until
    if record.phase != "counted" or until is None or now >= until:
        raise WrongStep("初步结果的公示期已过，或者还没有开始。对决定不服的，可以依法起诉。")
    return record_objection(session, record, STAGE, raised, keys, now=now)


def answer(
    session: Session, assembly: UUID, objection: UUID, text: str, keys: Keys, *, now: datetime
) -> None:
    """Answer an objection to the result, once; raises `NotFound`, `WrongStep` or `Incomplete`."""
    record = _assembly(session, assembly)
    record_answer(session, record, STAGE, objection, text, keys, now=now)


def examine(session: Session, assembly: UUID, keys: Keys) -> Report:
    """Run the verifier's numbered steps over the audit edition of the bundle."""
    record = session.get(AssemblyRecord, assembly)
    if record is None or record.log_id is None:
        raise NotFound
    head = session.get_one(logs.LogRecord, record.log_id)
    vkey = keys.log_signer(head.origin).verifier.vkey
    data = queries.bundle_of(session, assembly, keys, Edition.AUDIT)
    return verify(data, log_key=vkey)


def certify(
    session: Session, assembly: UUID, by: str, note: str, keys: Keys, *, now: datetime
) -> None:
    """Certify the result after every step of the verifier held.

    Raises `WrongStep` while objections may come or wait for an answer, `Incomplete` where a step
    of the verification fails.
    """
    record = _assembly(session, assembly)
    until = record.objections_until
    if record.phase != "counted" or until is None:
        raise WrongStep("计票之后、公布之前才能核验，并且只确认一次。")
    if now < until:
        raise WrongStep("初步结果还在公示，公示期满才能确认。")
    if queries.page(session, assembly).unanswered:
        raise WrongStep("还有对结果的异议没有答复，答复后才能确认。")
    if not examine(session, assembly, keys).holds:
        raise Incomplete("核验没有全部通过，不能确认。请按核验步骤里写明的问题处理。")
    digest = _result(session, assembly).digest
    body = {"by": by, "result": digest, "note": note.strip()}
    about = logs.About(token=kinds.CERTIFIED)
    logs.append(session, _log(record), kinds.CERTIFIED, body, keys, about, now=now)
    record.phase, record.certified_at, record.certified_by = "certified", now, by
    tell_of_assembly(session, record, kinds.CERTIFIED, by, digest, keys, now=now)


def publish(session: Session, assembly: UUID, keys: Keys, *, now: datetime) -> str:
    """Publish the certified result under the next number of the year and return the number.

    Each item enters the register, and what the law attaches to it becomes a duty.
    SD 32: decisions are posted within three days; CC 280, SPC 12: open to suit for one year.
    """
    record = _assembly(session, assembly)
    if record.phase != "certified" or record.certified_at is None:
        raise WrongStep("街道核验确认之后才能公布，并且只公布一次。")
    estate = locked_estate(session, record.estate_id)
    year = in_china(now).year
    serial = queries.published_this_year(session, estate.id, year) + 1
    number = f"{estate.name}业决〔{year}〕{serial}号"
    result = _result(session, assembly)
    _enter(session, record, number, result, now)
    body = {"number": number, "result": result.digest}
    about = logs.About(token=kinds.PUBLISHED)
    logs.append(session, _log(record), kinds.PUBLISHED, body, keys, about, now=now)
    record.phase, record.published_at, record.publication_number = "published", now, number
    tell_of_assembly(
        session, record, kinds.PUBLISHED, record.convener_name, result.digest, keys, now=now
    )
    return number


def _enter(
    session: Session, assembly: AssemblyRecord, number: str, result: Result, now: datetime
) -> None:
    """Enter every item in the register and open what follows from it."""
    agenda, rules = queries.agenda_and_rules(session, assembly.id)
    decided = in_china(assembly.certified_at or now).date()
    for item in result.items:
        asked = agenda.item(item.item)
        record = ResolutionRecord(
            id=uuid4(),
            estate_id=assembly.estate_id,
            item_id=item.item,
            number=f"{number}-{item.number}",
            title=item.title,
            matter=asked.matter.value,
            outcome=item.outcome.value,
            winner=verdicts.winner(item),
            counts=verdicts.counts(item),
            published_at=now,
            challengeable_until=challengeable_until(now, rules),
        )
        session.add(record)
        session.flush()
        passed = item.outcome is Outcome.PASSED
        followed = following.after(asked, decided, rules) if passed else ()
        _open(session, record, followed or following.posting(decided, rules), now)


def _open(
    session: Session, record: ResolutionRecord, found: tuple[Duty, ...], now: datetime
) -> None:
    about = f"{record.title}（{record.number}）"
    own = queries.has_project(session, record.item_id)
    for duty in found:
        task = following.TASKS[duty.name]
        # A repair's own calendar carries its application from station to station.
        if duty.name == "fund_station_days" and own:
            continue
        href = task.href(record.estate_id, record.id)
        opening = Opening(duty, record.id, task.title, about, task.who, href)
        open_duty(session, record.estate_id, opening, now=now)


def _result(session: Session, assembly: UUID) -> Result:
    return Result.decode(session.get_one(DocumentRecord, (assembly, "result.json")).content)


def _assembly(session: Session, assembly: UUID) -> AssemblyRecord:
    record = session.execute(
        select(AssemblyRecord).where(AssemblyRecord.id == assembly).with_for_update()
    ).scalar_one_or_none()
    if record is None:
        raise NotFound
    return record


def _log(record: AssemblyRecord) -> UUID:
    if record.log_id is None:
        raise WrongStep("会议公告尚未发布。")
    return record.log_id
