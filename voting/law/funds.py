"""The maintenance fund: what each part bears of a budget, exact to the fen."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from voting.errors import Malformed

K = TypeVar("K", bound=Hashable)


def shares(budget: int, areas: Mapping[K, int]) -> dict[K, int]:
    """Divide a budget in fen by areas in dm²; the shares sum to the budget, to the fen.

    Each part bears its exact share cut to whole fen; the fen left over go to the largest
    remainders, equal ones in the order given. Raises `Malformed` without parts or with a part
    that has no area.

    Law: f165 art. 20 -- those who benefit bear the cost by area; civil-code art. 283 -- by the
    share of the exclusive parts' area, where the owners agreed nothing else.
    """
    if budget < 0 or not areas or min(areas.values()) <= 0:
        raise Malformed("a budget is divided among parts that have an area")
    whole = sum(areas.values())
    divided = {key: divmod(budget * area, whole) for key, area in areas.items()}
    left_over = budget - sum(fen for fen, _ in divided.values())
    # Sorting is stable: equal remainders stay in the order given.
    largest = set(sorted(divided, key=lambda key: divided[key][1], reverse=True)[:left_over])
    return {key: fen + (key in largest) for key, (fen, _) in divided.items()}
