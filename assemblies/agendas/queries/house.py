"""The estate's own rules and the pack's, as lines that a person reads."""

from dataclasses import dataclass

from assemblies.agendas.queries.register import uses_zh
from voting.canonical import JSON, Fields, Plain
from voting.law.citations import Citation
from voting.law.house import CHOICES_ZH, HouseRules
from voting.law.majorities import Threshold
from voting.law.parameters import MATTERS, Parameter
from voting.law.rules import Rules

UNSAID = "没有另行约定，按通行做法"
UNITS = {"days": " 天", "workdays": " 个工作日", "months": " 个月", "count": ""}
MOVES = {"fixed": "不能另定", "raise": "只能更严", "lower": "只能更短", "free": "可以另定"}
FLOORS = {
    "house": "本小区",
    "national": "全国",
    "shandong": "山东省",
    "dezhou": "德州市",
    "zaozhuang": "枣庄市",
    "qingdao": "青岛市",
    "zibo": "淄博市",
    "weifang": "潍坊市",
    "liaocheng": "聊城市",
    "property-law-2007": "物权法",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words, and where it is from: the estate's clause, or the provision."""

    name: str
    words: str
    source: str

    def plain(self) -> Plain:
        """Return the JSON shape."""
        return {"name": self.name, "source": self.source, "words": self.words}

    @staticmethod
    def read(value: JSON) -> "RuleLine":
        """Read the JSON shape; raises `Malformed`."""
        fields = Fields(value, "rule")
        line = RuleLine(fields.text("name"), fields.text("words"), fields.text("source"))
        fields.done()
        return line


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One parameter of the rule packs for the rules screen."""

    name: str
    said: str
    value: str
    citation: str
    floor: str
    may: str
    verified: bool


def house_lines(rules: Rules) -> tuple[RuleLine, ...]:
    """Say what governs this vote: the estate's rules with their clauses, then the pack's.

    Raises `RuleNotRecorded` while the convener has not recorded the estate's rules.
    """
    return (
        *_own(rules.house),
        *(_of_pack(rules, *line) for line in _OF_PACK if rules.has(line[1])),
    )


_OF_PACK = (
    ("弃权票", "abstain_takes_part"),
    ("废票", "void_takes_part"),
    ("选举排名", "election_rank"),
)


def _own(house: HouseRules) -> tuple[RuleLine, ...]:
    proxies = (
        f"一人最多接受 {house.proxies} 位业主的书面委托" if house.proxies else "不接受委托投票"
    )
    extension = (
        f"参与不足时可以延期，最多延长 {house.extension} 天" if house.extension else "不延期"
    )
    return (
        RuleLine("投了两次", CHOICES_ZH["revote"][house.revote], house.revote_clause),
        RuleLine("没有投票", CHOICES_ZH["silence"][house.silence], house.silence_clause),
        RuleLine("委托投票", proxies, house.proxies_clause),
        RuleLine("延期", extension, house.extension_clause),
        RuleLine("哪些房屋计票", uses_zh(house.uses), house.uses_clause or UNSAID),
    )


def _of_pack(rules: Rules, name: str, parameter: str) -> RuleLine:
    found = rules.parameter(parameter)
    return RuleLine(name, found.said_zh, _law(found.law))


def parameter_lines(rules: Rules) -> tuple[ParameterLine, ...]:
    """Return every parameter in force with value, citation and whether it was verified.

    What decides a vote stands first, then its periods, then all the rest.
    """
    return tuple(
        ParameterLine(
            name=parameter.name,
            said=parameter.said_zh,
            value=value_zh(parameter),
            citation=_law(parameter.law),
            floor=FLOORS.get(parameter.pack, parameter.pack),
            may=MOVES[parameter.may],
            verified=parameter.verified,
        )
        for parameter in sorted(rules.parameters, key=_place)
    )


def _place(parameter: Parameter) -> tuple[int, str]:
    heads = (place for place, head in enumerate(_ORDER) if parameter.name.startswith(head))
    return next(heads, len(_ORDER)), parameter.name


_ORDER = (
    "quorum",
    "ordinary",
    "grave",
    "abstain",
    "void",
    "silent",
    "deemed",
    "voting_uses",
    "election_rank",
    "all_interested",
    "notice",
    "draft_roll",
    "tell_residents",
    "window",
    "internet",
    "written_proxy",
    "proxies",
    "objection",
    "decision_posted",
    "posting_lasts",
    "challenge",
)


def value_zh(parameter: Parameter) -> str:
    """Say a parameter's value in words."""
    match parameter.value:
        case Threshold() as threshold:
            return threshold.words_zh
        case bool() as flag:
            return "是" if flag else "否"
        case int() as number:
            return f"{number}{UNITS.get(parameter.unit, '')}"
        case tuple() as listed if parameter.name == "voting_uses":
            return uses_zh([str(use) for use in listed])
        case tuple() as listed if parameter.unit == MATTERS:
            return "、".join(f"第 {one} 项" for one in listed)
        case tuple() as listed:
            return "；".join(WORDS.get(str(one), str(one)) for one in listed)


WORDS = {"heads": "同意人数", "area": "同意面积"}


def _law(law: tuple[Citation, ...]) -> str:
    return "、".join(citation.text for citation in law)
