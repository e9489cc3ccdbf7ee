"""Imports: whole or not at all, once, against the register of today, every doubt confirmed."""

from dataclasses import replace
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from assemblies.estates.differences import Difference
from assemblies.estates.plans import Plan
from assemblies.estates.queries import batches
from assemblies.estates.refusals import BatchSettled, QuestionsOpen
from assemblies.estates.register.preview import Verdict
from assemblies.estates.register.values import (
    ExistingPart,
    OwnerKind,
    RegisterOwner,
    Status,
    Sums,
    Use,
)
from assemblies.estates.services import imports
from assemblies.estates.services.imports import Answer, Upload
from assemblies.estates.surveys import Survey, figures
from assemblies.foundation.refusals import NotFound, Stale
from assemblies.foundation.sheets.doubts import Level
from tests.assemblies.estates.clerks import Clerk, as_csv, clerk_of, flat, owner

WANG, LI, ZHAO = owner("王一", 1, "13800000001"), owner("李二", 2), owner("赵三", 3)


def laid(clerk: Clerk, *parts: ExistingPart) -> Plan:
    upload = Upload("名册.csv", as_csv(*parts))
    return imports.lay(clerk.session, clerk.estate, upload, clerk.keys).plan


def kept(clerk: Clerk, *parts: ExistingPart) -> UUID:
    upload = Upload("名册.csv", as_csv(*parts))
    found = imports.lay(clerk.session, clerk.estate, upload, clerk.keys)
    return imports.keep(clerk.session, found, clerk.keys, by=clerk.account, now=clerk.now)


def test_a_changed_row_shows_before_and_after_with_names_masked(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG), flat("102", LI))
    plan = laid(clerk, flat("101", ZHAO, area=100_00), flat("102", LI))
    changed, same = plan.rows
    assert (changed.verdict, same.verdict) == (Verdict.CHANGED, Verdict.UNCHANGED)
    told = {one.field: (one.before, one.after) for one in changed.changes}
    assert told["专有部分面积"] == ("98.35", "100.00")
    assert told["产权人"] == ("王*（尾号 0012，电话尾号 0001）", "赵*（尾号 0039）")
    assert changed.label.endswith("赵*")


def test_what_the_file_does_not_mention_stays_and_counts(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG), flat("102", LI))
    plan = laid(clerk, flat("103", ZHAO))
    assert plan.untouched == 2
    assert plan.of_file == Sums(1, 98_35, 1, 1)
    assert plan.after == Sums(3, 3 * 98_35, 3, 3)


