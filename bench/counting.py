"""How fast the core counts and verifies, beside the bare signature check."""

import os
from dataclasses import dataclass
from time import perf_counter

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from bench.sizes import Sizes
from tests.support.simulation import Simulation, simulate, some_casts, some_items, some_voters
from voting.signing import new_key
from voting.tally import tally
from voting.verify.audit import verify

CORES = os.cpu_count() or 1
BARE_FOR = 1.0
MESSAGE = b"x" * 2_000


@dataclass(frozen=True, slots=True)
class Verified:
    """Ballots verified a second, and bare signature checks a second on all cores."""

    per_second: float
    raw_per_second: float


def tally_seconds(sizes: Sizes) -> float:
    """Return how long the tally of opened ballots takes."""
    assembly = Simulation(some_items(), some_voters(sizes.tallied))
    casts = some_casts(assembly)
    begun = perf_counter()
    tally(assembly.agenda, assembly.roll, assembly.rules, assembly.bound, casts)
    return perf_counter() - begun


def verification(sizes: Sizes) -> Verified:
    """Return how fast an audit bundle is verified with the workers that the command would use."""
    bundle = simulate(voters=sizes.verified).bundle()
    begun = perf_counter()
    report = verify(bundle, workers=CORES)
    took = perf_counter() - begun
    assert report.holds, report.said_zh
    return Verified(report.ballots / took, CORES * _checks_per_second())


def _checks_per_second() -> float:
    """Return how often one core can check one P-256 signature, key and digest ready."""
    key, how = new_key(), ec.ECDSA(hashes.SHA256())
    signature, public = key.sign(MESSAGE, how), key.public_key()
    done, begun = 0, perf_counter()
    while (took := perf_counter() - begun) < BARE_FOR:
        for _ in range(100):
            public.verify(signature, MESSAGE, how)
        done += 100
    return done / took
