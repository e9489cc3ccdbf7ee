"""How Alembic reaches the database: the address comes from the caller, the tables from records."""

from importlib import import_module
from pkgutil import iter_modules

from alembic import context

from assemblies import records
from assemblies.foundation.database import Database, Record

# Every family of tables, so that none is forgotten when a file is added.
for family in iter_modules(records.__path__, f"{records.__name__}."):
    import_module(family.name)

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
