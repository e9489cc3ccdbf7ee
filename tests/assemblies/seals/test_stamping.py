"""The stamp, its photographs and the closing: by whom, when, and nothing afterwards."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from assemblies.foundation.permissions import Role
from assemblies.foundation.refusals import Incomplete, NotAllowed, WrongStep
from assemblies.foundation.uploads import Upload
from assemblies.records.committees import MemberRecord
from assemblies.records.duties import duty_of, is_late
from assemblies.seals.queries import uses
from assemblies.seals.services import keeping, stamping
from assemblies.seals.services.pen import Actor
from tests.support.households import PNG
from tests.support.sealing import CONTRACT, Sealed, photograph
from voting.log.seals import SealKind

A_DAY = timedelta(days=1)


def ready(case: Sealed) -> UUID:
    use = case.apply()
    case.sign(use, 0, 1, 3)
    return use


def chair(case: Sealed) -> Actor:
    return case.actor(0)


def other_member(case: Sealed) -> Actor:
    return case.actor(3)


def keeper_by_office(case: Sealed) -> Actor:
    return case.stranger(Role.SEAL_KEEPER, "档案员")


def keeper_of_before(case: Sealed) -> Actor:
    before = case.keeper
    case.hand(case.seal, case.actor(4))
    return before


NOT_KEEPERS = {
    "the chair": chair,
    "another member": other_member,
    "a keeper by office who has not this seal": keeper_by_office,
    "the keeper of before a hand-over": keeper_of_before,
}


@pytest.mark.parametrize("who", NOT_KEEPERS.values(), ids=NOT_KEEPERS)
def test_only_the_keeper_of_that_moment_stamps(
    case: Sealed, who: Callable[[Sealed], Actor]
) -> None:
    use, stranger = ready(case), who(case)
    with pytest.raises(NotAllowed, match="保管人"):
        stamping.stamp(case.session, stranger, use, 2, (), now=case.now)
    assert case.use(use).state == "approved"


def test_after_a_hand_over_the_new_keeper_stamps(case: Sealed) -> None:
    use = ready(case)
    community = case.stranger(Role.COMMUNITY, "社区小王")
    case.hand(case.seal, community)
    stamping.stamp(case.session, community, use, 2, (), now=case.now)
    assert case.use(use).stamped_by == "社区小王（社区居委会）"


def becomes_chair(case: Sealed) -> None:
    case.members[0].post, keeping_member(case).post = "member", "chair"


def rests(case: Sealed) -> None:
    keeping_member(case).suspended_on = case.now.date()


def has_left(case: Sealed) -> None:
    keeping_member(case).left_on = case.now.date()


def keeping_member(case: Sealed) -> MemberRecord:
    return next(one for one in case.members if one.account_id == case.keeper.account)


NO_LONGER = {"becomes chair": becomes_chair, "rests": rests, "has left": has_left}


@pytest.mark.parametrize("change", NO_LONGER.values(), ids=NO_LONGER)
def test_a_keeper_who_may_no_longer_keep_it_hands_over_and_does_not_stamp(
    case: Sealed, change: Callable[[Sealed], None]
) -> None:
    use = ready(case)
    change(case)
    case.session.flush()
    with pytest.raises(Incomplete, match="不能保管"):
        case.stamp(use)
    assert case.use(use).state == "approved"


def test_nothing_is_stamped_before_enough_signed(case: Sealed) -> None:
    use = case.apply()
    case.sign(use, 0, 1)
    with pytest.raises(WrongStep, match="还没有签够字"):
        case.stamp(use)


@pytest.mark.parametrize("copies", [0, 1, 3])
def test_other_copies_than_asked_are_not_stamped(case: Sealed, copies: int) -> None:
    with pytest.raises(Incomplete, match="只能盖 2 份"):
        case.stamp(ready(case), copies=copies)


def test_a_use_is_stamped_once(case: Sealed) -> None:
    use = case.stamped()
    with pytest.raises(WrongStep, match="已经盖过章"):
        case.stamp(use)


def lose(case: Sealed) -> None:
    keeping.lose_seal(case.session, case.keeper, case.seal, "找不到了", now=case.now)


def replace(case: Sealed) -> None:
    draft = keeping.SealDraft(SealKind.COMMITTEE, "新章", Upload("证明.png", PNG))
    keeping.replace_seal(case.session, case.actor(0), case.seal, draft, now=case.now)


@pytest.mark.parametrize("end", [lose, replace], ids=["lost", "replaced"])
def test_a_seal_that_is_no_more_stamps_nothing(case: Sealed, end: Callable[[Sealed], None]) -> None:
    use = ready(case)
    end(case)
    with pytest.raises(WrongStep, match="不能再盖章"):
        case.stamp(use)
    duty = duty_of(case.session, use, "seal_stamp_days")
    assert duty is not None
    assert duty.void_at is not None


def test_the_keeper_has_three_days_for_stamp_and_photographs(case: Sealed) -> None:
    use = ready(case)
    record, duty = case.use(use), duty_of(case.session, use, "seal_stamp_days")
    assert duty is not None
    assert record.approved_at is not None
    assert duty.due_on == record.approved_at.date() + 3 * A_DAY
    asked = record.approved_at
    assert [is_late(duty, asked + days * A_DAY) for days in (2, 3, 4)] == [False, False, True]
    case.stamp(use)
    view = uses.use_of(case.session, case.estate, use)
    days = [duty.due_on + step * A_DAY for step in (-1, 0, 1)]
    assert [view.late(day) for day in days] == [False, False, True]
    assert view.tag == ("failed", "已盖章，缺照片")
    assert duty.done_at is None
    stamping.add_photographs(case.session, case.keeper, use, [photograph()], now=case.now)
    assert duty.done_at == case.now
    view = uses.use_of(case.session, case.estate, use)
    assert not view.late(duty.due_on + A_DAY)
    assert view.tag == ("waiting", "已盖章，等办结")


def test_a_stamp_with_photographs_fulfils_the_duty_at_once(case: Sealed) -> None:
    use = case.stamped(photograph(1), photograph(2))
    duty = duty_of(case.session, use, "seal_stamp_days")
    assert duty is not None
    assert (duty.done_by, duty.proof) == ("陈素芬（业委会委员）", "盖章页照片 2 张")


PHOTOGRAPHS = {
    "a PDF": ((Upload("照片.pdf", CONTRACT),), "不是 PDF"),
    "the same one twice": ((photograph(5), photograph(5)), "重复"),
    "one that is kept already": ((photograph(200),), "重复"),
    "none": ((), "请选择"),
    "no picture": ((Upload("照片.png", b"x"),), "不是 PDF、PNG"),
    "more than anybody looks at": (tuple(photograph(n) for n in range(31)), "最多存 30 张"),
}


@pytest.mark.parametrize(("sent", "said"), PHOTOGRAPHS.values(), ids=PHOTOGRAPHS)
def test_a_photograph_is_refused(case: Sealed, sent: tuple[Upload, ...], said: str) -> None:
    use = case.stamped(photograph(200))
    with pytest.raises(Incomplete, match=said):
        stamping.add_photographs(case.session, case.keeper, use, sent, now=case.now)


def test_photographs_are_the_keepers_and_come_after_the_stamp(case: Sealed) -> None:
    use = case.stamped()
    with pytest.raises(NotAllowed, match="保管人"):
        stamping.add_photographs(case.session, case.actor(0), use, [photograph()], now=case.now)
    with pytest.raises(WrongStep, match="还没有盖章"):
        stamping.add_photographs(
            case.session, case.keeper, ready(case), [photograph()], now=case.now
        )


def test_nothing_is_closed_without_a_photograph(case: Sealed) -> None:
    with pytest.raises(WrongStep, match="还没有盖章页的照片"):
        case.close(case.stamped())
    with pytest.raises(WrongStep, match="还没有盖章"):
        case.close(ready(case))


def test_keeper_and_committee_close_and_nobody_else(case: Sealed) -> None:
    use = case.stamped(photograph())
    closing = stamping.Closing("孙丽", case.now)
    with pytest.raises(NotAllowed, match="保管人或业委会"):
        stamping.close(case.session, case.actor(3), use, closing, now=case.now)
    stamping.close(case.session, case.actor(0), use, closing, now=case.now)
    record = case.use(use)
    assert (record.state, record.witness, record.returned_at) == ("closed", "孙丽", case.now)
    assert "监印人：孙丽；印章 " in record.closing_note


BACK = {"before the stamp": -2, "in the future": 1}


@pytest.mark.parametrize("minutes", BACK.values(), ids=BACK)
def test_a_seal_comes_back_after_its_stamp_and_not_in_the_future(
    case: Sealed, minutes: int
) -> None:
    use = case.stamped(photograph())
    closing = stamping.Closing("孙丽", case.now + timedelta(minutes=minutes))
    with pytest.raises(Incomplete, match="归还的时间"):
        stamping.close(case.session, case.keeper, use, closing, now=case.now)


def test_a_closing_names_who_stood_by(case: Sealed) -> None:
    use = case.stamped(photograph())
    with pytest.raises(Incomplete, match="监印人"):
        stamping.close(
            case.session, case.keeper, use, stamping.Closing(" ", case.now), now=case.now
        )


def test_after_the_closing_nothing_changes(case: Sealed) -> None:
    use = case.closed()
    closing = stamping.Closing("别人", case.now)
    refused: list[Callable[[], None]] = [
        lambda: stamping.close(case.session, case.keeper, use, closing, now=case.now),
        lambda: stamping.add_photographs(
            case.session, case.keeper, use, [photograph(9)], now=case.now
        ),
        lambda: case.stamp(use),
        lambda: case.sign(use, 4),
    ]
    for verb in refused:
        with pytest.raises(WrongStep):
            verb()
    assert case.use(use).witness == "孙丽"
