"""What policy asks of a committee and its candidates, said as flags: on screen, in papers, reports.

A flag never vetoes a lawful vote (DZ 5, 7; ZZ 1): the statute knows neither share nor review.
"""

from assemblies.foundation.wording import percent_text
from assemblies.records.committees import CandidateRecord
from voting.law.citations import Citation
from voting.law.committees import party_share
from voting.law.rules import Rules


def party_flag(party: int, members: int, rules: Rules) -> str:
    """Say a party share under what policy asks: 4/7 = 57.14%，低于 60%; "" when it is reached."""
    found = party_share(party, members, rules)
    if found.holds or not members:
        return ""
    share = found.share
    asked = percent_text(share.numerator, share.denominator).replace(".00", "")
    law = Citation.shortly(rules.citations("party_share"))
    return (
        f"委员中的党员 {party}/{members} = {percent_text(party, members)}，低于 {asked}。"
        f"这是政策要求（{law}），不影响选举效力。"
    )


def review_flag(candidate: CandidateRecord, departments: tuple[str, ...]) -> str:
    """Name the departments whose opinion on somebody is missing: 缺 住建部门 意见."""
    given = {one.department for one in candidate.reviews}
    missing = [one for one in departments if one not in given]
    if not missing:
        return ""
    return f"{candidate.name}的联审缺{'、'.join(missing)}意见，只作提示，不影响选举效力。"
