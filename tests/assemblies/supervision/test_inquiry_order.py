"""An inquiry's steps in their order, and every other way to remove a member refused."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from assemblies.agendas.services.items import change_item, remove_item
from assemblies.committees.services.members import restore
from assemblies.foundation.acting import Acting
from assemblies.foundation.refusals import Incomplete, NotAllowed, NotFound, WrongStep
from assemblies.records.assemblies import ItemRecord
from assemblies.records.committees import MemberRecord, members_in_office
from assemblies.records.duties import duty_of
from assemblies.records.oversight import InquiryRecord
from assemblies.supervision.services import inquiries, motions, removals
from assemblies.supervision.services.inquiries import InquiryDraft
from assemblies.supervision.services.notes import Written
from assemblies.supervision.services.timely import anything_due
from tests.support.agendas import item as item_draft
from tests.support.overseen import A_DAY, PAPER, STREET, Seated


@pytest.fixture(scope="module")
def backend() -> str:
    """Try these rules on one database: they ask nothing special of it."""
    return "sqlite"


def record_of(seated: Seated, inquiry: UUID) -> InquiryRecord:
    return seated.session.get_one(InquiryRecord, inquiry)


def accused(seated: Seated) -> MemberRecord:
    return seated.members[4]


def moved(seated: Seated) -> UUID:
    inquiry = seated.suspended()
    seated.proposed(inquiry, 0, 1, 2)
    seated.moved(inquiry)
    return inquiry


def item_of(seated: Seated, inquiry: UUID) -> UUID:
    item = record_of(seated, inquiry).item_id
    assert item is not None
    return item


# --- only owners remove: every other way


def conclude(seated: Seated, inquiry: UUID) -> object:
    return removals.conclude(
        seated.session, seated.estate, inquiry, STREET, seated.keys, now=seated.now
    )


def _restored(seated: Seated) -> None:
    seated.suspended()
    who = Acting(seated.estate, "林主任（业委会主任）", seated.keys)
    restore(seated.session, who, accused(seated).id, now=seated.now)


ATTACKS: dict[str, Callable[[Seated], object]] = {
    "concluding without a motion": lambda seated: conclude(seated, seated.suspended()),
    "concluding before the owners decided": lambda seated: conclude(seated, moved(seated)),
    "calling it a departure": lambda seated: removals.note_departure(
        seated.session, seated.estate, seated.suspended(), STREET, seated.keys, now=seated.now
    ),
    "calling it unfounded once owners were asked": lambda seated: removals.find_unfounded(
        seated.session,
        seated.estate,
        moved(seated),
        Written("不成立", STREET),
        seated.keys,
        now=seated.now,
    ),
    "resigning in the member's place": lambda seated: removals.resign(
        seated.session,
        seated.estate,
        seated.suspended(),
        seated.registered.account,
        seated.keys,
        now=seated.now,
    ),
    "resigning with another member's account": lambda seated: removals.resign(
        seated.session,
        seated.estate,
        seated.suspended(),
        seated.members[0].account_id or uuid4(),
        seated.keys,
        now=seated.now,
    ),
    "moving without a proposal": lambda seated: seated.moved(seated.suspended()),
    "letting the committee restore who is under inquiry": _restored,
    "writing the item anew": lambda seated: _rewritten(seated, moved(seated)),
    "taking the item off the agenda": lambda seated: _taken_off(seated, moved(seated)),
}


def _rewritten(seated: Seated, inquiry: UUID) -> None:
    item = seated.session.get_one(ItemRecord, item_of(seated, inquiry))
    change_item(seated.session, item.assembly_id, item.id, item_draft())


def _taken_off(seated: Seated, inquiry: UUID) -> None:
    item = seated.session.get_one(ItemRecord, item_of(seated, inquiry))
    remove_item(seated.session, item.assembly_id, item.id)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nobody_but_the_owners_removes(seated: Seated, attack: Callable[[Seated], object]) -> None:
    with pytest.raises((WrongStep, NotAllowed)):
        attack(seated)
    assert accused(seated).left_on is None
    assert accused(seated) in members_in_office(seated.session, seated.estate)


def test_the_result_of_another_item_removes_nobody(seated: Seated) -> None:
    inquiry = moved(seated)
    other = ItemRecord(id=uuid4(), assembly_id=_assembly(seated, inquiry), number=2, matter=9)
    other.kind, other.title, other.text, other.scope = "decision", "换草坪", "换草坪", {}
    seated.session.add(other)
    seated.session.flush()
    seated.decided(other.id, "passed")
    assert not anything_due(seated.session, now=seated.now)
    with pytest.raises(WrongStep, match="还没有公布"):
        conclude(seated, inquiry)


def _assembly(seated: Seated, inquiry: UUID) -> UUID:
    return seated.session.get_one(ItemRecord, item_of(seated, inquiry)).assembly_id


# --- steps in their order


def notify(seated: Seated, inquiry: UUID) -> object:
    how = Written("当面", STREET)
    return inquiries.notify(
        seated.session, seated.estate, inquiry, how, seated.keys, now=seated.now
    )


def reply(seated: Seated, inquiry: UUID) -> None:
    words = Written("陈述", "孙丽")
    inquiries.reply(
        seated.session, seated.estate, inquiry, words, None, seated.keys, now=seated.now
    )


def suspend(seated: Seated, inquiry: UUID) -> None:
    posted = Written("公告栏", STREET)
    inquiries.suspend(
        seated.session, seated.estate, inquiry, posted, PAPER, seated.keys, now=seated.now
    )


OUT_OF_ORDER: dict[str, Callable[[Seated], object]] = {
    "a reply before the notice": lambda seated: reply(seated, seated.opened()),
    "a suspension before the notice": lambda seated: suspend(seated, seated.opened()),
    "a suspension before the member was heard": lambda seated: suspend(seated, seated.noticed()),
    "a proposal before the notice": lambda seated: seated.proposed(seated.opened(), 0),
    "a proposal before the member was heard": lambda seated: seated.proposed(seated.noticed(), 0),
    "a recommendation before the member was heard": lambda seated: motions.recommend(
        seated.session,
        seated.estate,
        seated.noticed(),
        Written("建议罢免。", STREET),
        seated.keys,
        now=seated.now,
    ),
    "a motion before the member was heard": lambda seated: seated.moved(seated.noticed()),
    "a second notice": lambda seated: notify(seated, seated.noticed()),
    "a second reply": lambda seated: reply(seated, seated.heard()),
    "a second suspension": lambda seated: suspend(seated, seated.suspended()),
    "a suspension after the motion": lambda seated: suspend(seated, moved(seated)),
    "a second motion": lambda seated: seated.moved(moved(seated)),
    "a second inquiry about the same member": lambda seated: (seated.opened(), seated.opened()),
}


@pytest.mark.parametrize("step", OUT_OF_ORDER.values(), ids=OUT_OF_ORDER)
def test_a_step_out_of_order_is_refused(seated: Seated, step: Callable[[Seated], object]) -> None:
    with pytest.raises(WrongStep):
        step(seated)


PERIOD = {
    "one day before the last": (6, False),
    "on the last day": (7, False),
    "one day after it": (8, True),
}


@pytest.mark.parametrize(("days", "over"), PERIOD.values(), ids=PERIOD)
def test_who_does_not_answer_is_waited_for_until_the_period_is_over(
    seated: Seated, days: int, over: bool
) -> None:
    inquiry = seated.noticed()
    later = Seated(
        seated.session,
        seated.keys,
        seated.now + timedelta(days=days),
        seated.registered,
        seated.members,
    )
    if over:
        suspend(later, inquiry)
        assert accused(seated).suspended_on is not None
    else:
        with pytest.raises(WrongStep, match="陈述期满"):
            suspend(later, inquiry)


def test_the_notice_opens_a_duty_that_the_reply_fulfils(seated: Seated) -> None:
    inquiry = seated.noticed()
    duty = duty_of(seated.session, inquiry, "inquiry_reply_days")
    assert duty is not None
    assert duty.due_on == (seated.now + 7 * A_DAY).date()
    reply(seated, inquiry)
    assert duty.done_at == seated.now


def test_an_inquiry_is_about_somebody_in_office(seated: Seated) -> None:
    def about(member: UUID, facts: str) -> UUID:
        draft = InquiryDraft(member, facts, "条款")
        return inquiries.open_inquiry(
            seated.session, seated.estate, draft, [], STREET, seated.keys, now=seated.now
        )

    with pytest.raises(NotFound):
        about(uuid4(), "事实")
    with pytest.raises(Incomplete):
        about(accused(seated).id, " ")
    accused(seated).left_on = seated.now.date()
    with pytest.raises(NotFound):
        about(accused(seated).id, "事实")


def test_a_suspension_shows_its_posting(seated: Seated) -> None:
    with pytest.raises(Incomplete, match="照片"):
        inquiries.suspend(
            seated.session,
            seated.estate,
            seated.heard(),
            Written("公告栏", STREET),
            None,
            seated.keys,
            now=seated.now,
        )
