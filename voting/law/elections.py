"""Elections: who comes first when more candidates qualify than there are seats."""

from voting.errors import NoSuchRule
from voting.law.findings import AREA, HEADS
from voting.law.majorities import Count
from voting.law.rules import Rules


def rank(agreed: Count, rules: Rules) -> tuple[int, ...]:
    """Return what a qualified candidate is ranked by, the weightiest first; equal ranks are a tie.

    Raises `NoSuchRule` for a measure that is neither heads nor area.

    Law: civil-code art. 278 para. 2 -- a seat needs its majority by both counts; who comes first
    among those who have it no statute says, so the rule packs do, by practice.
    """
    measures = {HEADS: agreed.heads, AREA: agreed.area}
    names = [str(name) for name in rules.listed("election_rank")]
    if not set(names) <= set(measures):
        raise NoSuchRule(f"nobody is ranked by {names}")
    return tuple(measures[name] for name in names)
