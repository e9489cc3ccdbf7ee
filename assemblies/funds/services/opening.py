"""Opening the fund's accounts from a sheet: laid out, kept, applied once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.refusals import Incomplete, NotFound, Stale, WrongStep
from assemblies.foundation.uploads import Checked, Upload
from assemblies.foundation.wording import money_text
from assemblies.funds.opening.preview import Opening, read
from assemblies.funds.queries.openings import MEDIA_TYPES, has_opened, register_version
from assemblies.funds.services.publications import begin_rounds
from assemblies.funds.services.telling import tell_posting, watch
from assemblies.records.files import FileRecord, keep
from assemblies.records.ledger import (
    Account,
    FirstPaymentRecord,
    Posting,
    PostingRecord,
    account_of,
    book,
)
from assemblies.records.register import register

_LONGEST_NAME = 80
OPENED = "期初余额已经建账。要改，请先把那一笔冲正，再重新导入。"


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet beside the register of an estate as it stood at `version`."""

    estate: UUID
    name: str
    opening: Opening
    version: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clerk said on the preview: the version it showed, what was confirmed, the bank."""

    seen: int
    accepted: frozenset[str]
    bank: str = ""


def lay(session: Session, estate: UUID, upload: Upload) -> Laid:
    """Read a sheet beside the register; nothing is written.

    Raises `UnreadableSheet`, `Incomplete` without columns, `WrongStep` once opened.
    """
    if has_opened(session, estate):
        raise WrongStep(OPENED)
    opening = read(upload.content, upload.name, register(session, estate))
    return Laid(estate, upload.name, opening, register_version(session, estate))


def take(session: Session, estate: UUID, upload: Upload, by: str, *, now: datetime) -> UUID:
    """Keep a sheet until it is applied, for staff only; raises what `lay` raises."""
    lay(session, estate, upload)
    media_type = MEDIA_TYPES[0] if upload.content.startswith(b"PK") else MEDIA_TYPES[1]
    name = upload.name.replace("\\", "/").rpartition("/")[2][-_LONGEST_NAME:]
    return keep(session, estate, Checked(name, media_type, upload.content), by, now=now).id


def lay_kept(session: Session, estate: UUID, file: UUID) -> Laid:
    """Lay a kept sheet beside the register of today; raises `NotFound` and what `lay` raises."""
    record = kept_sheet(session, estate, file)
    return lay(session, estate, Upload(record.name, record.content))


def kept_sheet(session: Session, estate: UUID, file: UUID) -> FileRecord:
    """Return a kept sheet of this estate; raises `NotFound`."""
    record = session.get(FileRecord, file)
    if record is None or record.estate_id != estate or record.media_type not in MEDIA_TYPES:
        raise NotFound
    return record


def give_up(session: Session, estate: UUID, file: UUID) -> None:
    """Drop a kept sheet that was not applied; raises `NotFound` and `WrongStep`."""
    record = kept_sheet(session, estate, file)
    if session.query(PostingRecord).filter_by(file_id=file).first() is not None:
        raise WrongStep("这份表已经建账，不能删除。")
    session.delete(record)


def apply(
    session: Session, laid: Laid, file: UUID, answer: Answer, actor: Actor, *, now: datetime
) -> PostingRecord:
    """Open every account of a sheet in one posting, or none.

    Raises `Stale` if the register changed since the preview, `WrongStep` once opened, and
    `Incomplete` while rows are refused or questions wait.
    """
    pot = account_of(session, laid.estate, Account.FUND, now=now)
    record = kept_sheet(session, laid.estate, file)
    if has_opened(session, laid.estate):
        raise WrongStep(OPENED)
    if not answer.seen == laid.version == register_version(session, laid.estate):
        raise Stale("名册在您打开页面之后有了改动，请重新核对。")
    _require_clear(laid.opening, answer.accepted)
    pot.bank = answer.bank.strip() or pot.bank
    whole = laid.opening.whole
    posting = Posting(
        kind="opening",
        said=f"期初余额，{whole.parts} 处房屋",
        basis=f"期初余额表“{laid.name}”",
        by=actor.by,
        lines=laid.opening.balances,
        file=record.id,
    )
    made = book(session, laid.estate, Account.FUND, posting, now=now)
    _first_payments(session, laid.opening)
    said = (
        f"维修资金按户建账：{whole.parts} 处房屋，首次交存合计 {money_text(whole.first)}，"
        f"期初余额合计 {money_text(whole.balance)}，与导入的余额表逐户一致。"
    )
    tell_posting(session, "fund.opened", said, made, actor, now=now)
    begin_rounds(session, laid.estate, Account.FUND, now=now)
    watch(session, laid.estate, actor, now=now)
    return made


def _require_clear(opening: Opening, accepted: frozenset[str]) -> None:
    if opening.refused:
        raise Incomplete(f"还有 {len(opening.refused)} 行不能导入，请改好表格再上传。")
    waiting = [one for one in opening.questions if one.id not in accepted]
    if waiting:
        raise Incomplete(f"还有 {len(waiting)} 项没有打勾。请核对后逐项打勾，再建账。")
    if not opening.lines:
        raise Incomplete("表里没有一处房屋，没有可以建的账。")


def _first_payments(session: Session, opening: Opening) -> None:
    for part, fen in opening.firsts.items():
        known = session.get(FirstPaymentRecord, part)
        if known is None:
            session.add(FirstPaymentRecord(part_id=part, amount_fen=fen))
        else:
            known.amount_fen = fen
    session.flush()
