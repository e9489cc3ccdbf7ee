"""Counting attempts: the limit itself, the window, a burst, and taking back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assemblies.foundation.database import Database
from assemblies.records.attempts import forget, give_back, hit

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def tried(database: Database, key: str = "letter/1", limit: int = 3, now: datetime = NOW) -> bool:
    with database.writing() as session:
        return hit(session, key, limit=limit, window=A_MINUTE, now=now)


def test_the_limit_itself_is_within(database: Database) -> None:
    assert [tried(database) for _ in range(5)] == [True, True, True, False, False]


def test_nothing_is_within_no_limit(database: Database) -> None:
    assert not tried(database, limit=0)


def test_keys_are_counted_apart(database: Database) -> None:
    assert [tried(database, key, limit=1) for key in ("a", "b", "a")] == [True, True, False]


def test_the_count_starts_again_when_the_window_is_over(database: Database) -> None:
    assert tried(database, limit=1)
    assert not tried(database, limit=1, now=NOW + A_MINUTE - timedelta(seconds=1))
    assert tried(database, limit=1, now=NOW + A_MINUTE)
    assert not tried(database, limit=1, now=NOW + A_MINUTE)


def test_a_burst_is_counted_one_by_one(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: tried(database, limit=5), range(40)))
    assert sum(answers) == 5


def test_a_success_is_forgotten_or_given_back(database: Database) -> None:
    for _ in range(3):
        tried(database)
    with database.writing() as session:
        give_back(session, "letter/1")
    assert [tried(database), tried(database)] == [True, False]
    with database.writing() as session:
        forget(session, "letter/1")
    assert tried(database)
