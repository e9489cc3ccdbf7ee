"""Orders to correct and revocations: numbered, served, answered, closed; the register follows."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.records.duties import Opening, duty_of, open_duty
from assemblies.records.oversight import OrderRecord
from assemblies.records.rules import rules_for
from assemblies.supervision.papers import order_pdf
from assemblies.supervision.queries import orders as queries
from assemblies.supervision.services import orders
from assemblies.supervision.services.notes import Written
from assemblies.supervision.services.orders import OrderDraft
from tests.support.committee import resolved
from tests.support.orders import DEADLINE, WHOLE, close, issued, replied, reply, served
from tests.support.overseen import PAPER, STREET, Seated
from tests.support.registers import registered
from voting.law.duties import due


def test_an_order_goes_its_whole_way(seated: Seated) -> None:
    record = replied(seated)
    close(seated, record)
    assert seated.kinds() == ["order.issued", "order.served", "order.replied", "order.closed"]
    assert str(seated.last().body["source"]) == f"order:{record.id}"
    duty = duty_of(seated.session, record.id, "order_reply_days")
    assert duty is not None
    assert (duty.due_on, duty.done_by) == (DEADLINE, "林主任（业委会主任）")


def test_an_order_numbers_the_papers_of_its_office(seated: Seated) -> None:
    numbers = [issued(seated).number for _ in range(2)]
    target = resolved(seated.session, seated.estate, seated.now, title="一项决定")
    revoked = issued(seated, kind="revoke", resolution=target.id)
    other = issued(seated, office="示例区住房和城乡建设局")
    assert [*numbers, revoked.number, other.number] == [
        "示例街道改〔2026〕1号",
        "示例街道改〔2026〕2号",
        "示例街道撤〔2026〕1号",
        "示例区住房和城乡建设局改〔2026〕1号",
    ]


def test_two_estates_of_one_office_share_its_numbers(seated: Seated) -> None:
    first = issued(seated)
    other = registered(seated.session, seated.now).estate
    draft = OrderDraft(**WHOLE)
    second = orders.issue(seated.session, other, draft, STREET, seated.keys, now=seated.now)
    assert first.number.endswith("1号")
    assert seated.session.get_one(OrderRecord, second).number.endswith("2号")


def test_the_first_day_that_may_be_a_deadline_is_tomorrow(seated: Seated) -> None:
    assert issued(seated, due_on=date(2026, 3, 3)).due_on == date(2026, 3, 3)


def test_each_step_is_done_once(seated: Seated) -> None:
    record = replied(seated)
    with pytest.raises(WrongStep):
        orders.serve(
            seated.session, seated.estate, record.id, Written("再送", STREET), PAPER, seated.keys,
            now=seated.now,
        )  # fmt: skip
    reply(seated, record)  # the committee may add to its reply until it is closed
    close(seated, record)
    for step in (reply, close):
        with pytest.raises(WrongStep):
            step(seated, record)


def test_service_shows_its_receipt(seated: Seated) -> None:
    record = issued(seated)
    with pytest.raises(Incomplete, match="回执"):
        orders.serve(
            seated.session, seated.estate, record.id, Written("当面", STREET), None, seated.keys,
            now=seated.now,
        )  # fmt: skip


@pytest.mark.parametrize("body", ["assembly", "committee"])
def test_a_revocation_ends_the_decision_and_its_duties(seated: Seated, body: str) -> None:
    session = seated.session
    target = resolved(session, seated.estate, seated.now, title="收取停车费", body=body)
    rules = rules_for(session, seated.estate, now=seated.now)
    duty = due("contract_filing_days", seated.now.date(), rules)
    following = open_duty(
        session, seated.estate, Opening(duty, target.id, "备案", "合同"), now=seated.now
    )
    record = served(seated, kind="revoke", resolution=target.id, demand="撤销全部内容。")
    assert (target.state, target.state_id) == ("revoked", record.id)
    assert record.number in target.state_note
    assert following.void_at == seated.now
    assert seated.kinds() == ["resolution.revoked", "order.issued", "order.served"]
    assert record.closed_at == seated.now
    assert duty_of(session, record.id, "order_reply_days") is None
    with pytest.raises(WrongStep):
        reply(seated, record)
    with pytest.raises(WrongStep):
        issued(seated, kind="revoke", resolution=target.id)


def test_an_order_to_correct_marks_the_decision(seated: Seated) -> None:
    target = resolved(seated.session, seated.estate, seated.now, title="收取停车费")
    record = issued(seated, resolution=target.id)
    assert (target.state, target.state_id) == ("corrected", record.id)
    assert seated.kinds() == ["resolution.corrected", "order.issued"]
    offered = queries.targets(seated.session, seated.estate)
    assert [one.id for one in offered] == [target.id]
    issued(seated, kind="revoke", resolution=target.id)
    assert queries.targets(seated.session, seated.estate) == ()


def test_a_decision_of_another_estate_is_out_of_reach(seated: Seated) -> None:
    other = registered(seated.session, seated.now).estate
    target = resolved(seated.session, other, seated.now, title="别的小区")
    with pytest.raises(NotFound):
        issued(seated, resolution=target.id)
    assert target.state == "standing"


def test_an_order_is_found_at_its_own_estate_only(seated: Seated) -> None:
    record = issued(seated)
    for estate, order in ((uuid4(), record.id), (seated.estate, UUID(int=7))):
        with pytest.raises(NotFound):
            queries.order(seated.session, estate, order)


@pytest.mark.parametrize("kind", ["correct", "revoke"])
def test_the_paper_is_a_pdf(seated: Seated, kind: str) -> None:
    target = resolved(seated.session, seated.estate, seated.now, title="收取停车费")
    record = issued(seated, kind=kind, resolution=target.id)
    found = queries.order(seated.session, seated.estate, record.id)
    assert order_pdf(found).startswith(b"%PDF-")
