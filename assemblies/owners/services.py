"""Verbs of the owner's door: open a letter by its code, prove a fact; wrong tries are counted.

A wrong try is an answer, not an exception: the count must be kept, and a refusal would undo it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from assemblies.foundation.secrets import CODE_LENGTH, CODE_SIGNS, Keys
from assemblies.owners import queries
from assemblies.owners.facts import Kind, plain
from assemblies.records.attempts import forget, give_back, hit

# Four digits are guessed in ten thousand tries; a letter in the wrong hands gets a few dozen.
FACTS_PER_LETTER, LETTER_WINDOW = 5, timedelta(minutes=30)
FACTS_PER_HOUSEHOLD, HOUSEHOLD_WINDOW = 20, timedelta(days=1)
# One address may be a whole neighbourhood behind its provider, so this only stops machines.
FACTS_PER_ADDRESS, CODES_PER_ADDRESS, ADDRESS_WINDOW = 100, 100, timedelta(minutes=15)

UNKNOWN = "没有找到这个投票码。请对照信纸再输一遍；码里没有数字 0、1，也没有字母 O、I、L。"
VOID = "这封信已作废，请使用最新的一封。"
WRONG = "与登记的不一致，请再核对一遍。同住的任何一位产权人的都可以。"
LOCKED = "试的次数太多了。为了保护您的表决权，请过半小时再试，或到现场服务点办理。"


@dataclass(frozen=True, slots=True)
class Opened:
    """The answer to a code: a letter, or what to say instead."""

    letter: UUID | None = None
    said: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The answer to a fact: how the owner is known now, or what to say instead."""

    kind: Kind | None = None
    said: str = ""
    locked: bool = False


def open_letter(session: Session, typed: str, keys: Keys, address: str, *, now: datetime) -> Opened:
    """Look for the letter of a typed code; unknown and misspelt codes get one answer."""
    tries = _address_key(keys, "codes", address)
    if not hit(session, tries, limit=CODES_PER_ADDRESS, window=ADDRESS_WINDOW, now=now):
        return Opened(said=LOCKED, locked=True)
    found = queries.by_code(session, keys.index_of(code_of(typed)))
    if found is None:
        return Opened(said=UNKNOWN)
    give_back(session, tries)
    return Opened(said=VOID) if found.void else Opened(letter=found.id)


def prove(
    session: Session, letter: UUID, typed: str, keys: Keys, address: str, *, now: datetime
) -> Proof:
    """Hold a typed fact against the register; raises `LetterNeeded` for a void letter.

    Every try is counted before it is looked at, and taken back when it was right.
    """
    envelope = queries.envelope(session, letter)
    per_letter, per_household = f"letter/{letter}", f"household/{envelope.voter}"
    per_address = _address_key(keys, "facts", address)
    within = [
        hit(session, per_letter, limit=FACTS_PER_LETTER, window=LETTER_WINDOW, now=now),
        hit(session, per_household, limit=FACTS_PER_HOUSEHOLD, window=HOUSEHOLD_WINDOW, now=now),
        hit(session, per_address, limit=FACTS_PER_ADDRESS, window=ADDRESS_WINDOW, now=now),
    ]
    if not all(within):
        return Proof(said=LOCKED, locked=True)
    kind = queries.known_facts(session, envelope.voter, keys).recognise(typed)
    if kind is None:
        return Proof(said=WRONG)
    forget(session, per_letter)
    forget(session, per_household)
    give_back(session, per_address)
    return Proof(kind)


def code_of(typed: str) -> str:
    """Return a typed code as it was printed: blanks, dashes, case and full width do not matter."""
    code = plain(typed)
    known = len(code) == CODE_LENGTH and all(sign in CODE_SIGNS for sign in code)
    return code if known else ""


def _address_key(keys: Keys, what: str, address: str) -> str:
    """Name a count after an address without keeping the address."""
    return f"{what}/{keys.index_of(address)}"
