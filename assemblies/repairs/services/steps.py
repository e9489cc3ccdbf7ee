"""What every step of a repair shares: the locked record, its state, and the word it sends on."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.uploads import Upload, checked
from assemblies.records.files import FileRecord, keep
from assemblies.records.repairs import RepairRecord
from assemblies.records.supervision import Happened, digest_of, tell

ORDINARY, STANDING, EMERGENCY = "ordinary", "standing", "emergency"
MOST_PHOTOS = 20


def locked(session: Session, estate: UUID, repair: UUID) -> RepairRecord:
    """Return a repair of an estate, its row locked; raises `NotFound` for another's."""
    record = session.get(RepairRecord, repair, with_for_update=True)
    if record is None or record.estate_id != estate:
        raise NotFound
    return record


def require_state(record: RepairRecord, *states: str) -> None:
    """Let a repair pass that stands at one of these states; raises `WrongStep`."""
    if record.state not in states:
        raise WrongStep("这个项目还没有到这一步，或者这一步已经办完。请回到项目页看现在该办什么。")


def address(record: RepairRecord) -> str:
    """Return the path of the repair's page, where its duties are done."""
    return f"/estates/{record.estate_id}/repairs/{record.id}"


def tell_of(  # noqa: PLR0913 -- which repair, what happened, shown by what, by whom
    session: Session,
    record: RepairRecord,
    kind: str,
    said: str,
    actor: Actor,
    *,
    digest: str = "",
    now: datetime,
) -> None:
    """Tell the supervision record of a step; without a paper the facts are its digest."""
    facts = {"kind": kind, "repair": str(record.id), "said": said, "at": now.isoformat()}
    sentence = f"维修项目第 {record.number} 号“{record.title}”：{said}"
    happened = Happened(kind, sentence, actor.by, f"repair:{record.id}", digest or digest_of(facts))
    tell(session, record.estate_id, happened, actor.keys, now=now)


def kept(
    session: Session, record: RepairRecord, upload: Upload, by: str, *, shown: bool, now: datetime
) -> FileRecord:
    """Keep one paper of a repair; raises `Incomplete` for what is no honest paper."""
    return keep(session, record.estate_id, checked(upload), by, shown=shown, now=now)


def kept_all(
    session: Session,
    record: RepairRecord,
    uploads: Iterable[Upload],
    by: str,
    *,
    shown: bool,
    now: datetime,
) -> list[str]:
    """Keep several papers and return their ids as the record lists them."""
    return [str(kept(session, record, one, by, shown=shown, now=now).id) for one in uploads]


def written(**texts: str) -> None:
    """Let texts pass that say something; raises `Incomplete` naming those that do not."""
    missing = [name for name, text in texts.items() if not text.strip()]
    if missing:
        raise Incomplete(f"请填写{'、'.join(missing)}。")
