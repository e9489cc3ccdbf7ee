"""Ballots and credentials: what is signed, what is sealed inside, and what opening it shows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.simulation import (
    CLOSES,
    OPENS,
    Simulation,
    decision,
    election,
    p256,
    some_voters,
    uid,
)
from tests.support.strategies import BOUNDS, IDS, SECONDS
from voting import sealing, signing
from voting.ballot import (
    BALLOT_TYPE,
    Ballot,
    Bound,
    Channel,
    Choice,
    Credential,
    open_choices,
    seal_choices,
)
from voting.canonical import b64url, decode, digest, encode, unb64url
from voting.errors import (
    BadSignature,
    CannotOpen,
    Malformed,
    NotCanonical,
    UntrustedKey,
    WrongAssembly,
)
from voting.opening import Logged, cast_of
from voting.result import Aside
from voting.signing import PublicKey

PHONE, OPENING, REGISTRAR = p256("phone"), p256("opening"), p256("registrar")
PUBLIC = PublicKey.of(OPENING)
ASSEMBLY, VOTER = uid("assembly"), uid("voter")
BOUND = Bound(ASSEMBLY, "a" * 64, "b" * 64, "c" * 64)
BALLOT = Ballot(BOUND, VOTER, Channel.PHONE, 1, None, b64url(bytes(16)), OPENS, "sealed")
CREDENTIAL = Credential(ASSEMBLY, VOTER, PublicKey.of(PHONE).thumbprint, "letter", OPENS)
CHOICES = st.dictionaries(
    IDS,
    st.sampled_from(["agree", "against", "abstain", "a"])
    | st.dictionaries(st.text("abc", min_size=1, max_size=2), st.just("agree"), max_size=3),
    max_size=3,
)


@given(BOUNDS, IDS, st.integers(1, 2**53 - 1), SECONDS, st.sampled_from(Channel))
def test_a_ballot_reads_as_it_was_signed(
    bound: Bound, voter: UUID, counter: int, time: Any, channel: Channel
) -> None:
    made = replace(
        BALLOT, bound=bound, voter=voter, counter=counter, time=time, channel=channel,
        previous=None if counter % 2 else "d" * 64,
    )  # fmt: skip
    read = Ballot.read(made.sign(PHONE), trusted=PublicKey.of(PHONE))
    assert replace(read, key="", identity="") == made
    assert read.key == PublicKey.of(PHONE).thumbprint


@given(IDS, IDS, SECONDS)
def test_a_credential_reads_as_it_was_signed(assembly: UUID, voter: UUID, time: Any) -> None:
    made = replace(CREDENTIAL, assembly=assembly, voter=voter, time=time)
    assert Credential.read(made.sign(REGISTRAR), registrar=PublicKey.of(REGISTRAR)) == made


@given(CHOICES)
def test_choices_open_as_they_were_sealed(choices: dict[UUID, Choice]) -> None:
    sealed = seal_choices(choices, assembly=ASSEMBLY, voter=VOTER, salt=bytes(16), to=PUBLIC)
    assert open_choices(sealed, OPENING, assembly=ASSEMBLY, voter=VOTER) == choices


def test_the_identity_of_a_ballot_is_not_that_of_its_signature() -> None:
    tokens = {BALLOT.sign(PHONE) for _ in range(3)}
    read = {Ballot.read(token, trusted=PublicKey.of(PHONE)).identity for token in tokens}
    assert (len(tokens), len(read)) == (3, 1)


def test_the_identity_is_the_digest_of_key_and_payload() -> None:
    token = BALLOT.sign(PHONE)
    read = Ballot.read(token, trusted=PublicKey.of(PHONE))
    assert read.identity == digest({"key": read.key, "payload": token.split(".")[1]})


def test_only_the_expected_keys_speak() -> None:
    with pytest.raises(UntrustedKey):
        Ballot.read(BALLOT.sign(p256("stranger")), trusted={PublicKey.of(PHONE).thumbprint})
    with pytest.raises(UntrustedKey):
        Credential.read(CREDENTIAL.sign(PHONE), registrar=PublicKey.of(REGISTRAR))


def test_a_credential_is_no_ballot() -> None:
    with pytest.raises(Malformed):
        Ballot.read(CREDENTIAL.sign(REGISTRAR), trusted=PublicKey.of(REGISTRAR))


def test_a_changed_ballot_is_refused() -> None:
    header, payload, signature = BALLOT.sign(PHONE).split(".")
    changed = unb64url(payload).replace(b'"counter":1', b'"counter":2')
    with pytest.raises(BadSignature):
        Ballot.read(f"{header}.{b64url(changed)}.{signature}", trusted=PublicKey.of(PHONE))


@pytest.mark.parametrize(
    "changes",
    {
        "another version": {"v": 2},
        "a short nonce": {"nonce": b64url(bytes(15))},
        "a counter from nothing": {"counter": 0},
        "another way": {"channel": "pigeon"},
        "more than it says": {"choices": {}},
        "a predecessor that is no digest": {"previous": "x"},
        "too long a seal": {"sealed": "x" * 60_001},
        "a time with a zone": {"time": "2026-04-01T08:00:00+08:00"},
    }.values(),
)
def test_a_ballot_of_another_shape_is_refused(changes: dict[str, Any]) -> None:
    payload = decode(unb64url(BALLOT.sign(PHONE).split(".")[1]))
    assert isinstance(payload, dict)
    token = signing.sign(PHONE, encode({**payload, **changes}), typ=BALLOT_TYPE)
    with pytest.raises(Malformed):
        Ballot.read(token, trusted=PublicKey.of(PHONE))


def test_a_nonce_has_one_spelling() -> None:
    payload = decode(unb64url(BALLOT.sign(PHONE).split(".")[1]))
    assert isinstance(payload, dict)
    token = signing.sign(PHONE, encode({**payload, "nonce": "A" * 21 + "B"}), typ=BALLOT_TYPE)
    with pytest.raises(NotCanonical):
        Ballot.read(token, trusted=PublicKey.of(PHONE))


def test_a_ballot_is_bound_to_its_documents() -> None:
    BALLOT.require_bound(BOUND)
    other = "e" * 64
    for bound in (
        replace(BOUND, agenda=other),
        replace(BOUND, roll=other),
        replace(BOUND, rules=other),
        replace(BOUND, assembly=VOTER),
    ):
        with pytest.raises(WrongAssembly):
            BALLOT.require_bound(bound)


@pytest.mark.parametrize("word", ["agree", "against", "abstain"])
def test_the_length_of_a_seal_does_not_tell_the_choice(word: str) -> None:
    choices = {uid("item"): word}
    sealed = seal_choices(choices, assembly=ASSEMBLY, voter=VOTER, salt=bytes(16), to=PUBLIC)
    empty = seal_choices({}, assembly=ASSEMBLY, voter=VOTER, salt=bytes(16), to=PUBLIC)
    assert len(sealed) == len(empty)


def test_the_bound_is_the_digest_of_the_documents() -> None:
    bound = Bound.to(ASSEMBLY, agenda=b"a", roll=b"b", rules=b"c")
    assert len({bound.agenda, bound.roll, bound.rules}) == 3


def test_channels_are_said_in_words() -> None:
    assert [channel.words for channel in Channel] == ["手机", "纸质"]


# --- what opening shows ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def running() -> Simulation:
    simulation = Simulation([decision(1), election(2)], some_voters(3), seed="opening")
    simulation.prepare()
    return simulation


def sealed(running: Simulation, plain: bytes) -> str:
    return sealing.seal(plain, running.agenda.opening)


def inside(running: Simulation, **changes: Any) -> bytes:
    plain: dict[str, Any] = {
        "assembly": str(running.assembly),
        "choices": {},
        "pad": "",
        "salt": b64url(bytes(16)),
        "v": 1,
        "voter": str(running.voters[0].id),
    }
    return encode({**plain, **changes})


def logged(running: Simulation, seal: str, **changes: Any) -> Logged:
    ballot = replace(BALLOT, bound=running.bound, voter=running.voters[0].id, sealed=seal)
    return replace(Logged(9, OPENS, ballot), **changes)


def test_a_good_ballot_says_its_choices(running: Simulation) -> None:
    items = {str(item.id): "agree" for item in running.items}
    one = logged(running, sealed(running, inside(running, choices=items)))
    cast = cast_of(one, running.opening_key, running.agenda)
    assert cast.aside is None
    assert cast.choices == {item.id: "agree" for item in running.items}
    assert (cast.index, cast.voter, cast.channel) == (9, running.voters[0].id, Channel.PHONE)


def test_what_opening_finds(running: Simulation) -> None:
    good = sealed(running, inside(running))
    other = str(uid("other"))
    to_another = sealing.seal(inside(running), PublicKey.of(p256("other")))
    cases: dict[str, tuple[Logged, Aside | None]] = {
        "good": (logged(running, good), None),
        "one second before the closing": (
            logged(running, good, time=CLOSES - timedelta(seconds=1)),
            None,
        ),
        "at the closing": (logged(running, good, time=CLOSES), Aside.LATE),
        "ruled void": (logged(running, good, index=7), Aside.RULED_VOID),
        "late and ruled void": (logged(running, good, index=7, time=CLOSES), Aside.LATE),
        "no seal": (logged(running, "x"), Aside.UNREADABLE),
        "sealed to another key": (logged(running, to_another), Aside.UNREADABLE),
        "no JSON inside": (logged(running, sealed(running, b"agree")), Aside.UNREADABLE),
        "no fields inside": (logged(running, sealed(running, b"{}")), Aside.UNREADABLE),
        "a choice that is none": (
            logged(running, sealed(running, inside(running, choices={other: 1}))),
            Aside.UNREADABLE,
        ),
        "a choice on what is no item": (
            logged(running, sealed(running, inside(running, choices={"1": "agree"}))),
            Aside.UNREADABLE,
        ),
        "copied from another voter": (
            logged(running, sealed(running, inside(running, voter=other))),
            Aside.FOREIGN,
        ),
        "copied from another assembly": (
            logged(running, sealed(running, inside(running, assembly=other))),
            Aside.FOREIGN,
        ),
    }
    found = {
        name: cast_of(one, running.opening_key, running.agenda, {7}).aside
        for name, (one, _) in cases.items()
    }
    assert found == {name: aside for name, (_, aside) in cases.items()}


def test_every_reason_is_said_in_words() -> None:
    assert all(reason.words for reason in Aside)


def test_a_seal_for_another_opens_for_nobody_else(running: Simulation) -> None:
    with pytest.raises(CannotOpen):
        open_choices(
            sealing.seal(b"{}", PublicKey.of(p256("other"))),
            running.opening_key,
            assembly=running.assembly,
            voter=VOTER,
        )
