"""Silence: when those who were reached and did not vote may be deemed to follow the majority."""

from collections.abc import Mapping
from dataclasses import dataclass

from voting.law.citations import CIVIL_CODE_278_2, R274_26_2, Citation
from voting.law.house import Silence
from voting.law.majorities import NOBODY, Count
from voting.law.matters import Matter
from voting.law.rules import Rules

ABSTAIN = "abstain"
_REASONS_ZH = {
    "off": "本小区约定：没有投票的不算参与表决，也不作推定。",
    "grave": "本事项适用较高的同意门槛，不得把沉默推定为同意。",
    "nobody": "没有“已证明送达而没有投票”的业主，无需推定。",
    "tie": "已投的票里没有唯一的多数意见，不作推定。",
    "opposed": "按人数和按面积的多数意见不一致，不作推定。",
    "abstain": "已投的票以弃权为多，没有可以跟随的意见，不作推定。",
}


@dataclass(frozen=True, slots=True)
class Deemed:
    """The option that the silent are deemed to follow, and every option's count with them."""

    option: str
    counts: Mapping[str, Count]
    said_zh: str
    law: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class NotDeemed:
    """Why the silent stay what they are: owners who did not take part."""

    reason: str
    said_zh: str
    law: tuple[Citation, ...]


def deem(
    counts: Mapping[str, Count], silent: Count, *, matter: Matter, rules: Rules
) -> Deemed | NotDeemed:
    """Count the silent with the majority of those who voted, or say why that is not allowed.

    `counts` holds every option, `abstain` among them; `silent` counts only those whose ballot
    was provably delivered. Raises `RuleNotRecorded` when the estate recorded no rule.

    Law: r274 art. 26 para. 2 -- the estate's rules say whether the silent join the majority;
    civil-code art. 278 para. 2 -- taking part is a condition of its own, so that the strict
    result stands beside this one, and nobody is deemed to agree to a grave matter.
    """
    by_heads = _leaders({option: count.heads for option, count in counts.items()})
    by_area = _leaders({option: count.area for option, count in counts.items()})
    grave = rules.is_grave(matter) and not rules.flag("deemed_in_grave_matters")
    obstacles = {
        "off": rules.house.silence is Silence.NONE,
        "grave": grave,
        "nobody": silent == NOBODY,
        "tie": len(by_heads) != 1 or len(by_area) != 1,
        "opposed": by_heads != by_area,
        "abstain": by_heads == [ABSTAIN],
    }
    for reason, stands in obstacles.items():
        if stands:
            return NotDeemed(reason, _REASONS_ZH[reason], (CIVIL_CODE_278_2, *_law(rules)))
    return _deemed(by_heads[0], counts, silent, rules)


def _deemed(option: str, counts: Mapping[str, Count], silent: Count, rules: Rules) -> Deemed:
    said = (
        f"按本小区约定，已送达而没有投票的 {silent.heads:,} 人计入多数意见。"
        "这是推定结果，与严格结果并列公布。"
    )
    joined = {**counts, option: counts[option] + silent}
    return Deemed(option, joined, said, _law(rules))


def _law(rules: Rules) -> tuple[Citation, ...]:
    return (R274_26_2, Citation.of_house(rules.house.silence_clause))


def _leaders(votes: Mapping[str, int]) -> list[str]:
    """Return the options with most votes; none where nobody voted."""
    most = max(votes.values(), default=0)
    return [option for option, number in votes.items() if number == most and most > 0]
