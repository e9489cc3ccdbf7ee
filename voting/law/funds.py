"""The maintenance fund: what each part bears of a sum, what is paid ahead, when to refill it."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from voting.errors import Malformed
from voting.law.rules import Rules

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


def balance_shares(settled: int, advanced: Mapping[K, int], areas: Mapping[K, int]) -> dict[K, int]:
    """Divide a settled cost and take off what each part already bore in the advance.

    A share below zero is money back. The shares sum to the settled cost less all advances; fen
    left over are placed as by `shares` of the whole cost, so that in the end each part has borne
    exactly its share of it. Raises `Malformed` as `shares` does, and for an advance borne by a
    part that is not among them.

    Law: f165 art. 20; civil-code art. 283.
    """
    whole = shares(settled, areas)
    if not advanced.keys() <= whole.keys():
        raise Malformed("an advance borne by a part that does not share the cost")
    return {key: share - advanced.get(key, 0) for key, share in whole.items()}


def advance(budget: int, rules: Rules) -> int:
    """Return the most that may be paid ahead, in whole fen and never above the share.

    Raises `Malformed` for a budget below zero, `NoSuchRule`.

    Law: f165 art. 22 names no share; in Qingdao's practice it is seventy in a hundred.
    """
    if budget < 0:
        raise Malformed("a budget below zero")
    share = rules.share("fund_advance")
    return budget * share.numerator // share.denominator


def needs_audit(budget: int, settled: int, rules: Rules) -> bool:
    """Say whether a settled cost is so far over the budget that an audit report is asked for.

    Exactly the share over is not yet too much. Raises `NoSuchRule`.

    Law: f165 art. 22 names no limit; in Jinan's practice it is more than a tenth over.
    """
    return rules.threshold("fund_settlement_over").reached(settled - budget, budget)


def needs_refill(balance: int, first_payment: int, rules: Rules) -> bool:
    """Say whether a balance is under the share of the first payment at which owners refill it.

    Exactly that share is still enough. Raises `NoSuchRule`.

    Law: zb art. 64; wf art. 66; lc art. 49 -- under thirty in a hundred.
    """
    share = rules.share("fund_refill_below")
    return balance * share.denominator < first_payment * share.numerator