def test_an_id_with_another_name_is_refused_against_the_stored_register_too(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    plan = laid(clerk, flat("102", owner("王二", 1)))
    (row,) = plan.rows
    assert row.verdict is Verdict.REFUSED
    assert "系统里已登记的“王*”相同，姓名却不同" in row.said[0].text


def test_every_question_waits_for_a_tick_and_the_same_words_are_asked_once(clerk: Clerk) -> None:
    parts = [flat("101", WANG, area=5_00), flat("102", LI, area=5_00), flat("103", ZHAO, area=6_00)]
    batch = kept(clerk, *parts)
    plan = batches.preview(clerk.session, clerk.estate, batch, clerk.keys).plan
    assert [len(one.rows) for one in plan.questions] == [2, 1]
    some = Answer(plan.version, frozenset({plan.questions[0].id}))
    with pytest.raises(QuestionsOpen) as refused:
        imports.prepare(clerk.session, clerk.estate, batch, clerk.keys, some)
    assert "还有 1 项没有确认" in refused.value.said
    every = Answer(plan.version, frozenset(one.id for one in plan.questions))
    ready = imports.prepare(clerk.session, clerk.estate, batch, clerk.keys, every)
    imports.apply(clerk.session, ready, clerk.keys, now=clerk.now)
    assert len(clerk.standing().parts) == 3


def prepared(clerk: Clerk, batch: UUID) -> imports.Prepared:
    answer = Answer(batches.preview(clerk.session, clerk.estate, batch, clerk.keys).plan.version)
    return imports.prepare(clerk.session, clerk.estate, batch, clerk.keys, answer)


def test_a_preview_goes_stale_with_any_change_and_can_be_laid_again(clerk: Clerk) -> None:
    batch = kept(clerk, flat("101", WANG))
    ready = prepared(clerk, batch)
    clerk.take_in(flat("102", LI))
    with pytest.raises(Stale):
        imports.apply(clerk.session, ready, clerk.keys, now=clerk.now)
    with pytest.raises(Stale):
        prepared(clerk, batch)
    assert batches.preview(clerk.session, clerk.estate, batch, clerk.keys).stale
    again = imports.lay_again(clerk.session, clerk.estate, batch, clerk.keys)
    imports.keep_again(clerk.session, batch, again, clerk.keys)
    imports.apply(clerk.session, prepared(clerk, batch), clerk.keys, now=clerk.now)
    assert len(clerk.standing().parts) == 2


def test_an_old_page_cannot_apply_a_preview_that_was_laid_again(clerk: Clerk) -> None:
    batch = kept(clerk, flat("101", WANG))
    clerk.take_in(flat("102", LI))
    again = imports.lay_again(clerk.session, clerk.estate, batch, clerk.keys)
    imports.keep_again(clerk.session, batch, again, clerk.keys)
    with pytest.raises(Stale):
        imports.prepare(clerk.session, clerk.estate, batch, clerk.keys, Answer(seen=0))


def test_a_row_that_fails_in_the_middle_leaves_nothing(clerk: Clerk) -> None:
    batch = kept(clerk, flat("101", WANG), flat("102", LI), flat("103", ZHAO))
    ready = prepared(clerk, batch)
    before = clerk.rows()
    middle = ready.change.new_parts[1]
    nobody = replace(middle, persons=(uuid4(),))
    owned = tuple(nobody if one is middle else one for one in ready.change.reowned)
    broken: Difference = replace(ready.change, reowned=owned)
    with pytest.raises(IntegrityError), clerk.session.begin_nested():
        imports.apply(clerk.session, replace(ready, change=broken), clerk.keys, now=clerk.now)
    assert clerk.rows() == before
    assert clerk.standing().version == 0
    imports.apply(clerk.session, ready, clerk.keys, now=clerk.now)
    assert len(clerk.standing().parts) == 3


def test_a_settled_batch_keeps_no_file_and_is_not_applied_twice(clerk: Clerk) -> None:
    batch = clerk.take_in(flat("101", WANG))
    record = batches.batch(clerk.session, clerk.estate, batch)
    assert record.upload_sealed is None
    assert record.applied_version == clerk.standing().version == 1
    for verb in (batches.preview, imports.lay_again):
        with pytest.raises(BatchSettled):
            verb(clerk.session, clerk.estate, batch, clerk.keys)
    with pytest.raises(BatchSettled):
        imports.give_up(clerk.session, clerk.estate, batch)


def test_an_upload_given_up_is_gone(clerk: Clerk) -> None:
    batch = kept(clerk, flat("101", WANG))
    imports.give_up(clerk.session, clerk.estate, batch)
    with pytest.raises(NotFound):
        batches.batch(clerk.session, clerk.estate, batch)


def test_a_batch_of_another_estate_is_not_found(clerk: Clerk) -> None:
    batch = kept(clerk, flat("101", WANG))
    other = clerk_of(clerk.session, clerk.keys, clerk.now)
    with pytest.raises(NotFound):
        batches.preview(clerk.session, other.estate, batch, clerk.keys)


def test_buildings_stand_in_natural_order_with_the_garage_last(clerk: Clerk) -> None:
    garage = replace(
        flat("A01", WANG, building="0", area=12_00, use=Use.PARKING), building="地下车库"
    )
    clerk.take_in(garage, *(flat("101", WANG, building=one) for one in ("10", "2", "1")))
    clerk.take_in(flat("101", WANG, building="3"))
    names = [one.name for one in clerk.standing().buildings.values()]
    assert names == ["1号楼", "2号楼", "3号楼", "10号楼", "地下车库"]


def test_shares_representatives_phones_and_kinds_come_back_as_they_went_in(clerk: Clerk) -> None:
    parts = (
        flat(
            "101",
            owner("王一", 1, "13800000001", "0531-88880000", share=Fraction(1, 3), speaks=True),
            owner("李二", 2, share=Fraction(2, 3)),
        ),
        flat("102", status=Status.UNSOLD),
        flat("103", RegisterOwner("和平商贸有限公司", OwnerKind.COMPANY)),
    )
    clerk.take_in(*parts)
    assert clerk.standing().existing() == {part.key: part for part in parts}


def test_the_survey_stands_beside_the_sums_with_the_difference_in_words() -> None:
    survey = Survey(parts=290, area_dm2=100_00, heads=239)
    found = figures(survey, Sums(292, 110_50, 346, 240), Sums(272, 100_00, 346, 239))
    assert [(one.said, one.agrees) for one in found] == [
        ("名册比勘测数字多 2 处", False),
        ("与住宅、商铺的合计相符", True),
        ("没有填勘测数字，无从对照", True),
        ("与住宅、商铺的合计相符", True),
    ]


def test_warnings_do_not_stop_an_import(clerk: Clerk) -> None:
    plan = laid(clerk, flat("101", owner("王一", None, "138")))
    assert plan.warned == 1
    assert {one.level for row in plan.rows for one in row.said} == {Level.WARNING}
    assert not plan.questions
    assert not plan.refused
