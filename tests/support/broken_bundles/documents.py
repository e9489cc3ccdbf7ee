"""What is wrong with the frozen documents (step 4)."""

from dataclasses import replace

from tests.support.broken_bundles.forging import (
    Broken,
    at,
    body_changed,
    read,
    relisted,
    relogged,
    replaced,
    with_body,
)
from tests.support.simulation import (
    CLOSES,
    PAPER,
    Simulation,
    p256,
    uid,
)
from voting import canonical
from voting.canonical import JSON, sha256_hex, time_text
from voting.log import kinds
from voting.log.entries import Entry
from voting.signing import PublicKey


def of_the_documents(simulation: Simulation, audit: bytes) -> dict[str, Broken]:
    def refrozen(name: str, old: bytes, new: bytes) -> bytes:
        """Change a document, and its digest in the log with it."""
        key = name.partition(".")[0]
        evidence = simulation.evidence()
        changed = getattr(evidence, key).replace(old, new, 1)
        assert changed != getattr(evidence, key), f"{old!r} is not in {name}"
        kind, field = (kinds.POSTED, "notice") if key == "notice" else (kinds.FROZEN, key)

        def change(entries: list[Entry]) -> None:
            index = at(entries, kind)
            entries[index] = with_body(entries[index], **{field: sha256_hex(changed)})

        return relogged(simulation, change, **{key: changed})

    area = simulation.roll.voters[0].parts[0].area
    other = PublicKey.of(p256("other"))
    small_area = (f'"area":{area}'.encode(), f'"area":{area + 1}'.encode())
    extra = {**simulation.attachments, sha256_hex(b"extra"): b"extra"}
    return {
        "a weight edited after the freeze": Broken(
            replaced(audit, "roll.jsonl", *small_area), 4, "roll.jsonl"
        ),
        "an agenda reworded after the freeze": Broken(
            replaced(audit, "agenda.json", "请表决".encode(), "请同意".encode()), 4, "agenda.json"
        ),
        "a notice reworded after it was posted": Broken(
            replaced(audit, "notice.json", "请各位".encode(), "请诸位".encode()), 4, "notice.json"
        ),
        "rules reworded after the freeze": Broken(
            replaced(audit, "rules.json", "三户".encode(), "五户".encode()), 4, "rules.json"
        ),
        "a notice that is no JSON": Broken(refrozen("notice.json", b"{", b"["), 4, "notice.json"),
        "a roll with a voter twice": Broken(_doubled(simulation), 4, "roll.jsonl"),
        "rules without a recorded rule": Broken(
            refrozen("rules.json", canonical.encode(simulation.rules.house.to_json()), b"null"),
            4,
            "rules.json",
        ),
        "rules that cite no law for the quorum": Broken(_without_law(simulation), 4, "法律依据"),
        "a part whose use carries no vote": Broken(
            refrozen("roll.jsonl", b'"use":"dwelling"', b'"use":"parking"'), 4, "parking"
        ),
        "an item that concerns nobody": Broken(
            refrozen("agenda.json", "1号楼".encode(), "9号楼".encode()), 4, "事项 1"
        ),
        "an agenda of another assembly": Broken(
            relisted(
                body_changed(simulation, kinds.CREATED, assembly=str(uid("other"))),
                lambda manifest: manifest.update(assembly=str(uid("other"))),
            ),
            4,
            "另一次会议",
        ),
        "other dates than were posted": Broken(
            body_changed(simulation, kinds.POSTED, opens=time_text(CLOSES)), 4, "起止时间"
        ),
        "another registrar than at the beginning": Broken(
            body_changed(simulation, kinds.CREATED, registrar=dict[str, JSON](other.jwk())),
            4,
            "登记公钥",
        ),
        "another opening key than was frozen": Broken(
            body_changed(simulation, kinds.FROZEN, opening=dict[str, JSON](other.jwk())),
            4,
            "开票公钥",
        ),
        "closed at another time": Broken(_closed_late(simulation), 4, "截止时间"),
        "an attachment missing": Broken(
            relogged(simulation, lambda entries: None, attachments={}), 4, "方案.pdf"
        ),
        "an attachment too many": Broken(
            relogged(simulation, lambda entries: None, attachments=extra), 4, "多出"
        ),
        "an attachment of another size than announced": Broken(
            refrozen("agenda.json", f'"size":{len(PAPER)}'.encode(), b'"size":1'), 4, "大小"
        ),
    }


def _doubled(simulation: Simulation) -> bytes:
    roll = simulation.roll_bytes + simulation.roll_bytes.splitlines(keepends=True)[0]

    def change(entries: list[Entry]) -> None:
        index = at(entries, kinds.FROZEN)
        entries[index] = with_body(entries[index], roll=sha256_hex(roll))

    return relogged(simulation, change, roll=roll)


def _without_law(simulation: Simulation) -> bytes:
    rules = read(simulation.rules_bytes)
    parameters = rules["parameters"]
    assert isinstance(parameters, dict)
    for name in ("quorum_area", "quorum_heads"):
        parameter = parameters[name]
        assert isinstance(parameter, dict)
        parameter["citations"] = []
    data = canonical.encode(rules)

    def change(entries: list[Entry]) -> None:
        index = at(entries, kinds.FROZEN)
        entries[index] = with_body(entries[index], rules=sha256_hex(data))

    return relogged(simulation, change, rules=data)


def _closed_late(simulation: Simulation) -> bytes:
    def change(entries: list[Entry]) -> None:
        index = at(entries, kinds.CLOSED)
        entries[index] = replace(entries[index], time=entries[index + 1].time)

    return relogged(simulation, change)
