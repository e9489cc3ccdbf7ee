"""One database for all tests of a module: each rolls back, or works in an estate of its own."""

from tests.support.shared_database import database_url

__all__ = ["database_url"]
