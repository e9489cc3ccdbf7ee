"""The committee: who must be there, who must agree, how long it serves, and who steps in."""

from datetime import date
from enum import StrEnum

from voting.law.duties import due, last_day
from voting.law.findings import CONSENT, MEMBERS, PARTY, PRESENT, Comparison
from voting.law.rules import Rules


class Vacancy(StrEnum):
    """What a seat that fell empty asks for.

    `NEW_ELECTION` and `STREET_CALLS` say that too few are left even when every alternate has
    stepped in; the alternates step in all the same and serve until then.
    """

    NONE = "none"
    SUBSTITUTE = "substitute"
    BY_ELECTION = "by-election"
    NEW_ELECTION = "new-election"
    STREET_CALLS = "street-calls"

    @property
    def zh(self) -> str:
        """What has to be done, in words."""
        return _VACANCIES_ZH[self]


_VACANCIES_ZH = {
    Vacancy.NONE: "委员齐全",
    Vacancy.SUBSTITUTE: "由候补委员按得票先后递补",
    Vacancy.BY_ELECTION: "没有候补委员可以递补，由业主大会补选",
    Vacancy.NEW_ELECTION: "委员人数太少，要重新选举业主委员会",
    Vacancy.STREET_CALLS: "委员人数太少，由街道办事处组织选举",
}


def present_enough(present: int, members: int, rules: Rules) -> Comparison:
    """Say whether enough members came to a meeting; raises `NoSuchRule`.

    Law: sd art. 32 -- two thirds of the members; elsewhere r274 art. 38 -- more than half.
    """
    return _of_members(PRESENT, present, members, "committee_present", rules)


def agreed(agree: int, members: int, rules: Rules) -> Comparison:
    """Say whether enough agreed: of ALL members, not only of those present; raises `NoSuchRule`.

    Law: sd art. 32.
    """
    return _of_members(CONSENT, agree, members, "committee_agree", rules)


def party_share(party: int, members: int, rules: Rules) -> Comparison:
    """Hold the members who belong to the party against what policy asks; raises `NoSuchRule`.

    It is a flag and never a veto: no statute asks for it, and a lawful election stands without.

    Law: dz art. 7; zz art. 1 -- sixty in a hundred.
    """
    return _of_members(PARTY, party, members, "party_share", rules)


def size_is_lawful(members: int, rules: Rules) -> bool:
    """Say whether a committee of so many is large enough and odd; raises `NoSuchRule`.

    Law: sd art. 30 -- five or more, an odd number.
    """
    return members >= rules.number("committee_least") and members % 2 == 1


def term_end(began: date, rules: Rules) -> date:
    """Return the last day of the longest lawful term that began on a day; raises `NoSuchRule`.

    Law: sd art. 30 -- five years at most; civil-code art. 202.
    """
    name = "committee_term_months"
    return last_day(began, rules.number(name), rules.parameter(name).unit)


def reelection_begins(ends: date, rules: Rules) -> date:
    """Return the day by which re-election begins for a term that ends; raises `NoSuchRule`.

    Law: sd art. 33 -- ninety days before the end.
    """
    return due("reelection_start_days", ends, rules).last


def alternates_allowed(members: int, rules: Rules) -> int:
    """Return how many alternates a committee of so many may have; raises `NoSuchRule`.

    Law: r274 art. 31 fixes no number; three cities allow as many as there are members.
    """
    share = rules.share("committee_most_alternates")
    return members * share.numerator // share.denominator


def vacancy(seats: int, left: int, alternates: int, rules: Rules) -> Vacancy:
    """Say what the empty seats ask for, counted as if the alternates had stepped in.

    Raises `NoSuchRule`.

    Law: qd art. 41 -- alternates step in; under half a new election; zb art. 34, wf art. 38 --
    under two thirds the street office calls it.
    """
    filled = min(seats, left + alternates)
    if left >= seats:
        return Vacancy.NONE
    if rules.has("vacancy_street_share") and _too_few(filled, seats, "vacancy_street_share", rules):
        return Vacancy.STREET_CALLS
    if _too_few(filled, seats, "vacancy_new_election", rules):
        return Vacancy.NEW_ELECTION
    return Vacancy.SUBSTITUTE if alternates > 0 else Vacancy.BY_ELECTION


def _too_few(filled: int, seats: int, name: str, rules: Rules) -> bool:
    return not rules.threshold(name).reached(filled, seats)


def _of_members(part_name: str, part: int, members: int, rule: str, rules: Rules) -> Comparison:
    return Comparison(MEMBERS, part_name, part, members, rules.threshold(rule))
