"""Writers who come at once share one transaction, and nobody pays for another's trouble."""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assemblies.foundation.database import Database
from assemblies.foundation.refusals import Refusal
from assemblies.foundation.together import Together
from voting.errors import VotingError

WRITERS = 6
WITHIN = 30.0
UNSAID = "unsaid"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    with opened.writing() as session:
        session.execute(text("CREATE TABLE said (word VARCHAR PRIMARY KEY)"))
    yield opened
    opened.close()


@pytest.fixture
def commits(database: Database) -> list[object]:
    counted: list[object] = []
    event.listen(database.engine, "commit", counted.append)
    return counted


def say(session: Session, said: Sequence[str]) -> list[str | VotingError]:
    """Write down words and shout them back; some words are not said."""
    return [_say(session, word) for word in said]


def _say(session: Session, word: str) -> str | VotingError:
    if word == UNSAID:
        return Refusal("anders")
    session.execute(text("INSERT INTO said VALUES (:word)"), {"word": word})
    return word.upper()


def words(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.execute(text("SELECT word FROM said")).scalars())


def at_once(together: Together, *said: str, among: Sequence[str] = ()) -> list[Any]:
    """Let all of these wait for one that is under way; return answers and errors in order."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(session: Session, asked: Sequence[str]) -> Sequence[str]:
        session.execute(text("SELECT 1"))
        begun.set()
        go_on.wait(WITHIN)
        return asked

    heard: list[Any] = [None] * len(said)

    def ask(number: int) -> None:
        try:
            heard[number] = together.write(
                say, said[number], among=among[number] if among else "here"
            )
        except (Refusal, SQLAlchemyError) as error:
            heard[number] = error

    first = threading.Thread(target=lambda: together.write(slow, "", among="first"))
    first.start()
    assert begun.wait(WITHIN)
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(said))]
    for thread in threads:
        thread.start()
    while len(together._waiting) < len(said):
        time.sleep(0.01)
    go_on.set()
    for thread in (first, *threads):
        thread.join(WITHIN)
    return heard


def test_who_waits_together_is_committed_together(
    database: Database, commits: list[object]
) -> None:
    names = [f"word{number}" for number in range(WRITERS)]
    heard = at_once(Together(database), *names)
    assert heard == [name.upper() for name in names]
    assert words(database) == set(names)
    assert len(commits) == 2  # the slow one, and all the others


def test_a_refusal_is_its_own(database: Database, commits: list[object]) -> None:
    heard = at_once(Together(database), "one", UNSAID, "two")
    assert (heard[0], heard[2]) == ("ONE", "TWO")
    assert isinstance(heard[1], Refusal)
    assert heard[1].said == "anders"
    assert words(database) == {"one", "two"}
    assert len(commits) == 2


def test_what_breaks_a_transaction_breaks_its_own_only(database: Database) -> None:
    with database.writing() as session:
        say(session, ["twice"])
    heard = at_once(Together(database), "one", "twice", "two")
    assert (heard[0], heard[2]) == ("ONE", "TWO")
    assert isinstance(heard[1], SQLAlchemyError)
    assert words(database) == {"twice", "one", "two"}


def test_only_those_under_one_lock_go_together(database: Database, commits: list[object]) -> None:
    heard = at_once(Together(database), "a", "b", "c", "d", among="xyxy")
    assert heard == ["A", "B", "C", "D"]
    assert len(commits) == 3


def test_one_alone_needs_nobody(database: Database) -> None:
    assert Together(database).write(say, "alone", among="here") == "ALONE"
    with pytest.raises(Refusal):
        Together(database).write(say, UNSAID, among="here")
    assert words(database) == {"alone"}
