"""Postings stand for ever, and the parts together equal the account at every moment."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.records.counter_postings import correct, correction_of
from assemblies.records.ledger import (
    Account,
    AccountRecord,
    LineRecord,
    Posting,
    PostingRecord,
    account_of,
    balances_of,
    book,
)
from assemblies.records.ledger_audit import audit, audited
from tests.support.registers import HOMES, Registered, registered

BY = "林主任（业委会主任）"


def posting(kind: str, lines: dict[UUID, int] | None = None, amount: int = 0) -> Posting:
    return Posting(kind, "记一笔", "银行回单 001", BY, amount, lines)


@pytest.fixture
def homes(estate: Registered) -> list[UUID]:
    return list(estate.parts.values())


def fund(session: Session, estate: Registered, now: datetime) -> AccountRecord:
    return account_of(session, estate.estate, Account.FUND, now=now)


def test_a_posting_raises_its_parts_and_the_account_alike(
    session: Session, estate: Registered, homes: list[UUID], now: datetime
) -> None:
    lines = {homes[0]: 1_00, homes[1]: 33}
    booked = book(session, estate.estate, Account.FUND, posting("deposit", lines), now=now)
    assert (booked.number, booked.amount_fen, booked.balance_fen) == (1, 1_33, 1_33)
    assert balances_of(session, estate.estate) == lines
    assert fund(session, estate, now).balance_fen == 1_33


def test_the_fund_and_the_common_income_are_never_mixed(
    session: Session, estate: Registered, homes: list[UUID], now: datetime
) -> None:
    book(session, estate.estate, Account.INCOME, posting("income", amount=500), now=now)
    book(session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 7}), now=now)
    assert fund(session, estate, now).balance_fen == 7
    assert account_of(session, estate.estate, Account.INCOME, now=now).balance_fen == 500
    with pytest.raises(Incomplete, match="不分户"):
        book(session, estate.estate, Account.INCOME, posting("income", {homes[0]: 1}), now=now)


# Tables of rules that the kind of database has no say in.
ON_ONE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True, scope="session")
REFUSED = {
    "words are missing": Posting("deposit", " ", "回单", BY, lines={uuid4(): 1}),
    "a basis is missing": Posting("deposit", "交存", "", BY, lines={uuid4(): 1}),
    "no part is named": Posting("deposit", "交存", "回单", BY),
    "a part of nowhere": Posting("deposit", "交存", "回单", BY, lines={uuid4(): 1}),
}


@ON_ONE
@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED)
def test_what_is_not_whole_is_not_booked(
    session: Session, estate: Registered, wrong: Posting, now: datetime
) -> None:
    with pytest.raises(Incomplete):
        book(session, estate.estate, Account.FUND, wrong, now=now)
    assert audit(session, estate.estate) == ()


WAYS = {
    "an unknown kind": ("gift", 1),
    "a kind of the other pot": ("income", 1),
    "a deposit of nothing": ("deposit", 0),
    "a deposit that takes": ("deposit", -1),
    "a payment that gives": ("payment", 1),
}


@ON_ONE
@pytest.mark.parametrize(("kind", "fen"), WAYS.values(), ids=WAYS)
def test_money_goes_the_way_its_kind_says(
    session: Session, estate: Registered, homes: list[UUID], kind: str, fen: int, now: datetime
) -> None:
    book(session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 10}), now=now)
    with pytest.raises(Incomplete):
        book(session, estate.estate, Account.FUND, posting(kind, {homes[0]: fen}), now=now)


COVERED = {"one fen less": (-99, True), "all of it": (-100, True), "one fen more": (-101, False)}


@ON_ONE
@pytest.mark.parametrize(("drawn", "allowed"), COVERED.values(), ids=COVERED)
def test_a_part_never_falls_below_nothing(
    session: Session, estate: Registered, homes: list[UUID], drawn: int, allowed: bool,
    now: datetime,
) -> None:  # fmt: skip
    book(
        session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 100, homes[1]: 900}),
        now=now,
    )  # fmt: skip
    wanted = posting("payment", {homes[0]: drawn})
    if allowed:
        book(session, estate.estate, Account.FUND, wanted, now=now)
    else:
        with pytest.raises(WrongStep, match="1 户"):
            book(session, estate.estate, Account.FUND, wanted, now=now)
    assert fund(session, estate, now).balance_fen == (1000 + drawn if allowed else 1000)
    assert audit(session, estate.estate) == ()


def test_the_common_income_is_not_overdrawn(
    session: Session, estate: Registered, now: datetime
) -> None:
    book(session, estate.estate, Account.INCOME, posting("income", amount=100), now=now)
    with pytest.raises(WrongStep, match="余额不足"):
        book(session, estate.estate, Account.INCOME, posting("expense", amount=-101), now=now)


def test_a_correction_is_the_opposite_of_every_line(
    session: Session, estate: Registered, homes: list[UUID], now: datetime
) -> None:
    wrong = book(
        session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 5, homes[1]: 7}),
        now=now,
    )  # fmt: skip
    (undone,) = correct(session, wrong.id, "记错了年度", BY, now=now)
    assert (undone.kind, undone.amount_fen, undone.corrects_id) == ("correction", -12, wrong.id)
    assert "记错了年度" in undone.said
    assert correction_of(session, wrong.id) is not None
    assert set(balances_of(session, estate.estate).values()) == {0}
    with pytest.raises(WrongStep, match="只能冲正一次"):
        correct(session, wrong.id, "再来一次", BY, now=now)
    with pytest.raises(WrongStep, match="不能再冲正"):
        correct(session, undone.id, "反悔", BY, now=now)
    assert audit(session, estate.estate) == ()


def test_a_correction_needs_a_reason_a_posting_and_the_money(
    session: Session, estate: Registered, homes: list[UUID], now: datetime
) -> None:
    paid_in = book(session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 5}), now=now)
    with pytest.raises(Incomplete):
        correct(session, paid_in.id, " ", BY, now=now)
    with pytest.raises(NotFound):
        correct(session, uuid4(), "没有这笔", BY, now=now)
    book(session, estate.estate, Account.FUND, posting("payment", {homes[0]: -1}), now=now)
    with pytest.raises(WrongStep):
        correct(session, paid_in.id, "钱已经用掉一部分", BY, now=now)


def test_both_halves_of_a_transfer_are_undone_from_either_side(
    session: Session, estate: Registered, homes: list[UUID], now: datetime
) -> None:
    book(session, estate.estate, Account.INCOME, posting("income", amount=100), now=now)
    for side in range(2):
        into = book(
            session, estate.estate, Account.FUND, posting("transfer", {homes[0]: 40}), now=now
        )
        out = Posting("transfer", "转出", "决议", BY, -40, source=into.id)
        out_of = book(session, estate.estate, Account.INCOME, out, now=now)
        undone = correct(session, (into, out_of)[side].id, "依据的决议撤销了", BY, now=now)
        assert {one.corrects_id for one in undone} == {into.id, out_of.id}
        assert fund(session, estate, now).balance_fen == 0
        assert account_of(session, estate.estate, Account.INCOME, now=now).balance_fen == 100
    assert audit(session, estate.estate) == ()


VERBS = {
    "a posting is not changed": "UPDATE postings SET amount_fen = 2",
    "a posting is not deleted": "DELETE FROM postings",
    "a line is not changed": "UPDATE posting_lines SET amount_fen = 2",
    "a line is not deleted": "DELETE FROM posting_lines",
}


@pytest.mark.parametrize("statement", VERBS.values(), ids=VERBS)
def test_the_database_itself_keeps_the_books(
    session: Session, estate: Registered, homes: list[UUID], statement: str, now: datetime
) -> None:
    book(session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 5}), now=now)
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(text(statement))


def test_the_audit_counts_what_it_went_through(
    session: Session, estate: Registered, homes: list[UUID], now: datetime
) -> None:
    book(
        session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 5, homes[1]: 7}),
        now=now,
    )  # fmt: skip
    (seen,) = audited(session, estate.estate).checked
    assert (seen.postings, seen.lines, seen.parts, seen.sum_fen) == (1, 2, 2, 12)


def test_the_audit_finds_what_somebody_slipped_past_the_ledger(
    session: Session, estate: Registered, homes: list[UUID], now: datetime
) -> None:
    booked = book(session, estate.estate, Account.FUND, posting("deposit", {homes[0]: 5}), now=now)
    pot = fund(session, estate, now)
    pot.balance_fen += 1
    session.flush()
    assert any("账面是" in said for said in audit(session, estate.estate))
    pot.balance_fen -= 1
    session.add(LineRecord(posting_id=booked.id, position=9, part_id=homes[1], amount_fen=-3))
    session.flush()
    found = audit(session, estate.estate)
    assert any("各户相加" in said for said in found)
    assert any("低于零" in said for said in found)
    false = PostingRecord(
        id=uuid4(), account_id=pot.id, number=3, kind="correction", amount_fen=-1, balance_fen=9,
        said="假的冲正", basis="无", booked_by=BY, booked_at=now, corrects_id=booked.id,
    )  # fmt: skip
    session.add(false)
    session.flush()
    found = audit(session, estate.estate)
    assert any("不连续" in said for said in found)
    assert any("整笔冲回" in said for said in found)


def test_a_part_of_another_estate_is_refused(
    session: Session, estate: Registered, now: datetime
) -> None:
    other = registered(session, now, HOMES[:1])
    (theirs,) = other.parts.values()
    with pytest.raises(Incomplete, match="名册"):
        book(session, estate.estate, Account.FUND, posting("deposit", {theirs: 5}), now=now)
