"""The schema that migrations make is the schema that the tables describe, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, select
from sqlalchemy.exc import DBAPIError

from assemblies.foundation.database import Database, Record, migrate


def test_nothing_is_left_to_migrate(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Record.metadata)
    database.close()
    assert found == []


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)


@pytest.fixture
def blank_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Address a database without any schema."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
        return
    server = request.getfixturevalue("postgresql_template")
    name = f"blank_{uuid4().hex}"
    server.create(name)
    yield server.url(name)
    server.drop(name)


def test_what_the_first_release_published_is_found_again_with_its_title(blank_url: str) -> None:
    migrate(blank_url, "0001")
    database = Database(blank_url)
    with database.engine.execution_options(writing=True).begin() as connection:
        _published(connection)
    migrate(blank_url)
    with database.engine.connect() as connection:
        held = Table("resolutions", MetaData(), autoload_with=connection)
        found = connection.execute(select(held.c.title, held.c.matter, held.c.body, held.c.state))
        assert found.all() == [("翻修屋面", 5, "assembly", "standing")]
        estates = Table("estates", MetaData(), autoload_with=connection)
        assert connection.execute(select(estates.c.pack)).scalar_one() == "shandong"
    database.close()


@pytest.mark.parametrize("book", ["postings", "posting_lines", "log_entries"])
def test_what_is_booked_or_logged_can_be_neither_changed_nor_dropped(
    database_url: str, book: str
) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection:
        triggers = (
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{}'"
            if connection.dialect.name == "sqlite"
            else "SELECT count(*) FROM pg_trigger WHERE tgrelid = '{}'::regclass "
            "AND NOT tgisinternal"
        )
        found = connection.exec_driver_sql(triggers.format(book)).scalar_one()
        if connection.dialect.name == "postgresql":
            with pytest.raises(DBAPIError, match="append-only"):
                connection.exec_driver_sql(f"DELETE FROM {book}")  # noqa: S608 -- a fixed name
    database.close()
    assert found >= 1


def _published(connection: Connection) -> None:
    """Write one published item as the first release did."""
    now, ids = datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None), [uuid4() for _ in range(6)]
    node, account, estate, assembly, item, resolution = ids
    rows = {
        "nodes": {"id": node, "kind": "estate", "name": "示例花园"},
        "accounts": {
            "id": account,
            "username": "director",
            "display_name": "主任",
            "password_hash": "x",
            "created_at": now,
            "session_mark": "x",
        },
        "estates": {"id": estate, "node_id": node, "name": "示例花园", "created_at": now},
        "assemblies": {
            "id": assembly,
            "estate_id": estate,
            "number": 1,
            "title": "第一次会议",
            "convener": "committee",
            "convener_name": "业委会",
            "phase": "published",
            "created_at": now,
            "created_by": account,
            "pack": "shandong",
        },
        "items": {
            "id": item,
            "assembly_id": assembly,
            "number": 1,
            "matter": 5,
            "kind": "decision",
            "title": "翻修屋面",
            "text": "……",
            "scope": {},
            "options": [],
            "seats": 0,
            "details": {},
        },
        "resolutions": {
            "id": resolution,
            "estate_id": estate,
            "item_id": item,
            "number": "业决〔2026〕1号-1",
            "outcome": "passed",
            "published_at": now,
            "challengeable_until": now,
        },
    }
    known = MetaData()
    known.reflect(connection)
    for name, given in rows.items():
        table = known.tables[name]
        values = {**_empty(table), **given}
        if connection.dialect.name == "sqlite":
            values = {key: getattr(one, "hex", one) for key, one in values.items()}
        connection.execute(table.insert(), values)


def _empty(table: Table) -> dict[str, object]:
    """Return an empty text or zero for every column that must not be null."""
    asked = [column for column in table.columns if not column.nullable]
    return {one.name: 0 if "INT" in str(one.type).upper() else "" for one in asked}
