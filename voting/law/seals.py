"""Seals: how many members must sign before one is used."""

from voting.law.findings import MEMBERS, SIGNED, Comparison
from voting.law.rules import Rules


def signatures_needed(members: int, rules: Rules) -> int:
    """Return how many of the members must sign for one use of a seal; raises `NoSuchRule`.

    Law: zb art. 31 -- more than half; elsewhere practice, as in beijing art. 43.
    """
    return rules.threshold("seal_signatures").least(members)


def signed_enough(signed: int, members: int, rules: Rules) -> Comparison:
    """Say whether enough members have signed; silence is no signature. Raises `NoSuchRule`.

    Law: zb art. 31 -- more than half of all members.
    """
    return Comparison(MEMBERS, SIGNED, signed, members, rules.threshold("seal_signatures"))
