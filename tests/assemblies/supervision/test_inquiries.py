"""Correction and exit: the street asks and proposes, only owners remove; steps in their order."""

from uuid import UUID, uuid4

import pytest

from assemblies.agendas.queries.assemblies import assembly_of
from assemblies.agendas.queries.readiness import gaps
from assemblies.agendas.services.items import remove_item
from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.records.assemblies import AssemblyRecord, ItemRecord
from assemblies.records.committees import MemberRecord
from assemblies.records.oversight import InquiryRecord
from assemblies.supervision.services import motions, removals
from assemblies.supervision.services.motions import Petition
from assemblies.supervision.services.notes import Written
from assemblies.supervision.services.timely import anything_due, keep_up
from tests.support.overseen import STREET, Seated
from tests.support.registers import Home, add_home


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


def test_the_whole_way_to_removal_is_told_step_by_step(seated: Seated) -> None:
    inquiry = moved(seated)
    seated.decided(item_of(seated, inquiry), "passed")
    keep_up(seated.session, seated.keys, now=seated.now)
    assert seated.kinds() == [
        "inquiry.opened",
        "inquiry.noticed",
        "inquiry.replied",
        "inquiry.suspended",
        "inquiry.proposed",
        "inquiry.proposed",
        "inquiry.proposed",
        "inquiry.moved",
        "member.removed",
        "inquiry.closed",
    ]
    assert accused(seated).left_on is not None
    assert record_of(seated, inquiry).outcome == "removed"
    assert not anything_due(seated.session, now=seated.now)


@pytest.mark.parametrize("outcome", ["rejected", "no_decision"])
def test_a_motion_that_fails_lets_the_member_serve_again(seated: Seated, outcome: str) -> None:
    inquiry = moved(seated)
    assert accused(seated).suspended_on is not None
    seated.decided(item_of(seated, inquiry), outcome)
    assert anything_due(seated.session, now=seated.now)
    keep_up(seated.session, seated.keys, now=seated.now)
    assert (accused(seated).suspended_on, accused(seated).left_on) == (None, None)
    assert record_of(seated, inquiry).outcome == "kept"
    assert seated.kinds()[-2:] == ["member.restored", "inquiry.closed"]


def test_a_decision_that_was_revoked_removes_nobody(seated: Seated) -> None:
    inquiry = moved(seated)
    seated.decided(item_of(seated, inquiry), "passed").state = "revoked"
    keep_up(seated.session, seated.keys, now=seated.now)
    assert record_of(seated, inquiry).outcome == "kept"
    assert accused(seated).left_on is None


def test_the_motion_carries_facts_and_the_members_own_words(seated: Seated) -> None:
    inquiry = moved(seated)
    item = seated.session.get_one(ItemRecord, item_of(seated, inquiry)).value()
    assert (item.title, item.matter.value, item.kind.value) == (
        "罢免业主委员会委员孙丽",
        3,
        "decision",
    )
    assert "三次无故不参加会议" in item.text
    assert "因病请假，有病历。" in item.text
    assert "3 名委员提议（共 5 名）" in item.text
    held = seated.session.get_one(ItemRecord, item.id).assembly_id
    assert seated.session.get_one(AssemblyRecord, held).phase == "draft"


def test_a_motion_is_posted_only_after_the_convener_named_a_contact(seated: Seated) -> None:
    inquiry = seated.heard()
    seated.petitioned(inquiry, "1号楼1单元101")
    assembly = seated.moved(inquiry)
    missing = gaps(seated.session, assembly_of(seated.session, assembly))
    assert [gap.page for gap in missing] == ["change", "rules", "calendar"]


# --- thresholds: more than half of the members, a fifth of the owners (SD 34)


def test_less_than_half_of_five_members_cannot_move(seated: Seated) -> None:
    inquiry = seated.heard()
    seated.proposed(inquiry, 0, 1)
    with pytest.raises(WrongStep, match="委员还差 1 名"):
        seated.moved(inquiry)
    seated.proposed(inquiry, 2)
    seated.moved(inquiry)
    assert record_of(seated, inquiry).moved_at == seated.now


def test_what_the_office_recommends_counts_as_nobodys_proposal(seated: Seated) -> None:
    inquiry = seated.heard()
    advice = Written("缺席属实，建议罢免。", STREET)
    seated.proposed(inquiry, 0, 1)
    motions.recommend(seated.session, seated.estate, inquiry, advice, seated.keys, now=seated.now)
    assert seated.kinds()[-1] == "inquiry.recommended"
    with pytest.raises(WrongStep, match="委员还差 1 名"):
        seated.moved(inquiry)
    with pytest.raises(WrongStep, match="已经提出过建议"):
        motions.recommend(
            seated.session, seated.estate, inquiry, advice, seated.keys, now=seated.now
        )


