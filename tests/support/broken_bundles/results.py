"""What is wrong with the result and what was made of it (steps 6, 8 and 9)."""

from collections.abc import Callable
from typing import Any

from tests.support.broken_bundles.forging import (
    Broken,
    body_changed,
    read,
    relogged,
    small,
    with_body,
)
from tests.support.simulation import Simulation
from voting import canonical
from voting.bundle import Edition
from voting.canonical import JSON, sha256_hex
from voting.log import kinds
from voting.log.entries import Entry
from voting.tally import AGAINST

Change = Callable[[Any], object]
NOBODY: JSON = {"area": 0, "heads": 0}
ONE: JSON = {"area": 1, "heads": 1}
MANY: JSON = {"area": 10**9, "heads": 10**6}


def of_the_result(simulation: Simulation) -> dict[str, Broken]:
    """Return bundles whose result is not what the ballots, the roll and the rules give."""
    return {
        **{
            name: Broken(forged(simulation, change, Edition.AUDIT), 8, said)
            for name, (change, said) in COUNTED_OTHERWISE.items()
        },
        **{
            f"{name}, in public": Broken(forged(simulation, change, Edition.PUBLIC), step, said)
            for name, (change, step, said) in in_public(simulation).items()
        },
        **_of_the_bytes(simulation),
        **_of_the_conclusion(simulation),
    }


def forged(simulation: Simulation, change: Change, edition: Edition) -> bytes:
    """Change the result, and every digest of it in the log."""
    value = read(simulation.evidence().result)
    change(value)
    return rewritten(simulation, canonical.encode(value), edition)


def rewritten(simulation: Simulation, result: bytes, edition: Edition) -> bytes:
    """Put other bytes in the place of the result, and their digest into the log."""

    def relog(entries: list[Entry]) -> None:
        for index, entry in enumerate(entries):
            if entry.kind in {kinds.COUNTED, kinds.CERTIFIED, kinds.PUBLISHED}:
                entries[index] = with_body(entry, result=sha256_hex(result))

    return relogged(simulation, relog, edition, result=result)


def of_item(number: int, /, **fields: JSON) -> Change:
    """Return a change of one item's fields."""
    return lambda result: result["items"][number - 1].update(fields)


def of_line(number: int, /, **fields: JSON) -> Change:
    """Return a change of the fields of one item's first line."""
    return lambda result: result["items"][number - 1]["lines"][0].update(fields)


def aside(*indices: int, reason: str = "superseded") -> Change:
    """Return a change of which ballots were set aside."""
    listed = [{"channel": "phone", "index": index, "reason": reason} for index in indices]
    return lambda result: result.update(aside=listed)


COUNTED_OTHERWISE: dict[str, tuple[Change, str]] = {
    "a result that was not counted so": (of_line(1, against=MANY), "items[0].lines[0].against"),
    "another outcome": (of_item(2, outcome="rejected"), "items[1].outcome"),
    "an item missing": (lambda result: result["items"].pop(), "items 有 2 项"),
    "a long list for a number": (of_item(1, number=[1] * 99), "…"),
}


def in_public(simulation: Simulation) -> dict[str, tuple[Change, int, str]]:
    """Return what the public edition alone lets anybody find."""
    ballots = [one.index for one in simulation.logged]
    return {
        "another outcome": (of_item(2, outcome="rejected"), 8, "items[1].outcome"),
        "an item missing": (lambda result: result["items"].pop(), 8, "一一对应"),
        "more entitled than the roll has": (of_item(1, entitled=MANY), 8, "名册"),
        "other options than the agenda has": (of_line(2, id="z"), 8, "选项"),
        "more took part than were entitled": (of_item(1, took_part=MANY), 8, "超过"),
        "more area than was entitled": (of_item(1, void={"area": 10**9, "heads": 0}), 8, "超过"),
        "none of the above in a decision": (of_item(1, none=ONE), 8, "都不选"),
        "sums that do not add up": (of_line(3, agreed=NOBODY), 8, "相加"),
        "sums of a choice that do not add up": (of_line(2, agreed=NOBODY), 8, "相加"),
        "fewer ballots than logged": (aside(), 6, "不相等"),
        "set aside what is no ballot": (aside(0, 1, 2), 6, "不是选票"),
        "set aside one ballot twice": (aside(*ballots[:1] * 3), 6, "重复"),
        "void by a ruling that nobody made": (
            aside(*ballots[:3], reason="ruled-void"),
            6,
            "日志里没有这一认定",
        ),
    }


def _of_the_bytes(simulation: Simulation) -> dict[str, Broken]:
    words = simulation.evidence().result.replace("达到".encode(), "未达".encode(), 1)
    return {
        "a finding with other words": Broken(
            rewritten(simulation, words, Edition.AUDIT), 8, "said"
        ),
        "a finding with other words, in public": Broken(
            rewritten(simulation, words, Edition.PUBLIC), 6, "result.json"
        ),
        "no result, in public": Broken(
            rewritten(simulation, b"{}", Edition.PUBLIC), 6, "result.json"
        ),
        "a result that is no JSON": Broken(
            rewritten(simulation, b"{", Edition.AUDIT), 8, "result.json"
        ),
        "a ballot logged that was never counted": Broken(_never_counted(), 8, "aside"),
    }


def _never_counted() -> bytes:
    """Log one more ballot before the closing, and publish the result without it."""
    counted = small()
    assert counted.result is not None

    def one_more(running: Simulation) -> None:
        choices = {item.id: AGAINST for item in running.items[:1]}
        running.cast(running.voters[3].id, choices)

    return rewritten(small(one_more), counted.result.encode(), Edition.AUDIT)


def _of_the_conclusion(simulation: Simulation) -> dict[str, Broken]:
    other = "0" * 64
    return {
        "counted as another result": Broken(
            body_changed(simulation, kinds.COUNTED, result=other), 8, "计票"
        ),
        "certified another result": Broken(
            body_changed(simulation, kinds.CERTIFIED, result=other), 9, "核验认定"
        ),
        "published another result": Broken(
            body_changed(simulation, kinds.PUBLISHED, result=other), 9, "公布"
        ),
    }
