"""An order to correct or a revocation at any of its steps."""

from datetime import date
from typing import Any

from assemblies.records.oversight import OrderRecord
from assemblies.supervision.services import orders
from assemblies.supervision.services.notes import Written
from assemblies.supervision.services.orders import OrderDraft
from tests.support.overseen import PAPER, STREET, Seated

DEADLINE = date(2026, 3, 20)
WHOLE: dict[str, Any] = {
    "kind": "correct",
    "office": "示例街道办事处",
    "addressee": "和平里小区业主委员会",
    "facts": "未公示收支。",
    "clause": "《示例条例》第五十条。",
    "demand": "公示上年度收支。",
    "due_on": DEADLINE,
}


def issued(seated: Seated, **changed: object) -> OrderRecord:
    """Issue an order, whole but for what is changed."""
    draft = OrderDraft(**{**WHOLE, **changed})
    order = orders.issue(seated.session, seated.estate, draft, STREET, seated.keys, now=seated.now)
    return seated.session.get_one(OrderRecord, order)


def served(seated: Seated, **changed: object) -> OrderRecord:
    """Issue an order and hand it over."""
    record = issued(seated, **changed)
    how = Written("当面签收", STREET)
    orders.serve(seated.session, seated.estate, record.id, how, PAPER, seated.keys, now=seated.now)
    return record


def replied(seated: Seated, **changed: object) -> OrderRecord:
    """Issue an order, hand it over and answer it."""
    record = served(seated, **changed)
    reply(seated, record)
    return record


def reply(seated: Seated, record: OrderRecord) -> None:
    """Let the committee answer."""
    words = Written("已经公示。", "林主任（业委会主任）")
    orders.reply(
        seated.session, seated.estate, record.id, words, PAPER, seated.keys, now=seated.now
    )


def close(seated: Seated, record: OrderRecord) -> None:
    """Let the office close it."""
    words = Written("已改正。", STREET)
    orders.close(seated.session, seated.estate, record.id, words, seated.keys, now=seated.now)
