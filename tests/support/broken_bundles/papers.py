"""What is wrong with credentials, ballots and the opening (steps 5 to 7)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from tests.support.broken_bundles.forging import (
    Broken,
    at,
    body_changed,
    moved,
    relogged,
    repacked,
    tampered,
    with_body,
)
from tests.support.simulation import CLOSES, OPENS, Device, Simulation, p256, uid
from voting.ballot import Channel
from voting.log import kinds
from voting.log.entries import Entry
from voting.sealing import private_jwk


def of_the_papers(simulation: Simulation, audit: bytes) -> dict[str, Broken]:
    """Return bundles whose credentials, ballots or opening key are false."""
    return {
        **{name: Broken(tampered(act), step, said) for name, (act, step, said) in ACTS.items()},
        **_by_the_holder_of_the_log(simulation),
        **_with_another_key(simulation, audit),
    }


def _by_the_holder_of_the_log(simulation: Simulation) -> dict[str, Broken]:
    ballot = at(simulation.entries, kinds.BALLOT)
    too_early = replace(simulation.entries[ballot], time=OPENS - timedelta(seconds=1))

    def dropped(kind: str, number: int) -> bytes:
        return relogged(simulation, lambda entries: entries.pop(at(entries, kind, number)))

    def doubled(entries: list[Entry]) -> None:
        entries.insert(ballot + 1, entries[ballot])

    def before_the_opening(entries: list[Entry]) -> None:
        entries[ballot] = too_early

    return {
        "a ballot without its credential": Broken(dropped(kinds.CREDENTIAL, 6), 6, "没有投票凭证"),
        "a ballot before its credential": Broken(
            moved(simulation, kinds.CREDENTIAL, ballot), 6, "早于它的投票凭证"
        ),
        "a first ballot dropped, the second kept": Broken(dropped(kinds.BALLOT, 0), 6, "删去"),
        "a ballot logged twice": Broken(relogged(simulation, doubled), 6, "接不上"),
        "a voter's two ballots changed places": Broken(_crossed(simulation), 6, "调换"),
        "a ballot logged before voting opened": Broken(
            relogged(simulation, before_the_opening), 6, "早于投票开始"
        ),
    }


def _crossed(simulation: Simulation) -> bytes:
    first, again = simulation.logged[0].index, simulation.logged[7].index

    def change(entries: list[Entry]) -> None:
        one, other = entries[first], entries[again]
        entries[first] = with_body(one, token=other.body["token"])
        entries[again] = with_body(other, token=one.body["token"])

    return relogged(simulation, change)


def _with_another_key(simulation: Simulation, audit: bytes) -> dict[str, Broken]:
    def with_key(jwk: bytes) -> bytes:
        return repacked(audit, lambda files: files.update({"opening-key.jwk": jwk}))

    return {
        "another opening key": Broken(with_key(private_jwk(p256("other"))), 7, "另一半"),
        "an opening key that is none": Broken(with_key(b"{}"), 7, "opening"),
        "opened with another key, says the log": Broken(
            body_changed(simulation, kinds.OPENED, key="x"), 7, "开票"
        ),
    }


def forged_credential(running: Simulation) -> None:
    real, running.registrar = running.registrar, p256("forger")
    running.enrol(running.voters[0].id)
    running.registrar = real


def credential_of_a_stranger(running: Simulation) -> None:
    running.enrol(uid("stranger"))


def credential_of_another_assembly(running: Simulation) -> None:
    real, running.assembly = running.assembly, uid("other")
    running.enrol(running.voters[0].id)
    running.assembly = real


def credential_from_the_future(running: Simulation) -> None:
    voter = running.voters[0].id
    token = running.credential(voter, running.devices[voter][0], CLOSES)
    running.append(kinds.CREDENTIAL, token=token)


def one_key_for_two(running: Simulation) -> None:
    first, second = running.voters[0].id, running.voters[1].id
    token = running.credential(second, running.devices[first][0], running.now)
    running.append(kinds.CREDENTIAL, token=token)


def ballot_for_another(running: Simulation) -> None:
    second, third = running.voters[1].id, running.voters[2].id
    running.cast(third, {}, device=running.devices[second][0])


def ballot_for_a_stranger(running: Simulation) -> None:
    running.cast(uid("stranger"), {}, device=running.devices[running.voters[1].id][0])


def ballot_bound_elsewhere(running: Simulation) -> None:
    real, running.bound = running.bound, replace(running.bound, roll="0" * 64)
    running.cast(running.voters[0].id, {})
    running.bound = real


def paper_by_a_phone(running: Simulation) -> None:
    running.cast(running.voters[0].id, {}, channel=Channel.PAPER)


def phone_ballot_by_a_paper(running: Simulation) -> None:
    voter = running.voters[0].id
    running.cast(voter, {}, device=running.desk(voter))


def paper_without_a_credential(running: Simulation) -> None:
    stray = Device(p256("stray"))
    running.cast(running.voters[0].id, {}, device=stray, channel=Channel.PAPER)


def two_papers_of_one_key(running: Simulation) -> None:
    voter = running.voters[0].id
    desk = running.desk(voter)
    for _ in range(2):
        running.cast(voter, {}, device=desk, channel=Channel.PAPER)


def one_key_for_both_channels(running: Simulation) -> None:
    voter = running.voters[0].id
    phone = running.devices[voter][0]
    token = running.credential(voter, phone, running.now, "paper:teller")
    running.append(kinds.CREDENTIAL, token=token)


def replayed(running: Simulation) -> None:
    running.append(kinds.BALLOT, token=first_ballot(running))


def forked(running: Simulation) -> None:
    voter = running.voters[0].id
    running.devices[voter][0].counter -= 1
    running.append(kinds.BALLOT, token=running.ballot(voter, {}))


def another_signature(running: Simulation) -> None:
    token = first_ballot(running)
    other = "AAAA" if token[-6:-2] != "AAAA" else "BBBB"
    running.append(kinds.BALLOT, token=token[:-6] + other + token[-2:])


def one_nonce_twice(running: Simulation) -> None:
    """Let one voter's new phone sign a ballot under the nonce of the old one."""
    voter = running.voters[2].id
    running.enrol(voter)
    old, new = running.devices[voter]
    running.cast(voter, {}, device=new, nonce_of=old)


