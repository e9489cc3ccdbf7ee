"""Imports of a register: laid beside what is stored, then applied whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from assemblies.estates import plans
from assemblies.estates.differences import Difference, difference
from assemblies.estates.encoding import Kept
from assemblies.estates.plans import MOST_QUESTIONS, Plan
from assemblies.estates.queries import batches
from assemblies.estates.queries.register import stored
from assemblies.estates.refusals import BatchSettled, NothingToDo, QuestionsOpen, RowsRefused
from assemblies.estates.register.reading import read
from assemblies.estates.services.writing import locked, write
from assemblies.estates.surveys import NOT_SURVEYED, Survey
from assemblies.foundation.refusals import Stale
from assemblies.foundation.secrets import Keys
from assemblies.records.premises import ImportBatchRecord

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, its name, and what the survey says."""

    filename: str
    data: bytes
    survey: Survey = NOT_SURVEYED


@dataclass(frozen=True, slots=True)
class Laid:
    """An upload beside the register of an estate: what it would do."""

    estate: UUID
    upload: Upload
    plan: Plan


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clerk said on the preview: the version it showed, the questions confirmed."""

    seen: int
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch with everything checked, ready to be written in one short transaction."""

    batch: UUID
    change: Difference


def lay(session: Session, estate: UUID, upload: Upload, keys: Keys) -> Laid:
    """Read a file and say what it would do; nothing is written.

    Raises `UnreadableSheet` where the file is no register at all.
    """
    standing = stored(session, estate, keys)
    reading = read(upload.data, upload.filename, standing.known_ids())
    return Laid(estate, upload, plans.plan(reading, standing))


def keep(session: Session, laid: Laid, keys: Keys, *, by: UUID, now: datetime) -> UUID:
    """Keep a file and its plan, sealed, until the clerk has decided; return the batch's id."""
    upload = laid.upload
    record = ImportBatchRecord(
        id=uuid4(),
        estate_id=laid.estate,
        filename=upload.filename[-_LONGEST_NAME:],
        sha256=sha256(upload.data).hexdigest(),
        upload_sealed=_sealed(laid, keys),
        uploaded_by=by,
        uploaded_at=now,
        survey=upload.survey.plain(),
        base_version=laid.plan.version,
    )
    session.add(record)
    session.flush()
    return record.id


def lay_again(session: Session, estate: UUID, batch: UUID, keys: Keys) -> Laid:
    """Lay a waiting file beside the register of today; raises `BatchSettled`."""
    record = batches.batch(session, estate, batch)
    file = batches.opened(record, keys).file
    return lay(session, estate, Upload(record.filename, file), keys)


def keep_again(session: Session, batch: UUID, laid: Laid, keys: Keys) -> None:
    """Put a fresh plan in the place of one that went stale; raises `BatchSettled`."""
    record = _waiting(session, laid.estate, batch)
    record.upload_sealed = _sealed(laid, keys)
    record.base_version = laid.plan.version


def prepare(session: Session, estate: UUID, batch: UUID, keys: Keys, answer: Answer) -> Prepared:
    """Check that a batch may be applied as the clerk saw it.

    Raises `Stale` if the register has changed since the preview, `RowsRefused`, `QuestionsOpen`,
    `NothingToDo`, `BatchSettled`.
    """
    record = batches.batch(session, estate, batch)
    plan = batches.opened(record, keys).plan
    standing = stored(session, estate, keys)
    if not standing.version == plan.version == answer.seen:
        raise Stale("名册在您上传之后有了改动，请重新比对后再导入。")
    _require_applicable(plan, answer.accepted)
    return Prepared(batch, difference(standing, plans.register_after(plan, standing)))


def apply(session: Session, prepared: Prepared, keys: Keys, *, now: datetime) -> None:
    """Write a whole batch or nothing; raises `Stale` and `BatchSettled`."""
    change = prepared.change
    record = _waiting(session, change.estate, prepared.batch)
    before = write(session, change, keys)
    record.before_sealed = keys.sealed(before.encode())
    record.upload_sealed = None
    record.applied_at = now
    record.applied_version = change.version + 1
    written = {"new": len(change.new_parts), "changed": len(change.touched)}
    record.survey = {**record.survey, "written": written}
    session.flush()


def give_up(session: Session, estate: UUID, batch: UUID) -> None:
    """Drop an upload that was not applied; raises `BatchSettled`."""
    session.delete(_waiting(session, estate, batch))
    session.flush()


def import_register(
    session: Session, estate: UUID, upload: Upload, keys: Keys, *, by: UUID, now: datetime
) -> UUID:
    """Take a whole register in at once, every question confirmed; return the batch's id.

    For registers that somebody has looked at already: demonstration, samples, tests.
    Raises `RowsRefused` and `NothingToDo`.
    """
    laid = lay(session, estate, upload, keys)
    batch = keep(session, laid, keys, by=by, now=now)
    accepted = frozenset(question.id for question in laid.plan.questions)
    answer = Answer(laid.plan.version, accepted)
    apply(session, prepare(session, estate, batch, keys, answer), keys, now=now)
    return batch


def _sealed(laid: Laid, keys: Keys) -> bytes:
    return keys.sealed(Kept(laid.upload.data, laid.plan).encode())


def _waiting(session: Session, estate: UUID, batch: UUID) -> ImportBatchRecord:
    """Return a batch that is not settled, with nobody else at it."""
    locked(session, estate)
    record = batches.batch(session, estate, batch)
    if record.applied_at is not None or record.upload_sealed is None:
        raise BatchSettled
    return record


def _require_applicable(plan: Plan, accepted: frozenset[str]) -> None:
    if plan.refused:
        raise RowsRefused(
            f"文件里还有 {plan.refused} 行不能导入。请在文件里改好，再重新上传；"
            "导入要么全部成功，要么一行也不写。"
        )
    if len(plan.questions) > MOST_QUESTIONS:
        raise RowsRefused(
            f"需要确认的内容有 {len(plan.questions)} 项，多半是整列填错了。请改好文件再上传。"
        )
    if waiting := plans.unanswered(plan.questions, accepted):
        raise QuestionsOpen(f"还有 {waiting} 项没有确认。请逐项核对并打勾，再导入。")
    if not plan.written:
        raise NothingToDo
