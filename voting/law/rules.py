"""The rules that hold for one assembly: the packs laid on one another, the estate's own on top."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from voting.canonical import JSON, Fields, JSONObject
from voting.errors import CutsUnderTheLaw, Malformed, NoSuchRule, RuleNotRecorded
from voting.law.citations import Citation
from voting.law.house import RULES_ZH, HouseRules
from voting.law.majorities import Majority, Threshold
from voting.law.matters import Matter
from voting.law.packs import Pack
from voting.law.parameters import DAYS, Parameter

FORMAT = "zhongjue/rules/1"


@dataclass(frozen=True, slots=True)
class Rules:
    """Every parameter in force on a date, by name, and the estate's own rules if recorded."""

    pack: str
    on: date
    parameters: tuple[Parameter, ...]
    recorded: HouseRules | None = None

    @property
    def house(self) -> HouseRules:
        """The estate's own rules; raises `RuleNotRecorded` when the convener wrote none."""
        if self.recorded is None:
            raise RuleNotRecorded(tuple(RULES_ZH.values()))
        return self.recorded

    def has(self, name: str) -> bool:
        """Say whether a parameter of this name is in force."""
        return any(parameter.name == name for parameter in self.parameters)

    def parameter(self, name: str) -> Parameter:
        """Return a parameter; raises `NoSuchRule` when none of this name is in force."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise NoSuchRule(f"{name} in {self.pack} on {self.on}")

    def citations(self, name: str) -> tuple[Citation, ...]:
        """Return the provisions of a parameter; raises `NoSuchRule`."""
        return self.parameter(name).law

    def threshold(self, name: str) -> Threshold:
        """Return a share with its base; raises `NoSuchRule`."""
        value = self.parameter(name).value
        if not isinstance(value, Threshold):
            raise NoSuchRule(f"{name} is no share")
        return value

    def share(self, name: str) -> Fraction:
        """Return the share alone; raises `NoSuchRule`."""
        return self.threshold(name).share

    def days(self, name: str) -> timedelta:
        """Return a period in days; raises `NoSuchRule`."""
        if self.parameter(name).unit != DAYS:
            raise NoSuchRule(f"{name} is not in days")
        return timedelta(days=self.number(name))

    def number(self, name: str) -> int:
        """Return a number of days, months or things; raises `NoSuchRule`."""
        value = self.parameter(name).value
        if not isinstance(value, int) or isinstance(value, bool):
            raise NoSuchRule(f"{name} is no number")
        return value

    def flag(self, name: str) -> bool:
        """Return yes or no; raises `NoSuchRule`."""
        value = self.parameter(name).value
        if not isinstance(value, bool):
            raise NoSuchRule(f"{name} is no yes or no")
        return value

    def listed(self, name: str) -> tuple[str | int, ...]:
        """Return a list of words or of matters; raises `NoSuchRule`."""
        value = self.parameter(name).value
        if not isinstance(value, tuple):
            raise NoSuchRule(f"{name} is no list")
        return value

    def quorum(self) -> Majority:
        """Return what must take part."""
        return self._majority("quorum")

    def majority(self, matter: Matter) -> Majority:
        """Return what must agree in a matter."""
        return self._majority("grave" if self.is_grave(matter) else "ordinary")

    def is_grave(self, matter: Matter) -> bool:
        """Say whether a matter needs the larger majority."""
        return matter.value in self.listed("grave_matters")

    def _majority(self, kind: str) -> Majority:
        area, heads = self.parameter(f"{kind}_area"), self.parameter(f"{kind}_heads")
        law = tuple(dict.fromkeys((*area.law, *heads.law)))
        return Majority(self.threshold(area.name), self.threshold(heads.name), law)

    def with_house(self, house: HouseRules) -> "Rules":
        """Lay the estate's own rules on top; raises `CutsUnderTheLaw` or `NoSuchRule`."""
        law = compose(self.pack, on=self.on)
        named = {parameter.name: parameter for parameter in law.parameters}
        for move in house.moves:
            old = law.parameter(move.name)
            if move.unit != old.unit:
                raise Malformed(f"{move.name} is in {old.unit}, not in {move.unit}")
            named[move.name] = old.moved(move.value, move.clause)
        rules = replace(law, parameters=tuple(named.values()), recorded=house)
        _require_lawful_house(rules)
        return rules

    def strange(self) -> tuple[str, ...]:
        """Name the parameters that differ from this program's packs and the recorded clauses.

        Frozen rules are read without the packs; whoever audits them asks this.
        """
        law = compose(self.pack, on=self.on, house=self.recorded)
        theirs, ours = map(_substance, self.parameters), map(_substance, law.parameters)
        return tuple(sorted({str(name) for name, *_ in set(theirs) ^ set(ours)}))

    def to_json(self) -> JSONObject:
        """Return the rules as they are frozen: every value, its words and its citations."""
        cited = {c.id: c.to_json() for p in self.parameters for c in p.citations}
        return {
            "citations": dict[str, JSON](cited),
            "format": FORMAT,
            "house": self.recorded.to_json() if self.recorded else None,
            "on": self.on.isoformat(),
            "pack": self.pack,
            "parameters": {p.name: p.to_json() for p in self.parameters},
        }

    @classmethod
    def from_json(cls, value: JSON) -> "Rules":
        """Read frozen rules, without looking at any pack; raises `Malformed`."""
        fields = Fields(value, "rules")
        fields.exactly("format", FORMAT)
        cited = {
            name: Citation.from_json(item) for name, item in fields.object("citations").items()
        }
        house = None if fields.is_null("house") else HouseRules.from_json(fields.object("house"))
        rules = cls(
            pack=fields.text("pack"),
            on=Parameter.read_date(fields.text("on")),
            parameters=tuple(
                Parameter.from_json(name, item, cited)
                for name, item in sorted(fields.object("parameters").items())
            ),
            recorded=house,
        )
        fields.done()
        return rules


def compose(pack: str, *, on: date, house: HouseRules | None = None) -> Rules:
    """Lay the packs of all floors on one another, as they stood on a date.

    Raises `NoSuchRule` for an unknown pack, `CutsUnderTheLaw` where a higher floor asks for less.

    Law: legislation-law art. 99 para. 1 -- a statute prevails over regulations, and these over
    local ones; a floor above may only move what the one below lets it move.
    """
    named: dict[str, Parameter] = {}
    for floor in Pack.named(pack).floors():
        for parameter in floor.in_force(on):
            if parameter.name in named:
                named[parameter.name].require_not_cut_by(parameter)
            named[parameter.name] = parameter
    law = Rules(pack, on, tuple(named[name] for name in sorted(named)))
    return law.with_house(house) if house else law


def _require_lawful_house(rules: Rules) -> None:
    """Hold the recorded rules against what the law says of them."""
    house = rules.house
    uses = rules.parameter("voting_uses")
    uses.require_not_cut_by(replace(uses, value=house.uses))
    if rules.has("proxies_most") and house.proxies > rules.number("proxies_most"):
        said = rules.parameter("proxies_most").said_zh
        raise CutsUnderTheLaw(f"代理人受托的人数超过了规定：{said}")


def _substance(parameter: Parameter) -> tuple[object, ...]:
    """Return what of a parameter decides, without the sentences that explain it."""
    cited = tuple(citation.id for citation in parameter.citations)
    return (parameter.name, parameter.value, parameter.unit, cited, parameter.clause)
