"""A use is applied for: which document, how many copies, for whom, and on which decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.foundation.uploads import Checked, Upload, checked
from assemblies.records.committees import member_for, members_in_office
from assemblies.records.duties import void_all
from assemblies.records.files import FileRecord, keep
from assemblies.records.resolutions import ResolutionRecord
from assemblies.records.seal_log import applied_body
from assemblies.records.seals import (
    APPLIED,
    APPROVED,
    DOCUMENT_KINDS,
    KEPT,
    WITHDRAWN,
    SealRecord,
    SealUseRecord,
)
from assemblies.records.supervision import digest_of
from assemblies.seals.queries import bases
from assemblies.seals.services.documents import require_written
from assemblies.seals.services.pen import Actor, Pen, pen_of
from voting.canonical import sha256_hex
from voting.law.seals import signatures_needed
from voting.log import seals
from voting.log.seals import BasisKind

RULE = "seal_signatures"
LONGEST = 300
MOST_COPIES, MOST_PAGES = 999, 9_999


@dataclass(frozen=True, slots=True)
class Application:
    """What is asked: the seal, the document, and the decision that covers it.

    `pages` 0 leaves it to the PDF; `looked` says that the applicant saw a photographed original
    and that it is no blank paper.
    """

    seal: UUID
    title: str
    document: Upload | None
    document_kind: str
    copies: int
    purpose: str
    receiver: str
    basis: UUID
    covers: str
    pages: int = 0
    looked: bool = False


def apply(session: Session, actor: Actor, asked: Application, *, now: datetime) -> UUID:
    """Apply for the use of a seal as a member in office; return the use's id.

    The members in office now and how many of them must sign are frozen with it. Raises
    `NotAllowed` for who is no member, `Incomplete` for what is missing or not covered,
    `WrongStep` for a seal that nobody keeps. ZB 31; LAW.md K5.
    """
    pen = pen_of(session, actor, now=now)
    member = member_for(session, actor.estate, actor.account)
    if member is None:
        raise NotAllowed("用印由在任委员申请。您现在不是这个小区的在任委员，或正在暂停履职。")
    seal = pen.seal(asked.seal)
    _require_kept(seal)
    basis = bases.require_covering(session, actor.estate, seal.kind, asked.basis)
    paper, pages = _document(asked)
    _require_new(pen, seal, paper)
    record = _record(pen, asked, seal, basis)
    record.applicant, record.applicant_id = f"{member.name}（业委会委员）", member.id
    record.pages = pages
    record.looked_by = "" if _is_read(paper) else record.applicant
    file = keep(session, actor.estate, paper, actor.said, now=now)
    record.document_id = file.id
    _enter(pen, record, file, basis)
    return record.id


def withdraw(
    session: Session,
    actor: Actor,
    use: UUID,
    reason: str,
    *,
    now: datetime,
) -> None:
    """Withdraw an application before its stamp.

    Raises `NotAllowed` for anybody but the applicant (or who runs the committee, once the
    applicant has left it), `WrongStep`, `Incomplete` without a reason.
    """
    pen = pen_of(session, actor, now=now)
    record = pen.use(use)
    if record.state not in (APPLIED, APPROVED):
        raise WrongStep("这次用印已经盖章或已经结束，不能撤回。")
    member = member_for(session, actor.estate, actor.account)
    if not _may_withdraw(pen, record, actor, member.id if member else None):
        raise NotAllowed(f"这次用印由{record.applicant}申请，只能由本人撤回。")
    body = {"by": actor.said, "reason": written(reason, "撤回的原因"), "use": str(record.id)}
    pen.write(seals.WITHDRAWN, body, record.id)
    record.state = WITHDRAWN
    void_all(session, record.id, now=now)
    said = f"{actor.said}撤回{record.number_zh}《{record.title}》的用印申请：{reason.strip()}。"
    pen.tell("seal.withdrawn", said, actor.said, f"seal-use:{record.id}", digest_of(body))


def written(text: str, what: str) -> str:
    """Return a text without its margins; raises `Incomplete` for none or one too long."""
    words = text.strip()
    if not words:
        raise Incomplete(f"请写明{what}。")
    if len(words) > LONGEST:
        raise Incomplete(f"{what}请不要超过 {LONGEST} 字。")
    return words


def _may_withdraw(pen: Pen, record: SealUseRecord, actor: Actor, member: UUID | None) -> bool:
    if member == record.applicant_id:
        return True
    seated = {one.id for one in members_in_office(pen.session, pen.estate)}
    return actor.runs and record.applicant_id not in seated


def _require_kept(seal: SealRecord) -> None:
    said = {
        "made": "还没有保管人接收，不能用印。",
        "lost": "已报遗失，不能再用。",
        "replaced": "已经更换，请用新章。",
    }
    if seal.state != KEPT:
        raise WrongStep(f"“{seal.name}”{said[seal.state]}")


def _document(asked: Application) -> tuple[Checked, int]:
    """Return the checked document and its pages; raises `Incomplete` for blank paper."""
    if asked.document is None:
        raise Incomplete("请上传要盖章的文件（PDF 或照片）。没有文件不能申请用印。")
    paper = checked(asked.document)
    counted = require_written(paper)
    if not counted and not asked.looked:
        raise Incomplete("照片无法自动核对内容，请看过原件后勾选“不是空白纸”。")
    if counted and asked.pages not in (0, counted):
        raise Incomplete(f"这份 PDF 有 {counted} 页，您填了 {asked.pages} 页，请核对。")
    pages = counted or asked.pages
    if not 1 <= pages <= MOST_PAGES:
        raise Incomplete("请填写每份有几页。")
    return paper, pages


def _require_new(pen: Pen, seal: SealRecord, paper: Checked) -> None:
    """Refuse a paper that already waits for signatures: a form sent twice is one application."""
    found = (
        select(SealUseRecord)
        .join(FileRecord, SealUseRecord.document_id == FileRecord.id)
        .where(
            SealUseRecord.seal_id == seal.id,
            SealUseRecord.state == APPLIED,
            FileRecord.sha256 == sha256_hex(paper.content),
        )
    )
    waiting = pen.session.execute(found).scalars().first()
    if waiting is not None:
        raise Incomplete(f"这份文件已经申请过，编号{waiting.number_zh}，正在等委员签字。")


def _is_read(paper: Checked) -> bool:
    return require_written(paper) > 0


def _record(
    pen: Pen, asked: Application, seal: SealRecord, basis: ResolutionRecord
) -> SealUseRecord:
    if not 1 <= asked.copies <= MOST_COPIES:
        raise Incomplete(f"份数要在 1 到 {MOST_COPIES} 之间。")
    if asked.document_kind not in DOCUMENT_KINDS:
        raise Incomplete("请选择文件的种类。")
    members = [str(one.id) for one in members_in_office(pen.session, pen.estate)]
    return SealUseRecord(
        id=uuid4(),
        committee_id=pen.committee.id,
        seal_id=seal.id,
        number=_next_number(pen),
        title=written(asked.title, "文件的名称"),
        document_kind=asked.document_kind,
        copies=asked.copies,
        purpose=written(asked.purpose, "用途"),
        receiver=written(asked.receiver, "交给谁"),
        applied_at=pen.now,
        basis_kind=bases.kind_of(basis).value,
        basis_id=basis.id,
        covers=written(asked.covers, "这项决定怎样覆盖这份文件"),
        state=APPLIED,
        members=members,
        needed=signatures_needed(len(members), pen.rules),
    )


def _next_number(pen: Pen) -> int:
    found = select(func.max(SealUseRecord.number)).where(
        SealUseRecord.committee_id == pen.committee.id
    )
    return (pen.session.execute(found).scalar_one_or_none() or 0) + 1


def _enter(pen: Pen, record: SealUseRecord, file: FileRecord, basis: ResolutionRecord) -> None:
    rule = pen.rules.threshold(RULE).to_json()
    body = {**applied_body(record, file.sha256, basis.number), "rule": rule}
    pen.write(seals.APPLIED, body, record.id)
    pen.session.add(record)
    pen.session.flush()
    seal = pen.seal(record.seal_id)
    kind = BasisKind(record.basis_kind).words
    said = (
        f"{record.applicant}申请用“{seal.name}”在《{record.title}》上盖章 {record.copies} 份，"
        f"编号{record.number_zh}，交{record.receiver}，用途：{record.purpose}。"
        f"依据{kind}{basis.number}《{basis.title}》。"
        f"{len(record.members)} 名委员中须 {record.needed} 人签字。"
    )
    pen.tell("seal.applied", said, record.applicant, f"seal-use:{record.id}", file.sha256)
