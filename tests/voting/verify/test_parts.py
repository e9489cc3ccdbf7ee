"""Small parts of the verification that no bundle reaches alone."""

import pytest

from tests.support.broken_bundles.forging import read
from tests.support.simulation import OPENS, Simulation, election, some_voters
from voting import canonical
from voting.ballot import Bound
from voting.canonical import JSON
from voting.errors import NotCanonical, Unproven
from voting.log import kinds
from voting.log.entries import Entry
from voting.tally import AGAINST, AGREE
from voting.verify import workers
from voting.verify.audit import verify
from voting.verify.logbook import LogBook, Record, _entry
from voting.verify.order import STEPS, WITHIN


def test_a_fact_that_was_never_logged_is_missed() -> None:
    with pytest.raises(Unproven, match="没有“计票”"):
        LogBook(()).facts(kinds.COUNTED)
    assert LogBook(()).last(kinds.COUNTED) is None


def test_a_withheld_entry_has_no_facts() -> None:
    record = Record(3, kinds.BALLOT, None)
    with pytest.raises(Unproven, match="第 3 号"):
        _ = record.facts


def test_every_kind_has_its_place_and_its_words() -> None:
    assert {*STEPS, *WITHIN} == {*kinds.WORDS}


@pytest.mark.parametrize("kind", [kinds.BALLOT, kinds.CREDENTIAL, kinds.LETTERS])
def test_an_entry_reads_the_same_at_a_glance_as_in_full(kind: str) -> None:
    body: dict[str, JSON] = {"issued": 3} if kind == kinds.LETTERS else {"token": "ab.c_d.e-f"}
    entry = Entry(kind, OPENS, body)
    assert _entry(entry.data()) == Entry.parse(entry.data()) == entry


@pytest.mark.parametrize(
    "time", ["2026-04-01T00:00:00", "2026-04-31T00:00:00Z", "20260401T000000Z"]
)
def test_a_time_is_checked_even_at_a_glance(time: str) -> None:
    written = Entry(kinds.BALLOT, OPENS, {"token": "a"}).data().decode()
    with pytest.raises(NotCanonical):
        _entry(written.replace("2026-04-01T00:00:00Z", time).encode())


def test_a_worker_does_its_part_of_the_work() -> None:
    workers._hold(lambda more: lambda number: number + more, 10, [1, 2, 3])
    assert workers._work((1, 3)) == [12, 13]
    workers._held.clear()


def test_rules_that_do_not_rank_candidates_fail_the_count() -> None:
    """Three qualify for two seats, and the frozen rules do not say who comes first."""
    running = Simulation([election(1)], some_voters(3), seed="unranked")
    rules = read(running.rules_bytes)
    parameters = rules["parameters"]
    assert isinstance(parameters, dict)
    del parameters["election_rank"]
    running.rules_bytes = canonical.encode(rules)
    running.bound = Bound.to(
        running.assembly,
        agenda=running.agenda_bytes,
        roll=running.roll_bytes,
        rules=running.rules_bytes,
    )
    running.prepare()
    for voter, left_out in zip(running.voters, "abc", strict=True):
        approved = {name: AGAINST if name == left_out else AGREE for name in "abc"}
        running.cast(voter.id, {running.items[0].id: approved})
    running.finish()
    report = verify(running.bundle())
    assert [step.holds for step in report.steps][6:] == [True, False, True]
    assert "规则" in report.steps[7].said_zh[-1]
