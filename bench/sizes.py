"""How much is measured: the sizes DESIGN 9 speaks of, and tiny ones that a test can afford."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts of everything; `casts` says how many ballots so many clients cast together.

    With `many_voters` the casts are measured a second time among so many, to see that they are
    no slower.
    """

    casts: Mapping[int, int] = field(default_factory=lambda: {1: 1_500, 8: 3_000, 32: 4_000})
    warm_up: int = 300
    many_voters: int = 50_000
    tallied: int = 100_000
    verified: int = 10_000
    imported: int = 10_000
    letters: int = 1_000

    @property
    def voters(self) -> int:
        """Return how many voters an assembly needs so that each of them casts one ballot."""
        return sum(self.casts.values()) + self.warm_up


FULL = Sizes()
TINY = Sizes(
    casts={1: 5, 8: 10, 32: 40},
    warm_up=3,
    many_voters=0,
    tallied=50,
    verified=8,
    imported=20,
    letters=3,
)
