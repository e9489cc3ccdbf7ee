"""Whether enough owners took part, and whether enough of them agreed."""

from voting.law.findings import CONSENT, PARTICIPATION, Finding
from voting.law.majorities import ENTITLED, Count, Majority


def participation(took_part: Count, entitled: Count, needed: Majority) -> Finding:
    """Say whether those who took part are enough, by area and by heads alike.

    Law: civil-code art. 278 para. 2 -- two thirds or more of the area and of the heads;
    before 2021 pmr art. 12 para. 1 -- more than half of both.
    """
    return Finding.of(PARTICIPATION, took_part, entitled, needed)


def consent_carries(agreed: Count, took_part: Count, entitled: Count, needed: Majority) -> Finding:
    """Say whether those who agreed carry the matter, by area and by heads alike.

    The same question is asked of a decision, of one option of a choice, of one candidate.

    Law: civil-code art. 278 para. 2 -- three quarters or more for grave matters, more than half
    for all others, of those who took part; before 2021 property-law art. 76 para. 2 -- two
    thirds or more for grave matters, more than half for all others, of all owners.
    """
    whole = Count(
        heads=entitled.heads if needed.heads.base == ENTITLED else took_part.heads,
        area=entitled.area if needed.area.base == ENTITLED else took_part.area,
    )
    return Finding.of(CONSENT, agreed, whole, needed)
