"""How the shares of the monthly table are said: exact fraction, target, what is missing."""

from dataclasses import dataclass

from assemblies.console.queries.lines import Share
from assemblies.console.rows import BY_NUMBER
from assemblies.foundation.wording import percent_text


@dataclass(frozen=True, slots=True)
class ShareShown:
    """One share ready to be drawn; `state` is 达标, 还差 N 个, or "" where there is no target."""

    name: str
    exact: str
    percent: str
    target: str
    state: str
    enough: bool
    part: int
    whole: int
    mark: tuple[int, int]

    @property
    def sentence(self) -> str:
        """Say the share in one line of the paper."""
        asked = f"，目标 {self.target}，{self.state}" if self.target else ""
        return f"{self.name}：{self.exact}，占 {self.percent}{asked}"


def share_shown(share: Share) -> ShareShown:
    """Return a known share ready to be drawn."""
    ratio, unit = share.ratio, BY_NUMBER[share.ratio.part].unit
    part, whole = share.part or 0, share.whole or 0
    target = ratio.target
    missing = share.missing
    return ShareShown(
        ratio.name,
        f"{part:,}/{whole:,}",
        percent_text(part, whole),
        "" if target is None else _target(target.numerator * 100, target.denominator),
        "" if target is None else f"还差 {missing:,} {unit}" if missing else "达标",
        not missing,
        part,
        whole,
        (0, 0) if target is None else (target.numerator, target.denominator),
    )


def _target(part: int, whole: int) -> str:
    return f"{part // whole}%"
