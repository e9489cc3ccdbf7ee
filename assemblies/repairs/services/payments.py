"""Instructions to the bank, and what is booked when it has paid: to the fen, part by part."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.acting import Actor
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.uploads import Upload
from assemblies.foundation.wording import money_text
from assemblies.records import duties, refills
from assemblies.records.duties import Opening
from assemblies.records.ledger import Account, Posting, book
from assemblies.records.repairs import InstructionRecord, RepairRecord
from assemblies.records.rules import rules_for
from assemblies.repairs.services.basis import require_basis
from assemblies.repairs.services.shares import areas, short_of
from assemblies.repairs.services.steps import (
    EMERGENCY,
    address,
    kept,
    locked,
    require_state,
    tell_of,
)
from voting.law import funds
from voting.law.duties import due

ADVANCE, BALANCE = "advance", "balance"
PUBLICATION = "fund_publication_months"


def instruct_advance(
    session: Session,
    estate: UUID,
    repair: UUID,
    amount: int,
    actor: Actor,
    *,
    now: datetime,
) -> UUID:
    """Tell the bank to pay ahead, at most the pack's share of the budget; return the instruction.

    Raises `Incomplete` for more, `WrongStep` before the last station approved, where one waits
    already, or where a part's balance does not suffice. Law: F165 22; the share is practice.
    """
    record = locked(session, estate, repair)
    require_state(record, "approved")
    if record.path == EMERGENCY:
        raise WrongStep("应急维修完工后一次拨付，没有预付款。")
    require_basis(session, record, now=now)
    most = funds.advance(record.budget_fen, rules_for(session, estate, now=now))
    if not 0 < amount <= most:
        raise Incomplete(f"预付款要大于零，不超过预算的规定比例，也就是 {money_text(most)}。")
    owed = funds.shares(amount, areas(record))
    return _instruct(session, record, ADVANCE, owed, actor, now)


def instruct_balance(
    session: Session, estate: UUID, repair: UUID, actor: Actor, *, now: datetime
) -> UUID | None:
    """Tell the bank to pay what is left, or to take back what was too much; none for nothing left.

    Raises `WrongStep` before the settlement, in an emergency before the last station approved.
    """
    record = locked(session, estate, repair)
    require_state(record, "approved" if record.path == EMERGENCY else "settled")
    require_basis(session, record, now=now)
    amount = record.settled_fen - record.advance_fen
    if amount == 0:
        _paid(session, record, now)
        said = "结算价和预付款相等，不用再划款。"
        tell_of(session, record, "repair.paid", said, actor, now=now)
        return None
    return _instruct(session, record, BALANCE, _left(record), actor, now)


def bank_paid(
    session: Session,
    estate: UUID,
    instruction: UUID,
    advice: Upload | None,
    actor: Actor,
    *,
    now: datetime,
) -> None:
    """Record that the bank carried an instruction out, and book it part by part.

    Raises `Incomplete` without the bank's advice, `WrongStep` where it is recorded already.
    """
    paper = session.get(InstructionRecord, instruction)
    if paper is None:
        raise NotFound
    record = locked(session, estate, paper.repair_id)
    session.refresh(paper, with_for_update=True)
    if paper.paid_at is not None:
        raise WrongStep("这笔划款已经记过账了。")
    if advice is None:
        raise Incomplete("请上传银行回单。")
    file = kept(session, record, advice, actor.by, shown=False, now=now)
    lines = _lines(record, paper)
    back = paper.amount_fen < 0
    posting = Posting(
        kind="refund" if back else "payment",
        said=f"{record.title}：{'退回预付款' if back else _WORDS[paper.kind]}",
        basis=f"维修项目第 {record.number} 号，银行回单 {file.name}",
        by=actor.by,
        lines={part: -fen for part, fen in lines.items() if fen},
        source=record.id,
        file=file.id,
    )
    paper.posting_id = book(session, estate, Account.FUND, posting, now=now).id
    paper.paid_at, paper.advice_file_id = now, file.id
    refills.watch(session, estate, actor.keys, by=actor.by, now=now)
    _move_on(session, record, paper, now)
    said = f"{posting.said} {money_text(abs(paper.amount_fen))}，银行已办，已逐户记账。"
    kind = "repair.advanced" if paper.kind == ADVANCE else "repair.paid"
    tell_of(session, record, kind, said, actor, digest=file.sha256, now=now)


_WORDS = {ADVANCE: "预付工程款", BALANCE: "拨付工程余款"}


def require_nothing_pending(session: Session, record: RepairRecord) -> None:
    """Let a repair pass that waits for no bank; raises `WrongStep`."""
    found = select(InstructionRecord.id).where(
        InstructionRecord.repair_id == record.id, InstructionRecord.paid_at.is_(None)
    )
    if session.execute(found).first() is not None:
        raise WrongStep("已经通知银行划款，还没有记入银行回单。请先记入，再办下一步。")


def _instruct(
    session: Session,
    record: RepairRecord,
    kind: str,
    owed: dict[UUID, int],
    actor: Actor,
    now: datetime,
) -> UUID:
    require_nothing_pending(session, record)
    _require_covered(session, record, owed)
    amount = sum(owed.values())
    paper = InstructionRecord(
        id=uuid4(),
        repair_id=record.id,
        kind=kind,
        amount_fen=amount,
        payee=record.contractor,
        payee_account=record.contractor_account,
        given_by=actor.by,
        given_at=now,
    )
    session.add(paper)
    session.flush()
    verb = f"请{record.contractor}退回" if amount < 0 else f"向{record.contractor}划拨"
    said = f"通知银行{_WORDS[kind]}：{verb} {money_text(abs(amount))}。"
    if amount < 0:
        said = f"预付款超过结算价，{verb} {money_text(abs(amount))}到维修资金账户。"
    tell_of(session, record, "repair.instructed", said, actor, now=now)
    return paper.id


def _require_covered(session: Session, record: RepairRecord, owed: dict[UUID, int]) -> None:
    short = short_of(session, record, owed)
    if not short:
        return
    unsold = sum(one.unsold for one in record.shares if one.part_id in short)
    owned = len(short) - unsold
    said = [f"{owned} 户的维修资金余额不够，请先续筹或补交"] if owned else []
    if unsold:
        said.append(f"{unsold} 处未售出的房屋由建设单位承担，请建设单位先存入")
    total = money_text(sum(short.values()))
    raise WrongStep(f"还不能划款：{'；'.join(said)}，合计还差 {total}。")


def _left(record: RepairRecord) -> dict[UUID, int]:
    whole = areas(record)
    ahead = funds.shares(record.advance_fen, whole) if record.advance_fen else {}
    return funds.balance_shares(record.settled_fen, ahead, whole)


def _lines(record: RepairRecord, paper: InstructionRecord) -> dict[UUID, int]:
    if paper.kind == ADVANCE:
        return funds.shares(paper.amount_fen, areas(record))
    return _left(record)


def _move_on(
    session: Session, record: RepairRecord, paper: InstructionRecord, now: datetime
) -> None:
    if paper.kind == ADVANCE:
        record.advance_fen, record.state = paper.amount_fen, "advanced"
    else:
        _paid(session, record, now)


def _paid(session: Session, record: RepairRecord, now: datetime) -> None:
    """Open what follows the last payment; in an emergency all was posted before the claim."""
    if record.path == EMERGENCY:
        record.settlement_posted_at = record.posted_at
        record.settlement_place = record.posted_place
        record.settlement_file_id = record.posted_file_id
        record.state, record.closed_at = "closed", now
        return
    record.state = "paid"
    rules = rules_for(session, record.estate_id, now=now)
    duty = due(PUBLICATION, in_china(now).date(), rules)
    opening = Opening(duty, record.id, "公布维修结算和逐户分摊", record.title, href=address(record))
    duties.open_duty(session, record.estate_id, opening, now=now)
