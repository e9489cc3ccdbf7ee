"""Attach papers to an item, and take them off again."""

from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.agendas.services.assemblies import editable
from assemblies.agendas.services.items import item_in
from assemblies.foundation.refusals import Incomplete, NotFound
from assemblies.foundation.uploads import MIB, Upload, checked
from assemblies.records.assemblies import AttachmentRecord, ItemRecord
from assemblies.records.share_lists import FIRST
from voting.canonical import sha256_hex

MOST_PAPERS = 10
LARGEST_OF_ALL = 40 * MIB


def attach(session: Session, assembly: UUID, item: UUID, upload: Upload) -> UUID:
    """Add a paper to an item and return its id.

    Raises `Incomplete` for what is no honest PDF, PNG or JPEG, for a file that is already there
    or one too many; `WrongStep` once the agenda is posted.
    """
    paper = checked(upload)
    record = item_in(editable(session, assembly), item)
    digest = sha256_hex(paper.content)
    if any(one.sha256 == digest for one in record.attachments):
        raise Incomplete(f"“{paper.name}”已经在这个事项下面了。")
    _require_room(session, assembly, record, len(paper.content))
    attached = AttachmentRecord(
        id=uuid4(),
        item_id=item,
        position=max((one.position for one in record.attachments), default=FIRST) + 1,
        name=paper.name,
        media_type=paper.media_type,
        size=len(paper.content),
        sha256=digest,
        content=paper.content,
    )
    session.add(attached)
    session.flush()
    session.expire(record, ["attachments"])
    return attached.id


def detach(session: Session, assembly: UUID, item: UUID, paper: UUID) -> None:
    """Take a paper off an item; raises `NotFound`, `WrongStep` once posted.

    The share list of a fund item belongs to its figures and stays: raises `Incomplete`.
    """
    record = item_in(editable(session, assembly), item)
    found = next((one for one in record.attachments if one.id == paper), None)
    if found is None:
        raise NotFound
    if found.position == FIRST:
        raise Incomplete("分摊清册由系统按预算和面积算出，不能单独删除。")
    session.delete(found)
    session.flush()
    session.expire(record, ["attachments"])


def _require_room(session: Session, assembly: UUID, item: ItemRecord, size: int) -> None:
    if len(item.attachments) >= MOST_PAPERS:
        raise Incomplete(f"一个事项最多 {MOST_PAPERS} 份附件。")
    held = (
        select(func.coalesce(func.sum(AttachmentRecord.size), 0))
        .join(ItemRecord, AttachmentRecord.item_id == ItemRecord.id)
        .where(ItemRecord.assembly_id == assembly)
    )
    if session.execute(held).scalar_one() + size > LARGEST_OF_ALL:
        raise Incomplete(f"本次会议的附件合计超过 {LARGEST_OF_ALL // MIB} MB，请压缩后再传。")
