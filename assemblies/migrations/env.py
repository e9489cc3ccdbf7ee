"""How Alembic reaches the database: the address comes from the caller, the tables from records."""

from alembic import context

from assemblies.foundation.database import Database, Record
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

database = Database(context.config.attributes["url"])
with database.engine.execution_options(writing=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
database.close()
