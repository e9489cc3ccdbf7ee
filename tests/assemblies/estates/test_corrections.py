"""Corrections by hand: the same checks as an import, and a person stays the same person."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from assemblies.estates.edits import OwnerEdit, PartEdit, Site
from assemblies.estates.plans import question_id
from assemblies.estates.queries.estates import overview
from assemblies.estates.queries.parts import mark, part
from assemblies.estates.refusals import PartInUse
from assemblies.estates.services import corrections
from assemblies.estates.services.corrections import Correction
from assemblies.foundation.refusals import NotFound, Stale
from assemblies.foundation.sheets.doubts import Level
from assemblies.records.assemblies import AssemblyRecord, ItemRecord, VoterPersonRecord, VoterRecord
from tests.assemblies.estates.clerks import Clerk, flat, owner
from tests.assemblies.estates.register.making import resident

WANG, LI = owner("王一", 1, "13800000001"), owner("李二", 2)
TEXT: dict[str, Any] = {
    "area": "98.35",
    "use": "住宅",
    "status": "已售",
    "basis": "登记",
    "floor": "1",
}


def as_shown(clerk: Clerk, room: str) -> PartEdit:
    """Return what the form sends when nothing was touched."""
    one = clerk.part(room)
    owners = tuple(
        OwnerEdit(
            name=who.name,
            person=person,
            kind=who.kind.value,
            id_type=who.id_type,
            share=str(who.share or ""),
            representative=who.representative,
        )
        for person, who in zip(one.persons, one.part.owners, strict=True)
    )
    size = f"{one.part.area_dm2 // 100}.{one.part.area_dm2 % 100:02d}"
    return PartEdit(**{**TEXT, "area": size}, owners=owners, seen=mark(one, clerk.keys))


def corrected(clerk: Clerk, room: str, edit: PartEdit, *, confirm: bool = False) -> Correction:
    came = corrections.correct(clerk.session, clerk.estate, clerk.part(room).id, edit, clerk.keys)
    corrections.save(clerk.session, came, clerk.keys)
    if confirm and came.part is None:
        asked = [one.text for one in came.faults if one.level is Level.QUESTION]
        return corrected(clerk, room, replace(edit, accepted=frozenset(map(question_id, asked))))
    return came


def with_owner(edit: PartEdit, **changed: object) -> PartEdit:
    return replace(edit, owners=(replace(edit.owners[0], **changed), *edit.owners[1:]))  # type: ignore[arg-type]


def test_saving_without_a_change_changes_nothing(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG, LI))
    before = clerk.rows()
    assert corrected(clerk, "101", as_shown(clerk, "101")).part
    assert clerk.rows() == before
    assert clerk.standing().version == 1


def test_an_area_is_corrected_and_the_version_goes_up(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    edit = replace(as_shown(clerk, "101"), area="98.36", note="照产权证改")
    assert corrected(clerk, "101", edit).part
    assert clerk.part("101").part.area_dm2 == 98_36
    assert clerk.part("101").part.note == "照产权证改"
    assert clerk.standing().version == 2


FAULTS = {
    "a third decimal": ({"area": "98.355"}, {}, "area", "多于两位小数"),
    "no number": ({"area": "约98"}, {}, "area", "不是数字"),
    "a sold part without an owner": ({"owners": ()}, {}, "name", "已售的房屋没有产权人"),
    "a wrong checksum": ({}, {"id_number": resident(5)[:-1] + "Z"}, "id_number", "身份证号"),
    "an owner without a name": ({}, {"name": " "}, "name", "请填写产权人的姓名"),
    "two names and one number": ({}, {"name": "王一、赵三"}, "id_number", "有 2 位产权人"),
    "the number of another": (
        {},
        {"id_number": resident(2)},
        "id_number",
        "与系统里已登记的“李*”相同",
    ),
}


@pytest.mark.parametrize(("part_", "owner_", "field", "said"), FAULTS.values(), ids=FAULTS)
def test_what_an_import_refuses_is_refused_here(
    clerk: Clerk, part_: dict[str, object], owner_: dict[str, object], field: str, said: str
) -> None:
    clerk.take_in(flat("101", WANG), flat("102", LI))
    before = clerk.rows()
    edit = with_owner(as_shown(clerk, "101"), **owner_)
    came = corrected(clerk, "101", replace(edit, **part_))  # type: ignore[arg-type]
    assert came.part is None
    assert any(one.field == field and said in one.text for one in came.faults), came.faults
    assert clerk.rows() == before


def test_two_names_in_one_field_are_refused(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    edit = replace(as_shown(clerk, "101"), owners=(OwnerEdit("李二、赵三"),))
    came = corrected(clerk, "101", edit)
    assert came.part is None
    assert "每一栏只填一位" in came.faults[-1].text


def test_what_an_import_asks_is_asked_here(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    edit = replace(as_shown(clerk, "101"), area="9836")
    came = corrected(clerk, "101", edit)
    assert came.part is None
    assert [one.level for one in came.faults] == [Level.QUESTION]
    assert corrected(clerk, "101", edit, confirm=True).part
    assert clerk.part("101").part.area_dm2 == 9_836_00


def test_a_corrected_name_follows_the_person_to_every_part_once_confirmed(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG), flat("102", WANG, LI), flat("103", LI))
    person = clerk.person("101")
    edit = with_owner(as_shown(clerk, "101"), name="王义")
    came = corrected(clerk, "101", edit)
    assert came.part is None
    assert "还有其他房屋：1号楼 1单元 102" in came.faults[0].text
    assert corrected(clerk, "101", edit, confirm=True).part
    assert [one.part.owners[0].name for one in map(clerk.part, ("101", "102"))] == ["王义"] * 2
    assert clerk.part("102").persons == (person, clerk.person("103"))
    assert overview(clerk.session, clerk.estate).whole.heads == 3


def test_a_corrected_number_keeps_the_person_and_the_phones(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    person = clerk.person("101")
    edit = with_owner(as_shown(clerk, "101"), id_number=resident(9))
    assert corrected(clerk, "101", edit).part
    assert clerk.person("101") == person
    assert clerk.part("101").part.owners == (owner("王一", 9, "13800000001"),)


def test_a_number_given_to_one_who_had_none_joins_them_with_their_namesake(clerk: Clerk) -> None:
    clerk.take_in(flat("101", owner("王一", None, "13900000009")), flat("102", WANG))
    edit = with_owner(as_shown(clerk, "101"), id_number=resident(1), id_type="身份证")
    came = corrected(clerk, "101", edit)
    assert came.part is None
    assert "两者合为一人" in came.faults[-1].text
    assert corrected(clerk, "101", edit, confirm=True).part
    assert clerk.person("101") == clerk.person("102")
    assert overview(clerk.session, clerk.estate).whole.heads == 1


def test_an_owner_removed_and_one_added_are_two_persons(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    edit = replace(
        as_shown(clerk, "101"),
        owners=(OwnerEdit("赵三", id_type="身份证", id_number=resident(3)),),
    )
    before = clerk.person("101")
    assert corrected(clerk, "101", edit).part
    assert clerk.person("101") != before
    assert set(clerk.standing().persons) == {clerk.person("101")}


def test_an_owner_who_left_stays_for_the_roll_that_was_frozen_with_them(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    person = clerk.person("101")
    record = AssemblyRecord(
        id=uuid4(), estate_id=clerk.estate, number=1, title="会议", convener="committee",
        convener_name="业委会", created_at=clerk.now, created_by=clerk.account,
    )  # fmt: skip
    voter = VoterRecord(
        id=uuid4(), assembly_id=record.id, position=1, label="1号楼1单元101", area_dm2=98_35,
        line=b"",
    )  # fmt: skip
    for row in (record, voter, VoterPersonRecord(voter_id=voter.id, person_id=person)):
        clerk.session.add(row)
        clerk.session.flush()
    edit = replace(as_shown(clerk, "101"), owners=(OwnerEdit("赵三"),))
    assert corrected(clerk, "101", edit).part
    assert person not in clerk.standing().persons
    assert person in {row["id"] for row in clerk.rows()["persons"]}


def test_a_forged_person_is_nobody(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG), flat("102", LI))
    stranger = clerk.person("102")
    edit = replace(as_shown(clerk, "101"), owners=(OwnerEdit("李二", person=stranger),))
    assert corrected(clerk, "101", edit).part
    assert clerk.person("101") != stranger
    assert clerk.part("101").part.owners[0].id_number is None


def test_two_clerks_at_one_part_do_not_overwrite_each_other(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG), flat("102", LI))
    stale, elsewhere = as_shown(clerk, "101"), as_shown(clerk, "102")
    corrected(clerk, "101", replace(stale, area="98.36"))
    with pytest.raises(Stale):
        corrected(clerk, "101", replace(stale, area="98.37"))
    assert corrected(clerk, "102", replace(elsewhere, area="98.37")).part


def test_a_correction_checked_before_an_import_is_not_written_after_it(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    edit = replace(as_shown(clerk, "101"), area="98.36")
    one = clerk.part("101").id
    came = corrections.correct(clerk.session, clerk.estate, one, edit, clerk.keys)
    clerk.take_in(flat("102", LI))
    with pytest.raises(Stale):
        corrections.save(clerk.session, came, clerk.keys)


def test_a_part_is_entered_by_hand_once(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG))
    edit = PartEdit(**TEXT, owners=(OwnerEdit("李二", id_type="身份证", id_number=resident(2)),))
    site = Site("2号楼", "1单元", "201")
    came = corrections.add(clerk.session, clerk.estate, site, edit, clerk.keys)
    corrections.save(clerk.session, came, clerk.keys)
    assert came.part == clerk.part("201", building="2").id
    again = Site("2幢", "一单元", "0201室")
    refused = corrections.add(clerk.session, clerk.estate, again, edit, clerk.keys)
    assert refused.part is None
    assert "已经登记过了" in refused.faults[-1].text


def test_a_part_is_removed_unless_an_item_names_it(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG), flat("101", LI, building="2"))
    record = AssemblyRecord(
        id=uuid4(), estate_id=clerk.estate, number=1, title="会议", convener="committee",
        convener_name="业委会", created_at=clerk.now, created_by=clerk.account,
    )  # fmt: skip
    clerk.session.add(record)
    clerk.session.flush()
    named = clerk.part("101")
    scope = {"kind": "parts", "parts": [str(named.id)]}
    item = ItemRecord(
        id=uuid4(), assembly_id=record.id, number=1, matter=9, kind="decision", title="事项",
        text="", scope=scope,
    )  # fmt: skip
    clerk.session.add(item)
    clerk.session.flush()
    verb = corrections.remove
    with pytest.raises(PartInUse):
        verb(clerk.session, clerk.estate, named.id, clerk.keys, seen=mark(named, clerk.keys))
    other = clerk.part("101", building="2")
    verb(clerk.session, clerk.estate, other.id, clerk.keys, seen=mark(other, clerk.keys))
    standing = clerk.standing()
    assert [one.label for one in standing.existing().values()] == ["1号楼 1单元 101"]
    assert list(standing.buildings) == ["1"]
    assert len(standing.persons) == 1


def test_a_part_of_another_estate_is_not_found(clerk: Clerk) -> None:
    with pytest.raises(NotFound):
        part(clerk.session, clerk.estate, uuid4(), clerk.keys)


def test_the_parts_page_shows_tails_only(clerk: Clerk) -> None:
    clerk.take_in(flat("101", WANG), flat("102", WANG))
    view = part(clerk.session, clerk.estate, clerk.part("101").id, clerk.keys)
    (one,) = view.owners
    assert (one.shown, one.number, one.phones) == ("王*", "尾号 0012", "尾号 0001")
    assert one.elsewhere == ("1号楼 1单元 102",)
