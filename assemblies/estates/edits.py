"""A part as a clerk corrects it by hand: read and checked exactly as a row of a file would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from openpyxl.utils import column_index_from_string

from assemblies.estates.register.export import COLUMNS
from assemblies.estates.register.values import OwnerKind, Remark
from assemblies.foundation.sheets.doubts import Level
from assemblies.foundation.sheets.grid import Sheet

_HEADINGS = tuple(COLUMNS)
_SHEET = "手工登记"
_FIRST_ROW = 2
# heading of a register -> field of the form
_FIELDS = {
    "楼栋": "building", "单元": "entrance", "楼层": "floor", "房号": "room",
    "专有部分面积(㎡)": "area", "面积依据": "basis", "用途": "use", "权属状态": "status",
    "不动产单元号": "unit_code", "产权人": "name", "产权人类型": "kind", "证件类型": "id_type",
    "证件号码": "id_number", "份额": "share", "表决权代表": "representative", "电话1": "phones",
    "邮寄地址": "address", "送达方式": "delivery", "备注": "note",
}  # fmt: skip
_OF_OWNER = frozenset({"name", "kind", "id_type", "id_number", "share", "representative", "phones"})


class Site(NamedTuple):
    """Where a part is, as somebody writes it."""

    building: str
    entrance: str
    room: str


# A part that exists keeps its place, which was read once; any good place will do for checking.
SOMEWHERE = Site("1号楼", "1单元", "101")


@dataclass(frozen=True, slots=True)
class OwnerEdit:
    """One owner as typed. `person` is who it was; an empty number or phone leaves what there is."""

    name: str
    person: UUID | None = None
    kind: str = ""
    id_type: str = ""
    id_number: str = ""
    phones: str = ""
    share: str = ""
    representative: bool = False


@dataclass(frozen=True, slots=True)
class PartEdit:
    """A part as typed; use, status and basis by the words that a register has for them.

    `seen` is the mark of the part as the page showed it, `accepted` the questions confirmed there.
    """

    area: str
    use: str
    status: str
    basis: str = ""
    floor: str = ""
    unit_code: str = ""
    address: str = ""
    delivery: str = ""
    note: str = ""
    owners: tuple[OwnerEdit, ...] = ()
    seen: str = ""
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is to be said about a field; `owner` counts the owners, none for the part itself."""

    owner: int | None
    field: str
    level: Level
    text: str


def sheet(site: Site, edit: PartEdit) -> Sheet:
    """Write a part as a register of one part, a row for each owner."""
    rows = [_row(site, edit, owner) for owner in edit.owners or (OwnerEdit(""),)]
    return Sheet(_SHEET, (_HEADINGS, *rows))


def faults(remarks: Sequence[Remark]) -> tuple[Fault, ...]:
    """Say which field each remark is about; what is said of the part is said once."""
    return tuple(dict.fromkeys(_fault(remark) for remark in remarks if remark.row >= _FIRST_ROW))


def _fault(remark: Remark) -> Fault:
    heading = _HEADINGS[column_index_from_string(remark.column) - 1] if remark.column else ""
    field = _FIELDS.get(heading, "")
    owner = remark.row - _FIRST_ROW if field in _OF_OWNER else None
    return Fault(owner, field, remark.level, remark.said_zh)


def _row(site: Site, edit: PartEdit, owner: OwnerEdit) -> tuple[str, ...]:
    cells = {
        "楼栋": site.building,
        "单元": site.entrance,
        "楼层": edit.floor,
        "房号": site.room,
        "专有部分面积(㎡)": edit.area,
        "面积依据": edit.basis,
        "用途": edit.use,
        "权属状态": edit.status,
        "不动产单元号": edit.unit_code,
        "产权人": owner.name,
        "产权人类型": OwnerKind(owner.kind).label if owner.kind else "",
        "证件类型": owner.id_type,
        "证件号码": owner.id_number,
        "份额": owner.share,
        "表决权代表": "是" if owner.representative else "",
        "电话1": owner.phones,
        "邮寄地址": edit.address,
        "送达方式": edit.delivery,
        "备注": edit.note,
    }
    return tuple(cells.get(heading, "") for heading in _HEADINGS)
