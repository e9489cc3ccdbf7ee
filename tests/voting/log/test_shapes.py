"""The bodies of entries in the committee's two logs: exactly their fields, each of its kind."""

from collections.abc import Callable

import pytest

from tests.support.simulation import canonical_object, uid
from tests.support.streams import BEGUN, PHOTOGRAPH, a_year_of_seals, supervised
from voting.canonical import JSON
from voting.errors import Malformed
from voting.log import seals, supervision
from voting.log.entries import Entry
from voting.log.seals import BasisKind, SealKind

SEALS = {entry.kind: entry for entry in a_year_of_seals().entries}
EVENTS = {entry.kind: entry for entry in supervised(*list(supervision.WORDS)[1:]).entries}
ID = str(uid("x"))
WRONG: dict[str, tuple[str, str, JSON]] = {
    "a stream of another name": (seals.CREATED, "stream", "supervision"),
    "a committee without an id": (seals.CREATED, "committee", "业委会"),
    "a seal of no known kind": (seals.MADE, "kind", "contract"),
    "a proof that is no digest": (seals.MADE, "proof", "proof.jpg"),
    "an id in capitals": (seals.KEPT, "seal", ID.upper()),
    "a keeper who is a number": (seals.KEPT, "keeper", 1),
    "no copy at all": (seals.APPLIED, "copies", 0),
    "half a copy": (seals.APPLIED, "copies", "1/2"),
    "copies that are true": (seals.APPLIED, "copies", True),
    "no members": (seals.APPLIED, "members", []),
    "a member twice": (seals.APPLIED, "members", [ID, ID]),
    "members by name": (seals.APPLIED, "members", ["甲"]),
    "members that are no list": (seals.APPLIED, "members", ID),
    "a basis of no known kind": (
        seals.APPLIED,
        "basis",
        {"id": ID, "kind": "telephone", "number": "1"},
    ),
    "a basis without a number": (seals.APPLIED, "basis", {"id": ID, "kind": "minute"}),
    "a basis with a field more": (
        seals.APPLIED,
        "basis",
        {"id": ID, "kind": "minute", "more": "", "number": "1"},
    ),
    "a rule that is no share": (seals.APPLIED, "rule", "过半数"),
    "a rule not in lowest terms": (
        seals.APPLIED,
        "rule",
        {"base": "entitled", "share": [2, 4], "strict": True},
    ),
    "photographs that are not digests": (seals.STAMPED, "photographs", ["1.jpg"]),
    "a photograph twice": (seals.STAMPED, "photographs", [PHOTOGRAPH, PHOTOGRAPH]),
    "photographs that are none": (seals.PHOTOGRAPHED, "photographs", []),
    "a day that is none": (seals.PUBLISHED, "since", "2026-02-30"),
    "a day written otherwise": (seals.PUBLISHED, "until", "20261231"),
    "fewer than no uses": (seals.PUBLISHED, "uses", -1),
}


def changed(entry: Entry, field: str, value: JSON) -> Entry:
    return Entry(entry.kind, entry.time, {**entry.body, field: value})


def without(entry: Entry, field: str) -> Entry:
    body = {name: value for name, value in entry.body.items() if name != field}
    return Entry(entry.kind, entry.time, body)


def test_the_lawful_logs_show_every_kind() -> None:
    assert {*SEALS} == {*seals.WORDS} == {*seals.SHAPES}
    assert {*EVENTS} == {*supervision.WORDS} == {*supervision.SHAPES}


@pytest.mark.parametrize("kind", seals.WORDS)
def test_a_body_has_exactly_the_fields_of_its_kind(kind: str) -> None:
    refuse_other_fields(SEALS[kind], seals.require_shape)


@pytest.mark.parametrize("kind", [supervision.CREATED, "repair.begun", "month.submitted"])
def test_an_event_has_exactly_its_fields(kind: str) -> None:
    refuse_other_fields(EVENTS[kind], supervision.require_shape)


def refuse_other_fields(entry: Entry, require_shape: Callable[[Entry], None]) -> None:
    require_shape(entry)
    for field in entry.body:
        with pytest.raises(Malformed, match=field):
            require_shape(without(entry, field))
        with pytest.raises(Malformed, match=field):
            require_shape(changed(entry, field, None))
    with pytest.raises(Malformed, match="more"):
        require_shape(changed(entry, "more", ""))


@pytest.mark.parametrize(("kind", "field", "value"), WRONG.values(), ids=WRONG)
def test_a_field_is_of_its_kind_and_no_other(kind: str, field: str, value: JSON) -> None:
    with pytest.raises(Malformed):
        seals.require_shape(changed(SEALS[kind], field, value))


@pytest.mark.parametrize("kind", ["gossip", "seal-stolen", "seal.made", "ballot"])
def test_a_seal_log_knows_no_other_kind(kind: str) -> None:
    with pytest.raises(Malformed, match="no such kind"):
        seals.require_shape(Entry(kind, BEGUN, {}))


@pytest.mark.parametrize("kind", ["gossip", "repair", "seal-made", "duty.opened"])
def test_a_supervision_stream_has_a_closed_vocabulary(kind: str) -> None:
    body = canonical_object(EVENTS["duty.done"].body)
    with pytest.raises(Malformed, match="no such kind"):
        supervision.require_shape(Entry(kind, BEGUN, body))


def test_no_two_kinds_have_the_same_words() -> None:
    for words in (seals.WORDS, supervision.WORDS):
        assert len({*words.values()}) == len(words)


def test_kinds_of_seals_and_bases_are_said_in_words() -> None:
    assert [kind.words for kind in SealKind] == ["业主大会印章", "业主委员会印章", "财务专用章"]
    assert [kind.words for kind in BasisKind] == ["业主大会决定", "业主委员会会议纪要"]
