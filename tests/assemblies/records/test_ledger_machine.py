"""Whatever is booked in whatever order: parts, account and postings agree after every step."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from assemblies.foundation.refusals import Refusal
from assemblies.records.counter_postings import correct
from assemblies.records.ledger import (
    Account,
    LineRecord,
    Posting,
    PostingRecord,
    account_of,
    balances_of,
    book,
)
from assemblies.records.ledger_audit import audit
from tests.support.agendas import NOON
from tests.support.registers import HOMES, registered
from voting.law.funds import shares

BY = "林主任（业委会主任）"
AREAS = [home.area for home in HOMES]
PART = st.integers(0, len(HOMES) - 1)
PARTS = st.sets(PART, min_size=1, max_size=4)
FEN = st.integers(1, 99_999)


def memory(template: Path) -> Session:
    """Open a database in memory with the newest schema and its triggers."""
    engine = create_engine("sqlite://")
    with closing(sqlite3.connect(template)) as source:
        raw = engine.raw_connection()
        assert raw.driver_connection is not None
        source.backup(raw.driver_connection)
        raw.close()
    return Session(engine)


class Books(RuleBasedStateMachine):
    """The ledger beside a model that is too simple to be wrong."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.session = memory(self.template)
        self.now: datetime = NOON
        self.estate = registered(self.session, NOON)
        self.ids = list(self.estate.parts.values())
        self.held: dict[UUID, int] = {}
        self.income = 0
        self.undoable: list[tuple[UUID, dict[UUID, int], int]] = []

    def teardown(self) -> None:
        self.session.close()
        bind = self.session.get_bind()
        bind.dispose()  # type: ignore[union-attr]

    def _book(self, kind: str, lines: dict[UUID, int]) -> PostingRecord | None:
        """Book in the fund; a refusal must leave no trace, which the invariant looks for."""
        posting = Posting(kind, "记一笔", "回单", BY, lines=lines)
        try:
            with self.session.begin_nested():
                made = book(self.session, self.estate.estate, Account.FUND, posting, now=NOON)
        except Refusal:
            assert kind == "payment"
            assert any(self.held.get(part, 0) + fen < 0 for part, fen in lines.items())
            return None
        for part, fen in lines.items():
            self.held[part] = self.held.get(part, 0) + fen
        return made

    @rule(parts=PARTS, fen=FEN)
    def deposit(self, parts: set[int], fen: int) -> None:
        lines = {self.ids[part]: fen + part for part in parts}
        made = self._book("deposit", lines)
        assert made is not None
        self.undoable.append((made.id, lines, 0))

    @rule(fen=FEN)
    def interest(self, fen: int) -> None:
        """Divide by balance, exactly."""
        weights = {part: held for part, held in self.held.items() if held > 0}
        if not weights:
            return
        lines = shares(fen, weights)
        assert sum(lines.values()) == fen
        made = self._book("interest", lines)
        assert made is not None
        self.undoable.append((made.id, lines, 0))

    @rule(parts=PARTS, fen=FEN)
    def payment(self, parts: set[int], fen: int) -> None:
        """Share a cost by area; what a part cannot bear is refused whole."""
        borne = shares(fen, {self.ids[part]: AREAS[part] for part in sorted(parts)})
        lines = {part: -share for part, share in borne.items()}
        made = self._book("payment", lines)
        if made is not None:
            self.undoable.append((made.id, lines, 0))

    @rule(fen=FEN)
    def earn(self, fen: int) -> None:
        posting = Posting("income", "广告收入", "合同", BY, fen)
        made = book(self.session, self.estate.estate, Account.INCOME, posting, now=NOON)
        self.income += fen
        self.undoable.append((made.id, {}, fen))

    @rule(parts=PARTS, fen=FEN)
    def transfer(self, parts: set[int], fen: int) -> None:
        if fen > self.income:
            return
        lines = shares(fen, {self.ids[part]: AREAS[part] for part in sorted(parts)})
        into = self._book("transfer", lines)
        assert into is not None
        out = Posting("transfer", "转出", "决议", BY, -fen, source=into.id)
        book(self.session, self.estate.estate, Account.INCOME, out, now=NOON)
        self.income -= fen
        self.undoable.append((into.id, lines, -fen))

    @rule(which=st.integers(0, 50))
    def undo(self, which: int) -> None:
        if not self.undoable:
            return
        at = which % len(self.undoable)
        posting, lines, income = self.undoable[at]
        try:
            with self.session.begin_nested():
                correct(self.session, posting, "记错了", BY, now=NOON)
        except Refusal:
            short = any(self.held[part] < fen for part, fen in lines.items())
            assert short or self.income < income
            return
        del self.undoable[at]
        self.income -= income
        for part, fen in lines.items():
            self.held[part] -= fen

    @invariant()
    def everything_adds_up(self) -> None:
        session, estate = self.session, self.estate.estate
        pot = account_of(session, estate, Account.FUND, now=NOON)
        other = account_of(session, estate, Account.INCOME, now=NOON)
        total = select(func.coalesce(func.sum(PostingRecord.amount_fen), 0))
        by_line = select(func.coalesce(func.sum(LineRecord.amount_fen), 0))
        assert session.scalar(total.where(PostingRecord.account_id == pot.id)) == pot.balance_fen
        assert session.scalar(by_line) == pot.balance_fen == sum(self.held.values())
        assert balances_of(session, estate) == self.held
        assert other.balance_fen == self.income
        assert audit(session, estate) == ()


def test_the_parts_equal_the_account_after_every_step(sqlite_template: Path) -> None:
    Books.template = sqlite_template
    few = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Books, settings=few)
