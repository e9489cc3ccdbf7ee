"""Ballots a second through the production server, beside bare inserts in the same run."""

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from assemblies.foundation.config import Config
from assemblies.foundation.database import migrate
from bench import crowd, load, server
from bench.crowd import Crowd
from bench.load import Load
from bench.sizes import Sizes
from tests.support.postgresql import free_port, running_server

# A ballot that was receipted must survive a power cut: the defaults of a server in service.
CAREFUL = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
SAID = "x" * 80


@contextmanager
def database(backend: str, folder: Path) -> Iterator[str]:
    """Address an empty, migrated database that commits durably."""
    if backend == "sqlite":
        url = f"sqlite:///{folder / 'zhongjue.db'}"
        migrate(url)
        yield url
        return
    with running_server(CAREFUL) as running:
        running.create("bench")
        url = running.url("bench")
        migrate(url)
        yield url


def settings(url: str, folder: Path) -> Config:
    """Return the configuration of a site for measuring."""
    port = free_port()
    return Config(folder / "instance", url, f"http://localhost:{port}", port)


def measure(made: Crowd, sizes: Sizes) -> tuple[dict[int, Load], dict[int, Load]]:
    """Return what casts and bare inserts took, by the number of clients."""
    requests = crowd.casts(made, made.frozen.letters[: sizes.voters])
    prepared = list(requests)
    with made.site.database.writing() as session:
        session.execute(server.TABLE)
    made.site.database.close()
    port = made.site.config.port
    left = iter(prepared)
    cast: dict[int, Load] = {}
    bare: dict[int, Load] = {}
    with server.serving(made.site.config), _loader() as pool:
        _run(pool, port, list(islice(left, sizes.warm_up)), 32)
        for clients, count in sizes.casts.items():
            bare[clients] = _run(pool, port, [_bare()] * count, clients)
            cast[clients] = _run(pool, port, list(islice(left, count)), clients)
    return cast, bare


def _bare() -> bytes:
    return crowd.post(server.BARE_PATH, {"said": SAID})


@contextmanager
def _loader() -> Iterator[ProcessPoolExecutor]:
    """Start the one process that sends requests, apart from whatever this one holds."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=gc.disable) as pool:
        yield pool


def _run(pool: ProcessPoolExecutor, port: int, requests: Sequence[bytes], clients: int) -> Load:
    return pool.submit(load.run, port, requests, clients).result(timeout=2 * load.GIVE_UP_AFTER)
