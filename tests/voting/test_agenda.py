"""The agenda: what is decided, by whom, when; and the scopes of its items."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from tests.support.simulation import (
    CLOSES,
    OPENS,
    Simulation,
    choice,
    decision,
    election,
    part,
    uid,
)
from tests.support.strategies import SCOPES, agendas
from voting import canonical
from voting.agenda import Agenda, Item, ItemKind, Option, numbered
from voting.errors import Malformed, NoSuchItem
from voting.scope import Scope, ScopeKind

AGENDA = Simulation([decision(1), choice(2), election(3)], ()).agenda
HOME = part("home", "101", building="1号楼", entrance="2单元")


@given(agendas())
def test_an_agenda_reads_as_it_was_written(agenda: Agenda) -> None:
    assert Agenda.decode(agenda.encode()) == agenda


@given(SCOPES)
def test_a_scope_reads_as_it_was_written(scope: Scope) -> None:
    assert Scope.read(canonical.decode(canonical.encode(scope.plain()))) == scope
    assert scope.words


@pytest.mark.parametrize(
    ("scope", "inside", "words"),
    {
        "the estate": (Scope(), True, "全体业主"),
        "its building": (
            Scope(ScopeKind.BUILDINGS, buildings=("1号楼", "2号楼")), True, "1号楼、2号楼的业主"
        ),
        "another building": (
            Scope(ScopeKind.BUILDINGS, buildings=("2号楼",)), False, "2号楼的业主"
        ),
        "its entrance": (
            Scope(ScopeKind.ENTRANCES, entrances=(("1号楼", "2单元"),)), True, "1号楼2单元的业主"
        ),
        "the entrance of another building": (
            Scope(ScopeKind.ENTRANCES, entrances=(("2号楼", "2单元"),)), False, "2号楼2单元的业主"
        ),
        "listed": (
            Scope(ScopeKind.PARTS, parts=frozenset({HOME.id})), True, "所列 1 个专有部分的业主"
        ),
        "not listed": (
            Scope(ScopeKind.PARTS, parts=frozenset({uid("x")})), False, "所列 1 个专有部分的业主"
        ),
    }.values(),
)  # fmt: skip
def test_a_scope_covers_what_it_names(scope: Scope, inside: bool, words: str) -> None:
    assert scope.covers(HOME) is inside
    assert scope.words == words


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "buildings", "buildings": []},
        {"kind": "entrances", "entrances": []},
        {"kind": "parts", "parts": []},
        {"kind": "buildings", "buildings": "1号楼"},
        {"kind": "buildings", "buildings": [1]},
        {"kind": "entrances", "entrances": [["1号楼"]]},
        {"kind": "entrances", "entrances": ["1号楼"]},
        {"kind": "parts", "parts": ["101"]},
        {"kind": "parts", "parts": [1]},
        {"kind": "estate", "buildings": ["1号楼"]},
        {"kind": "street"},
        {},
        [],
    ],
)
def test_a_scope_of_another_shape_is_refused(value: Any) -> None:
    with pytest.raises(Malformed):
        Scope.read(value)


@pytest.mark.parametrize(
    ("item", "changes"),
    {
        "an option twice": (choice(1), {"options": (Option("a", "A"), Option("a", "B"))}),
        "an option called none": (choice(1), {"options": (Option("none", "A"),)}),
        "an option called abstain": (election(1), {"options": (Option("abstain", "A"),)}),
        "an option without id": (choice(1), {"options": (Option("", "A"),)}),
        "a decision with options": (decision(1), {"options": (Option("a", "A"),)}),
        "a decision with seats": (decision(1), {"seats": 1}),
        "a choice of nothing": (choice(1), {"options": ()}),
        "a choice with seats": (choice(1), {"seats": 1}),
        "an election of nobody": (election(1), {"options": ()}),
        "an election to no seat": (election(1), {"seats": 0}),
    }.values(),
)
def test_an_item_nobody_could_vote_on_is_refused(item: Item, changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed, match="item 1"):
        replace(item, **changes)


@pytest.mark.parametrize(
    "changes",
    {
        "no item": {"items": ()},
        "numbers with a gap": {"items": (decision(1), decision(3))},
        "numbers out of order": {"items": (decision(2), decision(1))},
        "an item twice": {"items": (decision(1), replace(decision(2), id=decision(1).id))},
        "closing at the opening": {"closes": OPENS},
        "closing before the opening": {"opens": CLOSES, "closes": OPENS},
    }.values(),
)
def test_an_agenda_nobody_could_hold_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        replace(AGENDA, **changes)


def test_an_item_is_found_by_its_id() -> None:
    assert AGENDA.item(choice(2).id) == choice(2)
    with pytest.raises(NoSuchItem):
        AGENDA.item(uid("nothing"))


def test_items_stand_in_the_order_of_their_numbers() -> None:
    assert numbered([choice(2), decision(1)]) == (decision(1), choice(2))


def test_kinds_are_said_in_words() -> None:
    assert [kind.words for kind in ItemKind] == ["同意或反对", "多选一", "选举"]


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "another"},
        {"v": 2},
        {"more": 1},
        {"opening": {}},
        {"registrar": {**AGENDA.registrar.jwk(), "d": "x"}},
        {"opens": "2026-04-01T00:00:00+00:00"},
        {"items": [{}]},
        {"items": {}},
    ],
)
def test_an_agenda_of_another_shape_is_refused(changes: dict[str, Any]) -> None:
    plain = canonical.decode(AGENDA.encode())
    assert isinstance(plain, dict)
    with pytest.raises(Malformed):
        Agenda.decode(canonical.encode({**plain, **changes}))
