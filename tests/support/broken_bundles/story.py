"""What is wrong with the entries of the log and their order (step 3)."""

import json
from dataclasses import replace

from tests.support.broken_bundles.forging import (
    Broken,
    at,
    body_changed,
    moved,
    relogged,
    repacked,
)
from tests.support.simulation import (
    Simulation,
    checkpoint,
    uid,
)
from voting import archive
from voting.bundle import Edition
from voting.canonical import JSON
from voting.log import kinds
from voting.log.entries import Entry
from voting.log.tree import leaf_hash


def of_the_story(simulation: Simulation) -> dict[str, Broken]:
    entries = simulation.entries
    ballot = at(entries, kinds.BALLOT)

    def insert(place: int, kind: str, /, **body: JSON) -> bytes:
        def change(entries: list[Entry]) -> None:
            entries.insert(place, Entry(kind, entries[place - 1].time, body))

        return relogged(simulation, change)

    def withhold_an_objection(files: dict[str, bytes]) -> None:
        files["log.jsonl"] = files["log.jsonl"].replace(b'"kind":"letter"', b'"kind":"closed"', 1)

    opened = at(entries, kinds.OPENED)
    early = replace(entries[opened], time=entries[0].time)
    ruling: dict[str, JSON] = {"by": "街道", "index": 0, "reason": "异议"}
    after_ruling = {**ruling, "index": ballot}
    certified = at(entries, kinds.CERTIFIED)
    return {
        "an entry of no known kind": Broken(insert(5, "gossip"), 3, "第 5 号"),
        "an entry with a field more": Broken(body_changed(simulation, kinds.CLOSED, x=1), 3, "x"),
        "a ballot after the opening": Broken(
            moved(simulation, kinds.BALLOT, at(entries, kinds.OPENED)), 3, "选票"
        ),
        "a ballot before the freeze": Broken(moved(simulation, kinds.BALLOT, 2), 3, "第 2 号"),
        "the freeze logged twice": Broken(
            relogged(simulation, lambda entries: entries.insert(4, entries[3])), 3, "冻结"
        ),
        "no review before the notice": Broken(
            relogged(simulation, lambda entries: entries.pop(1)), 3, "张贴公告"
        ),
        "an empty log": Broken(relogged(simulation, lambda entries: entries.clear()), 3, "计票"),
        "a log that ends before the count": Broken(
            relogged(simulation, lambda entries: entries.__delitem__(slice(-3, None))), 3, "计票"
        ),
        "something after the publication": Broken(
            insert(len(entries), kinds.OBJECTION, stage="result", sha256="0" * 64), 3, "异议"
        ),
        "a time that goes back": Broken(
            relogged(simulation, lambda entries: entries.__setitem__(opened, early)), 3, "时间"
        ),
        "an answer to no objection": Broken(
            insert(4, kinds.ANSWERED, answer="0" * 64, objection="1" * 64), 3, "异议"
        ),
        "a ruling on what is no ballot": Broken(
            insert(at(entries, kinds.OPENED), kinds.RULING, **ruling), 3, "不是选票"
        ),
        "certified without a new count after a ruling": Broken(
            insert(certified, kinds.RULING, **after_ruling), 3, "没有重新计票"
        ),
        "a log created for another assembly": Broken(
            body_changed(simulation, kinds.CREATED, assembly=str(uid("other"))), 3, "manifest.json"
        ),
        "an entry that is not canonical": Broken(_spaced(simulation), 3, "第 1 行"),
        "a ballot withheld in the audit edition": Broken(_withheld_in_audit(simulation), 3, "全文"),
        "a closing withheld in the public edition": Broken(
            repacked(simulation.bundle(Edition.PUBLIC), withhold_an_objection), 3, "全文"
        ),
        "a letter shown in the public edition": Broken(_shown_in_public(simulation), 3, "公开版"),
    }


def _spaced(simulation: Simulation) -> bytes:
    evidence = simulation.evidence()
    spaced = json.dumps(simulation.entries[0].json(), ensure_ascii=False).encode()
    log = archive.unpack(simulation.bundle())["log.jsonl"]
    leaves = [spaced, *evidence.entries[1:]]
    return repacked(
        simulation.bundle(),
        lambda files: files.update(
            {
                "log.jsonl": log.replace(evidence.entries[0], spaced, 1),
                "checkpoint.txt": _signed(simulation, leaves),
            }
        ),
    )


def _signed(simulation: Simulation, entries: list[bytes]) -> bytes:
    """Sign a log of entries that are no entries."""

    class Leaf:
        def __init__(self, data: bytes) -> None:
            self.leaf = leaf_hash(data)

    return checkpoint(simulation.signer, map(Leaf, entries)).encode()  # type: ignore[arg-type]


def _withheld_in_audit(simulation: Simulation) -> bytes:
    public = archive.unpack(simulation.bundle(Edition.PUBLIC))["log.jsonl"]
    return repacked(simulation.bundle(), lambda files: files.update({"log.jsonl": public}))


def _shown_in_public(simulation: Simulation) -> bytes:
    audit = archive.unpack(simulation.bundle())["log.jsonl"]
    return repacked(
        simulation.bundle(Edition.PUBLIC), lambda files: files.update({"log.jsonl": audit})
    )
