"""A voter's receipt, held against both editions and against logs that were written anew."""

import json
from typing import Any

import pytest

from tests.support.broken_bundles.forging import at, relogged
from tests.support.simulation import CLOSES, Simulation, checkpoint, simulate
from voting.bundle import Edition
from voting.log import kinds
from voting.log.entries import Entry, Receipt
from voting.log.tree import inclusion_proof
from voting.verify.audit import verify


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(voters=6, revotes=1, seed="receipts")


def receipt(simulation: Simulation, index: int) -> dict[str, Any]:
    """Return the receipt that was handed out when an entry was logged."""
    entries = simulation.entries[: index + 1]
    proof = inclusion_proof(index, [entry.leaf for entry in entries])
    made = Receipt(entries[index], index, proof, checkpoint(simulation.signer, entries))
    read: dict[str, Any] = json.loads(json.dumps(made.to_json()))
    return read


def said(bundle: bytes, *receipts: object) -> str:
    """Return what the tenth step says; it must not hold."""
    files = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in receipts]
    report = verify(bundle, receipts=files)
    assert report.steps[9].holds is False
    return report.steps[9].said_zh[-1]


@pytest.mark.parametrize("edition", Edition)
def test_a_receipt_is_found_in_the_log(simulation: Simulation, edition: Edition) -> None:
    mine = [receipt(simulation, one.index) for one in simulation.logged[:2]]
    files = [json.dumps(one, indent=1).encode() for one in mine]
    report = verify(simulation.bundle(edition), receipts=files)
    assert report.holds
    assert len(report.steps) == 10
    assert "选票" in report.steps[9].said_zh[0]
    assert f"第 {simulation.logged[1].index} 号记录" in report.steps[9].said_zh[1]


def test_a_dropped_ballot_is_missed_by_who_has_its_receipt() -> None:
    """Who holds the log's key drops a ballot, counts again, and signs: only a receipt tells."""
    mine = simulate(voters=6, seed="dropped")
    without = simulate(voters=6, silent=1, seed="dropped")
    dropped = receipt(mine, mine.logged[5].index)
    assert verify(without.bundle()).holds
    assert "不是回执上的那一条" in said(without.bundle(), dropped)


def test_a_log_rewritten_before_the_receipt_is_found(simulation: Simulation) -> None:
    def reword(entries: list[Entry]) -> None:
        letter = at(entries, kinds.LETTER)
        entries[letter] = Entry(
            kinds.LETTER, entries[letter].time, {**entries[letter].body, "serial": 9}
        )

    late = receipt(simulation, simulation.logged[-1].index)
    assert "前" in said(relogged(simulation, reword), late)


def test_a_log_shorter_than_the_receipt_s_is_found(simulation: Simulation) -> None:
    long = simulate(voters=6, revotes=1, seed="receipts")
    for _ in range(40):
        long.append(kinds.OBJECTION, CLOSES, stage="result", sha256="0" * 64)
    assert "只有" in said(simulation.bundle(), receipt(long, len(long.entries) - 1))


def test_a_receipt_of_another_log_is_refused(simulation: Simulation) -> None:
    other = simulate(voters=6, seed="another log")
    assert "第 2 份回执" in said(
        simulation.bundle(),
        receipt(simulation, simulation.logged[0].index),
        receipt(other, other.logged[0].index),
    )


def test_a_receipt_whose_entry_was_changed_is_refused(simulation: Simulation) -> None:
    mine = receipt(simulation, simulation.logged[0].index)
    mine["entry"]["time"] = "2026-04-01T00:00:00Z"
    assert "第 1 份回执" in said(simulation.bundle(), mine)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"{}", b"[" * 100_000])
def test_what_is_no_receipt_is_refused(simulation: Simulation, data: bytes) -> None:
    assert "格式不对" in said(simulation.bundle(), data)
