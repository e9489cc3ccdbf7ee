"""What the street looks for: each gap shows when it opens, and goes when it is closed."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import update

from assemblies.foundation.uploads import Upload
from assemblies.records.duties import Done, Opening, fulfil, open_duty
from assemblies.records.repairs import RepairRecord
from assemblies.records.rules import rules_for
from assemblies.records.seal_gaps import gaps_of
from assemblies.records.seals import SealUseRecord
from assemblies.seals.queries.gaps import gaps
from assemblies.seals.services import keeping, stamping
from tests.support.agendas import NOON
from tests.support.households import PNG
from tests.support.registers import registered
from tests.support.sealing import Sealed, photograph
from voting.law.duties import due

A_DAY = timedelta(days=1)


def kinds(case: Sealed, at: datetime | None = None) -> list[str]:
    found = gaps_of(case.session, [case.estate], now=at or case.now)
    return [gap.kind for gap in found]


def test_an_estate_in_order_has_no_gap(case: Sealed) -> None:
    case.closed()
    assert gaps(case.session, case.estate, now=case.now) == ()
    assert gaps_of(case.session, [registered(case.session, NOON).estate], now=case.now) == []


def test_a_stamp_without_photographs_and_then_a_late_keeper(case: Sealed) -> None:
    use = case.stamped()
    asked = case.use(use).approved_at
    assert asked is not None
    assert [kinds(case, asked + days * A_DAY) for days in (2, 3)] == [["photographs"]] * 2
    assert sorted(kinds(case, asked + 4 * A_DAY)) == ["late", "photographs"]
    gap = gaps_of(case.session, [case.estate], now=case.now)[0]
    assert gap.text == "〔2026〕用印第1号《电梯维修合同》已盖章，还没有盖章页的照片。"
    assert gap.href == f"/estates/{case.estate}/seals/uses/{use}"
    stamping.add_photographs(case.session, case.keeper, use, [photograph()], now=case.now)
    assert kinds(case, asked + 9 * A_DAY) == []


def test_a_keeper_who_does_not_stamp_is_late(case: Sealed) -> None:
    use = case.apply()
    case.sign(use, 0, 1, 3)
    assert [kinds(case, case.now + days * A_DAY) for days in (3, 4)] == [[], ["late"]]


def test_an_application_that_waits_too_long_for_signatures(case: Sealed) -> None:
    case.sign(case.apply(), 0)
    found = [kinds(case, NOON + days * A_DAY) for days in (2, 3, 4)]
    assert found == [[], [], ["signatures"]]
    gap = gaps_of(case.session, [case.estate], now=NOON + 4 * A_DAY)[0]
    assert "还差 2 名委员签字" in gap.text


def test_a_lost_seal_until_its_proof_is_there(case: Sealed) -> None:
    keeping.lose_seal(case.session, case.keeper, case.seal, "找不到了", now=case.now)
    assert kinds(case) == ["loss"]
    proof = Upload("回执.png", PNG)
    keeping.report_loss(case.session, case.actor(0), case.seal, proof, now=case.now)
    assert kinds(case) == []


def test_a_signed_contract_without_a_closed_use(case: Sealed) -> None:
    name = "contract_signing_days"
    duty = due(name, NOON.date(), rules_for(case.session, case.estate, now=NOON))
    opening = Opening(duty, case.basis.id, "签订合同", "电梯合同")
    open_duty(case.session, case.estate, opening, now=NOON)
    assert kinds(case) == []
    fulfil(case.session, case.basis.id, name, Done("林主任", "合同"), now=NOON)
    assert kinds(case) == ["contract"]
    case.stamped(photograph(1))
    assert kinds(case) == ["contract"]
    case.closed(2)
    assert kinds(case) == []


def repair(case: Sealed, state: str, title: str = "电梯维修") -> RepairRecord:
    record = RepairRecord(
        id=uuid4(),
        estate_id=case.estate,
        number=1,
        title=title,
        path="ordinary",
        state=state,
        created_by="林主任",
        created_at=NOON,
    )
    case.session.add(record)
    case.session.flush()
    return record


def test_a_repair_whose_money_moved_without_a_sealed_contract(case: Sealed) -> None:
    record = repair(case, "approved")
    assert kinds(case) == []
    record.state = "advanced"
    case.session.flush()
    assert kinds(case) == ["contract"]
    case.closed()  # its title is 电梯维修合同
    assert kinds(case) == []


def test_tables_that_differ_from_the_log(case: Sealed) -> None:
    use = case.closed()
    changed = update(SealUseRecord).where(SealUseRecord.id == use).values(copies=9)
    case.session.execute(changed)
    case.session.expire_all()
    assert kinds(case) == ["log"]


def test_gaps_of_many_estates_come_oldest_first(case: Sealed) -> None:
    case.sign(case.apply(), 0)
    case.stamped()
    found = gaps_of(case.session, [case.estate], now=NOON + 9 * A_DAY)
    assert [gap.since for gap in found] == sorted(gap.since for gap in found)
    assert {gap.kind for gap in found} == {"signatures", "photographs", "late"}
    assert all(gap.words for gap in found)
