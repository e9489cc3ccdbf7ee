"""Transactions are whole, writers take turns, and a server that went away is found again."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from assemblies.foundation import database as subject
from assemblies.foundation.database import Database

WRITERS, WRITES = 4, 25


def test_a_refused_transaction_leaves_nothing(database_url: str) -> None:
    database = Database(database_url)

    def write_and_refuse() -> None:
        with database.writing() as session:
            session.execute(text("CREATE TABLE kept (said VARCHAR)"))
            raise PermissionError

    with pytest.raises(PermissionError):
        write_and_refuse()
    with database.writing() as session:
        session.execute(text("CREATE TABLE kept (said VARCHAR)"))
    database.close()


def test_writers_take_turns(database_url: str) -> None:
    """Reading a number and writing the next one loses no step, whoever else does it."""
    database = Database(database_url)
    with database.writing() as session:
        session.execute(text("CREATE TABLE counter (number INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))

    def count_up() -> None:
        for _ in range(WRITES):
            with database.writing() as session:
                session.execute(text("UPDATE counter SET number = number + 1"))

    threads = [threading.Thread(target=count_up) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        number = session.execute(text("SELECT number FROM counter")).scalar_one()
    database.close()
    assert number == WRITERS * WRITES


def test_a_reading_transaction_of_sqlite_takes_no_lock(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        with closing(sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///")))) as other:
            other.execute("CREATE TABLE beside (said VARCHAR)")
    database.close()


@pytest.mark.parametrize(("believed_for", "finds_out"), [(-1.0, False), (3600.0, True)])
@pytest.mark.postgresql
def test_an_idle_connection_is_doubted(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch, believed_for: float, *, finds_out: bool
) -> None:
    """A server that restarted ends all connections; whoever asks first does not notice."""
    monkeypatch.setattr(subject, "BELIEVED_FOR", believed_for)
    database = Database(postgresql_url)
    with database.reading() as session:
        backend = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(postgresql_url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])

    def ask() -> int:
        with database.reading() as session:
            return int(session.execute(text("SELECT 1")).scalar_one())

    if finds_out:
        with pytest.raises(OperationalError):
            ask()
    assert ask() == 1
    database.close()
