"""Members in office: posts, accounts, leaving and stepping in, and what empty seats ask for."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Post, Resignation
from assemblies.committees.services import members
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, NotAllowed, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records.committees import (
    MemberRecord,
    member_for,
    members_in_office,
    remove_member,
    restore_member,
    suspend_member,
    term_in_office,
)
from assemblies.records.duties import DutyRecord, duty_of, is_late
from assemblies.records.filings import FilingRecord, HandoverRecord
from assemblies.records.people import GrantRecord
from assemblies.records.premises import OwnershipRecord
from tests.support.committee import in_office, resolved
from tests.support.election import acting, set_pack
from tests.support.households import PDF, PNG
from tests.support.registers import Registered

LETTER, POSTING = Upload("辞职书.pdf", PDF), Upload("公示.png", PNG)


def test_posts_need_one_chair_and_the_committees_own_decision(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    seated, who = in_office(session, estate.estate, now), acting(estate.estate, keys)
    owners = resolved(session, estate.estate, now, title="推选主任")
    own = resolved(session, estate.estate, now, title="推选主任", body="committee", matter=0)
    posts = {seated[2].id: Post.CHAIR, seated[0].id: Post.VICE}
    with pytest.raises(Incomplete, match="业委会会议通过"):
        members.appoint(session, who, posts, owners.id, now=now)
    with pytest.raises(Incomplete, match="一位主任"):
        members.appoint(session, who, {seated[0].id: Post.VICE}, own.id, now=now)
    two = {seated[0].id: Post.CHAIR, seated[1].id: Post.CHAIR}
    with pytest.raises(Incomplete, match="一位主任"):
        members.appoint(session, who, two, own.id, now=now)
    members.appoint(session, who, posts, own.id, now=now)
    assert [one.post for one in seated] == ["vice-chair", "member", "chair", "member", "member"]


def test_one_account_signs_for_one_member(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    first, second, *_ = in_office(session, estate.estate, now)
    who, account = acting(estate.estate, keys), first.account_id
    second.name = f" {first.name} "  # a namesake: the account bears the right name
    with pytest.raises(Incomplete, match=f"已经由{first.name}使用"):
        members.connect(session, who, second.id, account, now=now)
    members.connect(session, who, first.id, None, now=now)
    assert first.account_id is None
    members.connect(session, who, first.id, account, now=now)
    assert first.account_id == account


def test_a_sign_in_cannot_be_passed_on_to_sign_for_another_member(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    first, second, *_ = in_office(session, estate.estate, now)
    who, account = acting(estate.estate, keys), first.account_id
    members.connect(session, who, first.id, None, now=now)
    with pytest.raises(Incomplete, match=f"不是{second.name}"):
        members.connect(session, who, second.id, account, now=now)
    with pytest.raises(NotFound):
        members.connect(session, who, first.id, uuid4(), now=now)
    assert second.account_id not in (None, account)


def test_a_resignation_opens_the_filing_and_the_hand_over(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    seated, today = in_office(session, estate.estate, now), in_china(now).date()
    who, account = acting(estate.estate, keys), seated[4].account_id
    assert account is not None
    letter = Resignation(today, LETTER, account)
    with pytest.raises(Incomplete, match="辞职书"):
        members.resign(session, who, seated[4].id, replace(letter, letter=None), now=now)
    members.resign(session, who, seated[4].id, letter, now=now)
    filing = session.query(FilingRecord).filter_by(term_id=seated[4].term_id).one()
    handover = session.query(HandoverRecord).filter_by(from_whom=seated[4].name).one()
    assert (filing.kind, filing.due_on) == ("change", today + timedelta(days=30))
    assert handover.due_on == today + timedelta(days=3)
    with pytest.raises(WrongStep, match="已经离任"):
        members.resign(session, who, seated[4].id, letter, now=now)


def test_who_leaves_can_no_longer_act_for_the_committee(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    chair, *_ = in_office(session, estate.estate, now)
    account, today = chair.account_id, in_china(now).date()
    assert account is not None
    held = select(GrantRecord.role).where(GrantRecord.account_id == account)
    assert session.execute(held).scalars().all() == ["DIRECTOR"]
    letter = Resignation(today, LETTER, account)
    members.resign(session, acting(estate.estate, keys), chair.id, letter, now=now)
    assert session.execute(held).scalars().all() == []


def test_nobody_of_the_committee_resigns_for_another(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    chair, member, other, *_ = in_office(session, estate.estate, now)
    who, today = acting(estate.estate, keys), in_china(now).date()
    assert chair.account_id is not None
    forged = Resignation(today, LETTER, chair.account_id)
    with pytest.raises(NotAllowed, match="本人登录"):
        members.resign(session, who, member.id, forged, now=now)
    members.connect(session, who, other.id, None, now=now)  # taking the account away helps nobody
    with pytest.raises(NotAllowed, match="本人登录"):
        members.resign(session, who, other.id, forged, now=now)
    assert member.left_on is None
    members.resign(session, who, member.id, replace(forged, witnessed=True), now=now)
    assert member.left_on == today


@pytest.mark.parametrize(("day", "late"), [(2, False), (3, False), (4, True)])
def test_a_leaving_member_hands_over_within_three_days(
    session: Session, now: datetime, estate: Registered, day: int, late: bool
) -> None:
    seated = in_office(session, estate.estate, now)
    remove_member(session, seated[4].id, in_china(now).date(), "本人辞职", now=now)
    handover = session.query(HandoverRecord).filter_by(from_whom=seated[4].name).one()
    duty = duty_of(session, handover.id, "member_handover_days")
    assert duty is not None
    assert is_late(duty, now + timedelta(days=day)) is late


def test_the_register_says_who_lost_the_seat_with_the_flat(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    seated, who = in_office(session, estate.estate, now), acting(estate.estate, keys)
    member, today = seated[0], in_china(now).date()
    member.name, member.room = "王一（示例）", "1号楼1单元101"
    session.flush()
    with pytest.raises(Incomplete, match="还是1号楼1单元101的业主"):
        members.lose_ownership(session, who, member.id, today, now=now)
    part = estate.parts["1号楼1单元101"]
    session.query(OwnershipRecord).filter_by(part_id=part).delete()
    members.lose_ownership(session, who, member.id, today, now=now)
    assert (member.left_on, member.left_why) == (today, "不再是本小区业主")


def test_a_suspended_member_keeps_the_seat_and_does_not_sign(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    first, *_ = in_office(session, estate.estate, now)
    who, account = acting(estate.estate, keys), first.account_id
    assert account is not None
    with pytest.raises(Incomplete, match="公示的照片"):
        members.suspend(session, who, first.id, "接受调查", None, now=now)
    members.suspend(session, who, first.id, "接受调查", POSTING, now=now)
    assert member_for(session, estate.estate, account) is None
    assert first in members_in_office(session, estate.estate)
    with pytest.raises(WrongStep, match="已经暂停"):
        suspend_member(session, first.id, in_china(now).date(), "再停一次")
    members.restore(session, who, first.id, now=now)
    assert member_for(session, estate.estate, account) is first
    with pytest.raises(WrongStep, match="没有暂停"):
        restore_member(session, first.id)


def test_a_vote_on_a_longer_name_or_before_the_seat_removes_nobody(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    first, second, *_ = in_office(session, estate.estate, now)
    second.name = f"{first.name}民"
    who = acting(estate.estate, keys)
    theirs = resolved(session, estate.estate, now, title=f"罢免委员{second.name}", matter=3)
    with pytest.raises(Incomplete, match="标题要写明姓名"):
        members.remove(session, who, first.id, theirs.id, now=now)
    before = now - timedelta(days=900)
    old = resolved(session, estate.estate, before, title=f"罢免委员{first.name}", matter=3)
    with pytest.raises(Incomplete, match="早于"):
        members.remove(session, who, first.id, old.id, now=now)
    assert first.left_on is None
    members.remove(session, who, second.id, theirs.id, now=now)
    assert second.left_on is not None


@pytest.mark.parametrize(
    ("basis", "removed"),
    [
        (("assembly", "passed", 3, "罢免委员林海生"), True),
        (("assembly", "rejected", 3, "罢免委员林海生"), False),
        (("assembly", "passed", 5, "罢免委员林海生"), False),
        (("committee", "passed", 3, "罢免委员林海生"), False),
        (("assembly", "passed", 3, "罢免委员周明华"), False),
        (("assembly", "passed", 3, "选举业主委员会委员林海生"), False),
    ],
    ids=["passed", "rejected", "another-matter", "committee", "another-member", "the-election"],
)
def test_only_a_passed_resolution_of_the_owners_removes(
    session: Session,
    keys: Keys,
    now: datetime,
    estate: Registered,
    basis: tuple[str, str, int, str],
    removed: bool,
) -> None:
    first, *_ = in_office(session, estate.estate, now)
    body, outcome, matter, title = basis
    decision = resolved(
        session, estate.estate, now, title=title, body=body, outcome=outcome, matter=matter
    )
    who = acting(estate.estate, keys)
    if removed:
        members.remove(session, who, first.id, decision.id, now=now)
    else:
        with pytest.raises(Incomplete):
            members.remove(session, who, first.id, decision.id, now=now)
    assert (first.left_on is not None) is removed


def waits(session: Session, first: MemberRecord, *votes: tuple[int, int]) -> list[UUID]:
    """Seat alternates behind a committee, in the order of their votes."""
    made = [
        MemberRecord(
            id=uuid4(), term_id=first.term_id, position=20 + at, name=f"候补{at}", seat="alternate",
            heads=heads, area_dm2=area, joined_on=first.joined_on,
        )
        for at, (heads, area) in enumerate(votes)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    session.expire(first.term, ["members"])
    return [one.id for one in made]


def test_alternates_step_in_by_their_votes(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    seated, who = in_office(session, estate.estate, now), acting(estate.estate, keys)
    more, less = waits(session, seated[0], (9, 900), (8, 800))
    with pytest.raises(WrongStep, match="没有缺额"):
        members.substitute(session, who, now=now)
    remove_member(session, seated[0].id, in_china(now).date(), "辞职", now=now)
    with pytest.raises(Incomplete, match="候补0得票最多"):
        members.substitute(session, who, less, now=now)
    assert members.substitute(session, who, now=now) == more
    assert len(members_in_office(session, estate.estate)) == 5


def test_alternates_with_as_many_votes_are_chosen_between_and_not_drawn(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    seated, who = in_office(session, estate.estate, now), acting(estate.estate, keys)
    _, second, third = waits(session, seated[0], (8, 800), (8, 800), (7, 700))
    remove_member(session, seated[0].id, in_china(now).date(), "辞职", now=now)
    with pytest.raises(Incomplete, match="候补0、候补1得票相同"):
        members.substitute(session, who, now=now)
    with pytest.raises(Incomplete):
        members.substitute(session, who, third, now=now)
    assert members.substitute(session, who, second, now=now) == second


@pytest.mark.parametrize(
    ("pack", "gone", "asked"),
    [
        ("shandong", 3, set()),
        ("shandong", 4, {"vacancy_new_election"}),
        ("zibo", 2, set()),
        ("zibo", 3, {"vacancy_street_days"}),
    ],
)
def test_too_few_members_ask_for_an_election(
    session: Session, now: datetime, estate: Registered, pack: str, gone: int, asked: set[str]
) -> None:
    """Of seven: three left are under half, four left under two thirds."""
    set_pack(session, estate.estate, pack)
    seated, today = in_office(session, estate.estate, now, members=7), in_china(now).date()
    for one in seated[:gone]:
        remove_member(session, one.id, today, "辞职", now=now)
    term = term_in_office(session, estate.estate)
    assert term is not None
    found = session.query(DutyRecord).filter_by(source_id=term.id, done_at=None)
    assert {one.name for one in found} == asked


def test_a_seat_that_is_filled_closes_the_duty(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    seated, today = in_office(session, estate.estate, now, members=7), in_china(now).date()
    for one in seated[:4]:
        remove_member(session, one.id, today, "辞职", now=now)
    duty = duty_of(session, seated[0].term_id, "vacancy_new_election")
    assert duty is not None
    assert duty.done_at is None
    waits(session, seated[0], (9, 900))
    members.substitute(session, acting(estate.estate, keys), now=now)
    assert duty.done_at == now
