"""Correcting a project's payment: the instruction waits for the bank again, or it is refused."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.funds.services import booking
from assemblies.records.ledger import PostingRecord
from assemblies.records.ledger_audit import audit
from assemblies.records.repairs import InstructionRecord, RepairRecord
from assemblies.repairs.services import payments
from tests.support.registers import Registered
from tests.support.repairs import (
    BUDGET,
    accepted_by_owners,
    actor,
    advanced,
    claimed,
    cleared,
    paper,
    settled,
)


def paid(session: Session, repair: UUID) -> PostingRecord:
    """Return the last posting of a project."""
    found = select(PostingRecord).where(PostingRecord.source_id == repair)
    return session.execute(found.order_by(PostingRecord.number.desc()).limit(1)).scalar_one()


def pay(session: Session, estate: UUID, repair: UUID, keys: Keys, now: datetime) -> None:
    """Record the bank's word on the instruction that waits."""
    waiting = select(InstructionRecord.id).where(
        InstructionRecord.repair_id == repair, InstructionRecord.paid_at.is_(None)
    )
    told = session.execute(waiting).scalar_one()
    payments.bank_paid(session, estate, told, paper("回单.pdf"), actor(keys), now=now)


def undo(session: Session, estate: UUID, repair: UUID, keys: Keys, now: datetime) -> None:
    """Correct the project's last posting."""
    last = paid(session, repair).id
    booking.undo(session, estate, last, "回单记错了", actor(keys), now=now)


def test_a_corrected_payment_waits_for_the_bank_again(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    home = estate.estate
    repair = advanced(session, estate, keys, now)
    record = session.get_one(RepairRecord, repair)
    ahead = record.advance_fen
    undo(session, home, repair, keys, now)
    assert (record.state, record.advance_fen) == ("approved", 0)
    pay(session, home, repair, keys, now)
    assert (record.state, record.advance_fen) == ("advanced", ahead)
    assert audit(session, home) == ()


def test_a_payment_is_not_corrected_once_the_project_went_on(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    repair = advanced(session, estate, keys, now)
    accepted_by_owners(session, estate.estate, repair, keys, now)
    with pytest.raises(WrongStep, match="往下办"):
        undo(session, estate.estate, repair, keys, now)


def test_the_balance_and_an_emergency_go_back_one_step(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    home = estate.estate
    ordinary = settled(session, estate, keys, now, BUDGET)
    urgent = claimed(session, estate, keys, now)
    cleared(session, home, urgent, keys, now)
    steps = {ordinary: ("paid", "settled"), urgent: ("closed", "approved")}
    for repair, (after, before) in steps.items():
        record = session.get_one(RepairRecord, repair)
        payments.instruct_balance(session, home, repair, actor(keys), now=now)
        pay(session, home, repair, keys, now)
        assert record.state == after
        undo(session, home, repair, keys, now)
        assert (record.state, record.closed_at) == (before, None)
        pay(session, home, repair, keys, now)
        assert record.state == after
    assert audit(session, home) == ()
