"""What applying a file would do."""

from dataclasses import replace
from fractions import Fraction

from assemblies.estates.register.preview import Verdict, compare
from assemblies.estates.register.values import (
    ExistingPart,
    PartKey,
    Reading,
    RegisterOwner,
    Status,
    Use,
)
from tests.assemblies.estates.register.making import HEADER, register, resident, row

BOTH = register(
    HEADER, row("101"), row("101", name="李四", number=2), row("102", number=3, name="王五")
)


def stored(reading: Reading) -> dict[PartKey, ExistingPart]:
    return {part.key: part for part in reading.parts}


def verdicts(reading: Reading, existing: dict[PartKey, ExistingPart]) -> list[Verdict]:
    return [line.verdict for line in compare(reading, existing).rows]


def test_everything_is_new_in_an_empty_estate() -> None:
    assert verdicts(BOTH, {}) == [Verdict.NEW] * 3


def test_nothing_changes_the_second_time() -> None:
    preview = compare(BOTH, stored(BOTH))
    assert preview.counts == {Verdict.UNCHANGED: 3}
    assert preview.applicable(preview.askable) == ()


def test_a_change_is_named_field_by_field() -> None:
    after = register(
        HEADER,
        row("101", area="98.53", 用途="商铺"),
        row("101", name="李四", number=2, area="98.53", 用途="商铺"),
    )
    preview = compare(after, stored(BOTH))
    assert [line.verdict for line in preview.rows] == [Verdict.CHANGED] * 2
    changes = [(c.field, c.before, c.after) for c in preview.parts[0].changes]
    assert changes == [("专有部分面积", "98.35", "98.53"), ("用途", "住宅", "商铺")]
    assert preview.absent == (PartKey("1", "1", "102"),)


def test_a_new_owner_is_a_change_that_shows_no_whole_number() -> None:
    after = register(HEADER, row("102", name="赵六", number=4))
    change = compare(after, stored(BOTH)).parts[0].changes[0]
    assert (change.field, change.before[:2], change.after[:2]) == ("产权人", "王五", "赵六")
    assert resident(3) not in change.before
    assert resident(4) not in change.after
    assert "13800000004" not in change.after


def test_the_order_of_owners_is_no_change() -> None:
    turned = register(HEADER, row("101", name="李四", number=2), row("101"))
    assert verdicts(turned, stored(BOTH)) == [Verdict.UNCHANGED] * 2


def test_a_blank_never_erases() -> None:
    owner = RegisterOwner(
        "张三", id_type="身份证", id_number=resident(1), phones=("13800000001",),
        share=Fraction(1), representative=True,
    )  # fmt: skip
    first = register(HEADER, row("101")).parts[0]
    rich = replace(first, note="常年在外", address="某某路", unit_code="A1", owners=(owner,))
    bare = register(
        ("房间号", "面积", "业主", "证件号"), ("01-01-0101", "98.35", "张三", resident(1))
    )
    preview = compare(bare, {rich.key: rich})
    assert preview.parts[0].verdict is Verdict.UNCHANGED
    assert preview.parts[0].after.owners == (owner,)
    assert preview.parts[0].after.note == "常年在外"


def test_a_file_silent_on_status_and_use_leaves_them() -> None:
    first = replace(register(HEADER, row("101")).parts[0], status=Status.SEALED, use=Use.SHOP)
    bare = register(("房间号", "面积", "业主", "证件号"), ("1-1-101", "98.35", "张三", resident(1)))
    assert compare(bare, {first.key: first}).parts[0].verdict is Verdict.UNCHANGED


def test_an_owner_found_by_name_and_phone_keeps_the_stored_id() -> None:
    again = register(HEADER, row("102", name="王五", number=3, 证件号=""))
    part = compare(again, stored(BOTH)).parts[0]
    assert part.verdict is Verdict.UNCHANGED
    other = register(HEADER, row("102", name="王五", number=3, 证件号="", 电话="13900000000"))
    assert compare(other, stored(BOTH)).parts[0].verdict is Verdict.CHANGED


def test_a_questioned_part_waits_for_its_tick() -> None:
    asked = register(HEADER, row("101", area="9835"), row("102", number=2, name="李四"))
    preview = compare(asked, {})
    assert [line.verdict for line in preview.rows] == [Verdict.QUESTION, Verdict.NEW]
    assert [part.key.room for part in preview.applicable()] == ["102"]
    assert [part.key.room for part in preview.applicable(preview.askable)] == ["101", "102"]
    assert len(preview.register_after({}, preview.askable)) == 2
    assert len(preview.register_after({})) == 1


def test_what_was_confirmed_once_is_not_asked_again() -> None:
    asked = register(HEADER, row("101", area="9835"))
    assert verdicts(asked, stored(asked)) == [Verdict.UNCHANGED]


def test_rows_that_fall_or_wait_with_another_say_which() -> None:
    bad = register(HEADER, row("101"), row("101", name="李四", number=2, 证件号="1"))
    first, second = compare(bad, {}).rows
    assert (first.verdict, second.verdict) == (Verdict.REFUSED, Verdict.REFUSED)
    assert "第 3 行" in first.remarks[0].said_zh
    asked = register(HEADER, row("101"), row("101", name="李四等", number=2))
    first, second = compare(asked, {}).rows
    assert (first.verdict, second.verdict) == (Verdict.QUESTION, Verdict.QUESTION)
    assert "第 3 行" in first.remarks[0].said_zh


def test_a_duplicate_falls_alone() -> None:
    twice = register(HEADER, row("101"), row("101"))
    assert verdicts(twice, {}) == [Verdict.NEW, Verdict.REFUSED]


def test_warnings_leave_the_verdict_and_remarks_on_sheets_stand_apart() -> None:
    reading = register((*HEADER, "余额"), (*row("101", 电话="1380000"), "1"))
    preview = compare(reading, {})
    assert preview.rows[0].verdict is Verdict.NEW
    assert preview.rows[0].warned
    assert [remark.code for remark in preview.remarks] == ["columns_unread"]
