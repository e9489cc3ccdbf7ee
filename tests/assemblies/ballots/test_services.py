"""Logging a ballot: once, in order, by the right device, and only while it may be."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from assemblies.ballots import services
from assemblies.foundation.database import Database
from assemblies.foundation.refusals import LetterNeeded
from assemblies.foundation.secrets import Keys, load_keys
from assemblies.records.assemblies import AssemblyRecord, CredentialRecord, LetterRecord
from assemblies.records.casting import refusals
from assemblies.records.casting.intake import KEYS_PER_VOTER, Device, Logged
from assemblies.records.casting.logged import BALLOT, standing, state
from assemblies.records.logs import LogEntryRecord, LogRecord
from tests.support.builders import Frozen, Letter, Phone, frozen_assembly
from tests.support.households import COUPLE, SINGLE, THREE_FLATS
from voting import canonical, signing
from voting.ballot import Ballot, Bound, Channel, Credential, open_choices, seal_choices
from voting.errors import (
    BadSignature,
    BrokenChain,
    Malformed,
    UntrustedKey,
    VotingError,
    WrongAssembly,
)
from voting.law.house import Revote
from voting.log.tree import Frontier
from voting.signing import PublicKey

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)
AGREE = ("agree", "a", "agree")
RETRIES = 200


@dataclass(frozen=True, slots=True)
class Bench:
    """A database with one frozen assembly, and the verbs as a view calls them."""

    database: Database
    keys: Keys
    frozen: Frozen

    def phone(self, letter: Letter, *, enrolled: bool = True) -> Phone:
        phone = Phone(self.frozen, letter.voter)
        if enrolled:
            self.enrol(letter, phone)
        return phone

    def enrol(self, letter: Letter, phone: Phone, now: datetime = NOW) -> Device:
        key = PublicKey.from_jwk({**phone.jwk})
        with self.database.writing() as session:
            return services.enrol(session, letter.id, key, "letter+id4", self.keys, now=now)

    def cast(self, letter: Letter, token: str, now: datetime = SOON) -> Logged:
        presented = services.present(token)
        with self.database.writing() as session:
            return services.cast(session, letter.id, presented, self.keys, now=now)

    def set(self, **values: object) -> None:
        with self.database.writing() as session:
            session.execute(update(AssemblyRecord).values(**values))

    def ballots(self) -> int:
        with self.database.reading() as session:
            counted = select(func.count()).select_from(LogEntryRecord)
            return session.execute(counted.where(LogEntryRecord.kind == BALLOT)).scalar_one()


@pytest.fixture
def bench(database_url: str, tmp_path: Path) -> Iterator[Bench]:
    database, keys = Database(database_url), load_keys(tmp_path / "keys")
    with database.writing() as session:
        frozen = frozen_assembly(session, keys, NOW)
    yield Bench(database, keys, frozen)
    database.close()


@pytest.fixture
def letter(bench: Bench) -> Letter:
    return bench.frozen.letter(SINGLE)


def test_a_ballot_is_logged_and_its_receipt_holds(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    token = phone.sign(bench.frozen.choices(*AGREE), NOW)
    logged = bench.cast(letter, token)
    with bench.database.reading() as session:
        origin = session.get_one(LogRecord, bench.frozen.log).origin
    opened = logged.receipt.verify(bench.keys.log_signer(origin).verifier)
    assert logged.receipt.entry.body == {"token": token}
    assert opened.checkpoint.size == logged.receipt.index + 1
    assert not logged.late


def test_a_logged_ballot_opens_with_the_opening_key_alone(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    token = phone.sign(bench.frozen.choices(*AGREE), NOW)
    bench.cast(letter, token)
    ballot = Ballot.read(token, trusted=PublicKey.of(phone.key))
    opened = open_choices(
        ballot.sealed, bench.frozen.opening, assembly=bench.frozen.assembly, voter=letter.voter
    )
    assert opened == bench.frozen.choices(*AGREE)


def test_the_log_head_is_the_tree_of_its_entries(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    bench.cast(letter, phone.sign(bench.frozen.choices(*AGREE), NOW))
    with bench.database.reading() as session:
        head = session.get_one(LogRecord, bench.frozen.log)
        leaves = session.execute(
            select(LogEntryRecord.leaf_hash).order_by(LogEntryRecord.index)
        ).scalars()
        assert Frontier.of(leaves) == Frontier.parse(head.size, head.peaks)


# --- golden 15: the network dies after the commit -----------------------------------------------


def test_a_retry_gets_the_same_receipt(bench: Bench, letter: Letter) -> None:
    token = bench.phone(letter).sign(bench.frozen.choices(*AGREE), NOW)
    first = bench.cast(letter, token)
    again = bench.cast(letter, token, SOON + timedelta(days=2))
    assert again == first
    assert bench.ballots() == 1


def test_a_retry_after_the_opening_still_gets_its_receipt(bench: Bench, letter: Letter) -> None:
    token = bench.phone(letter).sign(bench.frozen.choices(*AGREE), NOW)
    first = bench.cast(letter, token)
    bench.set(phase="opened")
    assert bench.cast(letter, token, bench.frozen.agenda.closes) == first


def test_a_retry_with_another_signature_over_the_same_words_is_the_same_ballot(
    bench: Bench, letter: Letter
) -> None:
    phone = bench.phone(letter)
    token = phone.sign(bench.frozen.choices(*AGREE), NOW)
    first = bench.cast(letter, token)
    payload = canonical.unb64url(token.split(".")[1])
    again = signing.sign(phone.key, payload, typ="zhongjue-ballot")
    assert again != token
    assert bench.cast(letter, again) == first


def test_the_same_nonce_with_a_changed_body_is_refused(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    token = phone.sign(bench.frozen.choices(*AGREE), NOW)
    nonce = Ballot.read(token, trusted=PublicKey.of(phone.key)).nonce
    bench.cast(letter, token)
    changed = phone.sign(bench.frozen.choices("against", "b", "against"), NOW, nonce=nonce)
    with pytest.raises(refusals.NonceTaken):
        bench.cast(letter, changed)
    assert bench.ballots() == 1


def test_somebody_elses_nonce_is_refused(bench: Bench, letter: Letter) -> None:
    mine, other = bench.phone(letter), bench.frozen.letter(COUPLE)
    token = mine.sign(bench.frozen.choices(*AGREE), NOW)
    nonce = Ballot.read(token, trusted=PublicKey.of(mine.key)).nonce
    bench.cast(letter, token)
    theirs = bench.phone(other).sign(bench.frozen.choices(*AGREE), NOW, nonce=nonce)
    with pytest.raises(refusals.NonceTaken):
        bench.cast(other, theirs)


def test_two_hundred_retries_in_one_second_make_one_ballot(bench: Bench, letter: Letter) -> None:
    token = bench.phone(letter).sign(bench.frozen.choices(*AGREE), NOW)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: bench.cast(letter, token), range(RETRIES)))
    assert bench.ballots() == 1
    assert all(answer == answers[0] for answer in answers)


# --- golden 6: co-owners on two phones ----------------------------------------------------------


def test_two_phones_of_co_owners_are_one_voter(bench: Bench) -> None:
    letter = bench.frozen.letter(COUPLE)
    hers, his = bench.phone(letter), bench.phone(letter)
    one = bench.cast(letter, hers.sign(bench.frozen.choices(*AGREE), NOW))
    two = bench.cast(letter, his.sign(bench.frozen.choices("against", "b", "abstain"), NOW))
    with bench.database.reading() as session:
        present = state(session, bench.frozen.assembly, letter.voter)
    closes = bench.frozen.agenda.closes
    assert [ballot.index for ballot in present.earlier] == [one.receipt.index, two.receipt.index]
    assert standing(present.earlier, closes, Revote.FIRST) == one.receipt.index
    assert standing(present.earlier, closes, Revote.LAST) == two.receipt.index
    assert standing(present.earlier, closes, Revote.PAPER) == two.receipt.index


def test_two_phones_at_the_same_moment_are_ordered_by_the_log(bench: Bench) -> None:
    """Golden 9: the second says nothing, the place in the log does."""
    letter = bench.frozen.letter(COUPLE)
    tokens = [bench.phone(letter).sign(bench.frozen.choices(*AGREE), NOW) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        logged = list(pool.map(lambda token: bench.cast(letter, token, SOON), tokens))
    with bench.database.reading() as session:
        present = state(session, bench.frozen.assembly, letter.voter)
    indices = sorted(one.receipt.index for one in logged)
    assert [one.index for one in present.earlier] == indices
    assert len(set(indices)) == 8
    assert standing(present.earlier, bench.frozen.agenda.closes, Revote.FIRST) == indices[0]
    assert standing(present.earlier, bench.frozen.agenda.closes, Revote.LAST) == indices[-1]


# --- golden 9: the same phone again -------------------------------------------------------------


def test_a_second_ballot_follows_the_first(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    token = phone.sign(bench.frozen.choices(*AGREE), NOW)
    bench.cast(letter, token)
    phone.accepted(token)
    bench.cast(letter, phone.sign(bench.frozen.choices("against", "b", "abstain"), NOW))
    assert bench.ballots() == 2


def test_a_second_ballot_that_ignores_the_first_breaks_the_chain(
    bench: Bench, letter: Letter
) -> None:
    phone = bench.phone(letter)
    bench.cast(letter, phone.sign(bench.frozen.choices(*AGREE), NOW))
    with pytest.raises(BrokenChain):
        bench.cast(letter, phone.sign(bench.frozen.choices(*AGREE), NOW))
    assert bench.ballots() == 1


def test_a_known_device_learns_what_to_follow(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    token = phone.sign(bench.frozen.choices(*AGREE), NOW)
    bench.cast(letter, token)
    phone.accepted(token)
    device = bench.enrol(letter, phone)
    assert (device.counter, device.previous) == (2, phone.previous)


# --- before, after and late ---------------------------------------------------------------------

MOMENTS: dict[str, tuple[str, timedelta, type[VotingError] | bool]] = {
    "the second before it opens": ("frozen", timedelta(seconds=-1), refusals.NotOpenYet),
    "as it opens": ("frozen", timedelta(), False),
    "the second before it closes": ("frozen", timedelta(days=14, seconds=-1), False),
    "as it closes, before anybody closed it": ("frozen", timedelta(days=14), True),
    "after it was closed": ("closed", timedelta(days=15), True),
    "after it was opened": ("opened", timedelta(days=15), refusals.AlreadyOpened),
    "after it was counted": ("counted", timedelta(days=15), refusals.AlreadyOpened),
    "after it was published": ("published", timedelta(days=30), refusals.AlreadyOpened),
}


@pytest.mark.parametrize(("phase", "after", "answer"), MOMENTS.values(), ids=MOMENTS)
def test_when_a_ballot_is_taken(
    bench: Bench,
    letter: Letter,
    phase: str,
    after: timedelta,
    answer: type[VotingError] | bool,
) -> None:
    token = bench.phone(letter).sign(bench.frozen.choices(*AGREE), NOW)
    bench.set(phase=phase)
    if isinstance(answer, bool):
        assert bench.cast(letter, token, NOW + after).late is answer
    else:
        with pytest.raises(answer):
            bench.cast(letter, token, NOW + after)
    assert bench.ballots() == int(isinstance(answer, bool))


def test_a_late_ballot_never_stands(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    closes = bench.frozen.agenda.closes
    bench.cast(letter, phone.sign(bench.frozen.choices(*AGREE), NOW), closes)
    with bench.database.reading() as session:
        present = state(session, bench.frozen.assembly, letter.voter)
    assert standing(present.earlier, closes, Revote.LAST) is None


# --- what is refused at the door ----------------------------------------------------------------

Forgery = Callable[[Bench, Letter, Phone], str]


def _other_voter(bench: Bench, letter: Letter, phone: Phone) -> str:
    phone.voter = bench.frozen.letter(THREE_FLATS).voter
    return phone.sign(bench.frozen.choices(*AGREE), NOW)


def _other_documents(bench: Bench, letter: Letter, phone: Phone) -> str:
    bound = bench.frozen.bound
    other = Bound(bound.assembly, bound.roll, bound.agenda, bound.rules)
    return phone.sign(bench.frozen.choices(*AGREE), NOW, bound=other)


def _unknown_key(bench: Bench, letter: Letter, phone: Phone) -> str:
    return Phone(bench.frozen, letter.voter).sign(bench.frozen.choices(*AGREE), NOW)


def _flipped(bench: Bench, letter: Letter, phone: Phone) -> str:
    header, payload, signature = phone.sign(bench.frozen.choices(*AGREE), NOW).split(".")
    return f"{header}.{payload}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


def _sealed_to_another_key(bench: Bench, letter: Letter, phone: Phone) -> str:
    sealed = seal_choices(
        bench.frozen.choices(*AGREE),
        assembly=bench.frozen.assembly,
        voter=letter.voter,
        salt=bytes(16),
        to=PublicKey.of(signing.new_key()),
    )
    return phone.sign({}, NOW, sealed=sealed)


def _not_sealed(bench: Bench, letter: Letter, phone: Phone) -> str:
    return phone.sign({}, NOW, sealed="e30....")


def _too_large(bench: Bench, letter: Letter, phone: Phone) -> str:
    return phone.sign({}, NOW, sealed="A" * 60_001)


def _paper(bench: Bench, letter: Letter, phone: Phone) -> str:
    ballot = Ballot.read(phone.sign({}, NOW), trusted=PublicKey.of(phone.key))
    paper = Ballot(
        bound=ballot.bound,
        voter=ballot.voter,
        channel=Channel.PAPER,
        counter=1,
        previous=None,
        nonce=ballot.nonce,
        time=ballot.time,
        sealed=ballot.sealed,
    )
    return paper.sign(phone.key)


REFUSED: dict[str, tuple[Forgery, type[VotingError]]] = {
    "a ballot of another voter": (_other_voter, refusals.NotYourBallot),
    "a ballot for other documents": (_other_documents, WrongAssembly),
    "a key without a credential": (_unknown_key, UntrustedKey),
    "a changed signature": (_flipped, BadSignature),
    "sealed to another key": (_sealed_to_another_key, Malformed),
    "not sealed at all": (_not_sealed, Malformed),
    "too large": (_too_large, Malformed),
    "a paper ballot by phone": (_paper, Malformed),
    "no token at all": (lambda *_: "nonsense", Malformed),
}


@pytest.mark.parametrize(("forge", "refusal"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_at_the_door(
    bench: Bench, letter: Letter, forge: Forgery, refusal: type[VotingError]
) -> None:
    phone = bench.phone(letter)
    with pytest.raises(refusal):
        bench.cast(letter, forge(bench, letter, phone))
    assert bench.ballots() == 0


def test_a_void_letter_signs_nothing(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    token = phone.sign(bench.frozen.choices(*AGREE), NOW)
    with bench.database.writing() as session:
        session.get_one(LetterRecord, letter.id).voided_at = NOW
    with pytest.raises(LetterNeeded):
        bench.cast(letter, token)


# --- devices ------------------------------------------------------------------------------------


def test_a_credential_is_the_registrars_word_in_the_log(bench: Bench, letter: Letter) -> None:
    phone = Phone(bench.frozen, letter.voter)
    device = bench.enrol(letter, phone)
    credential = Credential.read(device.token, registrar=bench.frozen.agenda.registrar)
    assert credential == Credential(
        bench.frozen.assembly,
        letter.voter,
        PublicKey.of(phone.key).thumbprint,
        "letter+id4",
        NOW,
    )
    with bench.database.reading() as session:
        logged = session.execute(
            select(LogEntryRecord).where(LogEntryRecord.kind == "credential")
        ).scalar_one()
        assert logged.receipt().entry.body == {"token": device.token}


def test_a_device_is_enrolled_once(bench: Bench, letter: Letter) -> None:
    phone = Phone(bench.frozen, letter.voter)
    assert bench.enrol(letter, phone) == bench.enrol(letter, phone, SOON)
    with bench.database.reading() as session:
        counted = select(func.count()).select_from(CredentialRecord)
        assert session.execute(counted).scalar_one() == 1


def test_the_eleventh_device_is_refused(bench: Bench, letter: Letter) -> None:
    for _ in range(KEYS_PER_VOTER):
        bench.phone(letter)
    with pytest.raises(refusals.TooManyDevices):
        bench.phone(letter)


def test_a_key_speaks_for_one_voter_only(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    with pytest.raises(refusals.KeyTaken):
        bench.enrol(bench.frozen.letter(COUPLE), phone)


@pytest.mark.parametrize(
    ("phase", "after", "refusal"),
    [
        ("frozen", timedelta(seconds=-1), refusals.NotOpenYet),
        ("frozen", timedelta(days=14), refusals.VotingOver),
        ("closed", timedelta(days=14), refusals.VotingOver),
    ],
    ids=["before it opens", "as it closes", "once it is closed"],
)
def test_a_device_is_enrolled_only_while_voting_is_open(
    bench: Bench, letter: Letter, phase: str, after: timedelta, refusal: type[VotingError]
) -> None:
    bench.set(phase=phase)
    with pytest.raises(refusal):
        bench.enrol(letter, Phone(bench.frozen, letter.voter), NOW + after)


def test_a_known_device_is_answered_even_when_voting_is_over(bench: Bench, letter: Letter) -> None:
    phone = bench.phone(letter)
    bench.set(phase="closed")
    assert bench.enrol(letter, phone, bench.frozen.agenda.closes).counter == 1


def test_a_letter_that_never_was_is_asked_for(bench: Bench) -> None:
    letter = bench.frozen.letter(SINGLE)
    presented = services.present(bench.phone(letter).sign({}, NOW))
    with bench.database.writing() as session, pytest.raises(LetterNeeded):
        services.cast(session, UUID(int=1), presented, bench.keys, now=NOW)
