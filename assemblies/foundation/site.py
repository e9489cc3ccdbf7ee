"""The running application's parts, without the web: for views, commands and the worker alike."""

from dataclasses import dataclass

from assemblies.foundation.clock import Clock
from assemblies.foundation.config import Config
from assemblies.foundation.database import Database
from assemblies.foundation.secrets import Keys, load_keys
from assemblies.foundation.together import Together


@dataclass(frozen=True, slots=True)
class Site:
    """Configuration, database, clock and keys of one installation.

    `together` is for the many small writes that come at once, which are ballots.
    """

    config: Config
    database: Database
    together: Together
    clock: Clock
    keys: Keys


def open_site(config: Config) -> Site:
    """Open an installation, making its folders and keys where they do not exist yet."""
    config.instance.mkdir(parents=True, exist_ok=True)
    config.outputs.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(config.database_url)
    return Site(
        config=config,
        database=database,
        together=Together(database),
        clock=Clock(config.ahead),
        keys=load_keys(config.keys),
    )
