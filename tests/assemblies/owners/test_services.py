"""The owner's door: codes as they are typed, one fact, and how many tries there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assemblies.foundation.database import Database
from assemblies.foundation.refusals import LetterNeeded
from assemblies.foundation.secrets import Keys, load_keys
from assemblies.owners import services
from assemblies.owners.facts import Kind
from assemblies.records.assemblies import LetterRecord
from tests.support.builders import Frozen, Letter, frozen_assembly
from tests.support.households import (
    COMPANY,
    COUPLE,
    DEVELOPER,
    NAMELESS,
    SINGLE,
    THREE_FLATS,
    Household,
)

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HERE, THERE = "192.0.2.1", "192.0.2.2"


@dataclass(frozen=True, slots=True)
class Door:
    """A database with one frozen assembly, and the verbs as a view calls them."""

    database: Database
    keys: Keys
    frozen: Frozen

    def open(self, typed: str, address: str = HERE, now: datetime = NOW) -> services.Opened:
        with self.database.writing() as session:
            return services.open_letter(session, typed, self.keys, address, now=now)

    def prove(
        self, letter: Letter, typed: str, address: str = HERE, now: datetime = NOW
    ) -> services.Proof:
        with self.database.writing() as session:
            return services.prove(session, letter.id, typed, self.keys, address, now=now)

    def void(self, letter: Letter) -> None:
        with self.database.writing() as session:
            session.get_one(LetterRecord, letter.id).voided_at = NOW


@pytest.fixture
def door(database_url: str, tmp_path: Path) -> Iterator[Door]:
    database, keys = Database(database_url), load_keys(tmp_path / "keys")
    with database.writing() as session:
        frozen = frozen_assembly(session, keys, NOW)
    yield Door(database, keys, frozen)
    database.close()


def _wide(code: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in code)


SPELT = {
    "as printed": lambda code: code,
    "in groups": lambda code: f"{code[:4]}-{code[4:8]}-{code[8:]}",
    "in small letters": lambda code: code.lower(),
    "with blanks": lambda code: f" {code[:6]} {code[6:]} ",
    "full width": _wide,
    "with a long dash": lambda code: f"{code[:4]}—{code[4:]}",
}


@pytest.mark.parametrize("spell", SPELT.values(), ids=SPELT)
def test_a_code_opens_its_letter(door: Door, spell: type[str]) -> None:
    letter = door.frozen.letter(SINGLE)
    assert door.open(spell(letter.code)) == services.Opened(letter=letter.id)


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "23456789ABCD", "0" * 12, "甲" * 12, "A" * 60], ids=repr
)
def test_any_other_code_gets_one_answer(door: Door, typed: str) -> None:
    assert door.open(typed) == services.Opened(said=services.UNKNOWN)


def test_a_void_letter_says_so(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    door.void(letter)
    assert door.open(letter.code) == services.Opened(said=services.VOID)


PROOFS: dict[str, tuple[Household, str, Kind | None]] = {
    "last four of the ID": (SINGLE, "123x", Kind.ID),
    "last four of the phone": (SINGLE, "1234", Kind.PHONE),
    "one co-owner": (COUPLE, "3456", Kind.ID),
    "the other co-owner": (COUPLE, "7890", Kind.ID),
    "only a phone is known": (THREE_FLATS, "4321", Kind.PHONE),
    "a company": (COMPANY, "de7k", Kind.CREDIT),
    "neither number is known": (NAMELESS, "阿卜杜拉 买买提", Kind.NAME),
    "the developer": (DEVELOPER, "和平置业有限公司", Kind.NAME),
    "a name where numbers are known": (SINGLE, "张三丰", None),
    "somebody else's number": (SINGLE, "3456", None),
    "a full number": (SINGLE, "11010119800101123X", None),
}


@pytest.mark.parametrize(("household", "typed", "kind"), PROOFS.values(), ids=PROOFS)
def test_one_fact_opens_a_letter(
    door: Door, household: Household, typed: str, kind: Kind | None
) -> None:
    proof = door.prove(door.frozen.letter(household), typed)
    assert proof.kind is kind
    assert proof.said == ("" if kind else services.WRONG)


def test_a_void_letter_proves_nothing(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    door.void(letter)
    with pytest.raises(LetterNeeded):
        door.prove(letter, "1234")


# --- tries --------------------------------------------------------------------------------------


def test_the_last_allowed_try_may_still_be_right(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    for _ in range(services.FACTS_PER_LETTER - 1):
        assert door.prove(letter, "0000").said == services.WRONG
    assert door.prove(letter, "1234").kind is Kind.PHONE


def test_one_try_more_is_refused_even_when_right(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    for _ in range(services.FACTS_PER_LETTER):
        door.prove(letter, "0000")
    assert door.prove(letter, "1234") == services.Proof(said=services.LOCKED, locked=True)


def test_the_window_passes(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    for _ in range(services.FACTS_PER_LETTER + 1):
        door.prove(letter, "0000")
    just_before = NOW + services.LETTER_WINDOW - timedelta(seconds=1)
    assert door.prove(letter, "1234", now=just_before).locked
    assert door.prove(letter, "1234", now=NOW + services.LETTER_WINDOW).kind is Kind.PHONE


def test_a_right_fact_forgives_the_letter(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    for _ in range(3):
        for _ in range(services.FACTS_PER_LETTER - 1):
            door.prove(letter, "0000")
        assert door.prove(letter, "1234").kind is Kind.PHONE


def test_waiting_does_not_help_beyond_the_households_day(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    for turn in range(services.FACTS_PER_HOUSEHOLD):
        later = NOW + turn // services.FACTS_PER_LETTER * services.LETTER_WINDOW
        assert not door.prove(letter, "0000", now=later).locked
    assert door.prove(letter, "1234", now=NOW + timedelta(hours=12)).locked


def test_another_household_is_not_locked(door: Door) -> None:
    for _ in range(services.FACTS_PER_LETTER + 1):
        door.prove(door.frozen.letter(SINGLE), "0000")
    assert door.prove(door.frozen.letter(COUPLE), "3456").kind is Kind.ID


def test_an_address_that_guesses_codes_is_stopped(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    for _ in range(services.CODES_PER_ADDRESS):
        assert not door.open("23456789ABCD").locked
    assert door.open(letter.code).locked
    assert door.open(letter.code, THERE).letter == letter.id


def test_a_neighbourhood_behind_one_address_is_not_stopped(door: Door) -> None:
    letter = door.frozen.letter(SINGLE)
    for _ in range(services.CODES_PER_ADDRESS + 1):
        assert door.open(letter.code).letter == letter.id
