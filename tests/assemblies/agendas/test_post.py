"""From a draft to a posted notice: every step refused until it is due, and locked after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from assemblies.agendas.queries.assemblies import assembly_of, items_of
from assemblies.agendas.queries.notice import notice_of, posted_notice
from assemblies.agendas.services.assemblies import change_assembly, create_assembly
from assemblies.agendas.services.attachments import attach, detach
from assemblies.agendas.services.calendar import plan_dates
from assemblies.agendas.services.drafts import Answer, AnswerKind
from assemblies.agendas.services.items import add_item, change_item, move_item_up, remove_item
from assemblies.agendas.services.posting import post
from assemblies.agendas.services.review import record_review
from assemblies.agendas.services.rules import record_rules
from assemblies.foundation.refusals import Incomplete, NotFound, WrongStep
from assemblies.foundation.secrets import Keys
from assemblies.foundation.uploads import Upload
from assemblies.records import logs
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord
from tests.support.agendas import (
    DESCRIBED,
    NOON,
    drafted,
    item,
    lawful_dates,
    posted,
    reviewed,
    told,
    whole,
)
from tests.support.households import PDF
from tests.support.laws import house
from tests.support.registers import Home, Registered, add_home
from voting.canonical import sha256_hex
from voting.errors import RuleNotRecorded, UnlawfulDate, VotingError
from voting.law.matters import Matter
from voting.log.entries import Entry


def phase(session: Session, assembly: UUID) -> str:
    return session.get_one(AssemblyRecord, assembly).phase


def test_assemblies_of_an_estate_are_numbered(
    session: Session, estate: Registered, now: datetime
) -> None:
    made = [drafted(session, estate, now) for _ in range(3)]
    assert [assembly_of(session, one).number for one in made] == [1, 2, 3]


def test_an_assembly_needs_every_word(session: Session, estate: Registered, now: datetime) -> None:
    draft = replace(DESCRIBED, contact=" ", place="")
    with pytest.raises(Incomplete, match="联系方式、服务点"):
        create_assembly(session, estate.estate, draft, by=estate.account, now=now)


def test_an_unknown_estate_has_no_assembly(
    session: Session, estate: Registered, now: datetime
) -> None:
    with pytest.raises(NotFound):
        create_assembly(session, uuid4(), DESCRIBED, by=estate.account, now=now)


def without_items(session: Session, estate: Registered, now: datetime) -> UUID:
    return drafted(session, estate, now)


def without_rules(session: Session, estate: Registered, now: datetime) -> UUID:
    assembly = drafted(session, estate, now)
    add_item(session, assembly, item())
    plan_dates(session, assembly, lawful_dates(now), now=now)
    return assembly


def without_dates(session: Session, estate: Registered, now: datetime) -> UUID:
    assembly = drafted(session, estate, now)
    add_item(session, assembly, item())
    record_rules(session, assembly, "shandong", house(), now=now)
    return assembly


def with_a_changed_register(session: Session, estate: Registered, now: datetime) -> UUID:
    assembly = whole(session, estate, now)
    add_home(session, estate.estate, Home("1号楼", "2单元", "301", 90_00, ("周八（示例）",)))
    return assembly


Case: TypeAlias = tuple[Callable[[Session, Registered, datetime], UUID], type[VotingError], str]
INCOMPLETE: dict[str, Case] = {
    "without an item": (without_items, Incomplete, "至少添加一项"),
    "without the estate's rules, naming each": (
        without_rules,
        RuleNotRecorded,
        "同一业主投了两次以哪一票为准、没有投票的业主如何对待、一人最多接受几位业主委托、参与不足时能否延期",
    ),
    "without dates": (without_dates, Incomplete, "还没有安排"),
    "with shares of an older register": (with_a_changed_register, Incomplete, "第 1 项的费用分摊"),
}


@pytest.mark.parametrize("case", INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_plan_is_neither_reported_nor_posted(
    session: Session, estate: Registered, keys: Keys, now: datetime, case: Case
) -> None:
    made, error, said = case
    assembly = made(session, estate, now)
    with pytest.raises(error) as refused:
        record_review(session, assembly, told(now), keys, now=now)
    assert said in refused.value.said
    with pytest.raises(error) as refused:
        post(session, assembly, keys, now=now)
    assert said in refused.value.said
    assert phase(session, assembly) == "draft"


def test_what_nobody_heard_of_is_not_posted(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = whole(session, estate, now)
    with pytest.raises(WrongStep, match="告知社区居民委员会"):
        post(session, assembly, keys, now=now)


ANSWERS = {
    "without saying whose": ({"by": "  "}, "哪个单位"),
    "remarks without words": ({"kind": AnswerKind.REMARKS, "text": " "}, "意见内容"),
    "told in the future": ({"told": NOON + timedelta(seconds=1)}, "不能晚于现在"),
    "longer than anybody reads": ({"text": "长" * 2_001}, "2000 字"),
}


@pytest.mark.parametrize(("changed", "said"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_refused(
    session: Session,
    estate: Registered,
    keys: Keys,
    now: datetime,
    changed: dict[str, object],
    said: str,
) -> None:
    assembly = whole(session, estate, now)
    with pytest.raises(Incomplete) as refused:
        record_review(session, assembly, replace(told(now), **changed), keys, now=now)  # type: ignore[arg-type]
    assert said in refused.value.said


def test_a_review_is_recorded_and_logged(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = whole(session, estate, now)
    answer = Answer("示例街道办事处", AnswerKind.REMARKS, "第二项请补充合同草案。", now)
    record_review(session, assembly, answer, keys, now=now)
    record = session.get_one(AssemblyRecord, assembly)
    assert record.phase == "reviewed"
    assert record.review_answer == "示例街道办事处：提出意见。第二项请补充合同草案。"
    log = [Entry.parse(one.data) for one in logs.entries(session, record.log_id or uuid4())]
    assert [entry.kind for entry in log] == ["created", "reviewed"]
    assert log[1].body == {"answer": record.review_answer, "by": "示例街道办事处"}


def change_something(
    session: Session, assembly: UUID, now: datetime
) -> dict[str, Callable[[], object]]:
    first = items_of(session, assembly)[0]
    return {
        "describe it anew": lambda: change_assembly(session, assembly, DESCRIBED),
        "add an item": lambda: add_item(session, assembly, item()),
        "change an item": lambda: change_item(session, assembly, first.id, item(Matter.FUND_USE)),
        "move an item": lambda: move_item_up(session, assembly, first.id),
        "remove an item": lambda: remove_item(session, assembly, first.id),
        "attach": lambda: attach(session, assembly, first.id, Upload("方案.pdf", PDF)),
        "detach": lambda: detach(session, assembly, first.id, first.attachments[0].id),
        "record rules": lambda: record_rules(session, assembly, "shandong", house(), now=now),
        "plan dates": lambda: plan_dates(session, assembly, lawful_dates(now), now=now),
    }


CHANGES = [
    "describe it anew",
    "add an item",
    "change an item",
    "move an item",
    "remove an item",
    "attach",
    "record rules",
    "plan dates",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_plan_that_changes_after_the_review_has_to_be_told_again(
    session: Session, estate: Registered, keys: Keys, now: datetime, change: str
) -> None:
    assembly = reviewed(session, estate, keys, now)
    change_something(session, assembly, now)[change]()
    assert phase(session, assembly) == "draft"
    with pytest.raises(WrongStep):
        post(session, assembly, keys, now=now)


@pytest.mark.parametrize("change", [*CHANGES, "detach"])
def test_after_the_posting_nothing_changes(
    session: Session, estate: Registered, keys: Keys, now: datetime, change: str
) -> None:
    assembly = posted(session, estate, keys, now)
    with pytest.raises(WrongStep, match="另开一次会议"):
        change_something(session, assembly, now)[change]()
    assert phase(session, assembly) == "posted"


def test_a_posted_notice_is_neither_reviewed_nor_posted_again(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = posted(session, estate, keys, now)
    with pytest.raises(WrongStep):
        record_review(session, assembly, told(now), keys, now=now)
    with pytest.raises(WrongStep):
        post(session, assembly, keys, now=now)


def test_the_posted_notice_is_kept_and_its_hash_stands_in_the_log(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = posted(session, estate, keys, now)
    record = session.get_one(AssemblyRecord, assembly)
    document = session.get_one(DocumentRecord, (assembly, "notice.json"))
    entries = [Entry.parse(one.data) for one in logs.entries(session, record.log_id or uuid4())]
    assert [entry.kind for entry in entries] == ["created", "reviewed", "posted"]
    assert entries[-1].body["notice"] == document.sha256 == sha256_hex(document.content)
    notice = posted_notice(session, assembly)
    assert notice.encode() == document.content
    assert notice == notice_of(session, assembly_of(session, assembly), now)
    assert [one.number for one in notice.items] == [1, 2, 3]
    assert notice.posted == record.posted_at == now


def test_a_notice_posted_a_day_later_than_planned_opens_too_soon(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = reviewed(session, estate, keys, now)
    # The calendar keeps one spare day, so the second day of delay is one too many.
    late = now + timedelta(days=2)
    with pytest.raises(UnlawfulDate, match="十五日"):
        post(session, assembly, keys, now=late)


def test_a_notice_posted_on_the_spare_day_is_lawful(
    session: Session, estate: Registered, keys: Keys, now: datetime
) -> None:
    assembly = reviewed(session, estate, keys, now)
    post(session, assembly, keys, now=now + timedelta(days=1))
    assert phase(session, assembly) == "posted"
