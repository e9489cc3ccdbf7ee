"""The survey's figures that a clerk types in, laid beside those of the register, in words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assemblies.estates.register.values import Sums
from assemblies.foundation.wording import area_text

_NAMES = {
    "parts": ("专有部分", "处"),
    "area_dm2": ("专有部分面积", "㎡"),
    "owners": ("产权人", "人"),
    "heads": ("表决权人", "户"),
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What the survey says; none where the clerk left it blank."""

    parts: int | None = None
    area_dm2: int | None = None
    owners: int | None = None
    heads: int | None = None

    def plain(self) -> dict[str, int]:
        """Return the JSON shape: only what was filled in."""
        return {name: number for name, number in asdict(self).items() if number is not None}

    @staticmethod
    def read(shape: Mapping[str, Any]) -> "Survey":
        """Read the JSON shape."""
        return Survey(**{name: shape.get(name) for name in _NAMES})


NOT_SURVEYED = Survey()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the register, of all uses and of those that usually count, and the survey's."""

    name: str
    survey: str
    register: str
    counted: str
    said: str
    agrees: bool


def figures(survey: Survey, register: Sums, counted: Sums) -> tuple[Figure, ...]:
    """Lay the survey beside the register, figure by figure."""
    found = []
    for field, (name, unit) in _NAMES.items():
        wanted = getattr(survey, field)
        has, of_counted = getattr(register, field), getattr(counted, field)
        said, agrees = _compared(field, wanted, has, of_counted)
        shown = "没有填" if wanted is None else _amount(field, wanted)
        label = f"{name}（{unit}）" if field != "area_dm2" else name
        found.append(
            Figure(label, shown, _amount(field, has), _amount(field, of_counted), said, agrees)
        )
    return tuple(found)


def _compared(field: str, wanted: int | None, has: int, counted: int) -> tuple[str, bool]:
    if wanted is None:
        return "没有填勘测数字，无从对照", True
    if wanted == has:
        return "相符", True
    if wanted == counted:
        return "与住宅、商铺的合计相符", True
    unit = "" if field == "area_dm2" else f" {_NAMES[field][1]}"
    more = "多" if has > wanted else "少"
    return f"名册比勘测数字{more} {_amount(field, abs(has - wanted))}{unit}", False


def _amount(field: str, number: int) -> str:
    return area_text(number) if field == "area_dm2" else f"{number:,}"
