"""Undoing an import brings back every row, byte for byte, or names what depends on it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from assemblies.estates.queries.batches import batches
from assemblies.estates.queries.estates import overview
from assemblies.estates.refusals import BatchInUse, BatchSettled, NothingToDo, RowsRefused
from assemblies.estates.register.heads import sums
from assemblies.estates.register.values import ExistingPart, RegisterOwner, Status
from assemblies.estates.services.undoing import undo_batch
from assemblies.records.assemblies import AssemblyRecord, DocumentRecord, ItemRecord
from tests.assemblies.estates.clerks import Clerk, clerk_of, flat, owner
from voting.roll import Roll, RollPart, Voter

WANG, LI, ZHAO = owner("王一", 1, "13800000001"), owner("李二", 2), owner("赵三", 3)

PEOPLE = (
    owner("王一", 1, "13800000001"),
    owner("王一", None, "13800000001"),
    owner("王一", None, "13800000009"),
    owner("王一", None, "13800000009", "13800000001"),
    owner("王一"),
    owner("王一", 11, "13800000009"),
    owner("李二", 2, "13800000002"),
    owner("李二", None, "13800000002"),
    owner("赵三", 3),
)
ROOMS = [("1", "101"), ("1", "102"), ("2", "101"), ("10", "101"), ("2", "1201")]


@st.composite
def registers(draw: st.DrawFn) -> list[ExistingPart]:
    """Draw a small register in which the same few people turn up with and without papers."""
    rooms = draw(st.lists(st.sampled_from(ROOMS), min_size=1, max_size=5, unique=True))
    return [draw(part(building, room)) for building, room in rooms]


@st.composite
def part(draw: st.DrawFn, building: str, room: str) -> ExistingPart:
    status = draw(st.sampled_from([Status.SOLD, Status.SOLD, Status.SEALED, Status.UNDELIVERED]))
    people: list[RegisterOwner] = draw(
        st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)
    )
    area = draw(st.sampled_from([88_00, 99_01]))
    return flat(room, *people, area=area, building=building, status=status)


def taken(clerk: Clerk, parts: list[ExistingPart]) -> UUID | None:
    """Import a register, leaving out those that say something twice."""
    try:
        return clerk.take_in(*parts)
    except RowsRefused:
        reject()
    except NothingToDo:
        return None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=registers(), second=registers())
def test_apply_then_undo_restores_the_register_exactly(
    clerk: Clerk, first: list[ExistingPart], second: list[ExistingPart]
) -> None:
    here = clerk_of(clerk.session, clerk.keys, clerk.now)
    taken(here, first)
    before = here.rows()
    batch = taken(here, second)
    if batch:
        undo_batch(here.session, here.estate, batch, here.keys, now=here.now)
    assert here.rows() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=registers(), second=registers())
def test_the_tables_hold_the_heads_that_the_preview_promised(
    clerk: Clerk, first: list[ExistingPart], second: list[ExistingPart]
) -> None:
    here = clerk_of(clerk.session, clerk.keys, clerk.now)
    for parts in (first, second):
        taken(here, parts)
        standing = here.standing()
        promised = sums(tuple(standing.existing().values()))
        assert overview(here.session, here.estate).whole.heads == promised.heads
        assert len(standing.persons) == promised.owners


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=registers(), second=registers())
def test_importing_the_same_file_again_changes_nothing(
    clerk: Clerk, first: list[ExistingPart], second: list[ExistingPart]
) -> None:
    here = clerk_of(clerk.session, clerk.keys, clerk.now)
    taken(here, first)
    taken(here, second)
    before = here.rows()
    assert taken(here, second) is None
    assert here.rows() == before


def test_undoing_twice_is_refused(clerk: Clerk) -> None:
    batch = clerk.take_in(flat("101", WANG))
    undo_batch(clerk.session, clerk.estate, batch, clerk.keys, now=clerk.now)
    with pytest.raises(BatchSettled):
        undo_batch(clerk.session, clerk.estate, batch, clerk.keys, now=clerk.now)


def test_only_the_last_import_is_undone_and_then_the_one_before(clerk: Clerk) -> None:
    empty = clerk.rows()
    first = clerk.take_in(flat("101", WANG))
    second = clerk.take_in(flat("101", LI), flat("102", ZHAO))
    lines = {one.id: one.undoable for one in batches(clerk.session, clerk.estate)}
    assert lines == {first: False, second: True}
    with pytest.raises(BatchInUse) as refused:
        undo_batch(clerk.session, clerk.estate, first, clerk.keys, now=clerk.now)
    assert "名册又有改动" in refused.value.said
    for batch in (second, first):
        undo_batch(clerk.session, clerk.estate, batch, clerk.keys, now=clerk.now)
    assert clerk.rows() == empty


def assembly(clerk: Clerk, **fields: object) -> AssemblyRecord:
    record = AssemblyRecord(
        id=uuid4(),
        estate_id=clerk.estate,
        number=1,
        title="2026年第一次业主大会会议",
        convener="committee",
        convener_name="业委会",
        created_at=clerk.now,
        created_by=clerk.account,
        **fields,
    )
    clerk.session.add(record)
    clerk.session.flush()
    return record


def freeze(clerk: Clerk, rooms: list[str], after: timedelta) -> None:
    parts = tuple(
        RollPart(clerk.part(room).id, "1号楼", "1单元", room, "dwelling", 98_35, "register")
        for room in rooms
    )
    record = assembly(clerk, phase="frozen", frozen_at=clerk.now + after)
    roll = Roll((Voter(uuid4(), parts),)).encode()
    clerk.session.add(
        DocumentRecord(
            assembly_id=record.id,
            name="roll.jsonl",
            content=roll,
            sha256="",
            made_at=clerk.now,
        )
    )
    clerk.session.flush()


FREEZES = {
    "a roll frozen since then with a part of the batch on it": (["101"], timedelta(days=1), True),
    "a roll frozen in the same second": (["101"], timedelta(), True),
    "a roll frozen before": (["101"], timedelta(seconds=-1), False),
    "a roll frozen since then with other parts only": (["900"], timedelta(days=1), False),
}


@pytest.mark.parametrize(("rooms", "after", "refused"), FREEZES.values(), ids=FREEZES)
def test_a_frozen_roll_holds_the_batch_it_stands_on(
    clerk: Clerk, rooms: list[str], after: timedelta, refused: bool
) -> None:
    clerk.take_in(flat("900", ZHAO))
    batch = clerk.take_in(flat("101", WANG))
    freeze(clerk, rooms, after)
    if not refused:
        undo_batch(clerk.session, clerk.estate, batch, clerk.keys, now=clerk.now)
        return
    with pytest.raises(BatchInUse) as said:
        undo_batch(clerk.session, clerk.estate, batch, clerk.keys, now=clerk.now)
    assert "“2026年第一次业主大会会议”的表决权名册已按这一批锁定" in said.value.said


def test_an_item_that_names_a_part_of_the_batch_holds_it(clerk: Clerk) -> None:
    batch = clerk.take_in(flat("101", WANG))
    record = assembly(clerk)
    scope = {"kind": "parts", "parts": [str(clerk.part("101").id)]}
    clerk.session.add(
        ItemRecord(
            id=uuid4(), assembly_id=record.id, number=2, matter=9, kind="decision",
            title="事项", text="", scope=scope,
        )
    )  # fmt: skip
    clerk.session.flush()
    with pytest.raises(BatchInUse) as refused:
        undo_batch(clerk.session, clerk.estate, batch, clerk.keys, now=clerk.now)
    assert "事项2" in refused.value.said
