"""The schema that migrations make is the schema that the tables describe, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assemblies.foundation.database import Database, Record, migrate
from assemblies.records import (
    assemblies,
    committees,
    duties,
    files,
    filings,
    jobs,
    ledger,
    logs,
    meetings,
    oversight,
    people,
    premises,
    repairs,
    resolutions,
    seals,
)

TABLES = (
    assemblies,
    committees,
    duties,
    files,
    filings,
    jobs,
    ledger,
    logs,
    meetings,
    oversight,
    people,
    premises,
    repairs,
    resolutions,
    seals,
)


def test_nothing_is_left_to_migrate(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Record.metadata)
    database.close()
    assert found == []


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)