def first_ballot(running: Simulation) -> str:
    return str(running.entries[running.logged[0].index].body["token"])


ACTS: Mapping[str, tuple[Callable[[Simulation], None], int, str]] = {
    "a forged credential": (forged_credential, 5, "登记公钥"),
    "a credential for nobody on the roll": (credential_of_a_stranger, 5, "名册"),
    "a credential of another assembly": (credential_of_another_assembly, 5, "另一次会议"),
    "a credential dated after its entry": (credential_from_the_future, 5, "晚于"),
    "one key for two voters": (one_key_for_two, 5, "两位"),
    "a ballot in another voter's name": (ballot_for_another, 6, "没有发给"),
    "a ballot for nobody on the roll": (ballot_for_a_stranger, 6, "名册"),
    "a ballot bound to another roll": (ballot_bound_elsewhere, 6, "不是为本次会议"),
    "one key for phone and paper": (one_key_for_both_channels, 5, "既用于手机"),
    "a phone that passes for a paper": (paper_by_a_phone, 6, "却写着纸质票"),
    "a paper's key that passes for a phone": (phone_ballot_by_a_paper, 6, "却写着手机票"),
    "a paper that the desk has no credential for": (paper_without_a_credential, 6, "钥匙"),
    "two papers under one key": (two_papers_of_one_key, 6, "又签了一张"),
    "a ballot replayed": (replayed, 6, "接不上"),
    "two ballots under one nonce": (one_nonce_twice, 6, "同一张选票"),
    "a chain that forks": (forked, 6, "接不上"),
    "a signature changed": (another_signature, 6, "签名"),
}
