"""Signatures: each member by their own sign-in, more than half of all, silence never counts."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.foundation.permissions import Role
from assemblies.foundation.refusals import Incomplete, NotAllowed, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.records.committees import members_in_office
from assemblies.records.duties import duty_of
from assemblies.records.streams import Stream, entries_of
from assemblies.seals.queries import uses
from assemblies.seals.services import applying, signing
from assemblies.seals.services.pen import Actor
from tests.support.agendas import NOON
from tests.support.committee import in_office
from tests.support.registers import registered
from tests.support.sealing import Sealed, sealed
from voting.law.rules import compose
from voting.law.seals import signatures_needed
from voting.log.entries import Entry

# Of all members: one fewer is not enough, this many are.
NEEDED = {"3 members": (3, 2), "4 members": (4, 3), "5 members": (5, 3), "6 members": (6, 4)}


@pytest.mark.parametrize(("members", "needed"), NEEDED.values(), ids=NEEDED)
def test_half_of_all_members_is_not_enough(
    case: Sealed, keys: Keys, members: int, needed: int
) -> None:
    other = sealed(case.session, registered(case.session, NOON).estate, keys, NOON, members=members)
    use = other.apply()
    other.sign(use, *range(needed - 1))
    assert other.use(use).state == "applied"
    assert duty_of(case.session, use, "seal_stamp_days") is None
    other.sign(use, needed - 1)
    assert other.use(use).state == "approved"
    assert duty_of(case.session, use, "seal_stamp_days") is not None


@given(st.integers(1, 60))
def test_the_least_number_is_the_first_over_half(members: int) -> None:
    needed = signatures_needed(members, compose("national", on=NOON.date()))
    assert 2 * needed > members >= 2 * (needed - 1)


def test_approval_opens_the_keepers_duty_and_is_told(case: Sealed) -> None:
    use = case.apply()
    case.sign(use, 0, 1, 3)
    record, duty = case.use(use), duty_of(case.session, use, "seal_stamp_days")
    assert duty is not None
    assert (duty.who, duty.due_on) == ("keeper", record.stamp_due_on)
    assert duty.href == f"/estates/{case.estate}/seals/uses/{use}"
    told = entries_of(case.session, case.estate, Stream.SUPERVISION)[-1]
    assert told.kind == "seal.approved"
    said = str(Entry.parse(told.data).body["said"])
    assert "已有 3 名委员签字同意（林海生、周明华、赵建国），全体委员 5 人，须 3 人" in said


def suspended(case: Sealed) -> Actor:
    case.members[3].suspended_on = NOON.date()
    return case.actor(3)


def alternate(case: Sealed) -> Actor:
    case.members[3].seat = "alternate"
    return case.actor(3)


def departed(case: Sealed) -> Actor:
    case.members[3].left_on = NOON.date()
    return case.actor(3)


def street(case: Sealed) -> Actor:
    return case.stranger(Role.STREET, "街道小赵")


def keeper_by_office(case: Sealed) -> Actor:
    return case.stranger(Role.SEAL_KEEPER, "档案员")


def elsewhere(case: Sealed) -> Actor:
    other = registered(case.session, NOON)
    member = in_office(case.session, other.estate, NOON, members=3)[0]
    assert member.account_id
    return Actor(case.estate, member.account_id, "别处主任", case.keys)


STRANGERS = {
    "a suspended member": suspended,
    "an alternate": alternate,
    "a member who left": departed,
    "the street": street,
    "a keeper who is no member": keeper_by_office,
    "a member of another estate": elsewhere,
}


@pytest.mark.parametrize("who", STRANGERS.values(), ids=STRANGERS)
def test_nobody_else_signs_or_declines(case: Sealed, who: Callable[[Sealed], Actor]) -> None:
    use = case.apply()
    stranger = who(case)
    case.session.flush()
    with pytest.raises(NotAllowed, match="在任委员本人"):
        signing.sign(case.session, stranger, use, now=case.now)
    with pytest.raises(NotAllowed, match="在任委员本人"):
        signing.decline(case.session, stranger, use, "不同意", now=case.now)
    assert case.use(use).signatures == []


def test_a_member_who_came_later_does_not_sign_for_an_older_application(case: Sealed) -> None:
    case.members[4].seat = "alternate"
    case.session.flush()
    use = case.apply()
    case.members[4].seat = "member"
    case.session.flush()
    assert len(members_in_office(case.session, case.estate)) == 5
    with pytest.raises(NotAllowed, match="那时还不是委员"):
        case.sign(use, 4)


def test_a_suspended_member_still_counts_among_all(case: Sealed) -> None:
    for position in (3, 4):
        case.members[position].suspended_on = NOON.date()
    case.session.flush()
    use = case.apply()
    case.sign(use, 0, 1)
    assert case.use(use).needed == 3
    assert case.use(use).state == "applied"


def test_a_word_is_given_once(case: Sealed) -> None:
    use = case.apply()
    case.sign(use, 0)
    with pytest.raises(WrongStep, match="已经签过"):
        case.sign(use, 0)
    with pytest.raises(WrongStep, match="已经签过"):
        signing.decline(case.session, case.actor(0), use, "反悔", now=case.now)
    assert [one.answer for one in case.use(use).signatures] == ["signed"]


def test_the_fourth_member_may_still_speak_until_the_stamp(case: Sealed) -> None:
    use = case.apply()
    case.sign(use, 0, 1, 3, 4)
    signing.decline(case.session, case.keeper, use, "价格偏高", now=case.now)
    assert case.use(use).state == "approved"
    case.stamp(use)
    assert len(case.use(use).signatures) == 5


def test_declining_needs_a_reason(case: Sealed) -> None:
    with pytest.raises(Incomplete, match="不同意的理由"):
        signing.decline(case.session, case.actor(0), case.apply(), " ", now=case.now)


def decline(case: Sealed, use: UUID, *positions: int) -> None:
    for position in positions:
        signing.decline(case.session, case.actor(position), use, "价格偏高", now=case.now)


def test_it_ends_when_the_signatures_cannot_be_reached_any_more(case: Sealed) -> None:
    use = case.apply()
    case.sign(use, 0, 1)
    decline(case, use, 2, 3)
    assert case.use(use).state == "applied"
    decline(case, use, 4)
    assert case.use(use).state == "declined"
    assert entries_of(case.session, case.estate, Stream.SUPERVISION)[-1].kind == "seal.declined"


def over_withdrawn(case: Sealed) -> UUID:
    use = case.apply()
    applying.withdraw(case.session, case.actor(1), use, "不要了", now=case.now)
    return use


def over_declined(case: Sealed) -> UUID:
    use = case.apply()
    decline(case, use, 0, 1, 2)
    return use


OVER: dict[str, Callable[[Sealed], UUID]] = {
    "withdrawn": over_withdrawn,
    "declined": over_declined,
    "stamped": lambda case: case.stamped(),
    "closed": lambda case: case.closed(),
}


@pytest.mark.parametrize("over", OVER.values(), ids=OVER)
def test_nobody_signs_a_use_that_is_over(case: Sealed, over: Callable[[Sealed], UUID]) -> None:
    with pytest.raises(WrongStep, match="不再签字"):
        case.sign(over(case), 4)


def test_a_use_of_another_estate_is_not_found(case: Sealed, keys: Keys) -> None:
    other = sealed(case.session, registered(case.session, NOON).estate, keys, NOON, members=3)
    use = other.apply()
    with pytest.raises(NotFound):
        signing.sign(case.session, case.actor(0), use, now=case.now)
    with pytest.raises(NotFound):
        uses.use_of(case.session, case.estate, use)


def test_what_waits_for_whom(case: Sealed) -> None:
    use = case.apply()
    case.sign(use, 0, 1)

    def waits(position: int) -> list[str]:
        found = uses.uses_of(case.session, case.estate)
        actor = case.actor(position)
        mine = uses.for_me(case.session, case.estate, found, actor.account, runs=actor.runs)
        return [word for _, word in mine]

    assert [waits(position) for position in range(5)] == [
        [], [], ["等您签字"], ["等您签字"], ["等您签字"]
    ]  # fmt: skip
    view = uses.use_of(case.session, case.estate, use)
    assert view.waits_zh == "还差 1 人签字，未表态：陈素芬、赵建国、孙丽"
    case.sign(use, 3)
    assert [waits(position) for position in (2, 4)] == [["等您盖章"], []]
    case.stamp(use)
    assert [waits(position) for position in (0, 2)] == [[], ["等您存照片"]]
