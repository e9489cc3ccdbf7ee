"""The database: base class of tables, exact UTC times, one short transaction per request.

SQLite writes take one lock across processes before `BEGIN IMMEDIATE`: without it the busy
time-out polls and the slowest writes wait ten times longer.
"""

import fcntl
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

BELIEVED_FOR = 1.0  # seconds without use after which a connection is asked whether it lives
MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


class Record(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always with its zone: naive times are refused, UTC comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone; SQLite keeps UTC without saying so."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return UTC, whatever zone the server speaks."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """One database and its two kinds of transaction: `reading` and `writing`."""

    def __init__(self, url: str) -> None:
        """Open the database at `url` (`sqlite:///…` or `postgresql://…`)."""
        parsed = make_url(url)
        self._lock_file: Path | None = None
        self._turn = threading.Lock()
        if parsed.get_backend_name() == "sqlite":
            path = Path(parsed.database or "zhongjue.db").resolve()
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock_file = path.with_suffix(path.suffix + ".lock")
            self.engine = create_engine(url, connect_args={"timeout": 15})
            _speak_sqlite(self.engine)
        else:
            self.engine = create_engine(url, pool_size=8, max_overflow=8)
            _doubt_the_idle(self.engine)
        writes = self.engine.execution_options(writing=True)
        self._writing = sessionmaker(writes, expire_on_commit=False)
        self._reading = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Run one transaction that may write; it commits at the end or not at all."""
        with self._one_writer(), self._writing.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Run one transaction that only reads."""
        with self._reading() as session:
            yield session
            session.rollback()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        """Let one thread of one process write at a time to a file; a server orders its writers.

        The threads of a process take turns before they ask for the file's lock, because giving
        that back wakes everybody who waits for it.
        """
        if self._lock_file is None:
            yield
        else:
            with self._turn, _held(self._lock_file):
                yield

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold the lock on a file; each holder opens it anew, for threads would share an open one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _speak_sqlite(engine: Engine) -> None:
    """Give SQLite durable write-ahead logging, foreign keys and explicit transactions."""

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        # Said to the driver itself: by way of the engine it takes as long as a query.
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _doubt_the_idle(engine: Engine) -> None:
    """Ask a connection that lay idle whether the server is still there, and open a new one if not.

    The pool's own `pre_ping` asks before every transaction, a whole round trip for each ballot.
    """

    @event.listens_for(engine, "checkin")
    def _(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        idle_since = record.info.pop("idle_since", math.inf)  # a new one is believed
        if time.monotonic() - idle_since < BELIEVED_FOR:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.OperationalError as error:
            raise InvalidatePoolError from error


def migrate(url: str, to: str = "head") -> None:
    """Bring the database at `url` to the newest schema, or to a revision on the way there."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    command.upgrade(config, to)
