"""Create an assembly, describe it anew, and guard who may still change its plan."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.agendas.services.drafts import AssemblyDraft
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.records.assemblies import AssemblyRecord
from assemblies.records.premises import EstateRecord

LOCKED = "公告已经张贴，议程、日期和规则都不能再改。确需改动的，请另开一次会议。"


def create_assembly(
    session: Session, estate: UUID, draft: AssemblyDraft, *, by: UUID, now: datetime
) -> UUID:
    """Begin an assembly of an estate as a draft and return its id.

    Raises `NotFound` for an unknown estate, `Incomplete` for a missing word.
    """
    # The estate's row is locked, so that two drafts begun at once get two numbers.
    place = session.get(EstateRecord, estate, with_for_update=True)
    if place is None:
        raise NotFound
    held = select(func.max(AssemblyRecord.number)).where(AssemblyRecord.estate_id == estate)
    record = AssemblyRecord(
        id=uuid4(),
        estate_id=estate,
        number=(session.execute(held).scalar() or 0) + 1,
        created_at=now,
        created_by=by,
        phase="draft",
        pack=place.pack,
    )
    _describe(record, draft)
    session.add(record)
    session.flush()
    return record.id


def change_assembly(session: Session, assembly: UUID, draft: AssemblyDraft) -> None:
    """Describe an assembly anew; raises `WrongStep` once it is posted, `Incomplete`."""
    _describe(editable(session, assembly), draft)


def editable(session: Session, assembly: UUID) -> AssemblyRecord:
    """Return an assembly whose plan may change; raises `NotFound`, `WrongStep` once posted.

    A plan that changes after the street or the residents' committee heard of it has to be
    told again: it falls back to the draft.
    """
    record = locked(session, assembly)
    if record.phase not in {"draft", "reviewed"}:
        raise WrongStep(LOCKED)
    record.phase = "draft"
    record.reviewed_at, record.review_answer = None, ""
    return record


def locked(session: Session, assembly: UUID) -> AssemblyRecord:
    """Return an assembly, its row locked until the transaction ends; raises `NotFound`."""
    record = session.get(AssemblyRecord, assembly, with_for_update=True)
    if record is None:
        raise NotFound
    return record


def _describe(record: AssemblyRecord, draft: AssemblyDraft) -> None:
    needed = {
        "会议名称": draft.title,
        "召集人名称": draft.convener_name,
        "联系方式": draft.contact,
        "服务点": draft.place,
    }
    missing = [name for name, text in needed.items() if not text.strip()]
    if missing:
        raise Incomplete(f"请填写{'、'.join(missing)}。")
    record.title, record.convener = draft.title.strip(), draft.convener.value
    record.convener_name = draft.convener_name.strip()
    record.contact, record.place = draft.contact.strip(), draft.place.strip()
