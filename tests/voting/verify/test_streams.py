"""A committee's streams: whole ones hold, and whatever was done to one fails at its step."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.broken_bundles.forging import relisted, repacked, replaced, with_body
from tests.support.simulation import PAPER, checkpoint, seed_bytes, simulate, uid
from tests.support.streams import SealLog, StreamLog, a_year_of_seals, supervised
from voting import archive
from voting.bundle import LOG
from voting.canonical import encode, sha256_hex
from voting.log import supervision
from voting.log.checkpoint import Checkpoint, sign_checkpoint
from voting.log.entries import Entry
from voting.log.note import Signer
from voting.log.tree import leaf_hash, root
from voting.verify.logbook import CROSSWISE
from voting.verify.report import Report, StreamReport
from voting.verify.streams import TITLES_ZH, verify_file, verify_stream

EVENTS = tuple(supervision.WORDS)[1:]


def failed(report: StreamReport) -> tuple[int, str]:
    """Return the first step that fails and what it says; all before it hold."""
    step = next(step for step in report.steps if step.holds is False)
    assert all(before.holds for before in report.steps if before.number < step.number)
    return step.number, step.said_zh[-1]


def test_a_good_seal_log_holds_in_every_step() -> None:
    log = a_year_of_seals()
    report = verify_stream(log.data())
    assert [step.holds for step in report.steps] == [True] * 4
    assert [step.title_zh for step in report.steps] == list(TITLES_ZH.values())[:4]
    assert (report.stream, report.entries) == ("seals", len(log.entries))


def test_a_good_supervision_stream_holds_with_every_kind_of_event() -> None:
    report = verify_stream(supervised(*EVENTS).data())
    assert [step.holds for step in report.steps] == [True] * 4
    assert report.said_zh == f"全部 4 步都成立。监督纪实 {len(EVENTS)} 条。"
    assert "维修立项 1" in report.steps[2].said_zh[0]


def test_machines_read_the_report() -> None:
    read = verify_stream(a_year_of_seals().data()).to_json()
    assert (read["holds"], read["stream"]) == (True, "seals")
    assert read["sum"] == "印章 2 枚，用印 6 件，已办结 2 件。"
    assert json.loads(json.dumps(read)) == read


def test_the_manifest_s_format_chooses_the_verification() -> None:
    assert isinstance(verify_file(SealLog().data()), StreamReport)
    assert isinstance(verify_file(SealLog().data()[:-1]), StreamReport)
    bundle = verify_file(simulate(voters=3, seed="chosen").bundle())
    assert isinstance(bundle, Report)
    assert bundle.holds
    assert not verify_file(b"").holds


def test_an_attachment_that_speaks_of_streams_makes_no_stream_of_a_bundle() -> None:
    bundle = simulate(voters=3, seed="chosen").bundle()
    speaking = PAPER + b'"format":"zhongjue-stream"'
    changed = repacked(
        bundle, lambda files: files.update({f"attachments/{sha256_hex(speaking)}": speaking})
    )
    assert isinstance(verify_file(changed), Report)


def test_nothing_at_all_fails_and_the_rest_is_not_reached() -> None:
    report = verify_stream(b"", receipts=[b""])
    assert [step.holds for step in report.steps] == [False, None, None, None, None]
    assert (report.stream, report.entries, report.sum_zh) == ("", 0, "")


# --- step 2: the log that was signed ---------------------------------------------------------

STRANGER = Ed25519PrivateKey.from_private_bytes(seed_bytes("stranger"))


def by_a_stranger(log: StreamLog) -> bytes:
    return replaced_checkpoint(log, checkpoint(Signer(log.signer.name, STRANGER), log.entries))


def replaced_checkpoint(log: StreamLog, note: str) -> bytes:
    data = log.data()
    return repacked(data, lambda files: files.update({"checkpoint.txt": note.encode()}))


def lines_changed(log: StreamLog, change: Callable[[list[bytes]], object]) -> bytes:
    def change_log(files: dict[str, bytes]) -> None:
        lines = files[LOG].splitlines(keepends=True)
        change(lines)
        files[LOG] = b"".join(lines)

    return repacked(log.data(), change_log)


def dropped_last(log: StreamLog) -> bytes:
    return lines_changed(log, list.pop)


def renumbered_without_one(log: StreamLog) -> bytes:
    """Leave an entry out and number the rest anew, as if it had never been."""
    signed = list(log.entries)
    del log.entries[4]
    return log.data(signed)


def swapped_lines(log: StreamLog) -> bytes:
    return lines_changed(log, lambda lines: lines.insert(3, lines.pop(4)))


def swapped_entries(log: StreamLog) -> bytes:
    signed = list(log.entries)
    log.entries.insert(3, log.entries.pop(4))
    return log.data(signed)


def reworded(log: StreamLog) -> bytes:
    return replaced(log.data(), LOG, "价格偏高".encode(), "没有意见".encode())


def one_more(log: StreamLog) -> bytes:
    signed = list(log.entries)
    log.append("published", list="0" * 64, since="2026-01-01", until="2026-01-31", uses=0)
    return log.data(signed)


def other_manifest_key(log: StreamLog) -> bytes:
    return relisted(log.data(), lambda manifest: manifest.update(log="key"))


def other_manifest_origin(log: StreamLog) -> bytes:
    return relisted(log.data(), lambda manifest: manifest.update(origin="example.org/log"))


def not_text(log: StreamLog) -> bytes:
    return repacked(log.data(), lambda files: files.update({"checkpoint.txt": b"\xff"}))


UNSIGNED: dict[str, tuple[Callable[[StreamLog], bytes], str]] = {
    "a checkpoint signed by another key": (by_a_stranger, "签名"),
    "the last entry dropped": (dropped_last, "条记录"),
    "an entry dropped and the rest numbered anew": (renumbered_without_one, "条记录"),
    "two lines changed places": (swapped_lines, "第 4 行"),
    "two entries changed places": (swapped_entries, "根不符"),
    "an entry reworded": (reworded, "根不符"),
    "an entry added": (one_more, "条记录"),
    "a manifest whose key is none": (other_manifest_key, "日志公钥"),
    "a manifest that names another log": (other_manifest_origin, "example.org/log"),
    "a checkpoint that is no text": (not_text, "UTF-8"),
}


@pytest.mark.parametrize(("change", "said"), UNSIGNED.values(), ids=UNSIGNED)
def test_a_log_that_is_not_the_signed_one_fails(
    change: Callable[[StreamLog], bytes], said: str
) -> None:
    number, told = failed(verify_stream(change(a_year_of_seals())))
    assert number == 2
    assert said in told


def test_the_checker_may_bring_the_log_s_key() -> None:
    log = a_year_of_seals()
    key = log.signer.verifier.vkey
    assert verify_stream(log.data(), log_key=key).holds
    assert any("--log-key" in said for said in verify_stream(log.data()).steps[1].said_zh)


def test_a_whole_false_log_holds_until_somebody_brings_the_true_key() -> None:
    true, false = SealLog("true"), SealLog("false")
    assert verify_stream(false.data()).holds
    number, told = failed(verify_stream(false.data(), log_key=true.signer.verifier.vkey))
    assert number == 2
    assert "不是您指定的" in told


# --- step 3: entries, times, the beginning ---------------------------------------------------


def spaced(log: StreamLog) -> bytes:
    """Write an entry with spaces and sign it so."""
    return resigned(log, json.dumps(log.entries[2].json(), ensure_ascii=False).encode())


def with_a_float(log: StreamLog) -> bytes:
    return resigned(log, log.entries[2].data().replace(b'"v":1', b'"v":1.0'))


def resigned(log: StreamLog, written: bytes) -> bytes:
    """Put other bytes in the place of the third entry and sign the log anew."""
    leaves = [entry.leaf for entry in log.entries]
    leaves[2] = leaf_hash(written)
    note = sign_checkpoint(Checkpoint(log.signer.name, len(leaves), root(leaves)), log.signer)

    def change(files: dict[str, bytes]) -> None:
        files[LOG] = files[LOG].replace(log.entries[2].data(), written, 1)
        files["checkpoint.txt"] = note.encode()

    return repacked(log.data(), change)


def withheld(log: StreamLog) -> bytes:
    """Show of an entry only its hash, as a public bundle shows ballots: the root still fits."""
    line = encode({"index": 2, "kind": "kept", "leaf": log.entries[2].leaf.hex()}) + b"\n"
    return lines_changed(log, lambda lines: lines.__setitem__(2, line))


def moved_in_time(log: StreamLog, seconds: int) -> bytes:
    def change(entries: list[Entry]) -> None:
        back = entries[1].time - timedelta(seconds=seconds)
        entries[2] = Entry(entries[2].kind, back, entries[2].body)

    return log.relogged(change)


def begun_as(**fields: str) -> Callable[[StreamLog], bytes]:
    """Return a change of the first entry that the manifest does not follow."""

    def change(log: StreamLog) -> bytes:
        manifest = {
            name: log.entries[0].body[name] for name in ("committee", "estate", "log", "origin")
        }
        log.entries[0] = with_body(log.entries[0], **fields)
        return relisted(log.data(), lambda listed: listed.update(manifest))

    return change


UNREADABLE: dict[str, tuple[Callable[[StreamLog], bytes], str]] = {
    "an entry with spaces": (spaced, "标准写法"),
    "an entry with a float": (with_a_float, "标准写法"),
    "an entry withheld": (withheld, "全文"),
    "an entry of no known kind": (
        lambda log: log.relogged(lambda entries: entries.insert(3, gossip(entries[2]))),
        "no such kind",
    ),
    "an entry with a field more": (
        lambda log: log.relogged(
            lambda entries: entries.__setitem__(2, with_body(entries[2], more=""))
        ),
        "more",
    ),
    "an event of the other stream": (
        lambda log: log.relogged(lambda entries: entries.append(supervised(EVENTS[0]).entries[1])),
        "no such kind",
    ),
    "begun twice": (
        lambda log: log.relogged(lambda entries: entries.insert(1, entries[0])),
        "只建立一次",
    ),
    "a time that goes back": (
        lambda log: moved_in_time(log, CROSSWISE // timedelta(seconds=1) + 1),
        "早于",
    ),
    "begun for another committee": (begun_as(committee=str(uid("other"))), "manifest.json"),
    "begun for another estate": (begun_as(estate="别的小区"), "manifest.json"),
    "begun under another name": (begun_as(origin="example.org/log"), "manifest.json"),
    "begun with another key": (
        begun_as(log=SealLog("other").signer.verifier.vkey),
        "manifest.json",
    ),
}


def gossip(entry: Entry) -> Entry:
    return Entry("gossip", entry.time, {})


@pytest.mark.parametrize(("change", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_entries_that_are_none_fail_although_they_are_signed(
    change: Callable[[StreamLog], bytes], said: str
) -> None:
    number, told = failed(verify_stream(change(SealLog())))
    assert number == 3
    assert said in told


@pytest.mark.parametrize(("first", "said"), [(1, "开头"), (3, "没有记录")])
def test_a_stream_that_does_not_begin_fails(first: int, said: str) -> None:
    log = SealLog()
    data, rest = log.data(), log.entries[first:]
    lines = [encode({"entry": entry.json(), "index": index}) for index, entry in enumerate(rest)]
    files = {
        LOG: b"".join(line + b"\n" for line in lines),
        "checkpoint.txt": checkpoint(log.signer, rest).encode(),
    }
    number, told = failed(verify_stream(repacked(data, lambda held: held.update(files))))
    assert number == 3
    assert said in told


def test_entries_that_waited_their_turn_may_cross_by_seconds() -> None:
    assert verify_stream(moved_in_time(SealLog(), CROSSWISE // timedelta(seconds=1))).holds


def test_a_seal_log_that_calls_itself_supervision_fails() -> None:
    data = relisted(SealLog().data(), lambda manifest: manifest.update(stream="supervision"))
    assert failed(verify_stream(data))[0] == 3


# --- step 4: what an event must say ----------------------------------------------------------


@pytest.mark.parametrize("field", ["by", "said", "source"])
def test_an_event_without_who_what_or_whence_fails(field: str) -> None:
    log = supervised("order.issued", "order.closed")
    log.entries[2] = with_body(log.entries[2], **{field: " "})
    number, told = failed(verify_stream(log.data()))
    assert number == 4
    assert "第 2 号记录" in told


# --- step 5: what others kept ----------------------------------------------------------------


def test_whoever_kept_a_receipt_or_a_checkpoint_finds_it_in_the_log() -> None:
    log = SealLog()
    kept, receipt = log.kept(), encode(log.receipt(1).to_json())
    log.apply("1")
    report = verify_stream(log.data(), receipts=[kept, receipt])
    assert report.holds
    assert report.steps[4].title_zh == "回执"
    assert "有 3 条记录；此后日志只有增加" in report.steps[4].said_zh[0]
    assert "回执上的刻制印章" in report.steps[4].said_zh[1]


def test_an_older_log_handed_out_as_the_whole_is_found_by_a_later_checkpoint() -> None:
    """Entries dropped with the checkpoint of that time: in itself such a file is in order."""
    log = a_year_of_seals()
    kept = log.kept()
    del log.entries[-3:]
    key = log.signer.verifier.vkey
    assert verify_stream(log.data(), log_key=key).holds
    number, told = failed(verify_stream(log.data(), log_key=key, receipts=[kept]))
    assert number == 5
    assert f"{LOG} 只有 {len(log.entries)} 条" in told


@pytest.mark.parametrize("brought", ["checkpoint", "receipt"])
def test_a_fork_is_found_by_who_saw_the_other_branch(brought: str) -> None:
    """The key's holder signs two stories: each holds alone, none beside the other's evidence."""
    shown, hidden = SealLog(), SealLog()
    shown.stamped("1")
    last = len(shown.entries) - 1
    hidden.apply("2")
    for _ in range(len(shown.entries)):
        hidden.publish(0)
    evidence = shown.kept() if brought == "checkpoint" else encode(shown.receipt(last).to_json())
    assert verify_stream(hidden.data()).holds
    number, told = failed(verify_stream(hidden.data(), receipts=[evidence]))
    assert number == 5
    assert ("改写" if brought == "checkpoint" else "换掉") in told


@pytest.mark.parametrize(
    "kept",
    [b"", b"\xff", b"{", b"{}", SealLog("another").kept(), b"a\n\nb\n"],
    ids=["nothing", "no text", "half of JSON", "no receipt", "another log's", "no note"],
)
def test_what_is_no_evidence_of_this_log_fails(kept: bytes) -> None:
    assert failed(verify_stream(SealLog().data(), receipts=[kept]))[0] == 5


def test_a_checkpoint_of_an_assembly_is_none_of_a_stream() -> None:
    simulation = simulate(voters=3, seed="chosen")
    note = archive.unpack(simulation.bundle())["checkpoint.txt"]
    assert verify_file(simulation.bundle(), receipts=[note]).holds
    assert failed(verify_stream(SealLog().data(), receipts=[note]))[0] == 5
