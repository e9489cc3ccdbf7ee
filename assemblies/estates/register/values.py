"""What a register says, as frozen values: parts, owners, remarks on rows, and sums."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from assemblies.foundation.sheets.doubts import Level


class Use(StrEnum):
    """What a part is used for (用途)."""

    DWELLING = "dwelling"
    SHOP = "shop"
    PARKING = "parking"
    STORAGE = "storage"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word shown on screen and written by the export."""
        return _USES[self]


class Status(StrEnum):
    """Where a part stands between developer and owner (权属状态)."""

    SOLD = "sold"
    UNDELIVERED = "undelivered"
    UNSOLD = "unsold"
    SEALED = "sealed"

    @property
    def label(self) -> str:
        """The word shown on screen and written by the export."""
        return _STATUSES[self]

    @property
    def developers(self) -> bool:
        """Whether the developer votes for the part (SPC interpretation art. 9)."""
        return self in {Status.UNSOLD, Status.UNDELIVERED}


class Basis(StrEnum):
    """Where an area comes from (面积依据), in the law's order (SPC interpretation art. 8)."""

    REGISTER = "register"
    SURVEY = "survey"
    CONTRACT = "contract"

    @property
    def label(self) -> str:
        """The word shown on screen and written by the export."""
        return _BASES[self]


class OwnerKind(StrEnum):
    """Whether an owner is a natural person or an organisation."""

    PERSON = "person"
    COMPANY = "company"

    @property
    def label(self) -> str:
        """The word shown on screen and written by the export."""
        return {"person": "个人", "company": "单位"}[self]


_USES = {
    Use.DWELLING: "住宅",
    Use.SHOP: "商铺",
    Use.PARKING: "车位",
    Use.STORAGE: "储藏室",
    Use.OTHER: "其他",
}
_STATUSES = {
    Status.SOLD: "已售",
    Status.UNDELIVERED: "未交付",
    Status.UNSOLD: "未售",
    Status.SEALED: "查封",
}
_BASES = {Basis.REGISTER: "登记", Basis.SURVEY: "实测", Basis.CONTRACT: "合同"}


class PartKey(NamedTuple):
    """What makes a part the same part however its number is written: 01-01-0101 is 1-1-101."""

    building: str
    entrance: str
    room: str


class RowPlace(NamedTuple):
    """A row as the clerk sees it: the sheet's name and the number at its left edge."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class RegisterOwner:
    """One owner of one part, as the register names them."""

    name: str
    kind: OwnerKind = OwnerKind.PERSON
    id_type: str = ""
    id_number: str | None = None
    phones: tuple[str, ...] = ()
    share: Fraction | None = None
    representative: bool = False


@dataclass(frozen=True, slots=True)
class ExistingPart:
    """An exclusive part (专有部分) with its owners. Area in whole dm² (0.01 m²)."""

    key: PartKey
    building: str
    entrance: str
    floor: str
    room: str
    area_dm2: int
    basis: Basis | None
    use: Use
    status: Status
    unit_code: str = ""
    address: str = ""
    delivery: str = ""
    note: str = ""
    owners: tuple[RegisterOwner, ...] = ()

    @property
    def label(self) -> str:
        """The part as people say it: 1号楼 1单元 101."""
        return " ".join(word for word in (self.building, self.entrance, self.room) if word)


@dataclass(frozen=True, slots=True)
class RegisterPart(ExistingPart):
    """A part as a file gives it, with the rows it was read from.

    `assumed` names the fields that the file is silent on and that hold an assumption.
    """

    rows: tuple[RowPlace, ...] = ()
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said about a row; row 0 means the whole sheet, column "" the whole row."""

    sheet: str
    row: int
    column: str
    level: Level
    code: str
    said_zh: str

    @property
    def place(self) -> RowPlace:
        """The row it speaks of."""
        return RowPlace(self.sheet, self.row)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the clerk lays beside the survey's figures."""

    parts: int
    area_dm2: int
    owners: int
    heads: int


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that speaks of a part: which one, and in whose name."""

    place: RowPlace
    key: PartKey | None
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file says. `parts` leaves out the refused, and has the questioned in it."""

    parts: tuple[RegisterPart, ...]
    rows: tuple[ReadRow, ...]
    remarks: tuple[Remark, ...]
    sums: Sums

    def questioned(self) -> frozenset[PartKey]:
        """Return the parts that may be applied only after the clerk has confirmed them."""
        asked = {r.place for r in self.remarks if r.level is Level.QUESTION}
        return frozenset(p.key for p in self.parts if asked.intersection(p.rows))
