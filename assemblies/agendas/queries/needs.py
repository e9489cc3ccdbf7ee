"""What an item needs, in words and in numbers, before anybody votes (CC 278)."""

from dataclasses import dataclass

from assemblies.agendas.queries.register import Register
from assemblies.foundation.wording import area_text, heads_text
from voting.agenda import Item
from voting.law.majorities import Count, Majority
from voting.law.rules import Rules
from voting.law.wording import words
from voting.scope import Scope, ScopeKind


@dataclass(frozen=True, slots=True)
class Needs:
    """Who may vote on an item, how many must take part, and how many of those must agree.

    `agree` is the least when just enough take part; more voters ask for more.
    """

    words: str
    entitled: Count
    quorum: Count
    agree: Count

    @property
    def quorum_zh(self) -> str:
        """Say the least that must take part: 至少 160 户、20,000.00 ㎡ 参与."""
        return f"至少 {_both(self.quorum)} 参与表决"

    @property
    def agree_zh(self) -> str:
        """Say the least that must agree when just enough take part."""
        return f"参与刚好达标时，至少 {_both(self.agree)} 同意；参与越多，需要的同意也越多"

    @property
    def entitled_zh(self) -> str:
        """Say who is entitled."""
        return f"{heads_text(self.entitled.heads)}、{area_text(self.entitled.area)}"


def needs_of(item: Item, rules: Rules, register: Register) -> Needs:
    """Work out what an item needs by the register as it stands now."""
    entitled = register.entitled(item.scope, uses_of(rules))
    quorum = _least(rules.quorum(), entitled, entitled)
    majority = rules.majority(item.matter)
    return Needs(
        words=words(item.matter, scope_zh(item.scope), rules),
        entitled=entitled,
        quorum=quorum,
        agree=_least(majority, quorum, entitled),
    )


def uses_of(rules: Rules) -> tuple[str, ...]:
    """Return the uses that carry a vote: the estate's rule if recorded, else the pack's."""
    if rules.recorded is not None:
        return rules.recorded.uses
    return tuple(str(use) for use in rules.listed("voting_uses"))


def scope_zh(scope: Scope) -> str:
    """Name a scope as the sentence about its thresholds does: 本小区, 3号楼, 1号楼2单元."""
    match scope.kind:
        case ScopeKind.ESTATE:
            return "本小区"
        case ScopeKind.PARTS:
            return f"所列 {len(scope.parts)} 处房屋"
        case _:
            return scope.words.removesuffix("的业主")


def _least(majority: Majority, took_part: Count, entitled: Count) -> Count:
    base = {"participants": took_part, "entitled": entitled}
    return Count(
        heads=majority.heads.least(base[majority.heads.base].heads),
        area=majority.area.least(base[majority.area.base].area),
    )


def _both(count: Count) -> str:
    return f"{heads_text(count.heads)}、{area_text(count.area)}"
