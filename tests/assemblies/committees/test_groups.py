"""The street's groups: what is a lawful composition, and every period to its day."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Forming, GroupKind, Person, Sender
from assemblies.committees.services import groups
from assemblies.committees.services.groups import require_lawful
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.duties import duty_of, is_late
from tests.support.election import acting
from tests.support.households import PNG
from tests.support.registers import Registered
from voting.law.rules import compose

PHOTO = Upload("公告栏.png", PNG)


def people(count: int, owners: int, heads: int = 1) -> tuple[Person, ...]:
    return tuple(
        Person(
            f"组员{at}", Sender.OWNERS if at < owners else Sender.STREET, at < owners, at < heads
        )
        for at in range(count)
    )


@pytest.mark.parametrize(
    ("found", "refused"),
    [
        (people(7, 4), ""),
        (people(9, 5), ""),
        (people(6, 4), "筹备组至少 7 人，现在只有 6 人（山东物业条例第21条）"),
        (people(8, 4), "筹备组人数应当是单数，现在是 8 人"),
        (people(7, 3), "业主不能少于一半，现在 7 人中业主 3 人"),
        (people(7, 4, heads=0), "请指定一位组长"),
        (people(7, 4, heads=2), "请指定一位组长"),
        ((*people(6, 4), people(1, 1)[0]), "姓名相同"),
    ],
    ids=["seven", "nine", "six", "eight", "three-owners", "no-head", "two-heads", "same-name"],
)
def test_a_group_is_seven_or_more_odd_and_half_owners(
    found: tuple[Person, ...], refused: str
) -> None:
    rules = compose("shandong", on=datetime(2026, 3, 2).date())  # noqa: DTZ001 -- a day, no moment
    if not refused:
        require_lawful(found, GroupKind.PREPARATORY, rules)
        return
    with pytest.raises(Incomplete) as raised:
        require_lawful(found, GroupKind.PREPARATORY, rules)
    assert refused.partition("（")[0] in raised.value.said


def test_exactly_half_owners_are_enough_where_no_odd_number_is_asked() -> None:
    rules = compose("national", on=datetime(2026, 3, 2).date())  # noqa: DTZ001 -- a day, no moment
    require_lawful(people(8, 4), GroupKind.PREPARATORY, rules)


@pytest.mark.parametrize(
    ("kind", "days"), [(GroupKind.PREPARATORY, 60), (GroupKind.REELECTION, 30)]
)
def test_the_street_has_its_days_to_form_a_group(
    session: Session, keys: Keys, now: datetime, estate: Registered, kind: GroupKind, days: int
) -> None:
    today = in_china(now).date()
    group = groups.ask_group(session, acting(estate.estate, keys), kind, today, now=now)
    duty = duty_of(session, group, groups.TO_FORM[kind])
    assert duty is not None
    assert (duty.due_on, duty.who) == (today + timedelta(days=days), "street")
    late = [is_late(duty, now + timedelta(days=day)) for day in (days - 1, days, days + 1)]
    assert late == [False, False, True]


def test_a_group_is_formed_announced_and_works_within_its_periods(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    who, today = acting(estate.estate, keys), in_china(now).date()
    group = groups.ask_group(session, who, GroupKind.PREPARATORY, today, now=now)
    with pytest.raises(WrongStep, match="组建之后"):
        groups.announce_group(session, who, group, today, PHOTO, now=now)
    groups.form_group(session, who, group, Forming(today, people(7, 4)), now=now)
    announce = duty_of(session, group, "preparatory_announce_days")
    work = duty_of(session, group, "preparation_days")
    asked = duty_of(session, group, "preparatory_group_days")
    assert announce is not None
    assert work is not None
    assert asked is not None
    assert asked.done_at == now
    assert announce.due_on == today + timedelta(days=10)
    assert work.due_on == today + timedelta(days=90)
    with pytest.raises(Incomplete, match="照片"):
        groups.announce_group(session, who, group, today, None, now=now)
    groups.announce_group(session, who, group, today, PHOTO, now=now)
    assert announce.done_at == now
    groups.end_group(session, who, group, "首次会议已经召开", now=now)
    assert work.void_at == now


def test_one_group_of_a_kind_works_at_a_time(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    who, today = acting(estate.estate, keys), in_china(now).date()
    groups.ask_group(session, who, GroupKind.PREPARATORY, today, now=now)
    with pytest.raises(WrongStep, match="已经有一个筹备组"):
        groups.ask_group(session, who, GroupKind.PREPARATORY, today, now=now)
    with pytest.raises(Incomplete, match="今天之后"):
        groups.ask_group(session, who, GroupKind.REELECTION, today + timedelta(days=1), now=now)
