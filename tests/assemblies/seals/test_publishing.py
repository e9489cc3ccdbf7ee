"""The public list: what was stamped since the last one, at the interval of the rules."""

from datetime import timedelta

import pytest

from assemblies.foundation.refusals import WrongStep
from assemblies.records.committees import committee_of
from assemblies.records.duties import duty_of, is_late
from assemblies.records.files import FileRecord
from assemblies.records.seals import SealListRecord
from assemblies.records.streams import Stream, entries_of
from assemblies.seals.papers import list_pdf
from assemblies.seals.queries import lists, seals
from assemblies.seals.queries.lists import PublicList
from assemblies.seals.services.publishing import publish_list
from tests.support.agendas import NOON
from tests.support.registers import registered
from tests.support.sealing import Sealed, photograph
from voting.log.entries import Entry

DUTY = "seal_publication_months"


def said(drawn: PublicList) -> bytes:
    return f"%PDF-1.4 {drawn}".encode()


def publish(case: Sealed) -> SealListRecord:
    case.now += timedelta(minutes=1)
    made = publish_list(case.session, case.actor(0), said, now=case.now)
    return case.session.get_one(SealListRecord, made)


def test_a_list_holds_what_was_stamped_and_names_nobody(case: Sealed) -> None:
    case.closed()
    case.apply()
    drawn = lists.next_list(case.session, case.estate, now=case.now)
    assert len(drawn.lines) == 1
    line = drawn.lines[0]
    assert (line.number, line.title, line.copies) == ("〔2026〕用印第1号", "电梯维修合同", 2)
    assert line.signed == "5 名委员中 3 人同意"
    assert line.basis == f"{case.basis.number}《更换1号楼电梯并签订合同》"
    assert not any(member.name in str(drawn) for member in case.members)
    assert "半年" in drawn.rule
    assert "杭州" in drawn.rule


def test_a_use_stands_on_one_list_only_though_both_are_of_one_day(case: Sealed) -> None:
    case.closed(1)
    first = publish(case)
    case.closed(2)
    case.stamped(photograph(3))
    second, third = publish(case), publish(case)
    assert [one.uses for one in (first, second, third)] == [1, 2, 0]
    assert second.since == first.until == NOON.date()
    assert len(lists.published(case.session, case.estate)) == 3
    assert seals.matches_log(case.session, case.estate) == ()


def test_a_published_list_is_open_to_everybody_and_logged_by_its_digest(case: Sealed) -> None:
    record = publish(case)
    file = case.session.get_one(FileRecord, record.file_id)
    assert file.shown
    assert file.name == "印章使用情况公布（2026年3月2日至2026年3月2日）.pdf"
    last = entries_of(case.session, case.estate, Stream.SEALS)[-1]
    assert Entry.parse(last.data).body == {
        "list": file.sha256,
        "since": "2026-03-02",
        "until": "2026-03-02",
        "uses": 0,
    }
    told = entries_of(case.session, case.estate, Stream.SUPERVISION)[-1]
    assert told.kind == "seal.published"


def test_publishing_fulfils_the_duty_and_opens_the_next(case: Sealed) -> None:
    committee = committee_of(case.session, case.estate, now=NOON)
    before = duty_of(case.session, committee.id, DUTY)
    first = publish(case)
    assert before is not None
    assert before.done_at == case.now
    duty = duty_of(case.session, first.id, DUTY)
    assert duty is not None
    assert duty.due_on is not None
    late = [is_late(duty, NOON.replace(month=9, day=day)) for day in (1, 2, 3)]
    assert late == [False, False, True]
    publish(case)
    assert duty.done_at == case.now


def test_without_a_seal_there_is_nothing_to_publish(case: Sealed) -> None:
    other = registered(case.session, NOON).estate
    with pytest.raises(WrongStep, match="还没有登记印章"):
        lists.next_list(case.session, other, now=NOON)
    assert lists.published(case.session, other) == ()


def test_the_list_is_printed_in_full(case: Sealed) -> None:
    case.closed()
    drawn = lists.next_list(case.session, case.estate, now=case.now)
    assert list_pdf(drawn, "http://localhost/board").startswith(b"%PDF")
