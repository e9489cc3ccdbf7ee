"""Ballots of one moment are logged in one go, and each hears what it would have heard alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from assemblies.ballots import services
from assemblies.foundation.database import Database
from assemblies.foundation.refusals import LetterNeeded
from assemblies.foundation.secrets import Keys, load_keys
from assemblies.records.assemblies import LetterRecord
from assemblies.records.casting import refusals
from assemblies.records.casting.intake import Logged
from assemblies.records.logs import LogEntryRecord, LogRecord
from tests.support.builders import Frozen, Letter, Phone, frozen_assembly
from tests.support.households import COUPLE, SINGLE, THREE_FLATS
from voting.ballot import Ballot
from voting.errors import BrokenChain, VotingError, WrongAssembly
from voting.log.tree import Frontier
from voting.signing import PublicKey

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=1)
YES, NO = ("agree", "a", "agree"), ("against", "b", "against")

Answer = Logged | VotingError


@dataclass(frozen=True, slots=True)
class Hall:
    """A database with a frozen assembly, where ballots come together."""

    database: Database
    keys: Keys
    frozen: Frozen

    def phone(self, letter: Letter) -> Phone:
        phone = Phone(self.frozen, letter.voter)
        key = PublicKey.from_jwk({**phone.jwk})
        with self.database.writing() as session:
            services.enrol(session, letter.id, key, "letter+id4", self.keys, now=NOW)
        return phone

    def sign(self, phone: Phone, *words: str, nonce: str = "") -> str:
        return phone.sign(self.frozen.choices(*words), NOW, nonce=nonce)

    def cast(self, *asked: tuple[Letter, str]) -> list[Answer]:
        presented = [(letter.id, services.present(token)) for letter, token in asked]
        with self.database.writing() as session:
            return services.cast_all(session, presented, self.keys, now=SOON)


@pytest.fixture
def hall(database_url: str, tmp_path: Path) -> Iterator[Hall]:
    database, keys = Database(database_url), load_keys(tmp_path / "keys")
    with database.writing() as session:
        frozen = frozen_assembly(session, keys, NOW)
    yield Hall(database, keys, frozen)
    database.close()


def logged(answer: Answer) -> Logged:
    assert isinstance(answer, Logged)
    return answer


def test_each_gets_a_receipt_of_its_own_that_holds(hall: Hall) -> None:
    letters = [hall.frozen.letter(one) for one in (SINGLE, COUPLE, THREE_FLATS)]
    tokens = [hall.sign(hall.phone(letter), *YES) for letter in letters]
    answers = [logged(one) for one in hall.cast(*zip(letters, tokens, strict=True))]
    with hall.database.reading() as session:
        head = session.get_one(LogRecord, hall.frozen.log)
        found = select(LogEntryRecord).order_by(LogEntryRecord.index)
        entries = list(session.execute(found).scalars())
        assert Frontier.of(one.leaf_hash for one in entries) == Frontier.parse(
            head.size, head.peaks
        )
        assert head.checkpoint == answers[-1].receipt.checkpoint
        assert [one.receipt() for one in entries[-3:]] == [one.receipt for one in answers]
        verifier = hall.keys.log_signer(head.origin).verifier
    for answer, token in zip(answers, tokens, strict=True):
        assert answer.receipt.entry.body == {"token": token}
        assert answer.receipt.verify(verifier).checkpoint.size == answer.receipt.index + 1


def test_one_that_is_refused_leaves_the_others_alone(hall: Hall) -> None:
    good, bad = hall.frozen.letter(SINGLE), hall.frozen.letter(COUPLE)
    yes, no = hall.sign(hall.phone(good), *YES), hall.sign(hall.phone(bad), *YES)
    stranger = hall.frozen.letter(THREE_FLATS)
    answers = hall.cast((stranger, no), (good, yes), (replace(bad, id=bad.voter), no))
    assert isinstance(answers[0], VotingError)
    assert logged(answers[1]).receipt.entry.body == {"token": yes}
    assert isinstance(answers[2], LetterNeeded)


def test_the_same_ballot_twice_at_once_is_one_entry(hall: Hall) -> None:
    letter = hall.frozen.letter(SINGLE)
    token = hall.sign(hall.phone(letter), *YES)
    first, again, third = hall.cast((letter, token), (letter, token), (letter, token))
    assert logged(first) == again == third


def test_a_change_of_mind_at_once_follows_the_first_ballot(hall: Hall) -> None:
    letter = hall.frozen.letter(SINGLE)
    phone = hall.phone(letter)
    first = hall.sign(phone, *YES)
    phone.accepted(first)
    second = hall.sign(phone, *NO)
    answers = [logged(one) for one in hall.cast((letter, first), (letter, second))]
    assert answers[1].receipt.index == answers[0].receipt.index + 1


def test_two_firsts_of_one_phone_at_once_are_one_ballot(hall: Hall) -> None:
    letter = hall.frozen.letter(SINGLE)
    phone = hall.phone(letter)
    answers = hall.cast((letter, hall.sign(phone, *YES)), (letter, hall.sign(phone, *NO)))
    assert isinstance(answers[0], Logged)
    assert isinstance(answers[1], BrokenChain)


def test_anothers_nonce_at_once_is_taken(hall: Hall) -> None:
    mine, other = hall.frozen.letter(SINGLE), hall.frozen.letter(COUPLE)
    phone = hall.phone(mine)
    token = hall.sign(phone, *YES)
    nonce = Ballot.read(token, trusted=PublicKey.of(phone.key)).nonce
    copied = hall.sign(hall.phone(other), *YES, nonce=nonce)
    answers = hall.cast((mine, token), (other, copied))
    assert isinstance(answers[0], Logged)
    assert isinstance(answers[1], refusals.NonceTaken)


def test_a_void_letter_is_refused_among_others(hall: Hall) -> None:
    void, good = hall.frozen.letter(SINGLE), hall.frozen.letter(COUPLE)
    tokens = [hall.sign(hall.phone(letter), *YES) for letter in (void, good)]
    with hall.database.writing() as session:
        session.execute(
            update(LetterRecord).where(LetterRecord.id == void.id).values(voided_at=NOW)
        )
    answers = hall.cast((void, tokens[0]), (good, tokens[1]))
    assert isinstance(answers[0], LetterNeeded)
    assert isinstance(answers[1], Logged)


def test_ballots_of_two_assemblies_stand_each_in_its_own_log(hall: Hall) -> None:
    with hall.database.writing() as session:
        other = frozen_assembly(session, hall.keys, NOW)
    beside = replace(hall, frozen=other)
    here, there = hall.frozen.letter(SINGLE), other.letter(SINGLE)
    yes, no = hall.sign(hall.phone(here), *YES), beside.sign(beside.phone(there), *NO)
    answers = hall.cast((here, yes), (there, no), (there, yes))
    assert logged(answers[0]).receipt.entry.body == {"token": yes}
    assert logged(answers[1]).receipt.entry.body == {"token": no}
    assert isinstance(answers[2], VotingError)
    assert not isinstance(answers[2], WrongAssembly)  # the key is not even trusted there
