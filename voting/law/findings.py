"""A finding: one tested requirement with its numbers, in figures and in words, and its citation."""

from dataclasses import dataclass
from fractions import Fraction

from voting.canonical import JSON, Fields, JSONObject, encode
from voting.errors import Malformed
from voting.law.citations import Citation
from voting.law.majorities import Count, Majority, Threshold

AREA = "area"
HEADS = "heads"
MEMBERS = "members"
PARTICIPATION = "participation"
CONSENT = "consent"
PRESENT, SIGNED, PARTY = "present", "signed", "party"
_FINDINGS = (PARTICIPATION, CONSENT)
_PARTS_ZH = {
    PARTICIPATION: "参与表决", CONSENT: "同意", PRESENT: "出席", SIGNED: "签字", PARTY: "是党员"
}  # fmt: skip
_BASES_ZH = {"participants": "参与表决", "entitled": "全体"}
_MEASURES_ZH = {AREA: "面积", HEADS: "人数", MEMBERS: "委员"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A part compared with the share of a whole that it must reach: heads, members or dm²."""

    unit: str
    name: str
    part: int
    whole: int
    threshold: Threshold

    @property
    def share(self) -> Fraction:
        """The share that is needed."""
        return self.threshold.share

    @property
    def strict(self) -> bool:
        """Whether exactly that share is not enough."""
        return self.threshold.strict

    @property
    def holds(self) -> bool:
        """Whether the part is enough."""
        return self.threshold.reached(self.part, self.whole)

    @property
    def least(self) -> int:
        """The smallest part that would be enough."""
        return self.threshold.least(self.whole)

    @property
    def missing(self) -> int:
        """What is still missing; 0 when it holds."""
        return self.threshold.missing(self.part, self.whole)

    @property
    def percent_zh(self) -> str:
        """The share reached, cut (never rounded up) to two decimals; for reading only."""
        hundredths = self.part * 10_000 // self.whole if self.whole else 0
        return f"{hundredths // 100}.{hundredths % 100:02d}%"

    @property
    def missing_zh(self) -> str:
        """还差 37 户, 还差 4,210.55 ㎡, 还差 1 人; empty when nothing is missing."""
        if self.holds:
            return ""
        missing = f"{self.missing:,} 户" if self.unit == HEADS else self._amount(self.missing)
        return f"还差 {missing}"

    @property
    def said_zh(self) -> str:
        """The comparison as one sentence."""
        measure = _MEASURES_ZH[self.unit]
        outcome = "达到" if self.holds else f"未达到，还差 {self._amount(self.missing)}"
        return (
            f"{_PARTS_ZH[self.name]}的{measure} {self._amount(self.part)}，"
            f"{_BASES_ZH[self.threshold.base]}{measure} {self._amount(self.whole)}，"
            f"须{self.threshold.words_zh}（至少 {self._amount(self.least)}）：{outcome}"
        )

    def _amount(self, number: int) -> str:
        return square_metres(number) if self.unit == AREA else f"{number:,} 人"

    def to_json(self) -> JSONObject:
        """Return the numbers, the outcome, and the sentence."""
        return {
            "holds": self.holds,
            "least": self.least,
            "missing": self.missing,
            "part": self.part,
            "said": self.said_zh,
            "threshold": self.threshold.to_json(),
            "whole": self.whole,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one requirement, by area and by heads; both must hold."""

    name: str
    by_area: Comparison
    by_heads: Comparison
    law: tuple[Citation, ...]

    @classmethod
    def of(cls, name: str, part: Count, whole: Count, needed: Majority) -> "Finding":
        """Compare a count with the majority it needs."""
        return cls(
            name,
            Comparison(AREA, name, part.area, whole.area, needed.area),
            Comparison(HEADS, name, part.heads, whole.heads, needed.heads),
            needed.law,
        )

    @property
    def holds(self) -> bool:
        """Whether the requirement is met by both counts."""
        return self.by_area.holds and self.by_heads.holds

    @property
    def missing_zh(self) -> str:
        """还差 37 户、4,210.55 ㎡; empty when nothing is missing."""
        parts = [c.missing_zh for c in (self.by_heads, self.by_area) if c.missing_zh]
        return "、".join(parts[:1] + [part.removeprefix("还差 ") for part in parts[1:]])

    @property
    def said_zh(self) -> str:
        """The finding as one sentence, with the provision it rests on."""
        law = Citation.shortly(self.law)
        return f"{self.by_area.said_zh}；{self.by_heads.said_zh}（{law}）。"

    def to_json(self) -> JSONObject:
        """Return the finding as the result object carries it."""
        law: list[JSON] = [citation.to_json() for citation in self.law]
        return {
            "area": self.by_area.to_json(),
            "heads": self.by_heads.to_json(),
            "holds": self.holds,
            "law": law,
            "name": self.name,
        }

    @classmethod
    def from_json(cls, value: JSON) -> "Finding":
        """Read a finding; raises `Malformed` also where its words and numbers disagree."""
        fields = Fields(value, "finding")
        name = fields.text("name")
        if name not in _FINDINGS:
            raise Malformed(f"no such finding: {name!r}")
        finding = cls(
            name,
            _comparison(fields.fields("area"), AREA, name),
            _comparison(fields.fields("heads"), HEADS, name),
            tuple(Citation.from_json(law) for law in fields.list("law")),
        )
        if encode(finding.to_json()) != encode(value):
            raise Malformed("a finding that contradicts itself")
        return finding


def _comparison(fields: Fields, unit: str, name: str) -> Comparison:
    return Comparison(
        unit,
        name,
        fields.integer("part", at_least=0),
        fields.integer("whole", at_least=0),
        Threshold.from_json(fields.object("threshold")),
    )


def square_metres(area: int) -> str:
    """Write an area in dm² as the register does: 4,210.55 ㎡.

    Law: spc-2009-7 art. 8 -- area is what the register says, to the hundredth of a square metre.
    """
    return f"{area // 100:,}.{area % 100:02d} ㎡"
