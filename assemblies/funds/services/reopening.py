"""A project's payment that is corrected: its instruction waits for the bank again."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import WrongStep
from assemblies.records.repairs import InstructionRecord, RepairRecord

ADVANCE, EMERGENCY = "advance", "emergency"


def reopen_instruction(session: Session, posting: UUID) -> None:
    """Let the instruction that a posting carried out wait for the bank again, its project with it.

    Without this a project would count as paid what the ledger holds again. Raises `WrongStep` once
    the project went on from that payment.
    """
    found = select(InstructionRecord).where(InstructionRecord.posting_id == posting)
    paper = session.execute(found.with_for_update()).scalar_one_or_none()
    if paper is None:
        return
    record = session.get_one(RepairRecord, paper.repair_id, with_for_update=True)
    after, before = _states(record, paper)
    if record.state != after:
        raise WrongStep(
            f"维修项目第 {record.number} 号“{record.title}”已经凭这笔划款往下办了，"
            "不能再冲正这一笔。多付或者少付的，请在项目结算时一并算清。"
        )
    if paper.kind == ADVANCE:
        record.advance_fen = 0
    record.state, record.closed_at = before, None
    paper.paid_at, paper.advice_file_id, paper.posting_id = None, None, None
    session.flush()


def _states(record: RepairRecord, paper: InstructionRecord) -> tuple[str, str]:
    """Return where the project stands after this payment, and where it stood before."""
    if paper.kind == ADVANCE:
        return "advanced", "approved"
    if record.path == EMERGENCY:
        return "closed", "approved"
    return "paid", "settled"
