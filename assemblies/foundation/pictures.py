"""The plain frozen values that the macros draw, with the little arithmetic of their pictures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from assemblies.foundation.permissions import Need
from assemblies.foundation.wording import (
    area_text,
    file_size_text,
    heads_text,
    percent_text,
    share_text,
)

Stage = Literal["done", "now", "ahead", "failed"]
Outcome = Literal["passed", "rejected", "tied", "no_decision"]
CellState = Literal["took_part", "not_yet", "not_counted"]
TWO_THIRDS = Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Bar:
    """One measured requirement, drawn as a bar with its mark and said in words."""

    name: str
    part: str
    whole: str
    percent: str
    threshold: str
    needed: str
    missing: str
    comparison: str
    enough: bool
    fill: str
    mark: str


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase on the rail: its name, its date in words, and whether it is past."""

    name: str
    when: str
    state: Stage
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One part in the building grid."""

    room: str
    state: CellState
    href: str = ""


@dataclass(frozen=True, slots=True)
class Floor:
    """One row of the building grid; None where a floor has no part in that column."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class BuildingGrid:
    """A building from its front: entrances with their width in columns, floors from the top."""

    name: str
    entrances: tuple[tuple[str, int], ...]
    floors: tuple[Floor, ...]

    def count(self, state: CellState) -> int:
        """Count the parts in one state."""
        return sum(
            cell is not None and cell.state == state for row in self.floors for cell in row.cells
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """What lets somebody check a step: a digest, a file, a page."""

    name: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step of something done or checked; `note` says its state in other words."""

    title: str
    state: Stage
    text: str = ""
    when: str = ""
    proofs: tuple[Proof, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One tested requirement of a verdict; `holds` is None where it was only stated, not tested."""

    name: str
    holds: bool | None
    clause: str
    text: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class TallyLine:
    """The figures of one option or candidate; `word` is 中选, 当选, 并列, 未当选 or empty."""

    name: str
    cells: tuple[str, ...]
    won: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """The verdict of one item, ready to be read from top to bottom."""

    number: str
    title: str
    outcome: Outcome
    summary: str
    findings: tuple[Finding, ...]
    tally_columns: tuple[str, ...] = ()
    tally: tuple[TallyLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter keeps: who, when, how much, and where it stands in the log; never the choice."""

    number: str
    assembly: str
    voter: str
    weight: str
    channel: str
    received: str
    log_place: str
    digest: str
    check_href: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer in a group of choices."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads; `current` marks the page one is on."""

    name: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A room of an estate among its tabs, and what one needs to enter it."""

    name: str
    endpoint: str
    need: Need


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file to download, with what one needs to trust and to afford it."""

    name: str
    href: str
    size: str
    digest: str = ""

    @classmethod
    def of(cls, name: str, href: str, size: int, digest: str = "") -> "FileLink":
        """Describe a file by its size in bytes."""
        return cls(name, href, file_size_text(size), digest)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the layout shows around every page; the application fills it once per request."""

    size: Literal["", "larger"] = ""
    place: str = ""
    nav: Sequence[Link] = field(default=())
    person: str = ""
    role: str = ""
    home_href: str = "/"
    sign_out_href: str = ""
    csrf_token: str = ""


def heads_bar(
    name: str,
    part: int,
    whole: int,
    *,
    needed: int,
    share: Fraction = TWO_THIRDS,
    strict: bool = False,
) -> Bar:
    """Draw heads against a share; `needed` is the least enough, `strict` means more than."""
    return _bar(heads_text, name, (part, whole, needed), share, strict=strict)


def area_bar(
    name: str,
    part: int,
    whole: int,
    *,
    needed: int,
    share: Fraction = TWO_THIRDS,
    strict: bool = False,
) -> Bar:
    """Draw an area in dm2 against a share, as `heads_bar` does heads."""
    return _bar(area_text, name, (part, whole, needed), share, strict=strict)


def missing_text(heads: Bar, area: Bar) -> str:
    """Say what both bars still miss: 还差 37 户 / 4,210.55 ㎡, or nothing."""
    missing = [bar.missing.removeprefix("还差 ") for bar in (heads, area) if bar.missing]
    return f"还差 {' / '.join(missing)}" if missing else ""


def width_of(part: int, whole: int) -> str:
    """Give an SVG width, cut and never rounded: a bar touches its mark only when it may."""
    cut = min(part, whole) * 1_000_000 // whole if whole else 0
    return f"{cut // 10_000}.{cut % 10_000:04d}%"


def _bar(
    say: Callable[[int], str],
    name: str,
    figures: tuple[int, int, int],
    share: Fraction,
    *,
    strict: bool,
) -> Bar:
    part, whole, needed = figures
    threshold = share_text(share)
    return Bar(
        name=name,
        part=say(part),
        whole=say(whole),
        percent=percent_text(part, whole),
        threshold=f"超过{threshold}" if strict else threshold,
        needed=say(needed),
        missing=f"还差 {say(needed - part)}" if part < needed else "",
        comparison=_comparison(say, (part, whole), share, strict=strict),
        enough=part >= needed,
        fill=width_of(part, whole),
        mark=width_of(share.numerator, share.denominator),
    )


def _comparison(
    say: Callable[[int], str], counted: tuple[int, int], share: Fraction, *, strict: bool
) -> str:
    """Write the comparison as it is made: 84 × 3 = 252 ≥ 240 = 120 × 2."""
    part, whole = counted
    left, right = part * share.denominator, whole * share.numerator
    true_sign, false_sign = ("＞", "≤") if strict else ("≥", "＜")
    sign = true_sign if (left > right if strict else left >= right) else false_sign
    bare = [say(figure).rpartition(" ")[0] for figure in (part, left, right, whole)]
    return (
        f"{bare[0]} × {share.denominator} = {bare[1]} {sign} "
        f"{bare[2]} = {bare[3]} × {share.numerator}"
    )
