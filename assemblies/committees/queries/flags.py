"""What is said of a committee's composition: flags on screen and in papers, never a veto."""

from collections.abc import Iterable
from datetime import date

from assemblies.foundation.pictures import Bar, width_of
from assemblies.foundation.wording import day_text, percent_text
from assemblies.records.committees import CandidateRecord
from assemblies.records.flags import party_flag, review_flag
from voting.law.citations import Citation
from voting.law.committees import party_share, reelection_begins, size_is_lawful
from voting.law.rules import Rules

DOUBT = "doubt"


def party_bar(party: int, members: int, rules: Rules) -> Bar:
    """Draw the members who belong to the party against what policy asks."""
    found = party_share(party, members, rules)
    share = found.share
    return Bar(
        name="委员中的中共党员",
        part=f"{party} 人",
        whole=f"{members} 人",
        percent=percent_text(party, members),
        threshold=percent_text(share.numerator, share.denominator).replace(".00", ""),
        needed=f"{found.least} 人",
        missing=f"还差 {found.missing} 人" if found.missing else "",
        comparison=found.said_zh,
        enough=found.holds,
        fill=width_of(party, members),
        mark=width_of(share.numerator, share.denominator),
    )


def flags_of(
    seats: int,
    members: tuple[tuple[str, bool], ...],
    candidates: Iterable[CandidateRecord],
    departments: tuple[str, ...],
    rules: Rules,
) -> tuple[str, ...]:
    """Return every flag of a committee in one sentence each (SD 30, DZ 5, 7, ZZ 1)."""
    party = sum(belongs for _, belongs in members)
    found = [party_flag(party, len(members), rules)]
    found.append(size_flag(len(members), rules))
    if len(members) < seats:
        found.append(
            f"应选 {seats} 人，现有委员 {len(members)} 人，空缺 {seats - len(members)} 席。"
        )
    for candidate in candidates:
        found += [review_flag(candidate, departments), *answer_flags(candidate)]
    return tuple(flag for flag in found if flag)


def size_flag(members: int, rules: Rules) -> str:
    """Say a committee that is even or too small; "" where its size is lawful."""
    if not members or size_is_lawful(members, rules):
        return ""
    rule = rules.parameter("committee_least")
    return f"现有委员 {members} 人。{rule.said_zh}（{Citation.shortly(rule.law)}）"


def end_flag(ends: date, today: date, rules: Rules) -> str:
    """Say a term that is over, or whose re-election should have begun; "" before (SD 33)."""
    rule = rules.parameter("reelection_start_days")
    begins, law = reelection_begins(ends, rules), Citation.shortly(rule.law)
    if today > ends:
        return f"任期已于{day_text(ends)}届满，还没有换届。街道办事处可以组建换届小组（{law}）。"
    if today > begins:
        return f"任期{day_text(ends)}届满，应当在{day_text(begins)}前开始换届（{law}）。"
    return ""


def answer_flags(candidate: CandidateRecord) -> tuple[str, ...]:
    """Say every doubt about somebody: of the joint review, of the negative list."""
    doubts = [
        f"{one.department}对{candidate.name}提出疑点：{one.text}"
        for one in candidate.reviews
        if one.opinion == DOUBT
    ]
    unclear = [
        f"{candidate.name}不符合“{one['clause']}”的核对要求：{one['note']}"
        for one in candidate.answers
        if not one["clear"]
    ]
    return (*doubts, *unclear)
