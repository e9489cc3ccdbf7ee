"""One whole run of all measurements, one after the other, so that none disturbs another."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bench import casting, counting, crowd, papers, registers, server
from bench.load import Load
from bench.report import Measured
from bench.sizes import Sizes

BACKENDS = ("sqlite", "postgresql")
MANY_CLIENTS = 32

Say = Callable[[str], None]


def measure(sizes: Sizes, say: Say, backends: Sequence[str] = BACKENDS) -> Measured:
    """Measure everything; `say` hears what is under way."""
    found = Measured()
    for backend in backends:
        say(f"casts over HTTP, {backend}")
        with tempfile.TemporaryDirectory() as folder:
            found.cast[backend], found.bare[backend] = _casts(backend, Path(folder), sizes)
    if sizes.many_voters:
        say(f"casts over HTTP, {sizes.many_voters:,} voters")
        many = replace(sizes, casts={MANY_CLIENTS: sizes.casts[MANY_CLIENTS]})
        with tempfile.TemporaryDirectory() as folder:
            found.many_voters["sqlite"], _ = _casts("sqlite", Path(folder), many, sizes.many_voters)
    say("letters, register, page")
    with tempfile.TemporaryDirectory() as folder:
        _desk(found, Path(folder), sizes)
    say("tally")
    found.tally_seconds = counting.tally_seconds(sizes)
    say("verification")
    found.verified = counting.verification(sizes)
    return found


def _casts(
    backend: str, folder: Path, sizes: Sizes, voters: int = 0
) -> tuple[dict[int, Load], dict[int, Load]]:
    with casting.database(backend, folder) as url:
        made = crowd.gathered(casting.settings(url, folder), max(voters, sizes.voters))
        return casting.measure(made, sizes)


def _desk(found: Measured, folder: Path, sizes: Sizes) -> None:
    with casting.database("sqlite", folder) as url:
        made = crowd.gathered(casting.settings(url, folder), sizes.letters)
        found.letters_seconds = papers.letters_seconds(made)
        found.import_seconds = registers.import_seconds(made, sizes.imported)
        made.site.database.close()
        with server.serving(made.site.config):
            found.page_bytes = papers.voter_page_bytes(made)