def test_exactly_half_of_the_members_cannot_move(seated: Seated) -> None:
    seated.members[3].left_on = seated.now.date()
    inquiry = seated.heard()
    seated.proposed(inquiry, 0, 1)
    with pytest.raises(WrongStep, match="委员还差 1 名"):
        seated.moved(inquiry)


def test_exactly_a_fifth_of_the_owners_may_move(seated: Seated) -> None:
    inquiry = seated.heard()  # five heads: 王一, 李二 with 李三, 张四, 赵五, the developer
    seated.petitioned(inquiry, "1号楼1单元101")
    seated.moved(inquiry)
    assert record_of(seated, inquiry).moved_at == seated.now
    assert record_of(seated, inquiry).proposed_by == "1 名业主提议（共 5 名）"


def test_a_part_that_carries_no_vote_is_no_owner_who_signed(seated: Seated) -> None:
    inquiry = seated.heard()
    with pytest.raises(Incomplete, match="名册上没有：地下车库A01"):
        seated.petitioned(inquiry, "地下车库A01")
    assert record_of(seated, inquiry).signed_parts == []


def test_one_owner_short_of_a_fifth_cannot_move(seated: Seated) -> None:
    for number in range(3, 9):  # eleven heads: a fifth is 2.2, so three
        home = Home("1号楼", "1单元", f"{number}01", 80_00, (f"新业主{number}（示例）",))
        add_home(seated.session, seated.estate, home)
    inquiry = seated.heard()
    with pytest.raises(Incomplete, match="签名的业主 2 户，共 11 户，至少要 3 户"):
        seated.petitioned(inquiry, "1号楼1单元301", "1号楼1单元401")
    seated.petitioned(inquiry, "1号楼1单元301、1号楼1单元401，1号楼1单元501")
    seated.moved(inquiry)
    assert record_of(seated, inquiry).moved_at == seated.now


def test_two_homes_of_one_owner_sign_once(seated: Seated) -> None:
    inquiry = seated.heard()
    seated.petitioned(inquiry, "1号楼2单元201", "1号楼2单元202", "1号楼2单元201")
    seated.moved(inquiry)
    assert record_of(seated, inquiry).proposers == 1


def test_a_proposal_of_owners_shows_its_paper(seated: Seated) -> None:
    inquiry = seated.heard()
    with pytest.raises(Incomplete, match="提议书"):
        motions.propose_as_owners(
            seated.session,
            seated.estate,
            inquiry,
            Petition("1号楼1单元101", None, STREET),
            seated.keys,
            now=seated.now,
        )


def test_a_member_proposes_once_and_only_for_themself(seated: Seated) -> None:
    inquiry = seated.heard()
    seated.proposed(inquiry, 0)
    with pytest.raises(WrongStep, match="已经提议过"):
        seated.proposed(inquiry, 0)
    with pytest.raises(NotAllowed):
        motions.propose_as_member(
            seated.session, seated.estate, inquiry, uuid4(), seated.keys, now=seated.now
        )


def test_a_suspended_member_proposes_nothing(seated: Seated) -> None:
    inquiry = seated.suspended()
    with pytest.raises(NotAllowed):
        seated.proposed(inquiry, 4)


# --- other ends


def test_a_member_may_resign_and_the_item_is_let_go(seated: Seated) -> None:
    inquiry = moved(seated)
    item = seated.session.get_one(ItemRecord, item_of(seated, inquiry))
    account = accused(seated).account_id
    assert account is not None
    removals.resign(seated.session, seated.estate, inquiry, account, seated.keys, now=seated.now)
    assert accused(seated).left_why == "本人辞职"
    assert record_of(seated, inquiry).item_id is None
    remove_item(seated.session, item.assembly_id, item.id)
    assert seated.kinds()[-2:] == ["member.left", "inquiry.closed"]


def test_an_unfounded_inquiry_restores_the_member(seated: Seated) -> None:
    inquiry = seated.suspended()
    why = Written("病历属实，已经请假。", STREET)
    removals.find_unfounded(
        seated.session, seated.estate, inquiry, why, seated.keys, now=seated.now
    )
    assert accused(seated).suspended_on is None
    assert record_of(seated, inquiry).outcome == "unfounded"
    with pytest.raises(WrongStep, match="已经办结"):
        seated.proposed(inquiry, 0)


def test_who_has_left_is_asked_about_no_longer(seated: Seated) -> None:
    inquiry = seated.suspended()
    accused(seated).left_on, accused(seated).left_why = seated.now.date(), "不再是业主"
    removals.note_departure(
        seated.session, seated.estate, inquiry, STREET, seated.keys, now=seated.now
    )
    assert record_of(seated, inquiry).ended_note == "不再是业主"
