"""Candidates: the register and the negative list warn, reviews advise, the agenda takes them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import delete
from sqlalchemy.orm import Session

from assemblies.committees.drafts import Clause, Entered, Facts, Opinion, Post, Seat
from assemblies.committees.papers import candidates_pdf
from assemblies.committees.queries.flags import end_flag, party_bar, size_flag
from assemblies.committees.queries.standing import candidate_of, candidates_of
from assemblies.committees.services import candidates as services
from assemblies.committees.services.agenda import Listing, put_on_agenda
from assemblies.committees.services.entering import enter_term
from assemblies.foundation.clock import in_china
from assemblies.foundation.refusals import Incomplete, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Checked
from assemblies.records.assemblies import AssemblyRecord, AttachmentRecord, ItemRecord
from assemblies.records.committees import CandidateRecord, members_in_office
from assemblies.records.duties import duty_of
from assemblies.records.flags import party_flag
from tests.support.agendas import posted, whole
from tests.support.election import acting, nomination
from tests.support.households import PDF
from tests.support.registers import Registered
from voting.law.matters import Matter
from voting.law.rules import compose

RULES = compose("shandong", on=date(2026, 3, 2))


def test_the_register_warns_and_lets_a_candidate_stand(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    who = acting(estate.estate, keys)
    rooms = {
        "王一（示例）": ("1号楼1单元101", ""),
        "李三（示例）": ("1号楼 1单元 102", ""),
        "张四（示例）": ("1号楼1单元101", "业主里没有张四（示例）"),
        "赵五（示例）": ("9号楼1单元101", "没有“9号楼1单元101”"),
    }
    for name, (room, warning) in rooms.items():
        made = services.nominate(
            session, who, nomination(session, estate.estate, name, now=now, room=room), now=now
        )
        said = candidate_of(session, estate.estate, made, keys, now=now).owner_warning
        assert (warning in said) if warning else said == "", name


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"name": " "}, "姓名和房号"),
        ({"sex": ""}, "性别"),
        ({"born": None}, "出生年份"),
        ({"born": 2009}, "年满十八周岁"),
        ({"sex": "其他"}, "性别"),
    ],
    ids=["no-name", "no-sex", "no-year", "a-child", "odd-sex"],
)
def test_what_is_missing_of_a_candidate_is_named(
    session: Session,
    keys: Keys,
    now: datetime,
    estate: Registered,
    changed: dict[str, object],
    refused: str,
) -> None:
    one = nomination(session, estate.estate, "王一（示例）", now=now)
    facts = replace(one.facts, **changed)  # type: ignore[arg-type]  # a test names what it changes
    with pytest.raises(Incomplete, match=refused):
        services.nominate(session, acting(estate.estate, keys), replace(one, facts=facts), now=now)


def test_a_clause_that_is_not_clear_is_a_flag(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    who, one = acting(estate.estate, keys), nomination(session, estate.estate, "周小满", now=now)
    answers = {**(one.answers or {}), 0: Clause(clear=False)}
    with pytest.raises(Incomplete, match="请写明情况"):
        services.nominate(session, who, replace(one, answers=answers), now=now)
    answers[0] = Clause(clear=False, note="欠费已补交")
    made = services.nominate(session, who, replace(one, answers=answers), now=now)
    flags = candidate_of(session, estate.estate, made, keys, now=now).flags
    assert any("欠费已补交" in flag for flag in flags)
    with pytest.raises(Incomplete, match="已经在候选人名单里"):
        services.nominate(session, who, one, now=now)


def test_missing_opinions_are_named_and_a_doubt_needs_its_reason(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    who = acting(estate.estate, keys)
    made = services.nominate(
        session, who, nomination(session, estate.estate, "周小满", now=now), now=now
    )
    with pytest.raises(Incomplete, match="请选择参加联审的部门"):
        services.review(session, who, made, Opinion("物业公司", clear=True), now=now)
    with pytest.raises(Incomplete, match="写明是什么情况"):
        services.review(session, who, made, Opinion("信访", clear=False), now=now)
    services.review(session, who, made, Opinion("信访", clear=False, text="在办"), now=now)
    services.review(session, who, made, Opinion("信访", clear=True), now=now)
    view = candidate_of(session, estate.estate, made, keys, now=now)
    assert "信访" not in view.missing
    assert len(view.missing) == 5
    assert [one.words for one in view.reviews if one.department == "信访"] == ["没有疑点"]


def listed(
    session: Session, keys: Keys, now: datetime, estate: Registered, seats: int = 2
) -> Listing:
    """Put two on the list and name the election that they stand in."""
    who = acting(estate.estate, keys)
    made = [
        services.nominate(session, who, nomination(session, estate.estate, name, now=now), now=now)
        for name in ("王一（示例）", "李二（示例）")
    ]
    paper = Checked("候选人情况.pdf", "application/pdf", PDF)
    return Listing(whole(session, estate, now), seats, tuple(made), paper)


def test_candidates_become_the_options_of_an_election(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    election = listed(session, keys, now, estate)
    item = put_on_agenda(session, acting(estate.estate, keys), election, now=now)
    record = session.get_one(ItemRecord, item)
    value = record.value()
    assert [(one.id, one.label) for one in value.options] == [
        ("1", "王一（示例）"),
        ("2", "李二（示例）"),
    ]
    assert (value.matter, value.seats, value.scope.words) == (Matter.COMMITTEE, 2, "全体业主")
    assert "13800001234" not in value.options[0].detail
    assert [one.name for one in record.attachments] == ["候选人情况.pdf"]
    views = candidates_of(session, estate.estate, keys, now=now)
    assert {view.assembly for view in views} == {election.assembly}
    with pytest.raises(Incomplete, match="已经列入一次会议的议程"):
        put_on_agenda(session, acting(estate.estate, keys), election, now=now)


@pytest.mark.parametrize("seats", [0, 3])
def test_seats_lie_between_one_and_the_candidates(
    session: Session, keys: Keys, now: datetime, estate: Registered, seats: int
) -> None:
    election = listed(session, keys, now, estate, seats)
    with pytest.raises(Incomplete, match="应选人数要在 1 人和候选人数"):
        put_on_agenda(session, acting(estate.estate, keys), election, now=now)


def test_a_posted_agenda_takes_nobody_more(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    election = replace(
        listed(session, keys, now, estate), assembly=posted(session, estate, keys, now)
    )
    with pytest.raises(WrongStep, match="公告已经张贴"):
        put_on_agenda(session, acting(estate.estate, keys), election, now=now)


def test_an_item_that_is_taken_off_frees_its_candidates(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    election = listed(session, keys, now, estate)
    who = acting(estate.estate, keys)
    item = put_on_agenda(session, who, election, now=now)
    session.execute(delete(AttachmentRecord).where(AttachmentRecord.item_id == item))
    session.execute(delete(ItemRecord).where(ItemRecord.id == item))
    session.expire_all()
    freed = session.get_one(CandidateRecord, election.candidates[0])
    assert freed.item_id is None
    assert session.get_one(AssemblyRecord, election.assembly).phase == "draft"
    services.withdraw(session, who, freed.id, now=now)
    with pytest.raises(Incomplete, match="已经退出"):
        put_on_agenda(session, who, election, now=now)


@pytest.mark.parametrize(
    ("party", "members", "said"),
    [(3, 5, ""), (4, 7, "4/7 = 57.14%，低于 60%"), (5, 7, ""), (0, 5, "0/5 = 0.00%，低于 60%")],
)
def test_sixty_in_a_hundred_is_reached_exactly_by_three_of_five(
    party: int, members: int, said: str
) -> None:
    flag = party_flag(party, members, RULES)
    assert (said in flag) if said else flag == ""
    bar = party_bar(party, members, RULES)
    assert (bar.enough, bar.threshold) == (not said, "60%")


@pytest.mark.parametrize(("members", "flagged"), [(5, False), (7, False), (4, True), (6, True)])
def test_an_even_or_too_small_committee_is_flagged(members: int, *, flagged: bool) -> None:
    assert bool(size_flag(members, RULES)) is flagged


def seats(count: int, *chairs: int) -> tuple[Seat, ...]:
    return tuple(
        Seat(Facts(f"委员{at}", f"1号楼1单元{at}01"), Post.CHAIR if at in chairs else Post.MEMBER)
        for at in range(count)
    )


def test_a_committee_in_office_is_entered_from_its_papers(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    who, today = acting(estate.estate, keys), in_china(now).date()
    good = Entered(
        3, 5, today - timedelta(days=400), today + timedelta(days=300), "备案证明〔2025〕3号",
        seats(5, 0),
    )  # fmt: skip
    refused = {
        "请写明依据": replace(good, basis=" "),
        "委员人数比应选人数多": replace(good, seats=4),
        "起止日期不对": replace(good, began_on=today + timedelta(days=1)),
        "任期太长": replace(good, ends_on=today + timedelta(days=1500)),
        "主任只能有一位": replace(good, members=seats(5, 0, 1)),
    }
    for said, wrong in refused.items():
        with pytest.raises(Incomplete, match=said):
            enter_term(session, who, wrong, now=now)
    term = enter_term(session, who, good, now=now)
    assert [one.post for one in members_in_office(session, estate.estate)][:2] == [
        "chair",
        "member",
    ]
    begins = duty_of(session, term, "reelection_start_days")
    assert begins is not None
    assert begins.due_on == good.ends_on - timedelta(days=90)
    with pytest.raises(WrongStep, match="已经有在任"):
        enter_term(session, who, replace(good, number=4), now=now)
    # Candidates on an agenda within a year of the end are the beginning of re-election.
    put_on_agenda(session, who, listed(session, keys, now, estate), now=now)
    assert begins.done_at == now


@pytest.mark.parametrize(
    ("days_left", "said"),
    [
        (91, ""),
        (90, ""),
        (89, "应当在2026年12月3日前开始换届"),
        (0, "应当在2026年12月3日前开始换届"),
        (-1, "还没有换届。街道办事处可以组建换届小组"),
    ],
)
def test_a_term_near_its_end_is_said(days_left: int, said: str) -> None:
    ends = date(2027, 3, 3)
    flag = end_flag(ends, ends - timedelta(days=days_left), RULES)
    assert (said in flag) if said else flag == ""


def test_who_was_not_elected_may_stand_again(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    election, who = listed(session, keys, now, estate), acting(estate.estate, keys)
    put_on_agenda(session, who, election, now=now)
    record = session.get_one(AssemblyRecord, election.assembly)
    again = replace(election, assembly=whole(session, estate, now))
    for phase in ("posted", "frozen", "counted", "certified"):
        record.phase = phase
        with pytest.raises(Incomplete, match="已经列入"):
            put_on_agenda(session, who, again, now=now)
    record.phase = "published"
    item = put_on_agenda(session, who, again, now=now)
    assert session.get_one(CandidateRecord, again.candidates[0]).item_id == item


def test_what_voters_read_of_candidates_has_no_phone_and_no_doubt_in_words(
    session: Session, keys: Keys, now: datetime, estate: Registered
) -> None:
    election, who = listed(session, keys, now, estate), acting(estate.estate, keys)
    first = election.candidates[0]
    services.review(session, who, first, Opinion("信访", clear=False, text="三件在办"), now=now)
    views = candidates_of(session, estate.estate, keys, now=now)
    data = candidates_pdf("和平里小区（示例）", views, now=now)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    text = text.replace("\n", "")
    assert "候选人情况" in text
    assert "联审缺街道办事处、住建（房管）、政法、市场监管、城市管理意见" in text
    assert "13800001234" not in text
    assert "三件在办" not in text
